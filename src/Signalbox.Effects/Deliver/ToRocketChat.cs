namespace Signalbox.Effects;

/// <summary>Rocket.Chat by an incoming webhook.</summary>
internal static class ToRocketChat
{
    /// <summary>How it gets there.</summary>
    public static readonly Courier Courier = new()
    {
        Secrets = _ => ["webhook"],
        Write = errand => Letter.To("webhook", errand["webhook"], errand.Post.Payload),
        Read = (_, answer) => Read(answer),
    };

    /// <summary>What Rocket.Chat answers.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(200, """{"success":true}""", Fate.Made, "posted"),
        new(200, """{"success":false,"error":"invalid-channel"}""", Fate.Refused, "the channel is gone, or its name is wrong") { RoomIsGone = true },
        new(400, """{"success":false,"error":"error-not-allowed"}""", Fate.Refused, "the webhook may not post there"),
        new(401, """{"success":false,"error":"unauthorized"}""", Fate.Refused, "the token in the address is wrong"),
        new(404, """{"success":false,"error":"Invalid integration id or token provided."}""", Fate.Refused, "the webhook is gone") { RoomIsGone = true },
        new(429, """{"success":false,"error":"Error, too many requests. [error-too-many-requests]"}""",
            Fate.Later, "too fast; Retry-After is kept"),
        new(500, "", Fate.Later, "the server has trouble"),
    ];

    private static Verdict Read(Answer.Came answer)
    {
        var body = Verdict.Body(answer);
        return Verdict.Of(answer, body["error"u8].Words ?? body["message"u8].Words, yes: body["success"u8].Kind is JsonKind.True)
            .Saying(answer.Status is 404 || body["error"u8].Text is "invalid-channel");
    }
}
