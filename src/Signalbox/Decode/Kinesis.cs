namespace Signalbox;

/// <summary>
/// A record of a Kinesis stream that carries what somebody else wrapped: an EventBridge event, an SNS notification, or lines of logs in gzip.
/// Any other record stays whole: its own row tells it with its stream.
/// </summary>
internal static class Kinesis
{
    public static bool UnwrapRecord(Json record, in Wrapping outer, List<Envelope> into)
    {
        var kinesis = record["kinesis"u8];
        if (!kinesis.IsObject || outer.Depth >= Decode.MaxDepth || Packed.Bytes(kinesis["data"u8]) is not { } bytes) return false;
        if (Json.Parse(bytes) is not { Expected: null, Value: { IsObject: true } value }) return false;
        var arn = record["eventSourceARN"u8].Text;
        var inside = outer.Inside("kinesis") with
        {
            Id = record["eventID"u8].Words,
            Topic = arn ?? outer.Topic,
            At = Instants.Read(kinesis["approximateArrivalTimestamp"u8]) ?? outer.At,
            Account = Arn.AccountOf(arn) ?? outer.Account,
            Region = Arn.RegionOf(arn) ?? outer.Region,
        };
        if (Decode.Unwrapped(value, inside, into)) return true;
        if (!value["logEvents"u8].IsArray) return false;
        into.Add(inside.Seal(value, null));
        return true;
    }
}
