using System.Globalization;
using System.Text.Json.Nodes;

namespace Signalbox.Effects;

/// <summary>Telegram by a bot. Its token is part of the address.</summary>
internal static class ToTelegram
{
    /// <summary>How it gets there.</summary>
    public static readonly Courier Courier = new()
    {
        Secrets = _ => ["token"],
        Write = errand => Letter.To("api",
            $"{(errand["api"] ?? "").TrimEnd('/')}/bot{errand["token"]}/{(errand.IsChange ? "editMessageText" : "sendMessage")}", Placed(errand)),
        Read = Read,
        Plainly = Telegram.RenderPlain,
    };

    /// <summary>What Telegram answers.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(200, """{"ok":true,"result":{"message_id":42}}""", Fate.Made, "posted; the number is the reference"),
        new(400, """{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}""",
            Fate.Refused, "the id is wrong, or the bot is no member") { RoomIsGone = true },
        new(400, """{"ok":false,"error_code":400,"description":"Bad Request: can't parse entities: …"}""", Fate.Refused, "sent once more as plain text first"),
        new(400, """{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded","parameters":{"migrate_to_chat_id":-1001234567890}}""",
            Fate.Refused, "the group has a new id, which the reason names") { RoomIsGone = true },
        new(400, """{"ok":false,"error_code":400,"description":"Bad Request: message to edit not found"}""",
            Fate.Refused, "the message to be changed or answered is gone; it is posted anew"),
        new(401, """{"ok":false,"error_code":401,"description":"Unauthorized"}""", Fate.Refused, "the token is wrong"),
        new(403, """{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked from the group chat"}""",
            Fate.Refused, "the bot may not write there") { RoomIsGone = true },
        new(404, """{"ok":false,"error_code":404,"description":"Not Found"}""", Fate.Refused, "the token is none"),
        new(429, """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 14","parameters":{"retry_after":14}}""",
            Fate.Later, "too fast; parameters.retry_after is kept"),
        new(502, """{"ok":false,"error_code":502,"description":"Bad Gateway"}""", Fate.Later, "Telegram has trouble"),
    ];

    private static readonly string[] RoomsGone =
    [
        "chat not found", "group chat was", "bot was kicked", "bot was blocked", "bot is not a member", "user is deactivated", "have no rights to send",
        "not enough rights to send", "message thread not found", "TOPIC_DELETED", "TOPIC_CLOSED", "CHAT_WRITE_FORBIDDEN", "PEER_ID_INVALID",
    ];

    private static readonly string[] MessagesGone =
    [
        "message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID", "message to be replied not found", "message to reply not found",
        "replied message not found",
    ];

    /// <summary>The payload with the message that it changes or answers. A line in the thread makes no sound, unless it rings somebody.</summary>
    private static ReadOnlyMemory<byte> Placed(Errand errand)
    {
        if (!long.TryParse(errand.Message, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return errand.Post.Payload;
        return Letter.Edit(errand.Post.Payload, message =>
        {
            if (errand.IsChange)
            {
                message.Remove("message_thread_id");
                message["message_id"] = id;
                return;
            }
            message["reply_parameters"] = new JsonObject { ["message_id"] = id };
            if (errand.Post is { Placing: Placing.Reply, Routed.Mention: null }) message["disable_notification"] = true;
        });
    }

    private static Verdict Read(Errand errand, Answer.Came answer)
    {
        var body = Verdict.Body(answer);
        var words = body["description"u8].Words;
        if (body["parameters"u8]["migrate_to_chat_id"u8].Scalar is { } id) words = $"the group has become a supergroup: set chat to \"{id}\"";
        var verdict = Verdict.Of(answer, words, body["result"u8]["message_id"u8].Scalar ?? "", Verdict.Seconds(body["parameters"u8]["retry_after"u8].Number),
            body["ok"u8].Kind is JsonKind.True);
        // What it says already is as good as said.
        if (errand.IsChange && Has(words, ["message is not modified"])) return new(new Delivery.Made(errand.Post.Reference));
        verdict = verdict.Saying(Has(words, RoomsGone) || body["parameters"u8]["migrate_to_chat_id"u8].Exists, Has(words, MessagesGone));
        var unread = answer.Status is 400 && words?.Contains("parse entities", StringComparison.Ordinal) is true;
        return unread ? verdict with { Remedy = Remedy.PlainText } : verdict;
    }

    private static bool Has(string? words, string[] parts) => words is not null && parts.Any(part => words.Contains(part, StringComparison.OrdinalIgnoreCase));
}
