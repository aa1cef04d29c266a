namespace Signalbox;

/// <summary>Rocket.Chat by an incoming webhook: an attachment with a coloured bar.</summary>
/// <remarks>Its markup has no escape that all versions know: a text that would format goes into code.</remarks>
public static class RocketChat
{
    // The server's own setting, Message_MaxAllowedSize, is 5,000 characters of text; attachments are not counted by all versions.
    private const int MaxBytes = 12_000;

    /// <summary>Its row.</summary>
    public static readonly Chat Row = new(
        "rocketchat",
        [
            new("webhook", RoomKeyKind.SecretUrl, "Address of an incoming webhook: https://HOST/hooks/ID/TOKEN."),
            new("channel", RoomKeyKind.Text, "Another channel than the webhook's own: \"#name\" or \"@name\"."),
        ],
        Render,
        room => room["webhook"] is null ? "a rocketchat room needs a webhook" : null,
        "https://docs.rocket.chat/docs/integrations")
    {
        About = "An attachment in the channel of a webhook.",
        Limits = "12,000 bytes for everything, its text under 5,000 characters",
        Mentions = "`@name`, `@here` or `@all`; several are parted by blanks",
        MentionFault = mention => Mentions.Fault(mention, part => part is ['@', .. var name] && Mentions.IsName(name),
            "a Rocket.Chat mention (@name, @here or @all)", "Rocket.Chat rings people and teams by name."),
        Conversations = "each message is a new one: a webhook names no message that could be changed or answered",
        Pace = new(1, 5),
    };

    /// <summary>The message with its attachment.</summary>
    public static byte[] Render(Routed routed, Rendering rendering) => Fitting.Within(MaxBytes, routed, rendering, Write);

    private static void Write(ref JsonOut json, Routed routed, Card card, int room)
    {
        var parts = new CardParts(card, Escaping.Prose, room);
        json.Raw("{"u8);
        if (routed.Room["channel"] is { } channel) json.Pair("channel"u8, channel);
        json.Next("\"parseUrls\":false"u8);
        Attachment.Write(ref json, card, parts, routed.Mention, parts.FactsAs(Escaping.Code));
        json.Raw("}"u8);
    }
}
