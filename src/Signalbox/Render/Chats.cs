namespace Signalbox;

/// <summary>Every chat that Signalbox speaks to: one row each.</summary>
public static class Chats
{
    /// <summary>The rows.</summary>
    public static readonly ValueList<Chat> All =
    [
        Slack.Row, Teams.Row, Discord.Row, Mattermost.Row, RocketChat.Row, GoogleChat.Row, Telegram.Row, Zulip.Row, Matrix.Row, Email.Row,
        PagerDuty.Row, Opsgenie.Row, Webhook.Row, SnsTopic.Row, JsonLines.Row, Local.Row,
    ];

    /// <summary>The row of a room's chat. Settings are checked against the rows, so a room always has one.</summary>
    public static Chat Of(Room room) => Named(room.Chat) ?? Local.Row;

    /// <summary>The row of that name, or null.</summary>
    public static Chat? Named(string name)
    {
        foreach (var chat in All)
        {
            if (chat.Name == name) return chat;
        }
        return null;
    }

    /// <summary>A room for a webhook that an event names for itself.</summary>
    public static Room RoomOf(string webhook) =>
        new() { Name = "the event's own webhook", Chat = Slack.Row.Name, Options = [new("webhook", webhook)], Pace = Slack.DefaultPace };
}
