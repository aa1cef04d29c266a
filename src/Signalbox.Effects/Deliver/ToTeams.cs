namespace Signalbox.Effects;

/// <summary>Microsoft Teams by a Workflows webhook. It says yes before the card is posted.</summary>
internal static class ToTeams
{
    /// <summary>How it gets there.</summary>
    public static readonly Courier Courier = new()
    {
        Secrets = _ => ["webhook"],
        Write = errand => Letter.To("webhook", errand["webhook"], errand.Post.Payload),
        Read = (_, answer) => Throttled(answer) ? new(new Delivery.Later(answer.RetryAfter, "answered 200, and 429 inside of it")) : Read(answer),
    };

    /// <summary>What Teams answers.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(202, "", Fate.Made, "taken in; a card that fails later is seen in the workflow's run history alone"),
        new(200, "1", Fate.Made, "the yes of an old connector"),
        new(200, "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429", Fate.Later, "an old connector, too fast"),
        new(400, """{"error":{"code":"TriggerInputSchemaMismatch","message":"…"}}""", Fate.Refused, "the workflow begins with another trigger"),
        new(401, """{"error":{"code":"DirectApiAuthorizationRequired","message":"…"}}""", Fate.Refused, "the signature in the address is missing or old"),
        new(404, """{"error":{"code":"WorkflowNotFound","message":"…"}}""", Fate.Refused, "the workflow is gone") { RoomIsGone = true },
        new(413, "", Fate.Refused, "too large"),
        new(429, "", Fate.Later, "more than four requests in a second"),
        new(502, """{"error":{"code":"NoResponse","message":"…"}}""", Fate.Later, "Power Automate has trouble"),
    ];

    private static bool Throttled(Answer.Came answer) =>
        answer.Status is 200 && answer.Body.Contains("HTTP error 429", StringComparison.Ordinal);

    private static Verdict Read(Answer.Came answer)
    {
        // A connector reports every failure of the post inside of a 200; a web page is nobody's yes.
        var isYes = answer.Body.Trim() is "" or "1" || Verdict.Body(answer).IsObject;
        return Verdict.Of(answer, Verdict.Body(answer)["error"u8]["code"u8].Words, yes: isYes).Saying(answer.Status is 404 or 410);
    }
}
