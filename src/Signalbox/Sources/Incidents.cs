namespace Signalbox;

/// <summary>Incident Manager: incidents that are opened, change and are resolved.</summary>
/// <remarks>
/// It publishes nothing but its API calls, by way of CloudTrail; whoever opens an incident, an alarm too, makes such a call.
/// Severity by the impact, where the call names it: 1 critical, 2 error, 3 warning, 4 and 5 info; an incident that takes the impact of its response plan is
/// an error. Status: raised when it is opened, cleared when it is resolved, else under way, in one thread for each incident record.
/// Every other call, and one that failed, is told as the row of CloudTrail tells it.
/// </remarks>
public static class Incidents
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "incident-manager",
        [
            new Key.Event("aws.ssm-incidents", "AWS API Call via CloudTrail"),
            new Key.Event("aws.ssm-incidents", "AWS Service Event via CloudTrail"),
            new Key.Event("aws.ssm-contacts", "AWS API Call via CloudTrail"),
        ],
        Read,
        "https://docs.aws.amazon.com/incident-manager/latest/userguide/logging-using-cloudtrail.html");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        var asked = body["requestParameters"u8];
        return body["errorCode"u8].Exists ? Called(envelope) : body["eventName"u8].Words switch
        {
            "StartIncident" => Opened(envelope, asked, body["responseElements"u8]["incidentRecordArn"u8].Words),
            "UpdateIncidentRecord" when asked["arn"u8].Words is { } arn => Updated(envelope, asked, arn),
            _ => Called(envelope),
        };
    }

    private static Parsed.Told Opened(Envelope envelope, Json asked, string? arn)
    {
        var plan = Phrase.Name(asked["responsePlanArn"u8].Words);
        var name = Titled(asked) ?? plan;
        return Of(envelope, arn, (ImpactOf(asked) ?? Severity.Error, Status.Raised), $"Incident opened: {name ?? "without a name"}", name, asked, plan);
    }

    private static Parsed.Told Updated(Envelope envelope, Json asked, string arn)
    {
        var plan = PlanOf(arn);
        var name = Titled(asked) ?? plan;
        var state = asked["status"u8].Words;
        var impact = ImpactOf(asked);
        return (state, impact) switch
        {
            ("RESOLVED", _) => Of(envelope, arn, (Severity.Info, Status.Cleared), $"Incident resolved: {name}", name, asked, plan),
            (_, { } severity) => Of(envelope, arn, (severity, Status.Ongoing),
                $"Incident {Cut.Line(name ?? "", 40)} has impact {Impact(asked)} now", name, asked, plan),
            ("OPEN", _) => Of(envelope, arn, (Severity.Error, Status.Raised), $"Incident opened again: {name}", name, asked, plan),
            _ => Of(envelope, arn, (Severity.Info, Status.Ongoing), $"Incident updated: {name}", name, asked, plan),
        };
    }

    private static Parsed.Told Of(
        Envelope envelope, string? arn, (Severity, Status) standing, string title, string? name, Json asked, string? plan)
    {
        var who = CloudTrailActor.Of(envelope.Body["userIdentity"u8]);
        var basic = CloudTrail.Basic(envelope, who);
        return Statement.Told(Statement.Of(envelope, "incident-manager", "incident", standing, title) with
        {
            Summary = Phrase.Sentence(asked["summary"u8].Words),
            Subject = name,
            Arn = arn,
            Account = basic.Account,
            Region = basic.Region,
            At = basic.At,
            Actor = who.Short,
            Thread = arn is null ? null : $"incident-manager/{arn}",
            Facts = Known.Facts(
                ("Impact", Impact(asked)),
                ("Response plan", plan == name ? null : plan),
                ("Set off by", Phrase.Name(asked["triggerDetails"u8]["triggerArn"u8].Words)),
                ("By", who.Full == who.Short ? null : who.Full)),
            Links = Known.Links(ConsolePage.Link("Open the incidents", basic.Region, "systems-manager/incidents/home")),
        });
    }

    /// <summary>Any other call, as CloudTrail's row tells it, under the name of this one.</summary>
    private static Parsed Called(Envelope envelope) => CloudTrail.Row.Read(envelope) switch
    {
        Parsed.Told told => new Parsed.Told([.. told.Notices.Select(notice => notice with { Source = "incident-manager" })]),
        var other => other,
    };

    private static string? Titled(Json asked) =>
        asked["title"u8].Words is { } title && title is not "HIDDEN_DUE_TO_SECURITY_REASONS" ? title : null;

    /// <summary>The plan in <c>…:incident-record/PLAN/ID</c>.</summary>
    private static string? PlanOf(string arn)
    {
        var parts = (Arn.Read(arn)?.Resource ?? arn).Split('/');
        return parts.Length > 2 ? parts[1] : Phrase.Name(arn);
    }

    private static Severity? ImpactOf(Json asked) => asked["impact"u8].Number switch
    {
        1 => Severity.Critical,
        2 => Severity.Error,
        3 => Severity.Warning,
        4 or 5 => Severity.Info,
        _ => null,
    };

    private static string? Impact(Json asked) => asked["impact"u8].Number switch
    {
        1 => "1 (critical)",
        2 => "2 (high)",
        3 => "3 (medium)",
        4 => "4 (low)",
        5 => "5 (none)",
        _ => null,
    };
}
