namespace Signalbox.Effects;

/// <summary>Discord by a webhook.</summary>
internal static class ToDiscord
{
    /// <summary>How it gets there: with wait=true, so that the answer names the message.</summary>
    public static readonly Courier Courier = new()
    {
        Secrets = _ => ["webhook"],
        Write = errand => errand is { IsChange: true, Message: { } message }
            ? Letter.To("webhook", Of(errand["webhook"], message), errand.Post.Payload) with { Method = "PATCH" }
            : Letter.To("webhook", Letter.With(errand["webhook"], "wait=true"), errand.Post.Payload),
        Read = (_, answer) => Read(answer),
    };

    /// <summary>What Discord answers.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(200, """{"id":"1187042","channel_id":"77"}""", Fate.Made, "posted; the id is the reference"),
        new(204, "", Fate.Made, "posted"),
        new(400, """{"message":"Invalid Form Body","code":50035}""", Fate.Refused, "over one of Discord's limits"),
        new(401, """{"message":"Invalid Webhook Token","code":50027}""", Fate.Refused, "the token in the address is wrong"),
        new(403, """{"message":"Missing Permissions","code":50013}""", Fate.Refused, "not allowed"),
        new(404, """{"message":"Unknown Webhook","code":10015}""", Fate.Refused, "the webhook was deleted") { RoomIsGone = true },
        new(404, """{"message":"Unknown Channel","code":10003}""", Fate.Refused, "the channel or thread was deleted") { RoomIsGone = true },
        new(404, """{"message":"Unknown Message","code":10008}""", Fate.Refused, "the message to be changed was deleted; it is posted anew"),
        new(429, """{"message":"You are being rate limited.","retry_after":0.645,"global":false}""",
            Fate.Later, "too fast; retry_after, Retry-After and X-RateLimit-Reset-After are kept"),
        new(500, """{"message":"500: Internal Server Error","code":0}""", Fate.Later, "Discord has trouble"),
    ];

    private static Verdict Read(Answer.Came answer)
    {
        var body = Verdict.Body(answer);
        var code = body["code"u8].Number;
        var words = code is > 0 ? $"{code} {body["message"u8].Words}" : body["message"u8].Words;
        return Verdict.Of(answer, words, body["id"u8].Text ?? "", Verdict.Seconds(body["retry_after"u8].Number), answer.Status is 204 || body["id"u8].IsText)
            .Saying(roomIsGone: code is 10015 or 10003, messageIsGone: code is 10008);
    }

    /// <summary>The address of a message of the webhook: a thread in the query is still needed to find it.</summary>
    private static string? Of(string? webhook, string message)
    {
        if (webhook is null) return null;
        var query = webhook.IndexOf('?', StringComparison.Ordinal) is > 0 and var at ? at : webhook.Length;
        return $"{webhook[..query].TrimEnd('/')}/messages/{Uri.EscapeDataString(message)}{webhook[query..]}";
    }
}
