using System.Text;

namespace Signalbox.Effects;

/// <summary>Zulip by a bot, which signs in with its mail address and key.</summary>
internal static class ToZulip
{
    /// <summary>How it gets there: the API takes a form.</summary>
    public static readonly Courier Courier = new()
    {
        Secrets = _ => ["key"],
        Write = errand =>
        {
            var messages = $"{(errand["site"] ?? "").TrimEnd('/')}/api/v1/messages";
            var form = Form(Placed(errand), name => !errand.IsChange || name is "content");
            var letter = Letter.To("site", errand.IsChange ? $"{messages}/{Uri.EscapeDataString(errand.Post.Reference.Split('/')[0])}" : messages, form);
            if (errand.IsChange) letter = letter with { Method = "PATCH" };
            var login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{errand["bot"]}:{errand["key"]}"));
            return (letter with { Type = "application/x-www-form-urlencoded" }).Authorized("Basic", login);
        },
        Read = Read,
    };

    /// <summary>What Zulip answers.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(200, """{"result":"success","msg":"","id":42}""", Fate.Made, "posted; the id and the topic are the reference"),
        new(400, """{"result":"error","msg":"Stream 'nowhere' does not exist","code":"STREAM_DOES_NOT_EXIST"}""",
            Fate.Refused, "the stream is gone, or the bot may not see it") { RoomIsGone = true },
        new(400, """{"result":"error","msg":"Not authorized to send to channel 'alerts'","code":"BAD_REQUEST"}""",
            Fate.Refused, "the bot may not post there") { RoomIsGone = true },
        new(400, """{"result":"error","msg":"Invalid message(s)","code":"BAD_REQUEST"}""",
            Fate.Refused, "the message to be changed is gone, or may no longer be changed; it is posted anew"),
        new(401, """{"result":"error","msg":"Invalid API key","code":"INVALID_API_KEY"}""", Fate.Refused, "the key is wrong"),
        new(403, """{"result":"error","msg":"This organization has been deactivated","code":"REALM_DEACTIVATED"}""",
            Fate.Refused, "the organisation is closed") { RoomIsGone = true },
        new(429, """{"result":"error","msg":"API usage exceeded rate limit","code":"RATE_LIMIT_HIT","retry-after":28.7}""",
            Fate.Later, "too fast; retry-after is kept"),
        new(502, "", Fate.Later, "the server has trouble"),
    ];

    private static Verdict Read(Errand errand, Answer.Came answer)
    {
        var body = Verdict.Body(answer);
        var code = body["code"u8].Words;
        var reference = errand.IsChange ? errand.Post.Reference
            : body["id"u8].Scalar is { } id ? $"{id}/{Json.Parse(Placed(errand).ToArray()).Value["topic"u8].Text}" : "";
        var closed = code is "STREAM_DOES_NOT_EXIST" or "REALM_DEACTIVATED"
            || body["msg"u8].Text?.StartsWith("Not authorized to send", StringComparison.Ordinal) is true;
        return Verdict.Of(answer, code, reference, Verdict.Seconds(body["retry-after"u8].Number), body["result"u8].TextIs("success"u8))
            .Saying(closed, messageIsGone: errand.IsChange && answer.Status is 400 or 404);
    }

    /// <summary>The thread is the topic of the conversation's message, whatever a line of it is about.</summary>
    private static ReadOnlyMemory<byte> Placed(Errand errand) => errand.Message?.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
        ? Letter.Set(errand.Post.Payload, "topic", errand.Message[(slash + 1)..])
        : errand.Post.Payload;

    private static byte[] Form(ReadOnlyMemory<byte> payload, Func<string?, bool> has)
    {
        var fields = new List<string>();
        foreach (var (name, value) in Json.Parse(payload.ToArray()).Value.Members)
        {
            if (has(name.Text)) fields.Add($"{name.Text}={Uri.EscapeDataString(value.Text ?? "")}");
        }
        return Encoding.UTF8.GetBytes(string.Join('&', fields));
    }
}
