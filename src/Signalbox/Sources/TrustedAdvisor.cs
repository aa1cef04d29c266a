namespace Signalbox;

/// <summary>Items that Trusted Advisor checked.</summary>
/// <remarks>Severity: ERROR error, WARN warning, OK and INFO info. OK clears what WARN and ERROR raised. One thread for each item of a check.</remarks>
public static class TrustedAdvisor
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("trustedadvisor", [new Key.Event("aws.trustedadvisor")], Read,
        "https://docs.aws.amazon.com/awssupport/latest/user/cloudwatch-events-ta.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["check-name"u8].Words is not { } check) return Statement.Lacks(envelope, "detail.check-name", "the name of the check");

        var item = detail["check-item-detail"u8];
        var status = detail["status"u8].Words;
        var (severity, life, word) = status?.ToUpperInvariant() switch
        {
            "ERROR" => (Severity.Error, Status.Raised, "needs action"),
            "WARN" => (Severity.Warning, Status.Raised, "wants a look"),
            "OK" => (Severity.Info, Status.Cleared, "is fine"),
            _ => (Severity.Info, Status.Stated, "was checked"),
        };
        var arn = detail["resource_id"u8].Words;
        var limit = item["Limit Name"u8].Words;
        var name = item["Instance Name"u8].Words ?? (limit is null ? Phrase.Name(arn) is { Length: > 0 } id ? id : First(item)
            : LimitOf(item["Service"u8].Words, limit));
        var region = item["Region"u8].Words ?? item["Region/AZ"u8].Words;
        var place = region is null ? Arn.RegionOf(arn) : Regions.CodeOf(char.IsAsciiLetter(region[^1]) && region.Length > 9 ? region[..^1] : region)
            ?? Arn.RegionOf(arn);
        return new Parsed.Told([
            new()
            {
                Source = "trustedadvisor",
                Kind = "check-item",
                Severity = severity,
                Status = life,
                Title = Cut.Line(name is null ? $"{check} {word}" : $"{Cut.Line(name, 36)} {word}: {check}", 80),
                Subject = name,
                Arn = Arn.Read(arn) is null ? null : arn,
                Account = Arn.AccountOf(arn) ?? envelope.Account,
                Region = place ?? envelope.Region,
                At = envelope.At,
                Thread = $"trustedadvisor/{detail["uuid"u8].Words ?? $"{check}/{arn}"}",
                Facts = FactsOf(item, check),
                Links = Known.Links(ConsolePage.Link("Open Trusted Advisor", envelope.Region, "trustedadvisor/home", "/dashboard")),
            },
        ]);
    }

    /// <summary>"EC2 On-Demand instances", and "VPCs" rather than "VPC VPCs".</summary>
    private static string LimitOf(string? service, string limit) =>
        service is null || limit.Contains(service, StringComparison.OrdinalIgnoreCase) ? limit : $"{service} {limit}";

    private static string? First(Json item)
    {
        foreach (var (name, value) in item.Members)
        {
            if (name.Text is not ("Status" or "Region" or "Region/AZ" or "Reason") && value.Words is { Length: <= 80 } text) return text;
        }
        return null;
    }

    /// <summary>The members that the check fills, without a row of days that all look alike.</summary>
    private static ValueList<Fact> FactsOf(Json item, string check)
    {
        var facts = new List<Fact>(8) { new("Check", check) };
        foreach (var (name, value) in item.Members)
        {
            if (facts.Count == 8) break;
            var label = name.Text!;
            if (label.StartsWith("Day ", StringComparison.Ordinal) || label is "Status") continue;
            if (value.Scalar is { } text && !string.IsNullOrWhiteSpace(text)) facts.Add(new(Cut.Line(label, 60), Cut.Line(text, 120)));
        }
        return [.. facts];
    }
}
