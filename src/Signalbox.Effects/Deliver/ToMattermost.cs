namespace Signalbox.Effects;

/// <summary>Mattermost by an incoming webhook, or by its API with a bot's token.</summary>
internal static class ToMattermost
{
    /// <summary>How it gets there.</summary>
    public static readonly Courier Courier = new()
    {
        Secrets = room => [room["webhook"] is null ? "token" : "webhook"],
        Write = errand => errand["webhook"] is { } webhook ? Letter.To("webhook", webhook, errand.Post.Payload) : ByBot(errand),
        Read = (errand, answer) => errand["webhook"] is null ? Read(errand, answer)
            : Verdict.Of(answer, Words(answer), yes: answer.Body.Trim() is "ok" or "").Saying(IsGone(answer)),
    };

    /// <summary>What Mattermost answers.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(200, "ok", Fate.Made, "posted by a webhook; a bot's post is answered with the post, whose id is the reference"),
        new(400, """{"id":"web.incoming_webhook.parse.app_error","message":"Unable to parse incoming data.","status_code":400}""",
            Fate.Refused, "the server does not take such a message"),
        new(400, """{"id":"web.incoming_webhook.invalid.app_error","message":"Invalid webhook.","status_code":400}""",
            Fate.Refused, "the webhook is gone") { RoomIsGone = true },
        new(400, """{"id":"api.post.create_post.can_not_post_to_deleted.error","message":"Can not post to deleted channel.","status_code":400}""",
            Fate.Refused, "the channel is archived") { RoomIsGone = true },
        new(400, """{"id":"api.post.create_post.root_id.app_error","message":"Invalid RootId parameter.","status_code":400}""",
            Fate.Refused, "the message to be answered is gone; it is posted anew"),
        new(403, """{"message":"This webhook is not permitted to post to the requested channel.","status_code":403}""",
            Fate.Refused, "the webhook is held to its own channel"),
        new(403, """{"id":"api.context.permissions.app_error","message":"You do not have the appropriate permissions.","status_code":403}""",
            Fate.Refused, "the bot is no member of the channel") { RoomIsGone = true },
        new(404, """{"message":"Couldn't find the channel.","status_code":404}""",
            Fate.Refused, "the channel is gone, or its name is wrong") { RoomIsGone = true },
        new(429, "limit exceeded", Fate.Later, "too fast; Retry-After is kept"),
        new(501, """{"message":"Incoming webhooks have been disabled by the system admin.","status_code":501}""", Fate.Refused, "webhooks are switched off"),
        new(500, "", Fate.Later, "the server has trouble"),
    ];

    private static Letter ByBot(Errand errand)
    {
        var posts = $"{(errand["server"] ?? "").TrimEnd('/')}/api/v4/posts";
        var letter = errand switch
        {
            { IsChange: true, Message: { } post } => Letter.To("server", $"{posts}/{Uri.EscapeDataString(post)}/patch", Patch(errand)) with { Method = "PUT" },
            { Message: { } root, Post.Placing: Placing.Reply } => Letter.To("server", posts, Pending(errand, Letter.Set(errand.Post.Payload, "root_id", root))),
            // A thread can be folded away, and there is no line of one that the whole channel sees: what all have to see is a post of its own.
            _ => Letter.To("server", posts, Pending(errand, errand.Post.Payload)),
        };
        return letter.Authorized("Bearer", errand["token"]);
    }

    /// <summary>A post that the server was sent under the same pending id within half a minute is answered with what that one became
    /// (<see href="https://github.com/mattermost/mattermost/pull/10006"/>).</summary>
    private static ReadOnlyMemory<byte> Pending(Errand errand, ReadOnlyMemory<byte> payload) =>
        errand.Post.Id.Length > 0 ? Letter.With(payload, "pending_post_id", $"signalbox:{errand.Id}") : payload;

    private static ReadOnlyMemory<byte> Patch(Errand errand) => Letter.Edit(errand.Post.Payload, post => post.Remove("channel_id"));

    private static Verdict Read(Errand errand, Answer.Came answer)
    {
        var body = Verdict.Body(answer);
        var error = body["id"u8].Text ?? "";
        var root = error is "api.post.create_post.root_id.app_error" or "api.post.create_post.channel_root_id.app_error";
        // Of a post that is gone the server says that it is not found, or to those who may not know that they lack the permission.
        var message = errand.Message is not null && (root || (errand.IsChange && answer.Status is 403 or 404));
        return Verdict.Of(answer, Words(answer), error, yes: answer.Status is >= 200 and < 300 && error.Length > 0)
            .Saying(!message && IsGone(answer), message);
    }

    private static bool IsGone(Answer.Came answer) => answer.Status is 404 || Verdict.Body(answer)["id"u8].Text
        is "web.incoming_webhook.invalid.app_error" or "api.post.create_post.can_not_post_to_deleted.error" or "api.context.permissions.app_error";

    private static string? Words(Answer.Came answer) =>
        Verdict.Body(answer)["message"u8].Words ?? (answer.Body.Length <= 100 && answer.Status >= 400 ? answer.Body : null);
}
