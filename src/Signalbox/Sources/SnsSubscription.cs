namespace Signalbox;

/// <summary>What SNS says about a subscription itself: it asks for confirmation, or says that the subscription ended.</summary>
/// <remarks>
/// A confirmation carries a page that only somebody who reads the room can vouch for, so it is told with that page as a link, and only
/// when the page is on an SNS host: anybody can post a forged request. Nothing here opens it.
/// </remarks>
public static class SnsSubscription
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("sns", [new Key.Event("aws:sns")], Read,
        "https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html");

    private static Parsed Read(Envelope envelope)
    {
        var isRequest = envelope.DetailType is "SubscriptionConfirmation";
        var topic = Arn.Read(envelope.Topic)?.Name ?? envelope.Topic ?? "of unknown name";
        return new Parsed.Told([
            new()
            {
                Source = "sns",
                Kind = isRequest ? "subscription-confirmation" : "unsubscribe-confirmation",
                Severity = Severity.Warning,
                Status = Status.Stated,
                Title = isRequest ? $"Topic {topic} asks to confirm a subscription" : $"Topic {topic} no longer sends its messages here",
                Summary = isRequest
                    ? "Until somebody confirms it, the topic sends nothing. Confirm only if you subscribed it yourself."
                    : "The subscription was removed. If nobody meant to, subscribe the topic again.",
                Subject = topic,
                Arn = envelope.Topic,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Facts = Known.Facts(("Topic", envelope.Topic)),
                Links = Known.Links(isRequest ? Confirm(envelope.Body["SubscribeURL"u8].Text) : null),
            },
        ]);
    }

    private static Link? Confirm(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address is { Scheme: "https", UserInfo: "", IsDefaultPort: true } && IsSns(address.Host)
            ? new("Confirm the subscription", url)
            : null;

    private static bool IsSns(string host)
    {
        var rest = host.AsSpan();
        if (!rest.StartsWith("sns.")) return false;
        rest = rest["sns.".Length..];
        var suffix = rest.EndsWith(".amazonaws.com.cn") ? ".amazonaws.com.cn" : ".amazonaws.com";
        return rest.EndsWith(suffix) && Regions.IsCode(rest[..^suffix.Length].ToString());
    }
}
