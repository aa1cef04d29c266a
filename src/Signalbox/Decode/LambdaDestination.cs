namespace Signalbox;

/// <summary>The record that Lambda sends to a destination when an asynchronous invocation has ended.</summary>
internal static class LambdaDestination
{
    public static bool Unwrap(Json value, in Wrapping outer, List<Envelope> into)
    {
        var context = value["requestContext"u8];
        if (!context["condition"u8].IsText || !context["functionArn"u8].IsText) return false;

        var function = context["functionArn"u8].Text;
        into.Add((outer.Inside("destination") with
        {
            Id = context["requestId"u8].Words ?? outer.Id,
            Publisher = "lambda",
            DetailType = "Lambda Function Invocation Result",
            At = Instants.Read(value["timestamp"u8]) ?? outer.At,
            Account = Arn.AccountOf(function) ?? outer.Account,
            Region = Arn.RegionOf(function) ?? outer.Region,
        }).Seal(value, null));
        return true;
    }
}
