using System.Text;
using System.Text.Json;
using Signalbox.Effects;

namespace Signalbox.Lambda.Tests;

public class RepliesTests
{
    private static readonly Delivery Made = new Delivery.Made("");
    private static readonly Delivery Refused = new Delivery.Refused("answered 404 no_service");

    private static HandledEvent Event(string transport, string? record, params Delivery[] deliveries)
    {
        var notice = new Notice { Source = "event", Kind = "text", Severity = Severity.Info, Status = Status.Stated, Title = "news" };
        var envelope = new Envelope { Id = "1", Transport = transport, Record = record };
        return new(
            new(envelope, "event", "text", Outcome.Told, "", [notice]),
            [.. deliveries.Select((delivery, place) =>
                new Sent(new(notice, new Room { Name = $"room-{place}", Chat = "slack" }, null, ""), delivery, 1, TimeSpan.Zero))],
            Begun: true);
    }

    private static string Body(params HandledEvent[] events) => Encoding.UTF8.GetString(Replies.To(new([.. events])).Body!);

    [Fact]
    public void A_queue_hears_of_no_failures_when_all_arrived() =>
        Assert.Equal("""{"batchItemFailures":[]}""", Body(Event("sqs/sns", "a", Made)));

    [Fact]
    public void A_queue_hears_which_records_failed_each_once() =>
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"b"},{"itemIdentifier":"c"}]}""",
            Body(
                Event("sqs/sns", "a", Made),
                Event("sqs", "b", Made, Refused),
                Event("sqs", "b", Refused),
                Event("sqs/eventbridge", "c", Refused)));

    [Fact]
    public void A_queue_whose_records_have_no_ids_hears_of_a_failed_call() =>
        Assert.NotNull(Replies.To(new([Event("sqs", null, Refused)])).Failure);

    [Theory]
    [InlineData("http")]
    [InlineData("http/sns")]
    public void An_HTTP_caller_gets_a_status_and_no_names_of_rooms(string transport)
    {
        var made = JsonDocument.Parse(Body(Event(transport, null, Made))).RootElement;
        Assert.Equal(200, made.GetProperty("statusCode").GetInt32());
        Assert.Equal("""{"ok":true,"events":1,"posts":1,"repeats":0,"failed":0}""", made.GetProperty("body").GetString());

        var failed = Body(Event(transport, null, Refused));
        Assert.Contains("\"statusCode\":503", failed, StringComparison.Ordinal);
        Assert.DoesNotContain("room", failed, StringComparison.Ordinal);
    }

    [Fact]
    public void Everybody_else_hears_what_was_done() =>
        Assert.Equal("""{"ok":true,"events":2,"posts":1,"repeats":0,"failed":0}""", Body(Event("sns", null, Made), Event("sns", null)));

    [Fact]
    public void A_failed_call_names_each_room_and_reason() =>
        Assert.Equal(
            new("Signalbox.DeliveryFailed", "room room-0: answered 404 no_service; room room-1: answered 503"),
            Replies.To(new([Event("sns", null, Refused, new Delivery.Later(null, "answered 503"))])).Failure);
}
