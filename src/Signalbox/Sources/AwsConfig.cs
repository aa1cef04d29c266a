namespace Signalbox;

/// <summary>AWS Config: resources that keep to its rules or do not, resources that changed, and what it does besides.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.config, its SNS messages, and the direct call of a rule's function.
/// Severity: NON_COMPLIANT warning, COMPLIANT and NOT_APPLICABLE info and cleared, INSUFFICIENT_DATA info; changes info, a deletion warning;
/// a remediation or delivery that failed error. One thread for each rule and resource.
/// Quiet: the start of an evaluation or delivery, delivered snapshots and history, and a rule's result that is the same as before.
/// Of a change only the names and short values of members outside of what may hold secrets are shown.
/// Errors: garbled without <c>messageType</c> and <c>detail-type</c> that say what it is.
/// </remarks>
public static class AwsConfig
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "config",
        [
            new Key.Event("aws.config"),
            new Key.Members("messageType", ["recordVersion"]),
            new Key.Members("configurationItem", ["messageType"]),
            new Key.Members("configurationItemDiff", ["configurationItem"]),
            new Key.Members("configSnapshotId", ["messageType"]),
            new Key.Members("s3ObjectKey", ["messageType"]),
            new Key.Members("invokingEvent", []),
        ],
        Read,
        "https://docs.aws.amazon.com/config/latest/developerguide/notifications-for-AWS-Config.html");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        var kind = body["messageType"u8].Words ?? KindOf(envelope.DetailType);
        if (body["invokingEvent"u8] is { IsText: true } inner)
        {
            return Json.Parse(inner.TextBytes()) is { Expected: null, Value: var invoked } ? ReadInvoked(envelope, body, invoked)
                : Statement.Lacks(envelope, "invokingEvent", "JSON in a text");
        }
        return kind switch
        {
            "ComplianceChangeNotification" => ReadCompliance(envelope, body),
            "ConfigurationItemChangeNotification" or "OversizedConfigurationItemChangeNotification" => AwsConfigChange.Read(envelope, body),
            "ConfigRulesEvaluationStarted" => new Parsed.Quiet("Config began to evaluate rules, which it does all day"),
            "ConfigurationSnapshotDeliveryStarted" => new Parsed.Quiet("Config began to deliver a snapshot"),
            "ConfigurationSnapshotDeliveryCompleted" => new Parsed.Quiet("Config delivered a snapshot as it should"),
            "ConfigurationHistoryDeliveryCompleted" => new Parsed.Quiet("Config delivered its history as it should"),
            null when body["configurationItem"u8].IsObject => AwsConfigChange.Read(envelope, body),
            null => Statement.Lacks(envelope, "messageType", "what Config tells about"),
            _ => ReadOther(envelope, body, kind),
        };
    }

    private static Parsed ReadCompliance(Envelope envelope, Json detail)
    {
        var result = detail["newEvaluationResult"u8];
        var state = result["complianceType"u8].Words ?? "INSUFFICIENT_DATA";
        var before = detail["oldEvaluationResult"u8]["complianceType"u8].Words;
        if (before == state) return new Parsed.Quiet($"the resource was {Phrase.Of(state)} before, too");

        var rule = detail["configRuleName"u8].Words ?? Phrase.Name(detail["configRuleARN"u8].Words) ?? "a rule";
        var id = detail["resourceId"u8].Words;
        var type = detail["resourceType"u8].Words;
        var isBad = state is "NON_COMPLIANT";
        var region = detail["awsRegion"u8].Words ?? envelope.Region;
        var account = detail["awsAccountId"u8].Words ?? envelope.Account;
        var thing = type is "AWS::::Account" ? "The account" : $"{AccessAnalyzer.TypeOf(type)} {Cut.Line(id ?? "", 26)}".Trim();
        return new Parsed.Told([
            new()
            {
                Source = "config",
                Kind = "compliance",
                Severity = isBad ? Severity.Warning : Severity.Info,
                Status = isBad ? Status.Raised : state is "INSUFFICIENT_DATA" ? Status.Stated : Status.Cleared,
                Title = Cut.Line(state switch
                {
                    "NON_COMPLIANT" => $"{thing} breaks rule {rule}",
                    "COMPLIANT" => $"{thing} keeps to rule {rule}{(before is "NON_COMPLIANT" ? " again" : "")}",
                    "NOT_APPLICABLE" => $"Rule {rule} no longer applies to {thing}",
                    _ => $"Rule {rule} cannot be judged for {thing}",
                }, 80),
                Summary = result["annotation"u8].Words is { } note ? Cut.Text(Cut.Readable(note), 1000) : null,
                Subject = id ?? rule,
                Account = account,
                Region = region,
                At = Instants.Read(result["resultRecordedTime"u8]) ?? Instants.Read(detail["notificationCreationTime"u8]) ?? envelope.At,
                Thread = $"config/{account}/{region}/{rule}/{id}",
                Facts = Known.Facts(("Rule", rule), ("Resource", type is "AWS::::Account" ? $"account {id}" : $"{AccessAnalyzer.TypeOf(type)} {id}"),
                    ("Is", Phrase.Of(state)), ("Was", Phrase.Of(before))),
                Links = Known.Links(
                    ConsolePage.Link("Open the rule", region, "config/home", "/rules/details?configRuleName=", rule),
                    AwsConfigChange.PageOf(type, id, region)),
            },
        ]);
    }

    /// <summary>Config called the function of a custom rule: what it hands over, told as the change that it is.</summary>
    private static Parsed ReadInvoked(Envelope envelope, Json call, Json invoked)
    {
        if (invoked["messageType"u8].TextIs("ScheduledNotification"u8)) return new Parsed.Quiet("Config calls the function of a rule on schedule");
        var about = envelope with
        {
            Account = call["accountId"u8].Words ?? envelope.Account,
            Region = Arn.RegionOf(call["configRuleArn"u8].Words) ?? envelope.Region,
        };
        return AwsConfigChange.Read(about, invoked, call["configRuleName"u8].Words ?? "a rule");
    }

    private static Parsed ReadOther(Envelope envelope, Json body, string kind)
    {
        var failed = kind.Contains("Failed", StringComparison.Ordinal) || body["remediationStatus"u8].TextIs("FAILED"u8) || body["status"u8].TextIs("FAILED"u8);
        var what = Phrase.Of(kind.Replace("Notification", "", StringComparison.Ordinal));
        var name = body["configRuleName"u8].Words ?? body["conformancePackName"u8].Words ?? body["configRuleNames"u8][0].Words;
        return new Parsed.Told([
            new()
            {
                Source = "config",
                Kind = "notification",
                Severity = failed ? Severity.Error : Severity.Info,
                Status = Status.Stated,
                Title = Cut.Line($"Config: {what}{(name is null ? "" : $" of {Cut.Line(name, 40)}")}", 80),
                Summary = body["deliveryErrorMessage"u8].Words ?? body["errorMessage"u8].Words,
                Subject = name,
                Account = body["awsAccountId"u8].Words ?? envelope.Account,
                Region = body["awsRegion"u8].Words ?? envelope.Region,
                At = Instants.Read(body["notificationCreationTime"u8]) ?? envelope.At,
                Facts = Known.Facts(
                    ("Resource", body["resourceId"u8].Words is { } id ? $"{AccessAnalyzer.TypeOf(body["resourceType"u8].Words)} {id}" : null),
                    ("Status", Phrase.Of(body["status"u8].Words)),
                    ("Error", body["deliveryErrorCode"u8].Words ?? body["errorCode"u8].Words)),
                Links = Known.Links(ConsolePage.Link("Open Config", envelope.Region, "config/home")),
            },
        ]);
    }

    private static string? KindOf(string? type) => type?.ToLowerInvariant() switch
    {
        null => null,
        "config rules compliance change" => "ComplianceChangeNotification",
        "config configuration item change" => "ConfigurationItemChangeNotification",
        "config rules re-evaluation status" => "ConfigRulesEvaluationStarted",
        "config configuration snapshot delivery status" => "ConfigurationSnapshotDeliveryStatus",
        "config configuration history delivery status" => "ConfigurationHistoryDeliveryStatus",
        _ => type,
    };
}
