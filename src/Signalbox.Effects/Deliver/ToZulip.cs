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
            var letter = Letter.To("site", $"{(errand["site"] ?? "").TrimEnd('/')}/api/v1/messages", Form(errand.Post.Payload));
            var login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{errand["bot"]}:{errand["key"]}"));
            return (letter with { Type = "application/x-www-form-urlencoded" }).Authorized("Basic", login);
        },
        Read = (_, answer) => Read(answer),
    };

    /// <summary>What Zulip answers.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(200, """{"result":"success","msg":"","id":42}""", Fate.Made, "posted; the id is the reference"),
        new(400, """{"result":"error","msg":"Stream 'nowhere' does not exist","code":"STREAM_DOES_NOT_EXIST"}""",
            Fate.Refused, "the stream is gone, or the bot may not see it"),
        new(401, """{"result":"error","msg":"Invalid API key","code":"INVALID_API_KEY"}""", Fate.Refused, "the key is wrong"),
        new(403, """{"result":"error","msg":"This organization has been deactivated","code":"REALM_DEACTIVATED"}""",
            Fate.Refused, "the organisation is closed"),
        new(429, """{"result":"error","msg":"API usage exceeded rate limit","code":"RATE_LIMIT_HIT","retry-after":28.7}""",
            Fate.Later, "too fast; retry-after is kept"),
        new(502, "", Fate.Later, "the server has trouble"),
    ];

    private static Verdict Read(Answer.Came answer)
    {
        var body = Verdict.Body(answer);
        return Verdict.Of(answer, body["code"u8].Words, body["id"u8].Scalar ?? "", Verdict.Seconds(body["retry-after"u8].Number),
            body["result"u8].TextIs("success"u8));
    }

    private static byte[] Form(ReadOnlyMemory<byte> payload)
    {
        var fields = new List<string>();
        foreach (var (name, value) in Json.Parse(payload.ToArray()).Value.Members) fields.Add($"{name.Text}={Uri.EscapeDataString(value.Text ?? "")}");
        return Encoding.UTF8.GetBytes(string.Join('&', fields));
    }
}
