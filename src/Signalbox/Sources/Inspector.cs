namespace Signalbox;

/// <summary>Vulnerabilities that Amazon Inspector found, its scans and its coverage; and the runs of Inspector Classic.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.inspector2 and aws.inspector; the SNS messages of Inspector Classic.
/// Severity of a finding: CRITICAL critical, HIGH error, MEDIUM and UNTRIAGED warning, LOW and INFORMATIONAL info; one that is closed or suppressed
/// is cleared. Of a scan by the worst it counts; a scan that failed is an error. Of a Classic finding by its severity, else info.
/// Errors: garbled without a title, a scan status or an event.
/// </remarks>
public static class Inspector
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "inspector",
        [
            new Key.Event("aws.inspector2"),
            new Key.Event("aws.inspector"),
            new Key.Members("template", ["event", "run"]),
            new Key.Members("template", ["event", "target"]),
            new Key.Members("findingArn", ["awsAccountId", "severity"]),
        ],
        Read,
        "https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["scan-status"u8].Words is { } scan) return InspectorScan.Read(envelope, scan);
        if (detail["event"u8].Exists && detail["template"u8].Exists) return InspectorScan.ReadClassic(envelope);
        if (detail["coverage"u8].Exists || detail["scanStatus"u8].Exists) return InspectorScan.ReadCoverage(envelope);
        return ReadFinding(envelope, detail);
    }

    private static Parsed ReadFinding(Envelope envelope, Json finding)
    {
        if (finding["title"u8].Words is not { } title) return Statement.Lacks(envelope, "detail.title", "what was found");

        var resource = finding["resources"u8][0];
        var more = finding["resources"u8].Count - 1;
        var name = NameOf(resource);
        var status = finding["status"u8].Words;
        var isOver = status is "CLOSED" or "SUPPRESSED";
        var over = isOver ? $" {status!.ToLowerInvariant()}" : "";
        var arn = finding["findingArn"u8].Words;
        var region = Arn.RegionOf(arn) ?? envelope.Region;
        var package = finding["packageVulnerabilityDetails"u8];
        var network = finding["networkReachabilityDetails"u8];
        var code = finding["codeVulnerabilityDetails"u8];
        var description = finding["description"u8].Words;
        var word = finding["severity"u8].Words;
        return new Parsed.Told([
            new()
            {
                Source = "inspector",
                Kind = "finding",
                Severity = isOver ? Severity.Info : SeverityOf(word),
                Status = isOver ? Status.Cleared : Status.Raised,
                Title = Cut.Line(name is null ? title + over : $"{Cut.Line(title, 46)} in {Cut.Line(name, 30)}{over}", 80),
                Summary = description is not null && description != title ? Cut.Text(Cut.Readable(description), 1200) : null,
                Subject = name,
                Arn = arn,
                Account = finding["awsAccountId"u8].Words ?? envelope.Account,
                Region = region,
                At = Instants.Read(finding["updatedAt"u8]) ?? Instants.Read(finding["lastObservedAt"u8]) ?? envelope.At,
                Thread = arn is null ? null : $"inspector/{arn}",
                Tags = Known.Tags(resource["tags"u8]),
                Facts = Known.Facts(
                    ("Severity", finding["inspectorScore"u8].Number is { } score ? $"{word?.ToLowerInvariant()} ({Quantity.Of(score)} of 10)"
                        : word?.ToLowerInvariant()),
                    ("Resource", $"{TypeOf(resource["type"u8].Words)} {name}{(more > 0 ? $" and {more} more" : "")}"),
                    ("Packages", Packages(package["vulnerablePackages"u8])),
                    ("Fix available", finding["fixAvailable"u8].Words?.ToLowerInvariant()),
                    ("Exploit known", finding["exploitAvailable"u8].Words?.ToLowerInvariant()),
                    ("Open ports", Ports(network["openPortRange"u8], network["protocol"u8].Words)),
                    ("In file", code["filePath"u8]["filePath"u8].Words),
                    ("What to do", finding["remediation"u8]["recommendation"u8]["text"u8].Words is { } todo && todo is not "None Provided"
                        ? Cut.Line(todo, 300) : null)),
                Links = Known.Links(
                    arn is null ? null : ConsolePage.Link("Open the finding", region, "inspector/v2/home", "/findings/all?finding=", arn),
                    Known.Page($"About {package["vulnerabilityId"u8].Words ?? "it"}", package["sourceUrl"u8].Words)),
            },
        ]);
    }

    /// <summary>What a severity means; one that nobody has rated yet is a warning.</summary>
    internal static Severity SeverityOf(string? word) => word?.ToUpperInvariant() switch
    {
        "CRITICAL" => Severity.Critical,
        "HIGH" => Severity.Error,
        "LOW" or "INFORMATIONAL" or "UNDEFINED" => Severity.Info,
        _ => Severity.Warning,
    };

    private static string TypeOf(string? type) => type switch
    {
        "AWS_EC2_INSTANCE" => "EC2 instance",
        "AWS_ECR_CONTAINER_IMAGE" => "image",
        "AWS_LAMBDA_FUNCTION" => "Lambda function",
        "CODE_REPOSITORY" => "code repository",
        _ => Phrase.Of(type) ?? "resource",
    };

    /// <summary>Repository with tag, function, or instance.</summary>
    private static string? NameOf(Json resource)
    {
        var image = resource["details"u8]["awsEcrContainerImage"u8];
        if (image["repositoryName"u8].Words is { } repository)
            return image["imageTags"u8][0].Words is { } tag ? $"{repository}:{tag}" : repository;
        var instance = resource["details"u8]["awsEc2Instance"u8];
        return resource["details"u8]["awsLambdaFunction"u8]["functionName"u8].Words
            ?? (instance.Exists && resource["tags"u8]["Name"u8].Words is { } called ? called : Arn.Read(resource["id"u8].Words) is { } arn ? LastOf(arn)
                : resource["id"u8].Words);
    }

    private static string LastOf(Arn arn) => arn.Resource.StartsWith("function:", StringComparison.Ordinal) && arn.Resource.Split(':') is [_, var name, ..]
        ? name : arn.Name;

    private static string? Packages(Json packages)
    {
        var names = new List<string>();
        foreach (var package in packages.Items)
        {
            if (package["name"u8].Words is not { } name) continue;
            var version = package["version"u8].Words;
            var mended = package["fixedInVersion"u8].Words;
            var known = mended is null or "NotAvailable" ? "" : $" (fixed in {mended})";
            names.Add(Cut.Line($"{name} {version}{known}".Replace(" (", version is null ? "(" : " (", StringComparison.Ordinal), 100));
        }
        return Phrase.List(names, 3);
    }

    private static string? Ports(Json range, string? protocol)
    {
        var begin = range["begin"u8].Scalar;
        var end = range["end"u8].Scalar;
        return begin is null ? null : $"{protocol} {(begin == end ? begin : $"{begin}–{end}")}".Trim();
    }
}
