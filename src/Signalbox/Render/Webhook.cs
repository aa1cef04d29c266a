namespace Signalbox;

/// <summary>Any program that takes a signed webhook: Standard Webhooks 1.0.</summary>
public static class Webhook
{
    private const int MaxBytes = 20_000;

    /// <summary>Its row.</summary>
    public static readonly Chat Row = new(
        "webhook",
        [
            new("url", RoomKeyKind.SecretUrl, "Where it is posted to."),
            new("secret", RoomKeyKind.Secret, "What it is signed with: whsec_…, or several parted by blanks while one replaces another."),
            new("token", RoomKeyKind.Secret, "A bearer token for receivers that ask for one."),
        ],
        Render,
        room => room["url"] is null ? "a webhook room needs a url" : null,
        "https://www.standardwebhooks.com")
    {
        About = "The notice as JSON: `{\"type\":\"notice.raised\",\"timestamp\":…,\"data\":{…}}`, signed as Standard Webhooks say, and not signed "
            + "without a secret. `webhook-id` is the same on every try, so that a receiver can tell a repeat.",
        Limits = "20,000 bytes",
        Conversations = NoticeJson.Conversations,
        Can = _ => new(Updates: false, Threads: true),
        MentionFault = Mentions.None("webhook", "A program is not rung."),
    };

    /// <summary>The body. <c>type</c> is notice.raised, notice.ongoing, notice.cleared or notice.stated.</summary>
    public static byte[] Render(Routed routed, Rendering rendering) => Fitting.Within(MaxBytes, routed, rendering, Write);

    private static void Write(ref JsonOut json, Routed routed, Card card, int room)
    {
        json.Raw("{"u8);
        json.Pair("type"u8, $"notice.{Words.Of(card.Notice.Status)}");
        if (NoticeJson.Instant(card.Notice.At) is { } at) json.Pair("timestamp"u8, at);
        else json.Raw(",\"timestamp\":null"u8);
        json.Raw(",\"data\":"u8);
        NoticeJson.Write(ref json, routed, card, room);
        json.Raw("}"u8);
    }
}
