using System.Text;
using System.Text.Json;

namespace Signalbox.Effects.Tests;

/// <summary>What a Signalbox published comes back to it, or to another one, by every way that SNS delivers.</summary>
public sealed class SnsEchoTests
{
    private const string Topic = "arn:aws:sns:eu-west-1:123456789012:alerts";
    private readonly List<string> posted = [];

    public static TheoryData<string> Ways => ["lambda", "sqs", "sqs-raw", "function-url", "function-url-raw"];

    [Theory, MemberData(nameof(Ways))]
    public async Task It_does_not_say_again_what_it_hears_from_its_own_room(string way)
    {
        var handled = await Hear(await Published(way), Settings("""{"people":SLACK,"alerts":SNS}""", "people", "alerts"));

        Assert.True(handled.Succeeded);
        Assert.Empty(posted);
        Assert.Equal("Signalbox's own message, from room alerts", Assert.Single(Assert.Single(handled.Events).Held).Because);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Another_one_tells_it_to_people_but_publishes_it_no_further(string way)
    {
        var other = Settings("""{"people":SLACK,"beyond":SNS}""", "people", "beyond");
        var handled = await Hear(await Published(way), other);

        Assert.True(handled.Succeeded);
        Assert.Equal(["people: db-1 failed over"], posted);
        Assert.Equal("a Signalbox has published it already, from its room alerts: a topic hears it only once",
            Assert.Single(Assert.Single(handled.Events).Held).Because);
    }

    [Fact]
    public async Task A_room_of_the_same_name_with_another_topic_is_another_room()
    {
        var handled = await Hear(await Published("lambda"), Settings("""{"people":SLACK,"alerts":SNS}""".Replace("SNS", Sns("other"), StringComparison.Ordinal), "people"));
        Assert.Equal(["people: db-1 failed over"], posted);
        Assert.Empty(Assert.Single(handled.Events).Held);
    }

    [Theory]
    [InlineData("""{"signalbox":"alerts"}""")]
    [InlineData("""{"signalbox":"@"}""")]
    [InlineData("""{"signalbox":{"room":"alerts"}}""")]
    [InlineData("""{"signalbox":null}""")]
    public async Task An_event_that_only_speaks_of_a_signalbox_is_published(string body)
    {
        await Hear(Encoding.UTF8.GetBytes(body), Settings("""{"people":SLACK,"alerts":SNS}""", "people", "alerts"));
        Assert.Equal(2, posted.Count);
    }

    /// <summary>A message as SNS would hand it on, made of the request that really went out.</summary>
    private static async Task<byte[]> Published(string way)
    {
        using var server = new Standin(_ => Said.Http(200, ToSns.Answers[0].Body));
        using var outside = Outside.Open(Signalbox.Settings.None, new Trust(() => "", () => []), _ => { }, (_, _, _) => new(new Revealed("xyzzy", null)));
        var room = new Room { Name = "alerts", Chat = "sns", Options = [new("topic", Topic), new("api", server.Address), new("key-id", "env:ID"), new("secret", "env:KEY")] };
        var notice = new Notice { Source = "rds", Kind = "db-instance", Severity = Severity.Error, Status = Status.Raised, Title = "db-1 failed over", At = Still.Noon };
        var routed = new Routed(notice, room, null, "route 1: everything");
        var payload = SnsTopic.Row.Render(routed, new(_ => null));
        await outside.World.Deliver(new(routed, payload) { EventId = "1" }, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        var form = Assert.Single(server.AllHeard).Body.Split('&').Select(field => field.Split('='))
            .ToDictionary(field => field[0], field => Uri.UnescapeDataString(field[1]));
        using var message = JsonDocument.Parse(form["Message"]);
        var said = message.RootElement.GetProperty("default").GetString()!;
        var attributes = form.Keys.Where(key => key.EndsWith(".Name", StringComparison.Ordinal))
            .ToDictionary(key => form[key], key => form[key.Replace(".Name", ".Value.StringValue", StringComparison.Ordinal)]);
        var marks = attributes.ToDictionary(pair => pair.Key, pair => new { Type = "String", pair.Value });
        var notification = new
        {
            Type = "Notification",
            MessageId = "94f20ce6",
            TopicArn = form["TopicArn"],
            Subject = form["Subject"],
            Message = said,
            Timestamp = "2026-11-22T12:00:00.000Z",
            MessageAttributes = marks,
        };
        var record = new { messageId = "1", receiptHandle = "r", eventSource = "aws:sqs", eventSourceARN = "arn:aws:sqs:eu-west-1:123456789012:q", };
        object request(string body) => new { rawPath = "/", requestContext = new { http = new { method = "POST" } }, headers = new { host = "x" }, body };
        return JsonSerializer.SerializeToUtf8Bytes<object>(way switch
        {
            "lambda" => new { Records = new[] { new { EventSource = "aws:sns", Sns = notification } } },
            "sqs" => new { Records = new[] { new { record.messageId, record.receiptHandle, record.eventSource, record.eventSourceARN, body = JsonSerializer.Serialize(notification) } } },
            "sqs-raw" => new
            {
                Records = new[]
                {
                    new
                    {
                        record.messageId, record.receiptHandle, record.eventSource, record.eventSourceARN, body = said,
                        messageAttributes = attributes.ToDictionary(pair => pair.Key, pair => new { stringValue = pair.Value, dataType = "String" }),
                    },
                },
            },
            "function-url" => request(JsonSerializer.Serialize(notification)),
            _ => request(said),
        });
    }

    private Task<Handled> Hear(byte[] bytes, Settings settings) => Run.Handle(bytes, settings, new Still().World with
    {
        Deliver = (post, _, _) =>
        {
            lock (posted) posted.Add($"{post.Routed.Room.Name}: {post.Routed.Notice.Title}");
            return Task.FromResult<Delivery>(new Delivery.Made(""));
        },
    }, Still.Noon.AddSeconds(9), TestContext.Current.CancellationToken);

    private static Settings Settings(string rooms, params string[] to) => SettingsReader.Read(JsonTree.Read(Events.Text($$"""
        {"rooms":{{rooms.Replace("SLACK", """{"slack":{"webhook":"https://hooks.example/1"}}""", StringComparison.Ordinal).Replace("SNS", Sns("alerts"), StringComparison.Ordinal)}},
         "routes":[{"to":{{JsonSerializer.Serialize(to)}}}]}
        """)).Tree!).Settings!;

    private static string Sns(string topic) => $$$"""{"sns":{"topic":"arn:aws:sns:eu-west-1:123456789012:{{{topic}}}"}}""";
}
