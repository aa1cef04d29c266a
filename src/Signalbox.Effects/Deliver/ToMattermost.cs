namespace Signalbox.Effects;

/// <summary>Mattermost by an incoming webhook.</summary>
internal static class ToMattermost
{
    /// <summary>How it gets there.</summary>
    public static readonly Courier Courier = new()
    {
        Secrets = _ => ["webhook"],
        Write = errand => Letter.To("webhook", errand["webhook"], errand.Post.Payload),
        Read = (_, answer) => Verdict.Of(answer, Words(answer), yes: answer.Body.Trim() is "ok" or ""),
    };

    /// <summary>What Mattermost answers.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(200, "ok", Fate.Made, "posted"),
        new(400, """{"id":"web.incoming_webhook.parse.app_error","message":"Unable to parse incoming data.","status_code":400}""",
            Fate.Refused, "the server does not take such a message"),
        new(400, """{"id":"web.incoming_webhook.invalid.app_error","message":"Invalid webhook.","status_code":400}""", Fate.Refused, "the webhook is gone"),
        new(403, """{"message":"This webhook is not permitted to post to the requested channel.","status_code":403}""",
            Fate.Refused, "the webhook is held to its own channel"),
        new(404, """{"message":"Couldn't find the channel.","status_code":404}""", Fate.Refused, "the channel is gone, or its name is wrong"),
        new(429, "limit exceeded", Fate.Later, "too fast; Retry-After is kept"),
        new(501, """{"message":"Incoming webhooks have been disabled by the system admin.","status_code":501}""", Fate.Refused, "webhooks are switched off"),
        new(500, "", Fate.Later, "the server has trouble"),
    ];

    private static string? Words(Answer.Came answer) =>
        Verdict.Body(answer)["message"u8].Words ?? (answer.Body.Length <= 100 && answer.Status >= 400 ? answer.Body : null);
}
