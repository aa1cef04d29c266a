namespace Signalbox.Effects;

/// <summary>Opsgenie by its alert API.</summary>
internal static class ToOpsgenie
{
    /// <summary>How it gets there: what is over closes the alert of its alias.</summary>
    public static readonly Courier Courier = new()
    {
        Secrets = _ => ["key"],
        Write = errand => Letter.To("api", $"{(errand["api"] ?? "").TrimEnd('/')}/v2/alerts{Close(errand.Post.Routed.Notice)}", errand.Post.Payload)
            .Authorized("GenieKey", errand["key"]),
        Read = (_, answer) => Read(answer),
    };

    /// <summary>What Opsgenie answers.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(202, """{"result":"Request will be processed","took":0.302,"requestId":"43a29c5c"}""",
            Fate.Made, "taken in; the id of the request is the reference"),
        new(401, """{"message":"Key is not valid","took":0.0}""", Fate.Refused, "the key is wrong"),
        new(403, """{"message":"You are not authorized","took":0.0}""", Fate.Refused, "the key may not make alerts, or is Europe's: see api"),
        new(422, """{"message":"Request body is not processable","errors":{"message":"Message can not be empty."}}""",
            Fate.Refused, "over one of Opsgenie's limits"),
        new(429, """{"message":"You are making too many requests!"}""", Fate.Later, "too fast"),
        new(503, "", Fate.Later, "Opsgenie has trouble"),
    ];

    private static string Close(Notice notice) =>
        notice.Status is Status.Cleared ? $"/{Uri.EscapeDataString(Opsgenie.Alias(notice))}/close?identifierType=alias" : "";

    private static Verdict Read(Answer.Came answer)
    {
        var body = Verdict.Body(answer);
        return Verdict.Of(answer, body["message"u8].Words, body["requestId"u8].Text ?? "", yes: body["result"u8].IsText);
    }
}
