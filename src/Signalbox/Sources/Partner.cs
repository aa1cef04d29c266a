namespace Signalbox;

/// <summary>Events that another company publishes into the account, as a partner of EventBridge.</summary>
/// <remarks>
/// Each partner has a format of its own, so the fields are found by their names, as in an event that no row knows; the partner's name leads the title.
/// Severity and status: those that a field of such a name states as a plain word.
/// </remarks>
public static class Partner
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("partner", [new Key.Event("aws.partner/")], Read,
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-saas.html");

    private static Parsed Read(Envelope envelope)
    {
        var parts = envelope.Publisher?.Split('/') ?? [];
        var partner = parts.Length > 1 ? NameOf(parts[1]) : "A partner";
        var told = AsItCame.Told(envelope, "partner").Notices[0];
        var said = envelope.Body["displayMessage"u8].Words ?? envelope.Body["message"u8].Words ?? envelope.Body["title"u8].Words ?? told.Summary;
        return Statement.Told(told with
        {
            Title = Cut.Line($"{partner}: {said ?? told.Title}", 80),
            Status = told.Thread is null ? Status.Stated : told.Status,
            Summary = said is not null && said.Length + partner.Length > 78 ? Cut.Readable(said) : null,
            Actor = told.Actor ?? envelope.Body["actor"u8]["displayName"u8].Words ?? envelope.Body["actor"u8]["alternateId"u8].Words,
        });
    }

    /// <summary>"okta.com" and "developer.adobe.com.test" as people call them: "Okta", "Adobe".</summary>
    private static string NameOf(string host)
    {
        var labels = host.Split('.');
        for (var at = 1; at < labels.Length; at++)
        {
            if (labels[at] is "com" or "io" or "net" or "org" or "dev" or "co" or "ai") return Phrase.Capital(labels[at - 1]);
        }
        return Phrase.Capital(labels[0]);
    }
}
