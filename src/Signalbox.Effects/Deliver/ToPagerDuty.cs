namespace Signalbox.Effects;

/// <summary>PagerDuty by the Events API v2.</summary>
internal static class ToPagerDuty
{
    /// <summary>How it gets there: alerts and changes have an address each, and the key stands in the body.</summary>
    public static readonly Courier Courier = new()
    {
        Secrets = _ => ["routing-key"],
        Write = errand => Letter.To("api", $"{(errand["api"] ?? "").TrimEnd('/')}{(IsAlert(errand) ? "/v2/enqueue" : "/v2/change/enqueue")}",
            Letter.With(errand.Post.Payload, "routing_key", errand["routing-key"] ?? "")),
        Read = (_, answer) => Read(answer),
    };

    /// <summary>What PagerDuty answers.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(202, """{"status":"success","message":"Event processed","dedup_key":"rds/payments-db"}""", Fate.Made, "taken in; the dedup key is the reference"),
        new(400,
            """{"status":"invalid event","message":"Event object is invalid","errors":["Length of 'routing_key' is incorrect (should be 32 characters)"]}""",
            Fate.Refused, "the first of its errors is named"),
        new(429, """{"status":"throttle exceeded","message":"…"}""", Fate.Later, "more than about 120 events in a minute"),
        new(500, "", Fate.Later, "PagerDuty has trouble"),
    ];

    private static bool IsAlert(Errand errand) => errand.Post.Payload.Span.IndexOf("\"event_action\""u8) is >= 0 and < 40;

    private static Verdict Read(Answer.Came answer)
    {
        var body = Verdict.Body(answer);
        return Verdict.Of(answer, body["errors"u8][0].Words ?? body["status"u8].Words, body["dedup_key"u8].Text ?? "",
            yes: body["status"u8].TextIs("success"u8));
    }
}
