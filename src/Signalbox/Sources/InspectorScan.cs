namespace Signalbox;

/// <summary>Scans, coverage and the assessment runs of Inspector Classic.</summary>
internal static class InspectorScan
{
    private static readonly string[] Levels = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNDEFINED", "UNTRIAGED"];

    public static Parsed Read(Envelope envelope, string scan)
    {
        var detail = envelope.Body;
        var counts = detail["finding-severity-counts"u8];
        var found = new List<string>();
        var worst = Severity.Info;
        foreach (var level in Levels)
        {
            if (counts[System.Text.Encoding.UTF8.GetBytes(level)].Number is not (> 0 and var count)) continue;
            found.Add($"{Quantity.Of(count)} {level.ToLowerInvariant()}");
            if (Inspector.SeverityOf(level) > worst) worst = Inspector.SeverityOf(level);
        }
        var arn = detail["repository-name"u8].Words ?? detail["instance-id"u8].Words ?? (envelope.Resources.Count > 0 ? envelope.Resources[0] : null);
        var repository = Arn.Read(arn)?.Resource is { } path && path.StartsWith("repository/", StringComparison.Ordinal) ? path["repository/".Length..]
            : Phrase.Name(arn);
        var tags = Phrase.List(detail["image-tags"u8], 3);
        var failed = scan.Contains("FAIL", StringComparison.OrdinalIgnoreCase);
        var on = Cut.Line(repository ?? "an image", 40);
        return new Parsed.Told([
            new()
            {
                Source = "inspector",
                Kind = "scan",
                Severity = failed ? Severity.Error : worst,
                Status = Status.Stated,
                Title = Cut.Line(failed ? $"Scan of {on} failed" : found.Count == 0 ? $"Scan of {on} found nothing" : $"Scan of {on} found {found[0]}", 80),
                Subject = repository,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Facts = Known.Facts(
                    ("Findings", Phrase.List(found, 7)),
                    ("Tags", tags),
                    ("Scan", Phrase.Of(scan)),
                    ("Version", detail["image-digest"u8].Words is { } digest ? Cut.Line(digest, 24) : null)),
                Links = Known.Links(ConsolePage.Link("Open the findings", envelope.Region, "inspector/v2/home", "/findings")),
            },
        ]);
    }

    public static Parsed ReadCoverage(Envelope envelope)
    {
        var detail = envelope.Body;
        var id = detail["resourceId"u8].Words ?? detail["coverage"u8]["resourceId"u8].Words ?? (envelope.Resources.Count > 0 ? envelope.Resources[0] : null);
        var name = Phrase.Name(id);
        var status = detail["scanStatus"u8].IsObject ? detail["scanStatus"u8] : detail["coverage"u8]["scanStatus"u8];
        var active = status["statusCodeValue"u8].Words ?? status["statusCode"u8].Words ?? detail["scanStatus"u8].Words;
        var on = active is "ACTIVE";
        var reason = Phrase.Of(status["reason"u8].Words);
        return new Parsed.Told([
            new()
            {
                Source = "inspector",
                Kind = "coverage",
                Severity = on ? Severity.Info : Severity.Warning,
                Status = on ? Status.Cleared : Status.Raised,
                Title = Cut.Line($"Inspector {(on ? "scans" : "no longer scans")} {Cut.Line(name ?? "a resource", 50)}", 80),
                Summary = reason is "successful" ? null : Phrase.Capital(reason),
                Subject = name,
                Account = detail["accountId"u8].Words ?? envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = id is null ? null : $"inspector/coverage/{id}",
                Facts = Known.Facts(
                    ("Resource", Phrase.Of(detail["resourceType"u8].Words)),
                    ("Scan", Phrase.Of(detail["scanType"u8].Words))),
                Links = Known.Links(ConsolePage.Link("Open the coverage", envelope.Region, "inspector/v2/home", "/account-management")),
            },
        ]);
    }

    /// <summary>Inspector Classic by SNS: {event, template, target, run, time, …}.</summary>
    public static Parsed ReadClassic(Envelope envelope)
    {
        var body = envelope.Body;
        var kind = body["event"u8].Words ?? "";
        var template = body["template"u8].Words;
        var name = Phrase.Name(template);
        var run = body["run"u8].Words;
        var finding = body["finding"u8].Words;
        var state = body["newstate"u8].Words ?? body["newState"u8].Words;
        var region = Arn.RegionOf(template) ?? envelope.Region;
        if (kind is "ENABLE_ASSESSMENT_NOTIFICATIONS" or "DISABLE_ASSESSMENT_NOTIFICATIONS")
            return new Parsed.Quiet("Inspector says that its notifications were switched on or off for this topic");
        var failed = state is "FAILED" or "ERROR" or "CANCELED";
        var (title, status) = kind switch
        {
            "ASSESSMENT_RUN_STARTED" => ("Inspector assessment started", Status.Ongoing),
            "ASSESSMENT_RUN_COMPLETED" => ("Inspector assessment ended", Status.Cleared),
            "ASSESSMENT_RUN_STATE_CHANGED" =>
                ($"Inspector assessment is {Phrase.Of(state) ?? "in another state"}", failed ? Status.Raised : state is "COMPLETED" ? Status.Cleared
                : Status.Ongoing),
            "FINDING_REPORTED" => ("Inspector found something", Status.Stated),
            _ => ($"Inspector: {Phrase.Of(kind)}", Status.Stated),
        };
        return new Parsed.Told([
            new()
            {
                Source = "inspector",
                Kind = kind is "FINDING_REPORTED" ? "classic-finding" : "assessment-run",
                Severity = failed ? Severity.Error : kind is "FINDING_REPORTED" ? Severity.Warning : Severity.Info,
                Status = status,
                Title = title,
                Subject = name,
                Arn = finding ?? run,
                Account = Arn.AccountOf(template) ?? envelope.Account,
                Region = region,
                At = Instants.Read(body["time"u8]) ?? envelope.At,
                Thread = run is null ? null : $"inspector/{run}",
                Facts = Known.Facts(("State", Phrase.Of(state)), ("Template", name), ("Findings", CountOf(body["findingsCount"u8].Scalar))),
                Links = Known.Links(ConsolePage.Link("Open Inspector Classic", region, "inspector/home", finding is null ? "/run" : "/finding")),
            },
        ]);
    }

    /// <summary>"{arn:…rulespackage/0-9hgA516p=6}" is 6: one count for each package of rules.</summary>
    private static string? CountOf(string? counts)
    {
        if (counts is null) return null;
        long sum = 0;
        foreach (var part in counts.Split([',', '{', '}'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (uint.TryParse(part.AsSpan(part.LastIndexOf('=') + 1), out var count)) sum += count;
        }
        return sum.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
