namespace Signalbox;

/// <summary>What SageMaker tells that has no state of its own: health of nodes, steps of a cluster, tasks of people, things that were merely made.</summary>
internal static class SageMakerMore
{
    private static readonly string[] Made =
        ["SageMaker Endpoint Config State Change", "SageMaker Model State Change", "SageMaker Notebook Lifecycle Config State Change"];

    /// <summary>The event, when it is one of these; null for a change of a state.</summary>
    public static Parsed.Told? Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var type = envelope.DetailType ?? "";
        if (detail["HealthSummary"u8]["HealthStatus"u8].Words is { } health) return Node(envelope, detail, health);
        if (detail["EventDetails"u8] is { IsObject: true } inner) return Cluster(envelope, inner);
        if (Array.Exists(Made, made => made.Equals(type, StringComparison.OrdinalIgnoreCase)) && !HasState(detail)) return Changed(envelope, type);
        if (type.StartsWith("SageMaker Human Task", StringComparison.OrdinalIgnoreCase)) return Happened(envelope, type, Severity.Info);
        if (!type.EndsWith("Change", StringComparison.OrdinalIgnoreCase) && !type.EndsWith("Event", StringComparison.OrdinalIgnoreCase) && !HasState(detail))
            return Happened(envelope, type, type.EndsWith("Failed", StringComparison.OrdinalIgnoreCase) ? Severity.Error : Severity.Info);
        return null;
    }

    private static Parsed.Told Node(Envelope envelope, Json detail, string health)
    {
        var summary = detail["HealthSummary"u8];
        var isWell = health.Equals("Healthy", StringComparison.OrdinalIgnoreCase);
        var arn = detail["ClusterArn"u8].Words ?? Statement.Resource(envelope);
        var cluster = detail["ClusterName"u8].Words ?? Phrase.Name(arn) ?? "of unknown name";
        var node = detail["InstanceId"u8].Words ?? "of unknown id";
        var standing = isWell ? (Severity.Info, Status.Cleared) : (Severity.Error, Status.Raised);
        return Statement.Told(Statement.Of(envelope, "sagemaker", "hyperpod-node", standing,
            $"Node {Cut.Line(node, 22)} of {Cut.Line(cluster, 30)} is {(isWell ? "healthy" : Phrase.Of(health, 18))}") with
        {
            Summary = Phrase.Sentence(summary["HealthStatusReason"u8].Words),
            Subject = cluster,
            Arn = arn,
            Thread = $"sagemaker/{arn ?? cluster}/{node}",
            Facts = Known.Facts(
                ("Node", node),
                ("Repair", summary["RepairAction"u8].Words is { } repair and not "None" ? Phrase.Of(repair) : null),
                ("Advice", summary["Recommendation"u8].Words),
                ("Group", detail["InstanceGroupName"u8].Words)),
            Links = Page(envelope),
        });
    }

    private static Parsed.Told Cluster(Envelope envelope, Json inner)
    {
        var arn = inner["ClusterArn"u8].Words ?? Statement.Resource(envelope);
        var cluster = inner["ClusterName"u8].Words ?? Phrase.Name(arn) ?? "of unknown name";
        var severity = inner["EventLevel"u8].Words is { } level ? StateWords.SeverityOf(level) ?? Severity.Info : Severity.Info;
        var said = Phrase.Sentence(inner["Description"u8].Words);
        var title = Cut.Line($"{Cut.Line(cluster, 30)}: {said ?? "news"}", 80);
        return Statement.Told(Statement.Of(envelope, "sagemaker", "hyperpod-cluster", (severity, Status.Stated), title) with
        {
            Summary = Phrase.Beyond(title, said),
            Subject = cluster,
            Arn = arn,
            At = Instants.Read(inner["EventTime"u8]) ?? envelope.At,
            Facts = Known.Facts(
                ("Node", inner["InstanceId"u8].Words),
                ("Group", inner["InstanceGroupName"u8].Words)),
            Links = Page(envelope),
        });
    }

    /// <summary>A model, a configuration: it says that it is, not whether it came or went.</summary>
    private static Parsed.Told Changed(Envelope envelope, string type)
    {
        var arn = Statement.Resource(envelope);
        var thing = Phrase.Of(type["SageMaker ".Length..^" State Change".Length]);
        var name = Phrase.Name(arn) ?? Telling.NameOfThing(Telling.Of(envelope.Body)) ?? "of unknown name";
        return Statement.Told(Statement.Of(envelope, "sagemaker", thing.Replace(' ', '-'), (Severity.Info, Status.Stated),
            $"{Phrase.Capital(thing)} {Phrase.Short(name)} was made or removed") with
        {
            Subject = name,
            Arn = arn,
            Links = Page(envelope),
        });
    }

    private static Parsed.Told Happened(Envelope envelope, string type, Severity severity)
    {
        var arn = Statement.Resource(envelope);
        var what = type.StartsWith("SageMaker ", StringComparison.OrdinalIgnoreCase) ? type["SageMaker ".Length..] : type;
        var name = Phrase.Name(arn);
        return Statement.Told(Statement.Of(envelope, "sagemaker", "event", (severity, Status.Stated),
            $"{Phrase.Capital(Phrase.Inside(what))}{Phrase.With(": ", name, 40)}") with
        {
            Summary = Telling.Message(Telling.Of(envelope.Body)) is { } message ? Phrase.Sentence(message) : null,
            Subject = name,
            Arn = arn,
            Links = Page(envelope),
        });
    }

    private static bool HasState(Json detail)
    {
        foreach (var (name, value) in detail.Members)
        {
            if ((name.Raw.EndsWith("Status"u8) || name.Raw.EndsWith("status"u8)) && value.Words is not null) return true;
        }
        return false;
    }

    private static ValueList<Link> Page(Envelope envelope) => Known.Links(ConsolePage.Link("Open SageMaker", envelope.Region, "sagemaker/home", "/landing"));
}
