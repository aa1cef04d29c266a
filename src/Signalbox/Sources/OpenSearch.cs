namespace Signalbox;

/// <summary>OpenSearch and Elasticsearch domains, and the capacity of OpenSearch Serverless.</summary>
/// <remarks>
/// Input: every notification of a domain has <c>event</c>, <c>status</c>, <c>severity</c> and <c>description</c>; those of Serverless only a description.
/// Severity: the event's own, Informational and Low are info, Medium a warning, High an error, Critical critical; a status Failed or Error is
/// never less than an error. Of Serverless: a limit that is reached is an error, one that comes near a warning.
/// </remarks>
public static class OpenSearch
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("opensearch", [new Key.Event("aws.es"), new Key.Event("aws.aoss")], Read,
        "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/monitoring-events.html");

    private static Parsed Read(Envelope envelope) => envelope.Publisher is "aws.aoss" ? ReadServerless(envelope) : ReadDomain(envelope, envelope.Body);

    private static Parsed ReadDomain(Envelope envelope, Json detail)
    {
        var description = detail["description"u8].Words;
        if ((detail["event"u8].Words ?? envelope.DetailType) is not { } named) return Statement.Lacks(envelope, "detail.event", "what happened");
        var arn = Statement.Resource(envelope);
        var domain = Arn.Read(arn)?.Name ?? arn;
        var state = detail["status"u8].Words;
        var what = WhatOf(named);
        var severity = detail["severity"u8].Words;
        var title = $"{Phrase.Short(domain ?? "OpenSearch")}: {what}{PhraseOf(state, what)}";
        return Statement.Told(Statement.Of(envelope, "opensearch", what.Replace(' ', '-').ToLowerInvariant(), Standing(state, severity), title) with
        {
            Summary = Phrase.Beyond(title, description),
            Subject = domain,
            Arn = arn,
            Account = Arn.AccountOf(arn) ?? envelope.Account,
            Region = Arn.RegionOf(arn) ?? envelope.Region,
            Thread = $"opensearch/{arn ?? domain}/{what}",
            Facts = Known.Facts(
                ("Severity", severity is "Informational" ? null : severity),
                ("Scheduled for", Phrase.At(Instants.Read(detail["scheduleTime"u8]))),
                ("Started", Phrase.At(Instants.Read(detail["startTime"u8]))),
                ("Completed", Phrase.At(Instants.Read(detail["completionTime"u8])))),
            Links = Known.Links(domain is null ? null
                : ConsolePage.Link("Open the domain", Arn.RegionOf(arn) ?? envelope.Region, "aos/home", "opensearch/domains/", domain)),
        });
    }

    private static Parsed.Told ReadServerless(Envelope envelope)
    {
        var description = envelope.Body["description"u8].Words;
        var reached = envelope.DetailType?.Contains("Reached", StringComparison.OrdinalIgnoreCase) is true;
        var near = envelope.DetailType?.Contains("Approaching", StringComparison.OrdinalIgnoreCase) is true;
        var resource = Statement.Resource(envelope);
        return Statement.Told(Statement.Of(envelope, "opensearch", "capacity",
            reached ? (Severity.Error, Status.Raised) : near ? (Severity.Warning, Status.Raised) : (Severity.Info, Status.Stated),
            reached ? "OpenSearch Serverless has no capacity left"
            : near ? "OpenSearch Serverless is running out of capacity"
            : envelope.DetailType ?? "OpenSearch Serverless") with
        {
            Summary = description,
            Subject = Arn.Read(resource)?.Name,
            Arn = resource,
            At = Instants.Read(envelope.Body["eventTime"u8]) ?? envelope.At,
            Thread = $"opensearch/serverless/{envelope.Account}/{envelope.Region}",
            Links = Known.Links(ConsolePage.Link("Open OpenSearch Serverless", envelope.Region, "aos/home", "opensearch/dashboard")),
        });
    }

    private static (Severity, Status) Standing(string? state, string? severity)
    {
        var own = severity switch
        {
            "Critical" => Severity.Critical,
            "High" => Severity.Error,
            "Medium" => Severity.Warning,
            _ => Severity.Info,
        };
        return state switch
        {
            "Failed" or "Error" => (own > Severity.Error ? own : Severity.Error, Status.Raised),
            "Unexecuted" or "Warning" => (own > Severity.Warning ? own : Severity.Warning, Status.Raised),
            "Required" => (own, Status.Raised),
            "Completed" or "Resolved" or "Cancelled" => (Severity.Info, Status.Cleared),
            "Pending" or "Started" or "Scheduled" or "Rescheduled" or "Available" or "Partially Completed" or "In Progress" => (own, Status.Ongoing),
            _ => (own, own > Severity.Info ? Status.Raised : Status.Stated),
        };
    }

    /// <summary>The status, where it says more than how bad things are.</summary>
    private static string PhraseOf(string? state, string what) => state switch
    {
        null or "Warning" or "Error" or "Active" => "",
        "Failed" when what.EndsWith("failure", StringComparison.OrdinalIgnoreCase) => "",
        "Unexecuted" => " could not start",
        "Required" or "Available" or "Pending" or "Scheduled" => $" is {Phrase.Of(state)}",
        "Cancelled" or "Rescheduled" => $" was {Phrase.Of(state)}",
        _ => $" {Phrase.Of(state)}",
    };

    /// <summary>"Auto-Tune Events" and "Node Retirement Notification" without the words that every one has.</summary>
    private static string WhatOf(string named)
    {
        var what = named;
        foreach (var prefix in (ReadOnlySpan<string>)["Amazon OpenSearch Service ", "Amazon ES "])
        {
            if (what.StartsWith(prefix, StringComparison.Ordinal)) what = what[prefix.Length..];
        }
        foreach (var ending in (ReadOnlySpan<string>)[" Notification", " Events", " Event"])
        {
            if (what.EndsWith(ending, StringComparison.Ordinal)) what = what[..^ending.Length];
        }
        return Phrase.Inside(what);
    }
}
