namespace Signalbox.Effects;

/// <summary>Slack by an incoming webhook, or by <c>chat.postMessage</c> with a bot's token.</summary>
internal static class ToSlack
{
    /// <summary>How it gets there.</summary>
    public static readonly Courier Courier = new()
    {
        Secrets = room => [room["webhook"] is null ? "token" : "webhook"],
        Write = errand => errand["webhook"] is { } webhook
            ? Letter.To("webhook", webhook, errand.Post.Payload)
            : Letter.To("api", $"{Api(errand)}/{Method(errand.Post)}", Addressed(errand)).Authorized("Bearer", errand["token"]),
        Read = (errand, answer) => SlackAnswer.Read(answer, toWebhook: errand["webhook"] is not null),
        Plainly = Slack.RenderPlain,
        Afterwards = SlackFile.Hang,
    };

    /// <summary>The base address of the Web API, without a stroke at its end.</summary>
    public static string Api(Errand errand) => (errand["api"] ?? "https://slack.com/api").TrimEnd('/');

    private static bool IsUpdate(Post post) => post is { Placing: Placing.Change, Reference.Length: > 0 };

    private static string Method(Post post) => IsUpdate(post) ? "chat.update" : "chat.postMessage";

    /// <summary>The payload with where it goes and, for a new message, whose post it is: an update changes the same message however often it comes.</summary>
    private static ReadOnlyMemory<byte> Addressed(Errand errand) =>
        IsUpdate(errand.Post) ? Placed(errand) : SlackHistory.Marked(Placed(errand), errand.Post.Id);

    /// <summary>The payload with where it goes. The reference is channel and time, as Slack answered: an update needs the channel's id, not its name.</summary>
    private static ReadOnlyMemory<byte> Placed(Errand errand)
    {
        var post = errand.Post;
        var slash = post.Reference.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || post.Placing is Placing.Begin) return Letter.With(post.Payload, "channel", errand["channel"] ?? "");
        var (channel, time) = (post.Reference[..slash], post.Reference[(slash + 1)..]);
        return post.Placing switch
        {
            Placing.Change => Letter.Set(Letter.With(post.Payload, "ts", time), "channel", channel),
            Placing.Shout => Letter.With(Letter.Set(Letter.With(post.Payload, "thread_ts", time), "channel", channel), "reply_broadcast", true),
            _ => Letter.Set(Letter.With(post.Payload, "thread_ts", time), "channel", channel),
        };
    }

    /// <summary>What Slack answers.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(200, "ok", Fate.Made, "the yes of a webhook"),
        new(400, "invalid_blocks", Fate.Refused, "sent once more as plain text first"),
        new(403, "invalid_token", Fate.Refused, "the secret is read afresh first, and tried again when it has changed"),
        new(404, "channel_not_found", Fate.Refused, "the channel is gone, or its name is wrong") { RoomIsGone = true },
        new(410, "channel_is_archived", Fate.Refused, "the channel is archived") { RoomIsGone = true },
        new(200, """{"ok":false,"error":"message_not_found"}""", Fate.Refused, "to a bot: the message to be changed or answered is gone; it is posted anew"),
        new(429, "", Fate.Later, "too fast; Retry-After is kept"),
        new(500, "rollup_error", Fate.Later, "Slack has trouble"),
    ];
}
