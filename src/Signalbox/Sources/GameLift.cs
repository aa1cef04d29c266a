namespace Signalbox;

/// <summary>GameLift: matchmaking tickets and queue placements.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.gamelift, whose <c>type</c> says what happened. Severity: MatchmakingFailed and PlacementFailed are
/// errors, timeouts warnings, the rest info. Status: those raise; a match, a placement or a cancellation clears; the rest is under way; one
/// conversation for each ticket or placement. Player ids and addresses are not shown. Errors: garbled without a type.
/// </remarks>
public static class GameLift
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("gamelift", [new Key.Event("aws.gamelift")], Read,
        "https://docs.aws.amazon.com/gamelift/latest/flexmatchguide/match-events.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["type"u8].Words is not { } what)
            return detail["tickets"u8].Exists ? Statement.Lacks(envelope, "detail.type", "what happened") : AsItCame.Told(envelope, "gamelift");
        var arn = envelope.ArnOf();
        var name = Phrase.Name(arn) ?? "of unknown name";
        var place = detail["placementId"u8].Words;
        var isPlacement = place is not null || what.StartsWith("Placement", StringComparison.Ordinal);
        var ticket = detail["tickets"u8][0]["ticketId"u8].Words;
        var players = detail["gameSessionInfo"u8]["players"u8].Count;
        var (severity, status, phrase) = what switch
        {
            "MatchmakingSearching" => (Severity.Info, Status.Ongoing, "is searching for a match"),
            "PotentialMatchCreated" => (Severity.Info, Status.Ongoing, "found a possible match"),
            "AcceptMatch" => (Severity.Info, Status.Ongoing, "waits for players to accept"),
            "AcceptMatchCompleted" => (Severity.Info, Status.Ongoing, "heard from its players"),
            "MatchmakingSucceeded" => (Severity.Info, Status.Cleared, "made a match"),
            "MatchmakingTimedOut" => (Severity.Warning, Status.Raised, "found no match in time"),
            "MatchmakingCancelled" => (Severity.Info, Status.Cleared, "cancelled a search"),
            "MatchmakingFailed" => (Severity.Error, Status.Raised, "failed"),
            "PlacementFulfilled" => (Severity.Info, Status.Cleared, "placed a game session"),
            "PlacementCancelled" => (Severity.Info, Status.Cleared, "cancelled a placement"),
            "PlacementTimedOut" => (Severity.Warning, Status.Raised, "placed no game session in time"),
            "PlacementFailed" => (Severity.Error, Status.Raised, "could not place a game session"),
            _ => (Severity.Info, Status.Ongoing, $"reports: {Phrase.Of(what, 30)}"),
        };
        return new Parsed.Told([
            new()
            {
                Source = "gamelift",
                Kind = isPlacement ? "placement" : "matchmaking",
                Severity = severity,
                Status = status,
                Title = Cut.Line($"{(isPlacement ? "Queue" : "Matchmaker")} {Cut.Line(name, 36)} {phrase}", 80),
                Summary = Phrase.Sentence(detail["message"u8].Words),
                Subject = name,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = $"gamelift/{place ?? ticket ?? detail["matchId"u8].Words}",
                Facts = Known.Facts(
                    ("Reason", Phrase.Of(detail["reason"u8])),
                    ("Tickets", detail["tickets"u8].Count > 1 ? Quantity.Of(detail["tickets"u8].Count) : null),
                    ("Players", players > 0 ? Quantity.Of(players) : null),
                    ("Waits about", detail["estimatedWaitMillis"u8].Number is { } wait and > 0 ? Quantity.Of(wait, "ms") : null),
                    ("Failing rules", Phrase.List(detail["ruleEvaluationMetrics"u8], 100,
                        rule => rule["failedCount"u8].Number is > 0 ? rule["ruleName"u8].Words : null)),
                    ("Placed in", detail["gameSessionRegion"u8].Words)),
                Links = Known.Links(ConsolePage.Link("Open GameLift", envelope.Region, "gamelift/home")),
            },
        ]);
    }
}
