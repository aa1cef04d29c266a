namespace Signalbox;

/// <summary>CloudWatch alarms: metric, metric math, percentile, anomaly band, composite; state, configuration and contributors.</summary>
/// <remarks>
/// Input: the SNS form (<c>AlarmName</c>, <c>NewStateValue</c>), the EventBridge form, or the event of a Lambda alarm action (<c>alarmData</c>).
/// Severity: ALARM is an error, INSUFFICIENT_DATA a warning unless the alarm is new, OK info; a state yet unknown is a warning.
/// Status: ALARM and missing data raise, OK clears; one conversation for each alarm.
/// Errors: garbled without a name or a state.
/// </remarks>
public static class CloudWatchAlarm
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "cloudwatch",
        [
            new Key.Members("AlarmName", ["NewStateValue"]),
            new Key.Members("alarmData", ["alarmArn"]),
            new Key.Event("aws.cloudwatch"),
        ],
        Read,
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        if (envelope.DetailType is { } type && type.Contains("Configuration Change", StringComparison.OrdinalIgnoreCase))
            return CloudWatchAlarmConfiguration.Read(envelope);

        var alarm = body["NewStateValue"u8].Exists || body["AlarmName"u8].Exists ? AlarmForms.FromSns(envelope, body)
            : body["alarmData"u8].IsObject ? AlarmForms.FromEvent(envelope, body["alarmData"u8])
            : AlarmForms.FromEvent(envelope, body);
        return alarm is null
            ? new Parsed.Garbled(new("the alarm", "its name and its state", Cut.Line(body.ToString(), 60)))
            : Tell(alarm);
    }

    private static Parsed.Told Tell(Alarm alarm)
    {
        var reason = AlarmReason.Read(alarm.Reason);
        var known = alarm with { Threshold = alarm.Threshold ?? reason.Threshold };
        var sentence = AlarmSentence.Of(known, reason) ?? Tidy(alarm.Reason);
        var values = alarm.Values.Count > 0 ? alarm.Values : reason.Values;
        var isNew = alarm.Reason is "Unchecked: Initial alarm creation";
        var metric = alarm.Watched;
        return new([
            new()
            {
                Source = "cloudwatch",
                Kind = alarm.IsComposite ? "composite-alarm" : "metric-alarm",
                Severity = alarm.State switch
                {
                    "ALARM" => Severity.Error,
                    "OK" => Severity.Info,
                    "INSUFFICIENT_DATA" when isNew => Severity.Info,
                    _ => Severity.Warning,
                },
                Status = alarm.State switch
                {
                    "OK" => Status.Cleared,
                    "ALARM" => Status.Raised,
                    "INSUFFICIENT_DATA" when !isNew => Status.Raised,
                    _ => Status.Stated,
                },
                Title = alarm.State switch
                {
                    "ALARM" => $"{alarm.Name} is in alarm",
                    "OK" => alarm.Before is "ALARM" ? $"{alarm.Name} is OK again" : $"{alarm.Name} is OK",
                    "INSUFFICIENT_DATA" => isNew ? $"{alarm.Name} is new and has no data yet" : $"{alarm.Name} has too little data",
                    _ => $"{alarm.Name} is now {alarm.State}",
                },
                Summary = (sentence, alarm.Description) switch
                {
                    ({ } why, { } about) => $"{why}\n{Cut.Readable(about)}",
                    var (why, about) => why ?? (about is null ? null : Cut.Readable(about)),
                },
                Subject = alarm.Name,
                Arn = alarm.Arn,
                Account = alarm.Account,
                Region = alarm.Region,
                At = alarm.At,
                Thread = $"cloudwatch/{alarm.Arn ?? alarm.Name}",
                Series = values.Count > 1 ? new(values, known.Threshold, metric?.Unit ?? "") : null,
                Facts = Known.Facts(FactsOf(known)),
                Links = Known.Links(
                    ConsolePage.Link("Open the alarm", alarm.Region, "cloudwatch/home", "alarmsV2:alarm/", alarm.Name),
                    LogsOf(metric, alarm.Region),
                    Known.PageIn(alarm.Description)),
            },
        ]);
    }

    private static (string, string?)[] FactsOf(Alarm alarm) =>
    [
        .. alarm.More.Select(fact => (fact.Name, (string?)fact.Value)),
        ("Metric", alarm.Watched is { NameSpace: { } space } metric ? $"{space} {metric.Label}{(metric.Statistic is { } s ? $" ({s})" : "")}" : null),
        ("Expression", alarm.Watched?.Expression),
        .. alarm.Watched is { } watched ? watched.Dimensions.Take(4).Select(dimension => (dimension.Name, (string?)dimension.Value)) : [],
        ("Rule", alarm.Rule is { } rule ? ShortRule(rule) : null),
        ("Before", alarm.Before == alarm.State ? null : alarm.Before),
    ];

    /// <summary>The logs of the Lambda function that is measured.</summary>
    private static Link? LogsOf(Alarm.Metric? metric, string? region)
    {
        if (metric?.NameSpace is not "AWS/Lambda") return null;
        foreach (var dimension in metric.Dimensions)
        {
            if (dimension.Name is "FunctionName") return ConsolePage.Logs(dimension.Value, region);
        }
        return null;
    }

    /// <summary>A rule with names in the place of ARNs.</summary>
    private static string ShortRule(string rule)
    {
        while (rule.IndexOf("arn:", StringComparison.Ordinal) is var at and >= 0 && rule.IndexOf(":alarm:", at, StringComparison.Ordinal) is var name and >= 0)
            rule = rule[..at] + rule[(name + ":alarm:".Length)..];
        return rule;
    }

    /// <summary>A reason without the words that every reason begins with.</summary>
    private static string? Tidy(string? reason)
    {
        if (reason is null) return null;
        foreach (var opening in (ReadOnlySpan<string>)["Threshold Crossed: ", "Thresholds Crossed: ", "Unchecked: "])
        {
            if (reason.StartsWith(opening, StringComparison.Ordinal)) return Phrase.Capital(Cut.Readable(reason[opening.Length..]));
        }
        // Of a composite alarm: "arn:…:alarm:NAME transitioned to ALARM at …".
        const string changed = " transitioned to ";
        var end = reason.StartsWith("arn:", StringComparison.Ordinal) ? reason.IndexOf(changed, StringComparison.Ordinal) : -1;
        return Cut.Readable(end > 0 ? $"{AlarmSentence.NameOf(reason[..end])}{reason[end..]}" : reason);
    }
}
