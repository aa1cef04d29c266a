namespace Signalbox;

/// <summary>What GuardDuty tells beside findings.</summary>
internal static class GuardDutyMore
{
    /// <summary>"GuardDuty Runtime Protection Healthy" and its like.</summary>
    public static Parsed ReadCoverage(Envelope envelope)
    {
        var detail = envelope.Body;
        var resource = detail["resourceDetails"u8];
        var type = resource["resourceType"u8].Words;
        var ecs = resource["ecsClusterDetails"u8];
        var eks = resource["eksClusterDetails"u8];
        var subject = resource["ec2InstanceDetails"u8]["instanceId"u8].Words ?? ecs["clusterName"u8].Words ?? eks["clusterName"u8].Words
            ?? Phrase.Name(eks["addonDetails"u8]["clusterArn"u8].Words);
        var healthy = string.Equals(detail["currentStatus"u8].Words, "Healthy", StringComparison.OrdinalIgnoreCase)
            || (envelope.DetailType is { } name && name.EndsWith(" Healthy", StringComparison.OrdinalIgnoreCase));
        var issue = detail["issue"u8].Words ?? ecs["fargateDetails"u8]["issues"u8][0].Words;
        var on = Cut.Line(subject ?? "a resource", 44);
        return new Parsed.Told([
            new()
            {
                Source = "guardduty",
                Kind = "runtime-coverage",
                Severity = healthy ? Severity.Info : Severity.Warning,
                Status = healthy ? Status.Cleared : Status.Raised,
                Title = Cut.Line(healthy ? $"GuardDuty watches {on} again" : $"GuardDuty no longer watches {on} fully", 80),
                Summary = healthy || issue is null ? null : Cut.Text(Cut.Readable(issue), 1000),
                Subject = subject,
                Account = detail["accountId"u8].Words ?? envelope.Account,
                Region = envelope.Region,
                At = Instants.Read(detail["lastUpdatedAt"u8]) ?? envelope.At,
                Thread = subject is null ? null : $"guardduty/coverage/{detail["accountId"u8].Words}/{subject}",
                Facts = Known.Facts(
                    ("Resource", type is null ? null : $"{type} {subject}".Trim()),
                    ("Coverage", detail["currentStatus"u8].Words?.ToLowerInvariant()),
                    ("Before", detail["previousStatus"u8].Words?.ToLowerInvariant())),
                Links = Known.Links(ConsolePage.Link("Open the coverage", envelope.Region, "guardduty/home", "/runtime-monitoring")),
            },
        ]);
    }

    /// <summary>"GuardDuty Malware Protection Object Scan Result".</summary>
    public static Parsed ReadScan(Envelope envelope)
    {
        var detail = envelope.Body;
        var thing = detail["s3ObjectDetails"u8];
        var result = detail["scanResultDetails"u8];
        var bucket = thing["bucketName"u8].Words;
        var key = thing["objectKey"u8].Words;
        var subject = key is null ? bucket : $"{bucket}/{key}";
        var state = result["scanResultStatus"u8].Words ?? detail["scanStatus"u8].Words ?? "unknown";
        var threats = new List<string>();
        foreach (var threat in result["threats"u8].Items)
        {
            if (threat["name"u8].Words is { } name) threats.Add(Cut.Line(name, 60));
        }
        // Snapshots, images and recovery points of Backup are scanned too; they name themselves by an ARN.
        var other = Phrase.Name(detail["resourceArn"u8].Words ?? detail["scannedResourceArn"u8].Words
            ?? (bucket is null ? Statement.Resource(envelope) : null));
        subject ??= other;
        var on = Cut.Line(key ?? bucket ?? other ?? "an object", 40);
        var (severity, title) = state switch
        {
            "THREATS_FOUND" => (Severity.Error, $"Malware found in {on}"),
            "NO_THREATS_FOUND" => (Severity.Info, $"No malware in {on}"),
            "ACCESS_DENIED" => (Severity.Warning, $"GuardDuty may not read {on} to scan it"),
            "UNSUPPORTED" => (Severity.Info, $"GuardDuty cannot scan {on}"),
            "FAILED" => (Severity.Warning, $"Malware scan of {on} failed"),
            _ => (Severity.Warning, $"Malware scan of {on}: {Phrase.Of(state)}"),
        };
        return new Parsed.Told([
            new()
            {
                Source = "guardduty",
                Kind = "malware-scan",
                Severity = severity,
                Status = Status.Stated,
                Title = Cut.Line(title, 80),
                Subject = subject is null ? null : Cut.Line(subject, 200),
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Facts = Known.Facts(
                    ("Threats", Phrase.List(threats)),
                    ("Bucket", bucket),
                    ("Object", key is null ? null : Cut.Line(key, 200)),
                    ("Version", thing["versionId"u8].Words),
                    ("Scan", Phrase.Of(detail["scanStatus"u8].Words))),
                Links = Known.Links(bucket is null ? null : ConsolePage.Link("Open the bucket", envelope.Region, $"s3/buckets/{ConsolePage.Escape(bucket)}")),
            },
        ]);
    }

    /// <summary>Whether GuardDuty can scan what comes into a bucket, and what it could not do after a scan.</summary>
    public static Parsed ReadProtection(Envelope envelope)
    {
        var detail = envelope.Body;
        var bucket = detail["s3BucketDetails"u8]["bucketName"u8].Words ?? detail["s3ObjectDetails"u8]["bucketName"u8].Words;
        var key = detail["s3ObjectDetails"u8]["objectKey"u8].Words;
        var action = detail["postScanActions"u8][0];
        var state = Phrase.Of(detail["resourceStatus"u8]);
        var reason = Phrase.Of(detail["resourceStatusReason"u8]["code"u8]) ?? Phrase.Of(detail["statusReasons"u8][0]["code"u8])
            ?? Phrase.Of(action["failureReason"u8]);
        var standing = state is null ? (Severity.Warning, Status.Stated)
            : state is "active" ? (Severity.Info, Status.Cleared) : (Severity.Warning, Status.Raised);
        var on = Cut.Line(key ?? bucket ?? "a bucket", 36);
        var title = state is null ? $"GuardDuty scanned {on} but could not tag it"
            : state is "active" ? $"GuardDuty scans what comes into {on} for malware"
            : state is "warning" ? $"GuardDuty may miss malware in {on}"
            : $"GuardDuty cannot scan what comes into {on}";
        return Statement.Told(Statement.Of(envelope, "guardduty", "malware-protection", standing, title) with
        {
            Summary = Phrase.Capital(reason),
            Subject = key is null ? bucket : Cut.Line($"{bucket}/{key}", 200),
            Thread = $"guardduty/protection/{bucket}",
            Facts = Known.Facts(("Bucket", bucket), ("Object", key)),
            Links = Known.Links(ConsolePage.Link("Open the protected buckets", envelope.Region, "guardduty/home", "/malware-scan/s3")),
        });
    }

    /// <summary>An announcement: new or changed finding types, new features.</summary>
    public static Parsed ReadNews(Envelope envelope)
    {
        var body = envelope.Body;
        var isFeature = body["featureDetails"u8].IsArray;
        var items = isFeature ? body["featureDetails"u8] : body["findingDetails"u8];
        var names = new List<string>();
        foreach (var item in items.Items)
        {
            if ((item["findingType"u8].Words ?? item["featureName"u8].Words ?? item["link"u8].Words) is { } name) names.Add(name);
        }
        var first = items[0];
        var what = body["type"u8].Words switch
        {
            "NEW_FINDINGS" => "has a new finding type",
            "UPDATED_FINDINGS" => "changed a finding type",
            "NEW_FEATURES" => "has a new feature",
            var other => Phrase.Of(other) ?? "news",
        };
        return new Parsed.Told([
            new()
            {
                Source = "guardduty",
                Kind = "announcement",
                Severity = Severity.Info,
                Status = Status.Stated,
                Title = Cut.Line($"GuardDuty {what}{(names.Count == 0 ? "" : $": {names[0]}")}", 80),
                Summary = first["findingDescription"u8].Words ?? first["featureDescription"u8].Words ?? first["description"u8].Words,
                Subject = names.Count > 0 ? names[0] : "GuardDuty",
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Facts = Known.Facts(("Also", names.Count > 1 ? Phrase.List(names.GetRange(1, names.Count - 1)) : null)),
                Links = Known.Links(Known.Page("Read more", first["link"u8].Words ?? first["featureLink"u8].Words)),
            },
        ]);
    }
}
