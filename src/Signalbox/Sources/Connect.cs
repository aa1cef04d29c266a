namespace Signalbox;

/// <summary>Rules of a contact centre that matched, or whose action failed, and the contacts themselves.</summary>
/// <remarks>
/// Severity: an action that failed is an error; a rule that matched is info, with "Metric" in its name a warning. A contact is info, a warning
/// when the line or the network ended it. Status: a contact is under way until it ends, and one that broke off raises; one conversation for each.
/// </remarks>
public static class Connect
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("connect", [new Key.Event("aws.connect")], Read,
        "https://docs.aws.amazon.com/connect/latest/adminguide/contact-lens-rules-eventbridge-event-types.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["contactId"u8].Words is { } contact && detail["eventType"u8].Words is { } happened) return Contact(envelope, detail, contact, happened);
        var arn = detail["instanceArn"u8].Words ?? Statement.Resource(envelope);
        var region = Arn.RegionOf(arn) ?? envelope.Region;
        var type = envelope.DetailType ?? "";
        var failed = type.EndsWith("Failed", StringComparison.OrdinalIgnoreCase);
        var rule = detail["ruleName"u8].Words ?? detail["ruleId"u8].Words;
        var action = detail["actionType"u8].Words is { } done ? Phrase.Of(done) : null;
        var isRule = rule is not null || type.Contains("Rule", StringComparison.OrdinalIgnoreCase);
        if (!isRule) return AsItCame.Told(envelope, "connect");
        var title = failed ? $"Connect could not {action ?? "run the action"} for a rule" : $"Connect rule {Phrase.Short(rule ?? "of unknown name")} matched";
        return Statement.Told(Statement.Of(envelope, "connect", failed ? "rule-action" : "rule",
            (failed ? Severity.Error : type.StartsWith("Metric", StringComparison.Ordinal) ? Severity.Warning : Severity.Info, Status.Stated), title) with
        {
            Summary = detail["error"u8].Words,
            Subject = rule,
            Arn = arn,
            Account = Arn.AccountOf(arn) ?? envelope.Account,
            Region = region,
            Facts = Known.Facts(
                ("Reason", detail["reasonCode"u8].Words),
                ("Trigger", detail["triggerEvent"u8].Words is { } trigger ? Phrase.Of(trigger) : null),
                ("Action", detail["actionName"u8].Words),
                ("Contact", Arn.Read(detail["contactArn"u8].Words)?.Name),
                ("Rule", rule)),
            Links = Known.Links(ConsolePage.Link("Open Amazon Connect", region, "connect/v2/app/instances")),
        });
    }

    private static Parsed.Told Contact(Envelope envelope, Json detail, string id, string happened)
    {
        var arn = detail["instanceArn"u8].Words ?? Statement.Resource(envelope);
        var region = Arn.RegionOf(arn) ?? envelope.Region;
        var channel = Phrase.Of(detail["channel"u8]);
        var reason = detail["disconnectReason"u8].Words;
        var why = reason is null ? null : WhyEnded(reason);
        var (status, phrase) = happened switch
        {
            "INITIATED" => (Status.Ongoing, "began"),
            "CONNECTED_TO_SYSTEM" => (Status.Ongoing, "was answered"),
            "QUEUED" => (Status.Ongoing, "is waiting in a queue"),
            "CONNECTED_TO_AGENT" => (Status.Ongoing, "reached an agent"),
            "PAUSED" => (Status.Ongoing, "is paused"),
            "RESUMED" => (Status.Ongoing, "goes on"),
            // Notes on a call may be written when it is long over.
            "CONTACT_DATA_UPDATED" => (detail["disconnectTimestamp"u8].Exists ? Status.Cleared : Status.Ongoing, "was changed"),
            "DISCONNECTED" => (Status.Cleared, $"ended{(why is null ? "" : $" ({Cut.Line(why, 40)})")}"),
            "COMPLETED" => (Status.Cleared, "is completed"),
            _ => (Status.Ongoing, $"is now: {Phrase.Of(happened, 30)}"),
        };
        // DISCONNECTED is how every call ends: only the reason tells of trouble.
        var broke = happened is "DISCONNECTED"
            && reason is "TELECOM_PROBLEM" or "AGENT_NETWORK_DISCONNECT" or "OUTBOUND_RESOURCE_ERROR" or "OUTBOUND_DESTINATION_ENDPOINT_ERROR";
        var standing = broke ? (Severity.Warning, Status.Raised) : (Severity.Info, status);
        var thing = channel is null ? "A contact" : $"{(channel[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "An" : "A")} {Cut.Line(channel, 16)} contact";
        return Statement.Told(Statement.Of(envelope, "connect", "contact", standing, $"{thing} {phrase}") with
        {
            Subject = id,
            Arn = arn,
            Account = Arn.AccountOf(arn) ?? envelope.Account,
            Region = region,
            Thread = $"connect/{id}",
            Facts = Known.Facts(
                ("Channel", channel),
                ("Duration", happened is "DISCONNECTED"
                    ? Phrase.Between(Instants.Read(detail["initiationTimestamp"u8]), Instants.Read(detail["disconnectTimestamp"u8]) ?? envelope.At) : null),
                ("Began as", Phrase.Of(detail["initiationMethod"u8])),
                ("Queue", Arn.Read(detail["queueInfo"u8]["queueArn"u8].Words)?.Name),
                ("Agent", Arn.Read(detail["agentInfo"u8]["agentArn"u8].Words)?.Name)),
            Links = Known.Links(ConsolePage.Link("Open Amazon Connect", region, "connect/v2/app/instances")),
        });
    }

    private static string? WhyEnded(string reason) => reason switch
    {
        "CUSTOMER_DISCONNECT" => "customer hung up",
        "AGENT_DISCONNECT" => "agent hung up",
        "THIRD_PARTY_DISCONNECT" => "third party hung up",
        "CONTACT_FLOW_DISCONNECT" => "by its flow",
        "AGENT_NETWORK_DISCONNECT" => "agent lost the network",
        "BARGED" => "taken over by a manager",
        "OTHER" => null,
        _ => Phrase.Of(reason),
    };
}
