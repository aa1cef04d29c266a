using System.Text;
using System.Text.Json.Nodes;

namespace Signalbox.Effects;

/// <summary>Matrix by the client-server API.</summary>
internal static class ToMatrix
{
    private const int LongestFallback = 2_000;

    /// <summary>How it gets there: a transaction id that is the same on every try makes a repeat harmless.</summary>
    public static readonly Courier Courier = new()
    {
        Secrets = _ => ["token"],
        Write = errand => (Letter.To("homeserver", $"{(errand["homeserver"] ?? "").TrimEnd('/')}{Path(errand)}", Placed(errand)) with { Method = "PUT" })
            .Authorized("Bearer", errand["token"]),
        Read = Read,
    };

    /// <summary>What Matrix answers.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(200, """{"event_id":"$YUwRidLecu:example.com"}""", Fate.Made, "posted; the event's id is the reference"),
        new(400, """{"errcode":"M_BAD_JSON","error":"…"}""", Fate.Refused, "the server does not take such an event"),
        new(401, """{"errcode":"M_UNKNOWN_TOKEN","error":"Unrecognised access token"}""", Fate.Refused, "the token is wrong or signed out"),
        new(403, """{"errcode":"M_FORBIDDEN","error":"…"}""", Fate.Refused, "the bot is no member of the room, or may not write there") { RoomIsGone = true },
        new(404, """{"errcode":"M_NOT_FOUND","error":"…"}""", Fate.Refused, "the room is unknown") { RoomIsGone = true },
        new(413, """{"errcode":"M_TOO_LARGE","error":"…"}""", Fate.Refused, "too large"),
        new(429, """{"errcode":"M_LIMIT_EXCEEDED","error":"Too many requests","retry_after_ms":2000}""",
            Fate.Later, "too fast; retry_after_ms and Retry-After are kept"),
        new(502, """{"errcode":"M_UNKNOWN","error":"…"}""", Fate.Later, "the server has trouble"),
    ];

    private static string Path(Errand errand) =>
        $"/_matrix/client/v3/rooms/{Uri.EscapeDataString(errand["room"] ?? "")}/send/m.room.message/signalbox-{errand.Id}";

    /// <summary>The content with its relation: an edit, a line of the thread, or in the room itself an answer that everybody sees.</summary>
    private static ReadOnlyMemory<byte> Placed(Errand errand)
    {
        if (errand.Message is not { } id) return errand.Post.Payload;
        if (errand.Post.Placing is Placing.Change) return Replacing(errand.Post.Payload, id);
        var relation = new JsonObject { ["m.in_reply_to"] = new JsonObject { ["event_id"] = id } };
        if (errand.Post.Placing is Placing.Reply) (relation["rel_type"], relation["event_id"], relation["is_falling_back"]) = ("m.thread", id, true);
        return Letter.Edit(errand.Post.Payload, content => content["m.relates_to"] = relation);
    }

    /// <summary>An edit. What stands beside the new content is for programs that know no edits: its text alone, so that both stay small enough.</summary>
    private static ReadOnlyMemory<byte> Replacing(ReadOnlyMemory<byte> payload, string id)
    {
        if (JsonNode.Parse(payload.Span) is not JsonObject content) return payload;
        var edit = new JsonObject
        {
            ["msgtype"] = "m.text",
            ["body"] = $"* {Cut.Text(content["body"]?.GetValue<string>() ?? "", LongestFallback)}",
            ["m.mentions"] = new JsonObject(),
            ["m.relates_to"] = new JsonObject { ["rel_type"] = "m.replace", ["event_id"] = id },
            ["m.new_content"] = content,
        };
        return Encoding.UTF8.GetBytes(edit.ToJsonString());
    }

    private static Verdict Read(Errand errand, Answer.Came answer)
    {
        var body = Verdict.Body(answer);
        return Verdict.Of(answer, body["errcode"u8].Words, body["event_id"u8].Text ?? "", Verdict.Seconds(body["retry_after_ms"u8].Number / 1000),
            body["event_id"u8].IsText)
            .Saying(body["errcode"u8].Text is "M_FORBIDDEN" or "M_NOT_FOUND", messageIsGone: errand.Message is not null && answer.Status is 400);
    }
}
