namespace Signalbox.Effects;

/// <summary>Matrix by the client-server API.</summary>
internal static class ToMatrix
{
    /// <summary>How it gets there: a transaction id that is the same on every try makes a repeat harmless.</summary>
    public static readonly Courier Courier = new()
    {
        Secrets = _ => ["token"],
        Write = errand => (Letter.To("homeserver", $"{(errand["homeserver"] ?? "").TrimEnd('/')}{Path(errand)}", errand.Post.Payload) with { Method = "PUT" })
            .Authorized("Bearer", errand["token"]),
        Read = (_, answer) => Read(answer),
    };

    /// <summary>What Matrix answers.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(200, """{"event_id":"$YUwRidLecu:example.com"}""", Fate.Made, "posted; the event's id is the reference"),
        new(400, """{"errcode":"M_BAD_JSON","error":"…"}""", Fate.Refused, "the server does not take such an event"),
        new(401, """{"errcode":"M_UNKNOWN_TOKEN","error":"Unrecognised access token"}""", Fate.Refused, "the token is wrong or signed out"),
        new(403, """{"errcode":"M_FORBIDDEN","error":"…"}""", Fate.Refused, "the bot is no member of the room, or may not write there"),
        new(404, """{"errcode":"M_NOT_FOUND","error":"…"}""", Fate.Refused, "the room is unknown"),
        new(413, """{"errcode":"M_TOO_LARGE","error":"…"}""", Fate.Refused, "too large"),
        new(429, """{"errcode":"M_LIMIT_EXCEEDED","error":"Too many requests","retry_after_ms":2000}""",
            Fate.Later, "too fast; retry_after_ms and Retry-After are kept"),
        new(502, """{"errcode":"M_UNKNOWN","error":"…"}""", Fate.Later, "the server has trouble"),
    ];

    private static string Path(Errand errand) =>
        $"/_matrix/client/v3/rooms/{Uri.EscapeDataString(errand["room"] ?? "")}/send/m.room.message/signalbox-{errand.Id}";

    private static Verdict Read(Answer.Came answer)
    {
        var body = Verdict.Body(answer);
        return Verdict.Of(answer, body["errcode"u8].Words, body["event_id"u8].Text ?? "", Verdict.Seconds(body["retry_after_ms"u8].Number / 1000),
            body["event_id"u8].IsText);
    }
}
