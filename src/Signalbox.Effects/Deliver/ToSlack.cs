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
            : Letter.To("api", $"{(errand["api"] ?? "https://slack.com/api").TrimEnd('/')}/chat.postMessage",
                Letter.With(errand.Post.Payload, "channel", errand["channel"] ?? "")).Authorized("Bearer", errand["token"]),
        Read = (errand, answer) => SlackAnswer.Read(answer, toWebhook: errand["webhook"] is not null),
        Plainly = Slack.RenderPlain,
    };

    /// <summary>What Slack answers.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(200, "ok", Fate.Made, "the yes of a webhook"),
        new(400, "invalid_blocks", Fate.Refused, "sent once more as plain text first"),
        new(403, "invalid_token", Fate.Refused, "the secret is read afresh first, and tried again when it has changed"),
        new(404, "channel_not_found", Fate.Refused, "the channel is gone, or its name is wrong"),
        new(410, "channel_is_archived", Fate.Refused, "the channel is archived"),
        new(429, "", Fate.Later, "too fast; Retry-After is kept"),
        new(500, "rollup_error", Fate.Later, "Slack has trouble"),
    ];
}
