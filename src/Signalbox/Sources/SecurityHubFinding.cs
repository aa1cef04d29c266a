namespace Signalbox;

/// <summary>A finding in the AWS Security Finding Format.</summary>
internal static class SecurityHubFinding
{
    public static Notice Of(Envelope envelope, Json finding, string? action)
    {
        var resource = finding["Resources"u8][0];
        var name = NameOf(resource);
        var more = finding["Resources"u8].Count - 1;
        var compliance = finding["Compliance"u8]["Status"u8].Words;
        var workflow = finding["Workflow"u8]["Status"u8].Words ?? finding["WorkflowState"u8].Words;
        var label = LabelOf(finding);
        var isArchived = finding["RecordState"u8].TextIs("ARCHIVED"u8) && workflow is not ("RESOLVED" or "SUPPRESSED");
        var isOver = compliance is "PASSED" || workflow is "RESOLVED" or "SUPPRESSED" || isArchived;
        var what = finding["Title"u8].Words ?? finding["Types"u8][0].Words ?? "a finding without a title";
        var id = finding["Id"u8].Words;
        var product = finding["ProductArn"u8].Words;
        var region = finding["Region"u8].Words ?? resource["Region"u8].Words ?? Arn.RegionOf(product) ?? envelope.Region;
        var fields = finding["ProductFields"u8];
        var advice = finding["Remediation"u8]["Recommendation"u8];
        return new()
        {
            Source = "securityhub",
            Kind = action is null ? "finding" : "custom-action",
            Severity = isOver ? Severity.Info : SeverityOf(label),
            Status = isOver ? Status.Cleared : Status.Raised,
            Title = isArchived && compliance is not "PASSED" ? Cut.Line($"Archived: {what}", 80) : TitleOf(what, name, compliance, workflow),
            Summary = finding["Description"u8].Words is { } text && text != what ? Cut.Text(Cut.Readable(text), 1500) : null,
            Subject = name,
            Arn = resource["Id"u8].Words is { } arn && arn.StartsWith("arn:", StringComparison.Ordinal) ? arn : null,
            Account = finding["AwsAccountId"u8].Words ?? envelope.Account,
            Region = region,
            At = Instants.Read(finding["UpdatedAt"u8]) ?? Instants.Read(finding["LastObservedAt"u8]) ?? envelope.At,
            Thread = id is null ? null : $"securityhub/{id}",
            Tags = Known.Tags(resource["Tags"u8]),
            Facts = Known.Facts(
                ("Severity", label?.ToLowerInvariant()),
                ("Resource", resource["Type"u8].Words is { } type ? $"{type} {(name == type ? "" : name)}{(more > 0 ? $" and {more} more" : "")}" : null),
                ("Why", Reason(finding["Compliance"u8])),
                ("Workflow", workflow is "NEW" ? null : Phrase.Of(workflow)),
                ("Found by", fields["aws/securityhub/ProductName"u8].Words ?? finding["ProductName"u8].Words ?? Phrase.Name(product)),
                ("Sent to action", action),
                ("What to do", advice["Url"u8].Words is null && advice["Text"u8].Words is { } todo ? Cut.Line(todo, 300) : null),
                ("First seen", Phrase.At(Instants.Read(finding["FirstObservedAt"u8])))),
            Links = Known.Links(
                SecurityHub.PageOf(id, region),
                Known.Page("How to mend it", advice["Url"u8].Words ?? fields["RecommendationUrl"u8].Words)),
        };
    }

    /// <summary>The end of the ARN; "account 123456789012" for the account itself.</summary>
    private static string? NameOf(Json resource) => resource["Id"u8].Words switch
    {
        null => resource["Type"u8].Words,
        var id when id.StartsWith("AWS::::Account:", StringComparison.Ordinal) => $"account {id["AWS::::Account:".Length..]}",
        var id => Phrase.Name(id),
    };

    private static string TitleOf(string what, string? name, string? compliance, string? workflow)
    {
        var thing = name is null ? "A resource" : Cut.Line(name, 30);
        return Cut.Line(compliance switch
        {
            _ when workflow is "SUPPRESSED" or "RESOLVED" => $"{Phrase.Capital(Phrase.Of(workflow))}: {what}",
            "FAILED" => $"{thing} fails {what}",
            "PASSED" => $"{thing} passes {what}",
            "WARNING" or "NOT_AVAILABLE" => $"{thing} could not be checked: {what}",
            _ when name is not null && what.Length + name.Length < 76 && !what.Contains(name, StringComparison.Ordinal) => $"{what} ({name})",
            _ => what,
        }, 80);
    }

    private static string? Reason(Json compliance)
    {
        var reason = compliance["StatusReasons"u8][0];
        return (reason["Description"u8].Words ?? Phrase.Of(reason["ReasonCode"u8].Words)) is { } text ? Cut.Line(text, 200) : null;
    }

    /// <summary>The label; older findings have it in a product field or only as a number from 0 to 100.</summary>
    private static string? LabelOf(Json finding)
    {
        var severity = finding["Severity"u8];
        return severity["Label"u8].Words ?? finding["FindingProviderFields"u8]["Severity"u8]["Label"u8].Words
            ?? finding["ProductFields"u8]["aws/securityhub/SeverityLabel"u8].Words
            ?? severity["Normalized"u8].Number switch
            {
                null => null,
                >= 90 => "CRITICAL",
                >= 70 => "HIGH",
                >= 40 => "MEDIUM",
                >= 1 => "LOW",
                _ => "INFORMATIONAL",
            };
    }

    /// <summary>What a label means; a label that nobody knows is a warning.</summary>
    internal static Severity SeverityOf(string? label) => label?.ToUpperInvariant() switch
    {
        "CRITICAL" or "FATAL" => Severity.Critical,
        "HIGH" => Severity.Error,
        "LOW" or "INFORMATIONAL" => Severity.Info,
        _ => Severity.Warning,
    };
}
