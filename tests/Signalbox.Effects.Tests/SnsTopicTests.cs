namespace Signalbox.Effects.Tests;

/// <summary>What reaches an SNS topic, as an SNS endpoint would see it.</summary>
public sealed class SnsTopicTests : IDisposable
{
    private readonly Outside outside = Outside.Open(Settings.None, new Trust(() => "", () => []), _ => { });
    private readonly Dictionary<string, string> files = [];

    public void Dispose()
    {
        outside.Dispose();
        foreach (var file in files.Values) File.Delete(file);
    }

    /// <summary>The example of AWS's own description of Signature Version 4.</summary>
    [Fact]
    public void A_signature_is_the_one_that_aws_documents()
    {
        var letter = new Letter(new("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08"), default)
        {
            Method = "GET",
            Type = "application/x-www-form-urlencoded; charset=utf-8",
        };
        var keys = new AwsKeys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null);
        var signed = SigV4.Sign(letter, keys, "us-east-1", "iam", new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero));
        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, "
                + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
            signed.Headers.Single(header => header.Name == "Authorization").Value);
    }

    [Fact]
    public async Task The_request_is_a_signed_publish_with_a_text_for_each_protocol()
    {
        using var server = new Standin(_ => Said.Http(200, ToSns.Answers[0].Body));
        Assert.Equal(new Delivery.Made("94f20ce6-13c5-43a0-9a9e-ca52d816e90b"), await Post(server.Address, "alerts"));

        var heard = Assert.Single(server.AllHeard);
        Assert.Equal(("POST", "/", "application/x-www-form-urlencoded; charset=utf-8"), (heard.Method, heard.Path, heard.Headers["content-type"]));
        Assert.Equal(new Uri(server.Address).Authority, heard.Headers["host"]);
        Assert.Equal("SESSIONxyzzy", heard.Headers["x-amz-security-token"]);
        Assert.Matches("^AWS4-HMAC-SHA256 Credential=AKIDxyzzy/[0-9]{8}/eu-west-1/sns/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$", heard.Headers["authorization"]);

        var form = Form(heard.Body);
        Assert.Equal("Publish 2010-03-31 arn:aws:sns:eu-west-1:111122223333:alerts json",
            $"{form["Action"]} {form["Version"]} {form["TopicArn"]} {form["MessageStructure"]}");
        Assert.Equal("db-1: caf? & co", form["Subject"]);
        Assert.Equal("severity String error", $"{form["MessageAttributes.entry.2.Name"]} {form["MessageAttributes.entry.2.Value.DataType"]} "
            + form["MessageAttributes.entry.2.Value.StringValue"]);
        Assert.DoesNotContain("MessageDeduplicationId", form.Keys);
        using var message = System.Text.Json.JsonDocument.Parse(form["Message"]);
        using var notice = System.Text.Json.JsonDocument.Parse(message.RootElement.GetProperty("default").GetString()!);
        Assert.Equal("db-1: café & co", notice.RootElement.GetProperty("title").GetString());
        Assert.Equal("db-1: café & co", message.RootElement.GetProperty("sms").GetString());
    }

    [Theory]
    [InlineData("""{"topic":"TOPIC","api":"API"}""", "AKIDenv", "TOKENenv")]
    [InlineData("""{"topic":"TOPIC","api":"API"}""", "AKIDenv", null)]
    [InlineData("""{"topic":"TOPIC","api":"API","key-id":"env:OWN_ID","secret":"env:OWN_SECRET"}""", "AKIDown", null)]
    [InlineData("""{"topic":"TOPIC","api":"API","key-id":"env:OWN_ID","secret":"env:OWN_SECRET","session-token":"env:OWN_TOKEN"}""", "AKIDown", "TOKENown")]
    public async Task Keys_are_those_of_the_environment_unless_the_room_has_its_own(string room, string id, string? token)
    {
        var environment = new Dictionary<string, string>
        {
            ["env:AWS_ACCESS_KEY_ID"] = "AKIDenv",
            ["env:AWS_SECRET_ACCESS_KEY"] = "SECRETenv",
            ["env:OWN_ID"] = "AKIDown",
            ["env:OWN_SECRET"] = "SECRETown",
            ["env:OWN_TOKEN"] = "TOKENown",
        };
        // Permanent keys come without a token; the keys of a Lambda function's role never do. Keys of one's own have nothing to do with it.
        if (token is not null || id is "AKIDown") environment["env:AWS_SESSION_TOKEN"] = "TOKENenv";
        using var server = new Standin(_ => Said.Http(200, ToSns.Answers[0].Body));
        var options = room.Replace("TOPIC", "arn:aws:sns:eu-west-1:111122223333:alerts", StringComparison.Ordinal).Replace("API", server.Address, StringComparison.Ordinal);
        var settings = SettingsReader.Read(JsonTree.Read(Events.Text("""{"rooms":{"r":{"sns":ROOM}}}""".Replace("ROOM", options, StringComparison.Ordinal))).Tree!).Settings!;
        Reveal reveal = (reference, _, _) => new(environment.TryGetValue(reference, out var value) ? new Revealed(value, null) : new(null, $"{reference} is not set"));

        using var outside = Outside.Open(settings, new Trust(() => "", () => []), _ => { }, reveal);
        var notice = new Notice { Source = "rds", Kind = "x", Severity = Severity.Error, Status = Status.Raised, Title = "db-1" };
        var routed = new Routed(notice, settings.Rooms[0], null, "");
        var payload = SnsTopic.Row.Render(routed, new(_ => null));
        Assert.IsType<Delivery.Made>(await outside.World.Deliver(
            new(routed, payload) { EventId = "1" }, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));

        var heard = Assert.Single(server.AllHeard);
        Assert.Contains($"Credential={id}/", heard.Headers["authorization"], StringComparison.Ordinal);
        Assert.Equal(token, heard.Headers.GetValueOrDefault("x-amz-security-token"));
    }

    [Fact]
    public async Task A_fifo_topic_can_tell_a_second_try_from_another_event()
    {
        using var server = new Standin(_ => Said.Http(200, ToSns.Answers[0].Body));
        foreach (var id in (string[])["a", "a", "b"]) await Post(server.Address, "alerts.fifo", id);
        var forms = server.AllHeard.Select(heard => Form(heard.Body)).ToList();
        Assert.Single(forms.Select(form => form["MessageGroupId"]).Distinct());
        Assert.Equal(forms[0]["MessageDeduplicationId"], forms[1]["MessageDeduplicationId"]);
        Assert.NotEqual(forms[1]["MessageDeduplicationId"], forms[2]["MessageDeduplicationId"]);
    }

    [Fact]
    public async Task What_sns_answers_is_said_in_its_words()
    {
        using var server = new Standin(_ => Said.Http(404, ToSns.Answers.Single(answer => answer.Status is 404).Body));
        Assert.Equal(new Delivery.Refused("answered 404 NotFound: Topic does not exist") { RoomIsGone = true }, await Post(server.Address, "alerts"));
    }

    [Theory]
    [InlineData("arn:aws:sns:eu-west-1:123456789012:alerts", "aws", "eu-west-1")]
    [InlineData("arn:aws-cn:sns:cn-north-1:123456789012:alerts", "aws-cn", "cn-north-1")]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:alerts", null, null)]
    [InlineData("arn:aws:sns:evil.example/:123456789012:alerts", null, null)]
    [InlineData("alerts", null, null)]
    public void A_topic_names_its_partition_and_region(string topic, string? partition, string? region)
    {
        var place = SnsTopic.PlaceOf(topic);
        Assert.Equal((partition, region), (place?.Partition, place?.Region));
    }

    [Theory]
    [InlineData("arn:aws:sns:eu-west-1:123456789012:alerts", "https://sns.eu-west-1.amazonaws.com/")]
    [InlineData("arn:aws-us-gov:sns:us-gov-west-1:123456789012:alerts", "https://sns.us-gov-west-1.amazonaws.com/")]
    [InlineData("arn:aws-cn:sns:cn-north-1:123456789012:alerts", "https://sns.cn-north-1.amazonaws.com.cn/")]
    public async Task A_topic_is_reached_in_its_own_region(string topic, string address)
    {
        var room = new Room { Name = "r", Chat = "sns", Options = [new("topic", topic), .. Keys()] };
        Assert.Equal(address, (await Deliverers.Address(room, outside.World.Reveal, TestContext.Current.CancellationToken))?.AbsoluteUri);
    }

    private async Task<Delivery> Post(string address, string topic, string id = "event-1")
    {
        var notice = new Notice
        {
            Source = "rds",
            Kind = "db-instance",
            Severity = Severity.Error,
            Status = Status.Raised,
            Title = "db-1: café & co",
            Thread = "t/1",
            At = Still.Noon,
        };
        var room = new Room { Name = "r", Chat = "sns", Options = [new("topic", $"arn:aws:sns:eu-west-1:111122223333:{topic}"), new("api", address), .. Keys()] };
        var routed = new Routed(notice, room, null, "route 1: everything");
        var payload = SnsTopic.Row.Render(routed, new(_ => null));
        return await outside.World.Deliver(new(routed, payload) { EventId = id }, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    private Fact[] Keys() => [.. from key in ((string, string)[])[("key-id", "AKIDxyzzy"), ("secret", "SECRETxyzzy"), ("session-token", "SESSIONxyzzy")]
                                select new Fact(key.Item1, $"file:{FileOf(key.Item2)}")];

    private string FileOf(string text)
    {
        if (files.TryGetValue(text, out var known)) return known;
        File.WriteAllText(files[text] = Path.GetTempFileName(), text);
        return files[text];
    }

    private static Dictionary<string, string> Form(string body) => body.Split('&').Select(field => field.Split('='))
        .ToDictionary(field => field[0], field => Uri.UnescapeDataString(field[1]));
}
