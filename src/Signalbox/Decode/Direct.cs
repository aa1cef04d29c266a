namespace Signalbox;

/// <summary>A direct invocation: <c>{"subject":…,"message":…,"webhook":…}</c>, nothing else beside them.</summary>
/// <remarks>
/// Only whoever may invoke the function itself may name a webhook. The same object inside an SNS message or an HTTP request comes from
/// whoever may publish there, so its webhook is left unused, and <c>explain</c> says so.
/// </remarks>
internal static class Direct
{
    public static bool Unwrap(Json value, in Wrapping outer, List<Envelope> into)
    {
        var message = value["message"u8];
        var webhook = value["webhook"u8];
        var subject = value["subject"u8];
        if (!message.Exists || !(webhook.IsText || subject.IsText)) return false;
        foreach (var (name, _) in value.Members)
        {
            if (!name.TextIs("message"u8) && !name.TextIs("webhook"u8) && !name.TextIs("subject"u8)) return false;
        }

        var mayName = outer.Depth == 0 && IsHttp(webhook.Text);
        Decode.Inner(message, outer.Inside("direct") with
        {
            Subject = subject.Words ?? outer.Subject,
            Webhook = mayName ? webhook.Text : null,
            Attributes = webhook.Exists && !mayName ? [.. outer.Attributes, new("webhook", Unused(webhook))] : outer.Attributes,
        }, into);
        return true;
    }

    private static string Unused(Json webhook) => IsHttp(webhook.Text)
        ? "left unused: only a direct invocation may name one"
        : "left unused: it is not an http or https address";

    private static bool IsHttp(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http";
}
