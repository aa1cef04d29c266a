namespace Signalbox;

/// <summary>Security alerts of GitHub: dependencies, code scanning, leaked secrets, advisories.</summary>
internal static class GitHubAlert
{
    public static Parsed.Told Read(Envelope envelope, string kind)
    {
        var body = envelope.Body;
        var alert = body["alert"u8].IsObject ? body["alert"u8] : body["security_advisory"u8].IsObject ? body["security_advisory"u8]
            : body["repository_advisory"u8];
        var advisory = alert["security_advisory"u8];
        var vulnerability = alert["security_vulnerability"u8].IsObject ? alert["security_vulnerability"u8] : alert["vulnerabilities"u8][0];
        var action = body["action"u8].Words;
        var isOver = action is "fixed" or "dismissed" or "dismiss" or "resolve" or "resolved" or "auto_dismissed" or "closed_by_user" or "withdrawn"
            || alert["state"u8].Words is "fixed" or "dismissed" or "resolved";
        var word = kind.StartsWith("secret", StringComparison.Ordinal) ? "high"
            : alert["rule"u8]["security_severity_level"u8].Words ?? alert["rule"u8]["severity"u8].Words ?? advisory["severity"u8].Words
                ?? vulnerability["severity"u8].Words ?? alert["severity"u8].Words;
        var package = alert["affected_package_name"u8].Words ?? alert["dependency"u8]["package"u8]["name"u8].Words
            ?? vulnerability["package"u8]["name"u8].Words;
        var location = Location(body, alert);
        var what = kind switch
        {
            "secret_scanning_alert" or "secret_scanning_alert_location" =>
                $"{(isOver ? "the leaked secret" : "leaked secret:")} {alert["secret_type_display_name"u8].Words ?? Phrase.Of(alert["secret_type"u8].Words)
                    ?? "of unknown kind"}",
            "code_scanning_alert" => alert["rule"u8]["description"u8].Words ?? alert["rule"u8]["name"u8].Words ?? alert["rule"u8]["id"u8].Words
                ?? "a code scanning alert",
            "security_advisory" or "repository_advisory" => alert["summary"u8].Words ?? "an advisory",
            _ => package is null ? advisory["summary"u8].Words ?? "a vulnerable dependency"
                : isOver ? $"the vulnerability of {package}" : $"{package} is vulnerable",
        };
        var where = GitHub.Repository(body) is null ? "" : $"{GitHub.Brief(body)}: ";
        var bypassed = alert["push_protection_bypassed"u8].Kind is JsonKind.True;
        var number = alert["number"u8].Scalar;
        var id = alert["external_identifier"u8].Words ?? advisory["cve_id"u8].Words ?? alert["cve_id"u8].Words ?? advisory["ghsa_id"u8].Words
            ?? alert["ghsa_id"u8].Words;
        return new([
            GitHub.Basic(envelope, kind) with
            {
                Severity = isOver ? Severity.Info : word is null ? Severity.Warning : StateWords.SeverityOf(word) ?? Severity.Warning,
                Status = kind is "security_advisory" ? Status.Stated : isOver ? Status.Cleared : Status.Raised,
                Title = isOver ? Phrase.Around(where, what, Ending(action, alert["state"u8].Words)) : Cut.Line(where + what, 80),
                Summary = GitHubCode.Text((isOver ? alert["dismissed_comment"u8].Words ?? alert["resolution_comment"u8].Words : null)
                    ?? advisory["summary"u8].Words ?? alert["rule"u8]["full_description"u8].Words ?? alert["description"u8].Words),
                Subject = GitHub.Repository(body) ?? package,
                At = Instants.Read(alert["updated_at"u8]) ?? Instants.Read(alert["dismissed_at"u8]) ?? Instants.Read(alert["created_at"u8]) ?? envelope.At,
                Thread = $"github/{GitHub.Repository(body)}/{(kind is "secret_scanning_alert_location" ? "secret_scanning_alert" : kind)}/{number ?? id}",
                Facts = Known.Facts(
                    ("Severity", word),
                    ("Package", package),
                    ("Versions", alert["affected_range"u8].Words ?? vulnerability["vulnerable_version_range"u8].Words),
                    ("Fixed in", alert["fixed_in"u8].Words ?? vulnerability["first_patched_version"u8]["identifier"u8].Words),
                    ("File", location["path"u8].Words is { } path
                        ? $"{path.TrimStart('/')}{(location["start_line"u8].Scalar is { } line ? $", line {line}" : "")}"
                        : alert["dependency"u8]["manifest_path"u8].Words),
                    ("Leaked", alert["publicly_leaked"u8].Kind is JsonKind.True ? "publicly" : null),
                    ("Still valid", Validity(alert["validity"u8].Words)),
                    ("Push protection", !bypassed ? null
                        : alert["push_protection_bypassed_by"u8]["login"u8].Words is { } by ? $"bypassed by {by}" : "bypassed"),
                    ("Reason", !isOver ? null : Phrase.Of(alert["resolution"u8].Words) ?? alert["dismissed_reason"u8].Words
                        ?? (action is "dismiss" ? alert["dismiss_reason"u8].Words : null)),
                    ("By", !isOver ? null : alert["resolved_by"u8]["login"u8].Words ?? alert["dismissed_by"u8]["login"u8].Words
                        ?? alert["dismisser"u8]["login"u8].Words),
                    ("Id", id),
                    ("Tool", alert["tool"u8]["name"u8].Words),
                    ("Branch", body["ref"u8].Words is { } reference ? GitHubCode.Short(reference) : null)),
                Links = Known.Links(
                    Known.Page("Open the alert", alert["html_url"u8].Words ?? alert["references"u8][0]["url"u8].Words),
                    Known.Page("Read about it", alert["external_reference"u8].Words)),
            },
        ]);
    }

    /// <summary>Where it is: the news of a place names it, the news of the secret its first.</summary>
    private static Json Location(Json body, Json alert) =>
        body["location"u8]["details"u8] is { IsObject: true } details ? details
        : alert["first_location_detected"u8] is { IsObject: true } first ? first
        : alert["most_recent_instance"u8].IsObject ? alert["most_recent_instance"u8]["location"u8] : alert["instances"u8][0]["location"u8];

    /// <summary>How it ended; what is dismissed is not mended.</summary>
    private static string Ending(string? action, string? state) => action switch
    {
        "dismiss" or "dismissed" or "closed_by_user" => " was dismissed",
        "auto_dismissed" => " was dismissed by a rule",
        "resolve" or "resolved" => " was resolved",
        "fixed" => " was fixed",
        "withdrawn" => " was withdrawn",
        _ => $" was {state}",
    };

    private static string? Validity(string? validity) => validity switch
    {
        "active" => "yes",
        "inactive" => "no",
        "unknown" => "not known",
        _ => Phrase.Of(validity),
    };
}
