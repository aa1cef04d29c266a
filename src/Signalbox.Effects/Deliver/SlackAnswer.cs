namespace Signalbox.Effects;

/// <summary>Reads Slack's answers: by the error word first, by the status second.</summary>
internal static class SlackAnswer
{
    private const int LongestWord = 64;

    private static bool IsPassing(string word) => word is "ratelimited" or "rate_limited" or "message_limit_exceeded" or "internal_error"
        or "fatal_error" or "service_unavailable" or "request_timeout" or "rollup_error" or "server_error";

    private static bool IsOfBlocks(string word) => word is "invalid_blocks" or "invalid_blocks_format" or "msg_blocks_too_long"
        or "invalid_attachments" or "attachment_payload_limit_exceeded" or "too_many_attachments" or "blocks_too_long"
        // The simpler form has no metadata either.
        or "invalid_metadata_format" or "invalid_metadata_schema" or "metadata_too_large" or "metadata_must_be_sent_from_app";

    private static bool IsOfSecret(string word) => word is "invalid_auth" or "not_authed" or "account_inactive" or "token_revoked"
        or "token_expired" or "invalid_token" or "no_service" or "no_service_id" or "no_active_hooks" or "no_team";

    private static bool IsOfRoom(string word) => word is "channel_not_found" or "channel_is_archived" or "is_archived" or "not_in_channel" or "no_service"
        or "no_service_id" or "no_active_hooks" or "team_disabled";

    private static bool IsOfMessage(string word) => word is "message_not_found" or "cant_update_message" or "edit_window_closed" or "thread_not_found"
        or "cannot_reply_to_message";

    /// <summary>The outcome of an answer.</summary>
    /// <param name="answer">What came.</param>
    /// <param name="toWebhook">True for a webhook, which says "ok"; false for the Web API, which says <c>{"ok":true}</c>.</param>
    public static Verdict Read(Answer.Came answer, bool toWebhook)
    {
        var json = Verdict.Body(answer);
        var word = Word(json.IsObject ? json["error"u8].Text : answer.Body);
        var said = word.Length > 0 && word != "ok" ? $"answered {answer.Status} {word}" : $"answered {answer.Status}";

        var refused = new Delivery.Refused(said)
        {
            RoomIsGone = IsOfRoom(word) || (toWebhook && answer.Status is 404 or 410),
            MessageIsGone = IsOfMessage(word),
        };
        return answer.Status switch
        {
            429 => Later(answer, said),
            _ when IsPassing(word) => Later(answer, said),
            _ when IsOfBlocks(word) => new(new Delivery.Refused(said), Remedy.PlainText),
            _ when IsOfSecret(word) => new(refused, Remedy.NewSecret),
            >= 200 and < 300 when Accepts(answer, json, toWebhook) => new(new Delivery.Made(Reference(json)), Remedy.None),
            >= 200 and < 300 when word.Length > 0 => new(refused, Remedy.None),
            >= 200 and < 300 => new(new Delivery.Refused($"{said}, but not as Slack does: is the address Slack's?"), Remedy.None),
            >= 300 and < 400 => new(new Delivery.Refused($"{said}, a redirect, which is not followed"), Remedy.None),
            401 or 403 => new(refused, Remedy.NewSecret),
            408 or 425 => Later(answer, said),
            >= 500 when !IsLasting(word) => Later(answer, said),
            _ => new(refused, Remedy.None),
        };
    }

    // Slack's compatible others answer with nothing, or with JSON of their own; a web page is nobody's yes.
    private static bool Accepts(Answer.Came answer, Json json, bool toWebhook) => toWebhook
        ? json.IsObject
            ? json["ok"u8].Kind is not JsonKind.False && !json["error"u8].Exists
            : answer.Body.Trim() is "" or "ok" or "OK"
        : json["ok"u8].Kind is JsonKind.True;

    private static Verdict Later(Answer.Came answer, string said) => new(new Delivery.Later(answer.RetryAfter, said), Remedy.None);

    private static string Reference(Json json) => json["ts"u8].Text is { } time ? $"{json["channel"u8].Text}/{time}" : "";

    private static bool IsLasting(string word) => word is "invalid_payload" or "no_text" or "user_not_found" or "action_prohibited"
        or "posting_to_general_channel_denied" or "channel_not_found" or "channel_is_archived" or "is_archived" or "team_disabled"
        or "not_in_channel" or "missing_scope" or "no_permission" or "restricted_action" or "msg_too_long" or "invalid_arguments"
        or "team_access_not_granted" or "ekm_access_denied";

    private static bool IsLetter(char letter) => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_';

    /// <summary>The answer when it is an error word of Slack's kind; anything else could hold anything, and is left out.</summary>
    public static string Word(string? body)
    {
        var word = body?.Trim() ?? "";
        return word.Length is > 0 and <= LongestWord && word.All(IsLetter) ? word : "";
    }
}
