namespace Signalbox;

/// <summary>Access that IAM Access Analyzer found: from outside, from inside, and access that nobody uses; and its previews.</summary>
/// <remarks>
/// Severity: public access error; other access from outside or inside and unused access warning; archived and resolved findings info.
/// A preview that failed is a warning. All updates of a finding are one thread; resolved and archived clear it.
/// Errors: garbled without a resource.
/// </remarks>
public static class AccessAnalyzer
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("access-analyzer", [new Key.Event("aws.access-analyzer")], Read,
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html");

    private static Parsed Read(Envelope envelope) => envelope.Body["accessPreviewId"u8].Exists ? ReadPreview(envelope) : ReadFinding(envelope);

    private static Parsed ReadFinding(Envelope envelope)
    {
        var detail = envelope.Body;
        var arn = detail["resource"u8].Words ?? detail["resourceArn"u8].Words;
        if (arn is null) return Statement.Lacks(envelope, "detail.resource", "the resource that can be reached");

        var name = Phrase.Name(arn);
        var thing = $"{TypeOf(detail["resourceType"u8].Words)} {Cut.Line(name, 36)}";
        var status = detail["status"u8].Words;
        var isOver = status is "ARCHIVED" or "RESOLVED" || detail["isDeleted"u8].Kind is JsonKind.True;
        var isPublic = detail["isPublic"u8].Kind is JsonKind.True;
        var error = detail["error"u8].Words;
        var type = detail["findingType"u8].Words ?? detail["type"u8].Words ?? (detail["accessType"u8].Exists ? "InternalAccess" : null);
        var id = detail["id"u8].Words ?? detail["findingId"u8].Words;
        var region = detail["region"u8].Words ?? envelope.Region;
        var analyzer = envelope.Resources.Count > 0 ? envelope.Resources[0] : null;
        return new Parsed.Told([
            new()
            {
                Source = "access-analyzer",
                Kind = "finding",
                Severity = isOver ? Severity.Info : isPublic ? Severity.Error : Severity.Warning,
                Status = isOver ? Status.Cleared : Status.Raised,
                Title = Cut.Line(PhraseOf(thing, type, isPublic, error, isOver, status), 80),
                Summary = error is "ACCESS_DENIED" ? "The analyzer may not read the policy of the resource." : null,
                Subject = name,
                Arn = arn,
                Account = detail["resourceOwnerAccount"u8].Words ?? detail["accountId"u8].Words ?? envelope.Account,
                Region = region,
                At = Instants.Read(detail["updatedAt"u8]) ?? envelope.At,
                Thread = id is null ? null : $"access-analyzer/{id}",
                Facts = Known.Facts(
                    ("Who", Principals(detail["principal"u8])),
                    ("May do", Phrase.List(detail["action"u8])),
                    ("Only if", Conditions(detail["condition"u8])),
                    ("Error", error),
                    ("Not used", Phrase.Of(detail["numberOfUnusedActions"u8].Scalar ?? detail["numberOfUnusedServices"u8].Scalar)),
                    ("Status", status?.ToLowerInvariant()),
                    ("Since", Phrase.At(Instants.Read(detail["createdAt"u8])))),
                Links = Known.Links(id is null || analyzer is null ? null
                    : ConsolePage.Link("Open the finding", region, "access-analyzer/home", $"/findings/details/{ConsolePage.Escape(id)}?analyzerArn=",
                        analyzer)),
            },
        ]);
    }

    private static Parsed ReadPreview(Envelope envelope)
    {
        var detail = envelope.Body;
        var status = detail["status"u8].Words ?? "unknown";
        var name = Phrase.Name(detail["configuredResources"u8][0].Words);
        var failed = status is "FAILED";
        var phrase = status switch { "FAILED" => "failed", "CREATING" => "is being made", "COMPLETED" => "is ready", _ => $"is {Phrase.Of(status)}" };
        return new Parsed.Told([
            new()
            {
                Source = "access-analyzer",
                Kind = "preview",
                Severity = failed ? Severity.Warning : Severity.Info,
                Status = failed ? Status.Raised : status is "CREATING" ? Status.Ongoing : Status.Cleared,
                Title = Cut.Line($"Access preview for {Cut.Line(name ?? "a resource", 40)} {phrase}", 80),
                Summary = Phrase.Capital(Phrase.Of(detail["statusReason"u8]["code"u8].Words)),
                Subject = name,
                Arn = detail["configuredResources"u8][0].Words,
                Account = envelope.Account,
                Region = detail["region"u8].Words ?? envelope.Region,
                At = envelope.At ?? Instants.Read(detail["createdAt"u8]),
                Thread = $"access-analyzer/preview/{detail["accessPreviewId"u8].Words}",
                Facts = Known.Facts(("Before", detail["previousStatus"u8].Words?.ToLowerInvariant())),
            },
        ]);
    }

    private static string PhraseOf(string thing, string? type, bool isPublic, string? error, bool isOver, string? status) => type switch
    {
        ['U', 'n', 'u', 's', 'e', 'd', ..] when isOver => $"{Phrase.Capital(Phrase.Of(status) ?? "closed")}: unused access of {thing}",
        _ when isOver => $"{Phrase.Capital(Phrase.Of(status) ?? "closed")}: access to {thing}",
        _ when error is not null => $"Access to {thing} could not be analyzed",
        _ when isPublic => $"{Phrase.Capital(thing)} is open to the public",
        "InternalAccess" => $"{Phrase.Capital(thing)} can be reached from inside",
        "UnusedIAMRole" => $"{Phrase.Capital(thing)} is not used",
        "UnusedIAMUserAccessKey" => $"An access key of {thing} is not used",
        "UnusedIAMUserPassword" => $"The password of {thing} is not used",
        "UnusedPermission" => $"{Phrase.Capital(thing)} has rights that it does not use",
        _ => $"{Phrase.Capital(thing)} can be reached from outside",
    };

    /// <summary>"AWS::S3::Bucket" as "S3 bucket".</summary>
    internal static string TypeOf(string? type)
    {
        if (type is null) return "resource";
        var parts = type.Split("::", StringSplitOptions.RemoveEmptyEntries);
        return parts.Length < 3 ? parts.Length > 0 ? Phrase.Of(parts[^1]) : "resource" : $"{parts[1]} {Phrase.Of(parts[^1])}";
    }

    private static string? Principals(Json principal)
    {
        var names = new List<string>();
        foreach (var (kind, value) in principal.Members)
        {
            if (value.Scalar is not { } text) continue;
            names.Add(text is "*" ? "anybody" : kind.TextIs("AWS"u8) ? Principal(text) : $"{kind.Text} {Cut.Line(text, 100)}");
        }
        return Phrase.List(names);
    }

    /// <summary>"account 123456789012", or "role ci of account 123456789012" of an ARN.</summary>
    private static string Principal(string principal) => Arn.Read(principal) is not { } arn ? $"account {Cut.Line(principal, 100)}"
        : arn.Resource is "root" ? $"account {arn.Account}"
        : $"{arn.Resource.Split('/', ':')[0]} {Cut.Line(arn.Name, 60)}{Phrase.With(" of account ", arn.Account, 12)}";

    private static string? Conditions(Json conditions)
    {
        var names = new List<string>();
        foreach (var (name, value) in conditions.Members)
        {
            if (value.Scalar is { } text) names.Add($"{name.Text} = {Cut.Line(text, 80)}");
        }
        return Phrase.List(names, 2);
    }
}
