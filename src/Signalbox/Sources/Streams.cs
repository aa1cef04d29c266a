using System.Text;

namespace Signalbox;

/// <summary>Records of a Kinesis stream that leads here.</summary>
/// <remarks>
/// Input: the records of aws:kinesis that Lambda hands over; what they hold is Base64, or gzip in it. One that carries an event of EventBridge or
/// SNS, or lines of logs, is told as that event. Severity and status: a record that is JSON is told by its own fields, one that is text by its
/// first line; neither has a life. Errors: garbled without data.
/// </remarks>
public static class Streams
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("kinesis", [new Key.Event("aws:kinesis")], Read,
        "https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html");

    private static Parsed Read(Envelope envelope)
    {
        var record = envelope.Body;
        var kinesis = record["kinesis"u8];
        if (!kinesis["data"u8].IsText) return Statement.Lacks(envelope, "kinesis.data", "a record");
        var arn = record["eventSourceARN"u8].Words;
        var stream = Phrase.Name(arn) ?? "of unknown name";
        var text = TextOf(kinesis["data"u8]);
        var scalars = text is ['{', ..] && Json.Parse(Encoding.UTF8.GetBytes(text)).Value is { IsObject: true } body ? Telling.Of(body) : [];
        var said = Telling.First(scalars, Telling.Titles) ?? Telling.Message(scalars) ?? (scalars.Count > 0 || text is null ? null : text);
        var state = Telling.State(scalars);
        var severity = Telling.SeverityOf(scalars) ?? (state is null ? null : StateWords.StandingOfPhrase(state)?.Severity) ?? Severity.Info;
        return Statement.Told(Statement.Of(envelope, "kinesis", "record", (severity, Status.Stated),
            said is null ? $"A record in stream {Phrase.Short(stream)}" : $"{Phrase.Short(stream)}: {said.Split('\n')[0]}") with
        {
            Summary = Telling.Message(scalars) is { } message && message != said ? Cut.Readable(message) : null,
            Subject = stream,
            Arn = arn,
            At = Instants.Read(kinesis["approximateArrivalTimestamp"u8]) ?? envelope.At,
            Facts = scalars.Count > 0 ? AsItCameFacts.Of(scalars, [said, null]) : Known.Facts(("Partition key", kinesis["partitionKey"u8].Words)),
            Links = Known.Links(ConsolePage.Link("Open the stream", envelope.Region ?? Arn.RegionOf(arn), "kinesis/home", "/streams/details/", stream)),
        });
    }

    /// <summary>The text; null when it is none, as what is encrypted.</summary>
    private static string? TextOf(Json data)
    {
        if (Packed.Bytes(data) is not { } bytes) return null;
        var text = Encoding.UTF8.GetString(bytes).Trim();
        return text.Length > 0 && !text.Contains('\uFFFD') && !text.Any(unit => char.IsControl(unit) && unit is not ('\n' or '\r' or '\t')) ? text : null;
    }
}
