namespace Signalbox;

/// <summary>Incidents of PagerDuty, by its webhooks of version 3.</summary>
/// <remarks>
/// Severity: an open incident of high urgency error, critical where its priority is P1; of low urgency warning; a resolved one, notes and status updates info.
/// Status: triggered, reopened, escalated raised; acknowledged and the like under way; resolved cleared. One thread for each incident.
/// Quiet: the test of a webhook ("pagey.ping").
/// Errors: garbled without <c>event.event_type</c>.
/// </remarks>
public static class PagerDutyIncident
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "pagerduty",
        [new Key.Attribute("x-pagerduty-signature"), new Key.Members("event", ["event.event_type", "event.data"])],
        Read,
        "https://developer.pagerduty.com/docs/webhooks-overview");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body["event"u8];
        if (body["event_type"u8].Words is not { } type) return Statement.Lacks(envelope, "event.event_type", "what happened");
        if (type is "pagey.ping") return new Parsed.Quiet("PagerDuty tries the webhook: it works");

        var data = body["data"u8];
        var incident = data["incident"u8].IsObject ? data["incident"u8] : data;
        var isIncident = type.StartsWith("incident.", StringComparison.Ordinal);
        var what = type[(type.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var title = data["title"u8].Words ?? incident["title"u8].Words ?? data["summary"u8].Words ?? incident["summary"u8].Words ?? data["name"u8].Words
            ?? "an incident";
        var resolved = what is "resolved" || data["status"u8].TextIs("resolved"u8);
        var priority = data["priority"u8]["summary"u8].Words;
        var urgent = !data["urgency"u8].TextIs("low"u8);
        var id = incident["id"u8].Words;
        var number = data["number"u8].Scalar;
        var who = body["agent"u8]["summary"u8].Words;
        return new Parsed.Told([
            new()
            {
                Source = "pagerduty",
                Kind = isIncident ? "incident" : Phrase.Of(body["resource_type"u8].Words)?.Replace(' ', '-') ?? "event",
                Severity = resolved || !isIncident || IsTalk(what) ? Severity.Info : priority is "P1" ? Severity.Critical : urgent ? Severity.Error
                    : Severity.Warning,
                Status = !isIncident ? Status.Stated : resolved ? Status.Cleared : what is "triggered" or "reopened" or "unacknowledged" or "escalated"
                    ? Status.Raised : Status.Ongoing,
                Title = Cut.Line($"{PhraseOf(what, isIncident)}: {title}", 80),
                Summary = data["message"u8].Words ?? data["content"u8].Words ?? (title.Length > 60 ? title : null),
                Subject = data["service"u8]["summary"u8].Words ?? incident["service"u8]["summary"u8].Words ?? title,
                Account = envelope.Account,
                Region = envelope.Region,
                At = Instants.Read(body["occurred_at"u8]) ?? envelope.At,
                Actor = who,
                Thread = id is null ? null : $"pagerduty/{id}",
                Facts = Known.Facts(
                    ("Service", data["service"u8]["summary"u8].Words),
                    ("Urgency", data["urgency"u8].Words),
                    ("Priority", priority),
                    ("Assigned to", Names(data["assignees"u8])),
                    ("Teams", Names(data["teams"u8])),
                    ("Escalation", data["escalation_policy"u8]["summary"u8].Words),
                    ("Number", number),
                    ("Status", Phrase.Of(data["status"u8].Words))),
                Links = Known.Links(
                    Known.Page("Open the incident", data["html_url"u8].Words ?? incident["html_url"u8].Words),
                    Known.Page("Join the call", data["conference_bridge"u8]["conference_url"u8].Words)),
            },
        ]);
    }

    /// <summary>What says nothing about how bad the incident is.</summary>
    private static bool IsTalk(string what) => what is "annotated" or "status_update_published" || what.StartsWith("responder", StringComparison.Ordinal)
        || what.StartsWith("workflow", StringComparison.Ordinal) || what.StartsWith("conference", StringComparison.Ordinal)
            || what.StartsWith("custom_field", StringComparison.Ordinal);

    private static string PhraseOf(string what, bool isIncident) => what switch
    {
        "triggered" => "Incident",
        "acknowledged" => "Acknowledged",
        "unacknowledged" => "No longer acknowledged",
        "resolved" => "Resolved",
        "reopened" => "Reopened",
        "escalated" => "Escalated",
        "reassigned" => "Reassigned",
        "delegated" => "Delegated",
        "annotated" => "Note",
        "priority_updated" => "Priority changed",
        "status_update_published" => "Status update",
        "responder.added" => "Responder asked for",
        "responder.replied" => "Responder answered",
        "workflow.started" => "Workflow started",
        "workflow.completed" => "Workflow ended",
        _ => $"{(isIncident ? "Incident" : "PagerDuty")} {Phrase.Of(what.Replace('.', ' '))}",
    };

    private static string? Names(Json people)
    {
        var names = new List<string>();
        foreach (var person in people.Items)
        {
            if (person["summary"u8].Words is { } name) names.Add(name);
        }
        return Phrase.List(names);
    }
}
