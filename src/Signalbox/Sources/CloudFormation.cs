namespace Signalbox;

/// <summary>Stacks, their resources, drift and stack sets.</summary>
/// <remarks>
/// Input: the text that a stack publishes to its notification topics (<c>Key='value'</c> lines), or the EventBridge events of aws.cloudformation.
/// Output: one notice. A stack's own change is told as such; a resource's belongs to the conversation of its stack's operation.
/// ResourceProperties are never shown: they may hold passwords.
/// Severity: *_FAILED and every rollback are errors, also a rollback that completes; creations, updates and deletions are info.
/// Errors: garbled without <c>ResourceStatus</c> or <c>status-details.status</c>.
/// </remarks>
public static class CloudFormation
{
    private const string Docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html";

    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "cloudformation",
        [
            new Key.Subject("AWS CloudFormation Notification"),
            new Key.Words("StackId", ["ResourceStatus='"]),
            new Key.Words("StackName", ["ResourceStatus='", "StackId='"]),
            new Key.Words("Timestamp", ["ResourceStatus='", "StackId='"]),
            new Key.Event("aws.cloudformation"),
        ],
        Read,
        Docs);

    private static readonly string[] Keys =
    [
        "StackId", "Timestamp", "EventId", "LogicalResourceId", "Namespace", "PhysicalResourceId", "PrincipalId", "ResourceProperties",
        "ResourceStatus", "ResourceStatusReason", "DetailedStatus", "ResourceType", "StackName", "ClientRequestToken",
    ];

    private static Parsed Read(Envelope envelope) => envelope switch
    {
        { Text: { } text } => ReadText(envelope, text),
        { DetailType: { } type } when type.Contains("StackSet", StringComparison.OrdinalIgnoreCase) => CloudFormationStackSet.Read(envelope),
        { DetailType: { } type } when type.Contains("Drift", StringComparison.OrdinalIgnoreCase) => CloudFormationDrift.Read(envelope),
        // Hooks tell of calls to them, in a form of their own.
        { DetailType: { } type } when type.Contains("Hook", StringComparison.OrdinalIgnoreCase) => AsItCame.Told(envelope, "cloudformation"),
        _ => ReadEvent(envelope),
    };

    private static Parsed ReadText(Envelope envelope, string text)
    {
        Span<Range> values = stackalloc Range[16];
        var field = new QuotedLines(text, Keys, values);
        if (field["ResourceStatus"] is not { } status)
            return new Parsed.Garbled(new("ResourceStatus", "a line ResourceStatus='…'", Cut.Line(text, 60)));

        var stackId = field["StackId"];
        return Tell(new()
        {
            StackId = stackId,
            StackName = field["StackName"] ?? NameOf(stackId),
            Status = status,
            Reason = field["ResourceStatusReason"],
            DetailedStatus = field["DetailedStatus"],
            LogicalId = field["LogicalResourceId"],
            PhysicalId = field["PhysicalResourceId"],
            ResourceType = field["ResourceType"],
            Token = field["ClientRequestToken"],
            Actor = field["PrincipalId"] is { } principal && principal.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0
                ? principal[(colon + 1)..]
                : null,
            Account = Arn.AccountOf(stackId) ?? field["Namespace"] ?? envelope.Account,
            Region = Arn.RegionOf(stackId) ?? envelope.Region,
            At = Instants.Read(field["Timestamp"]) ?? envelope.At,
        });
    }

    private static Parsed ReadEvent(Envelope envelope)
    {
        var detail = envelope.Body;
        var details = detail["status-details"u8];
        if (details["status"u8].Words is not { } status)
            return new Parsed.Garbled(new("detail.status-details.status", "a status", Cut.Line(detail.ToString(), 60)));

        var stackId = detail["stack-id"u8].Words;
        return Tell(new()
        {
            StackId = stackId,
            StackName = NameOf(stackId),
            Status = status,
            Reason = details["status-reason"u8].Words,
            DetailedStatus = details["detailed-status"u8].Words,
            LogicalId = detail["logical-resource-id"u8].Words,
            PhysicalId = detail["physical-resource-id"u8].Words,
            ResourceType = detail["resource-type"u8].Words,
            Token = detail["client-request-token"u8].Words,
            Account = Arn.AccountOf(stackId) ?? envelope.Account,
            Region = Arn.RegionOf(stackId) ?? envelope.Region,
            At = envelope.At,
        });
    }

    /// <summary>What both forms say.</summary>
    private sealed record Change
    {
        public string? StackId { get; init; }
        public string? StackName { get; init; }
        public string? Reason { get; init; }
        public string? DetailedStatus { get; init; }
        public string? LogicalId { get; init; }
        public string? PhysicalId { get; init; }
        public string? ResourceType { get; init; }
        public string? Token { get; init; }
        public string? Actor { get; init; }
        public string? Account { get; init; }
        public string? Region { get; init; }
        public required string Status { get; init; }
        public DateTimeOffset? At { get; init; }

        /// <summary>A nested stack is a resource of its parent: same type, another physical id.</summary>
        public bool IsStack => LogicalId is null
            || (ResourceType is "AWS::CloudFormation::Stack" && (PhysicalId is null || PhysicalId == StackId));
    }

    private static Parsed.Told Tell(Change change)
    {
        var stack = change.StackName ?? "of unknown name";
        var (severity, status) = StackStatus.Standing(change.Status);
        return new([
            new()
            {
                Source = "cloudformation",
                Kind = change.IsStack ? "stack" : "resource",
                Severity = severity,
                Status = change.IsStack || status is Status.Raised ? status : Status.Ongoing,
                Title = change.IsStack
                    ? $"Stack {stack} {StackStatus.PhraseOf(change.Status)}"
                    : $"{change.LogicalId} in stack {stack} {StackStatus.PhraseOf(change.Status)}",
                Summary = change.Reason is { } reason ? Cut.Readable(reason) : null,
                Subject = change.StackName,
                Arn = change.StackId,
                Account = change.Account,
                Region = change.Region,
                At = change.At,
                Actor = change.Actor,
                Part = change.IsStack ? null : new(change.LogicalId ?? "a resource", status),
                Continues = change.Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal),
                Thread = change.StackId is null ? null
                    : change.Token is null ? $"cloudformation/{change.StackId}"
                    : $"cloudformation/{change.StackId}/{change.Token}",
                Facts = Known.Facts(
                    ("Stack", change.IsStack ? null : stack),
                    ("Resource", change.IsStack ? null : change.LogicalId),
                    ("Type", change.IsStack ? null : change.ResourceType),
                    ("Physical id", change.IsStack || change.PhysicalId == change.LogicalId ? null : change.PhysicalId),
                    ("Status", change.Status),
                    ("Detail", change.DetailedStatus),
                    ("Operation", change.Token)),
                Links = Known.Links(PageOf("Open the stack's events", change.StackId, change.Region, "events")),
            },
        ]);
    }

    /// <summary>Name of a stack, by its ARN: <c>…:stack/NAME/UUID</c>.</summary>
    internal static string? NameOf(string? stackId)
    {
        if (Arn.Read(stackId) is not { Resource: var resource } || !resource.StartsWith("stack/", StringComparison.Ordinal)) return null;
        var name = resource["stack/".Length..];
        return name.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 ? name[..slash] : name;
    }

    /// <summary>A tab of a stack's page.</summary>
    internal static Link? PageOf(string text, string? stackId, string? region, string tab) => stackId is null ? null
        : ConsolePage.Link(text, region, "cloudformation/home", $"/stacks/{tab}?stackId=", stackId);
}
