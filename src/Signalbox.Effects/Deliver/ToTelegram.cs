namespace Signalbox.Effects;

/// <summary>Telegram by a bot. Its token is part of the address.</summary>
internal static class ToTelegram
{
    /// <summary>How it gets there.</summary>
    public static readonly Courier Courier = new()
    {
        Secrets = _ => ["token"],
        Write = errand => Letter.To("api", $"{(errand["api"] ?? "").TrimEnd('/')}/bot{errand["token"]}/sendMessage", errand.Post.Payload),
        Read = (_, answer) => Read(answer),
        Plainly = Telegram.RenderPlain,
    };

    /// <summary>What Telegram answers.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(200, """{"ok":true,"result":{"message_id":42}}""", Fate.Made, "posted; the number is the reference"),
        new(400, """{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}""", Fate.Refused, "the id is wrong, or the bot is no member"),
        new(400, """{"ok":false,"error_code":400,"description":"Bad Request: can't parse entities: …"}""", Fate.Refused, "sent once more as plain text first"),
        new(400, """{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded","parameters":{"migrate_to_chat_id":-1001234567890}}""",
            Fate.Refused, "the group has a new id, which the reason names"),
        new(401, """{"ok":false,"error_code":401,"description":"Unauthorized"}""", Fate.Refused, "the token is wrong"),
        new(403, """{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked from the group chat"}""",
            Fate.Refused, "the bot may not write there"),
        new(404, """{"ok":false,"error_code":404,"description":"Not Found"}""", Fate.Refused, "the token is none"),
        new(429, """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 14","parameters":{"retry_after":14}}""",
            Fate.Later, "too fast; parameters.retry_after is kept"),
        new(502, """{"ok":false,"error_code":502,"description":"Bad Gateway"}""", Fate.Later, "Telegram has trouble"),
    ];

    private static Verdict Read(Answer.Came answer)
    {
        var body = Verdict.Body(answer);
        var words = body["description"u8].Words;
        if (body["parameters"u8]["migrate_to_chat_id"u8].Scalar is { } id) words = $"the group has become a supergroup: set chat to \"{id}\"";
        var verdict = Verdict.Of(answer, words, body["result"u8]["message_id"u8].Scalar ?? "", Verdict.Seconds(body["parameters"u8]["retry_after"u8].Number),
            body["ok"u8].Kind is JsonKind.True);
        var unread = answer.Status is 400 && words?.Contains("parse entities", StringComparison.Ordinal) is true;
        return unread ? verdict with { Remedy = Remedy.PlainText } : verdict;
    }
}
