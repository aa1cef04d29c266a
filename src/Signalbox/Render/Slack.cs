using System.Globalization;

namespace Signalbox;

/// <summary>Slack: Block Kit, title first, then summary, facts in two columns, sparkline, buttons, and where and when.</summary>
/// <remarks>
/// Limits kept: 3,000 characters for a text, 10 fields of 2,000, 75 for a button, 3,000 for an address, and 12,000 bytes over all blocks, an
/// unpublished limit that others have measured. Untrusted text is escaped, <c>verbatim</c> keeps Slack from finding names and addresses in it.
/// </remarks>
public static class Slack
{
    /// <summary>All blocks together stay under this many bytes.</summary>
    public const int MaxBytes = 11_500;

    /// <summary>Slack takes about one message a second in a channel, with short bursts.</summary>
    public static readonly Pace DefaultPace = new(1, 5);

    /// <summary>Its row.</summary>
    public static readonly Chat Row = new(
        "slack",
        [
            new("webhook", RoomKeyKind.SecretUrl, "Address of an incoming webhook. Any http or https address, so that proxies and tests can stand in."),
            new("channel", RoomKeyKind.Text, "Name or id of a channel, posted to by the bot."),
            new("token", RoomKeyKind.Secret, "The bot's token.", "env:SLACK_BOT_TOKEN"),
            new("api", RoomKeyKind.Url, "Base address of Slack's Web API.", "https://slack.com/api"),
            new("pass-through", RoomKeyKind.Flag, "Let a message that already is a Slack payload through as it came, its mentions defused.", "false"),
        ],
        Render,
        room => (room["webhook"], room["channel"]) switch
        {
            (null, null) => "a slack room needs a webhook or a channel",
            ({ }, { }) => "a slack room has a webhook or a channel, not both",
            _ => null,
        },
        "https://docs.slack.dev/messaging/")
    {
        About = "Blocks in a channel, by an incoming webhook or by a bot that is a member of the channel. "
            + "When Slack refuses the blocks, the same is sent as plain text. What is longer than a message shows, a bot that may `files:write` hangs "
            + "whole below it, as a file in the thread.",
        Limits = "3,000 characters for a text, 10 fields of 2,000, 75 for a button, 12,000 bytes over all blocks",
        Mentions = "`<!here>`, `<!channel>`, `<!everyone>`, `<@U…>` or `<!subteam^S…>`; several are parted by blanks",
        MentionFault = SlackMention.Fault,
        Conversations = "a bot's message is changed in place and answered in its thread; what the whole channel has to see is shown there too. "
            + "A webhook posts each message anew",
        Pace = DefaultPace,
        Can = room => room["channel"] is null ? default : new(Updates: true, Threads: true),
        DigestRoom = 6_000,
    };

    /// <summary>The message as Block Kit. Never over a limit of Slack's, never empty.</summary>
    public static byte[] Render(Routed routed, Rendering rendering)
    {
        if (PassedThrough(routed) is { } payload) return payload;

        var card = Card.Of(routed.Notice, rendering);
        var json = new JsonOut(stackalloc byte[4096]);
        json.Raw("{"u8);
        WriteChannel(ref json, routed.Room);
        json.Raw("\"text\":\""u8);
        WriteTitle(ref json, card, routed.Mention);
        json.Raw("\",\"unfurl_links\":false,\"unfurl_media\":false,\"blocks\":["u8);
        var start = json.Length;
        json.Raw("{\"type\":\"section\",\"text\":"u8);
        json.Raw(Mrkdwn.Open);
        WriteTitle(ref json, card, routed.Mention);
        json.Raw(Mrkdwn.Close);
        json.Raw("},"u8);
        // A webhook's messages cannot change: what is pressed there would stay as it is.
        WriteFitting(ref json, card, start, rendering.SlackButtons && routed.Room["channel"] is not null);
        json.Raw("]}"u8);
        return json.ToArray();
    }

    /// <summary>All that a notice says as plain text, when the message shows less of it: a text cut, or a fact left out. Null when it shows
    /// everything.</summary>
    public static string? Whole(Routed routed, Rendering rendering)
    {
        if (PassedThrough(routed) is not null) return null;
        var card = Card.Of(routed.Notice, rendering);
        var json = new JsonOut(stackalloc byte[4096]);
        WriteTitle(ref json, card, routed.Mention);
        return SlackBlocks.LeavesOut(card, WriteFitting(ref json, card, 0, withButtons: false)) ? PlainText.Whole(card) : null;
    }

    /// <summary>The same without blocks, for when Slack refuses them.</summary>
    public static byte[] RenderPlain(Routed routed, Rendering rendering)
    {
        var card = Card.Of(routed.Notice, rendering);
        var json = new JsonOut(stackalloc byte[4096]);
        json.Raw("{"u8);
        WriteChannel(ref json, routed.Room);
        json.Raw("\"text\":\""u8);
        WriteTitle(ref json, card, routed.Mention);
        json.Inner($"\n{Mrkdwn.Fit(PlainText.Body(card), 3_500)}");
        json.Raw("\",\"unfurl_links\":false,\"unfurl_media\":false}"u8);
        return json.ToArray();
    }

    /// <summary>A message that came ready for Slack, where the room wants it so; null otherwise.</summary>
    private static byte[]? PassedThrough(Routed routed) =>
        routed.Notice.Ready is { Chat: "slack" } ready && routed.Room["pass-through"] is "true" ? SlackReady.Write(routed, ready) : null;

    /// <summary>Writes the blocks below the title at the largest size that Slack takes, and answers that size.</summary>
    private static int WriteFitting(ref JsonOut json, Card card, int start, bool withButtons)
    {
        var body = json.Length;
        for (var room = 2800; ; room /= 2)
        {
            SlackBlocks.Write(ref json, card, room, withButtons);
            if (json.Length - start <= MaxBytes || room < 100) return room;
            json.BackTo(body);
        }
    }

    /// <summary>Where the Web API posts it; a webhook knows.</summary>
    internal static void WriteChannel(ref JsonOut json, Room room)
    {
        if (room["channel"] is not { } channel) return;
        json.Raw("\"channel\":"u8);
        json.Text(channel);
        json.Raw(","u8);
    }

    /// <summary>The title in bold, where nothing in it would format by itself, and whom it rings.</summary>
    private static void WriteTitle(ref JsonOut json, Card card, string? mention)
    {
        var words = Cut.Line(card.Notice.Title, 250);
        if (words.Length == 0) words = "(no title)";
        json.Inner(card.Mark);
        if (Mrkdwn.WouldFormat(words) || words.Contains('*'))
        {
            json.Raw(" "u8);
            json.Inner(Mrkdwn.Literal(words, 1000));
        }
        else
        {
            json.Raw(" *"u8);
            json.Inner(Mrkdwn.Fit(words, 1000));
            json.Raw("*"u8);
        }
        if (mention is null) return;
        json.Raw(" "u8);
        json.Inner(mention);
    }

    /// <summary>The time in each reader's own zone, with UTC for those who cannot show it.</summary>
    internal static void WriteDate(ref JsonOut json, DateTimeOffset at)
    {
        Span<char> text = stackalloc char[24];
        json.Raw("<!date^"u8);
        at.ToUnixTimeSeconds().TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        json.Inner(text[..length]);
        json.Raw("^{date_short_pretty} {time_secs}|"u8);
        at.UtcDateTime.TryFormat(text, out length, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        json.Inner(text[..length]);
        json.Raw(" UTC>"u8);
    }
}
