using System.Globalization;

namespace Signalbox;

/// <summary>A record of an SQS batch. Its body is an SNS notification, an EventBridge event, a raw message or anything else.</summary>
internal static class Sqs
{
    public static void UnwrapRecord(Json record, in Wrapping outer, List<Envelope> into)
    {
        var id = record["messageId"u8].Words;
        var attributes = record["attributes"u8];
        var queue = record["eventSourceARN"u8].Words;
        var inside = outer.Inside("sqs") with
        {
            Id = id,
            Record = id,
            Topic = queue,
            At = Instants.Read(attributes["SentTimestamp"u8]),
            Attempt = int.TryParse(attributes["ApproximateReceiveCount"u8].Scalar, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0,
            Attributes = Attributes(record["messageAttributes"u8]),
        };
        var body = record["body"u8];
        if (body.Exists) Decode.Inner(body, inside, into);
        else into.Add(inside.Seal(default, ""));
    }

    private static ValueList<Fact> Attributes(Json attributes)
    {
        if (!attributes.IsObject || attributes.Count == 0) return [];
        var known = new List<Fact>();
        foreach (var (name, value) in attributes.Members)
        {
            if (value["stringValue"u8].Scalar is { } text) known.Add(new(name.Text!, text));
        }
        return [.. known];
    }
}
