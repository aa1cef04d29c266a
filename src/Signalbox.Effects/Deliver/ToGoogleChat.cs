namespace Signalbox.Effects;

/// <summary>Google Chat by a webhook.</summary>
internal static class ToGoogleChat
{
    /// <summary>How it gets there: without messageReplyOption the thread in the message would be passed over in silence.</summary>
    public static readonly Courier Courier = new()
    {
        Secrets = _ => ["webhook"],
        Write = errand => Letter.To("webhook", Letter.With(errand["webhook"], "messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD"), errand.Post.Payload),
        Read = (_, answer) => Read(answer),
    };

    /// <summary>What Google Chat answers.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(200, """{"name":"spaces/AAA/messages/BBB.CCC"}""", Fate.Made, "posted; the name is the reference"),
        new(400, """{"error":{"code":400,"message":"…","status":"INVALID_ARGUMENT"}}""", Fate.Refused, "over a limit, or not a webhook's address"),
        new(401, """{"error":{"code":401,"status":"UNAUTHENTICATED"}}""", Fate.Refused, "key or token is missing or wrong"),
        new(403, """{"error":{"code":403,"status":"PERMISSION_DENIED"}}""", Fate.Refused, "webhooks are switched off, or the key is wrong"),
        new(404, """{"error":{"code":404,"status":"NOT_FOUND"}}""", Fate.Refused, "space or webhook is gone") { RoomIsGone = true },
        new(429, """{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}""", Fate.Later, "more than one message in a second"),
        new(503, """{"error":{"code":503,"status":"UNAVAILABLE"}}""", Fate.Later, "Google Chat has trouble"),
    ];

    private static Verdict Read(Answer.Came answer)
    {
        var body = Verdict.Body(answer);
        return Verdict.Of(answer, body["error"u8]["status"u8].Words, body["name"u8].Text ?? "", yes: body["name"u8].IsText)
            .Saying(answer.Status is 404);
    }
}
