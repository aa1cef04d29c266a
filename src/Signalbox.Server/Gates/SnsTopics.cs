using System.Text;
using Signalbox.Server.Admission;
using Signalbox.Server.Ingest;

namespace Signalbox.Server.Gates;

/// <summary>Topics of SNS that were subscribed over https.</summary>
/// <remarks>UnsubscribeURL is not signed and is never opened; neither is the SubscribeURL of a confirmation that somebody unsubscribed, which would
/// subscribe again.</remarks>
internal static class SnsTopics
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Answers 200 when the message is in the store, or its subscription confirmed.</summary>
    public static readonly Gate Row = new("POST", "/sns", Door.Open, async (http, station) =>
    {
        if (http.Request.Headers["x-amz-sns-rawdelivery"].ToString().Equals("true", StringComparison.OrdinalIgnoreCase)) await Raw(http, station);
        else await Signed(http, station);
    });

    private static async Task Signed(HttpContext http, Station station)
    {
        var bytes = await Body.Raw(http);
        var message = Encoding.UTF8.GetString(bytes).Contains('\uFFFD') ? default : Json.Parse(bytes).Value;
        if (!message.IsObject)
        {
            await new Refusal(400, "this is no message of SNS: the body is not a JSON object").Tell(http, station);
        }
        else if (await SnsProof.Refused(message, station, http.RequestAborted) is { } refusal)
        {
            await refusal.Tell(http, station);
        }
        else if (message["Type"u8].TextIs("SubscriptionConfirmation"u8))
        {
            await Confirm(http, station, message);
        }
        else
        {
            await Taking.Answer(http, station, [new(bytes)]);
        }
    }

    /// <summary>A raw message has no signature, so that whoever brings it has to show a key.</summary>
    private static async Task Raw(HttpContext http, Station station)
    {
        var topic = http.Request.Headers["x-amz-sns-topic-arn"].ToString();
        if (SnsProof.NotAllowed(topic, station.Now.Settings.Serving.Intake) is { } refusal)
        {
            await refusal.Tell(http, station);
        }
        else if (await Keys.Admit(http, station))
        {
            await Taking.Answer(http, station, [new(await Body.Raw(http))
            {
                Headers = Parcel.HeadersOf(http, "x-amz-sns-message-id", "x-amz-sns-topic-arn", "x-amz-sns-rawdelivery"),
                IsWrapped = true,
            }]);
        }
    }

    private static async Task Confirm(HttpContext http, Station station, Json message)
    {
        var (topic, address) = (message["TopicArn"u8].Text!, message["SubscribeURL"u8].Text);
        if (SnsAddress.ConfirmationFault(address, topic, message["Token"u8].Text ?? "") is { } fault)
        {
            await new Refusal(403, $"the SubscribeURL of the message {fault}: it is not opened") { Detail = topic }.Tell(http, station);
            return;
        }
        var answer = await station.Inlet.Send(new(new(address!), default) { Method = "GET" }, Patience, http.RequestAborted);
        if (answer is Answer.Came { Status: 200 })
        {
            station.Journal.Says("subscribed", ("topic", topic));
            await Reply.Text(http, 200, "the subscription is confirmed\n");
            return;
        }
        var why = answer is Answer.Missing missing ? missing.Why : $"SNS answered {((Answer.Came)answer).Status}";
        await new Refusal(503, $"the subscription could not be confirmed: {why}") { Detail = topic }.Tell(http, station);
    }
}
