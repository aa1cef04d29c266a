namespace Signalbox;

/// <summary>Reads the forms in which CloudWatch sends an alarm's change of state.</summary>
internal static class AlarmForms
{
    /// <summary>The SNS message. Messages of 2016 have no ARN and print the region's name.</summary>
    public static Alarm? FromSns(Envelope envelope, Json body)
    {
        if (body["AlarmName"u8].Words is not { } name || body["NewStateValue"u8].Words is not { } state) return null;
        var trigger = body["Trigger"u8];
        var arn = body["AlarmArn"u8].Words;
        var watched = trigger["Metrics"u8].IsArray ? Watched(trigger["Metrics"u8]) : null;
        var metric = trigger["MetricName"u8].Words is { } metricName
            ? Measured(metricName, trigger["Namespace"u8].Words, trigger["ExtendedStatistic"u8].Words ?? Capital(trigger["Statistic"u8].Words),
                trigger["Unit"u8].Words, trigger["Dimensions"u8])
            : watched?.Metric;
        return new()
        {
            Name = name,
            State = state,
            Before = body["OldStateValue"u8].Words,
            Arn = arn,
            Account = Digits(body["AWSAccountId"u8].Words) ?? Arn.AccountOf(arn) ?? body["AWSAccountId"u8].Words ?? envelope.Account,
            Region = Code(Arn.RegionOf(arn)) ?? Regions.CodeOf(body["Region"u8].Words) ?? envelope.Region,
            At = Instants.Read(body["StateChangeTime"u8]) ?? envelope.At,
            Description = body["AlarmDescription"u8].Words,
            Reason = body["NewStateReason"u8].Words,
            Watched = metric,
            Threshold = trigger["Threshold"u8].Number,
            Operator = trigger["ComparisonOperator"u8].Words,
            Period = Seconds(trigger["Period"u8].Number) ?? watched?.Period,
            Periods = Count(trigger["EvaluationPeriods"u8].Number),
            NeededPeriods = Count(trigger["DatapointsToAlarm"u8].Number),
            Rule = body["AlarmRule"u8].Words,
            Children = ArnsOf(body["TriggeringChildren"u8], "Arn"u8),
        };
    }

    /// <summary>The detail of the EventBridge event, or <c>alarmData</c> of the Lambda alarm action, which are alike.</summary>
    public static Alarm? FromEvent(Envelope envelope, Json alarm)
    {
        var state = alarm["state"u8];
        if (alarm["alarmName"u8].Words is not { } name || state["value"u8].Words is not { } value) return null;
        var outer = envelope.Body;
        var arn = outer["alarmArn"u8].Words ?? (envelope.Resources.Count > 0 ? envelope.Resources[0] : null);
        var configuration = alarm["configuration"u8];
        var data = Data(state["reasonData"u8]);
        var watched = Watched(configuration["metrics"u8]);
        return new()
        {
            Name = name,
            State = value,
            Before = alarm["previousState"u8]["value"u8].Words,
            Arn = arn,
            Account = Arn.AccountOf(arn) ?? outer["accountId"u8].Words ?? envelope.Account,
            Region = Code(Arn.RegionOf(arn)) ?? outer["region"u8].Words ?? envelope.Region,
            At = Instants.Read(state["timestamp"u8]) ?? Instants.Read(outer["time"u8]) ?? envelope.At,
            Description = configuration["description"u8].Words,
            Reason = state["reason"u8].Words,
            Watched = watched?.Metric,
            Threshold = data["threshold"u8].Number,
            Period = Seconds(data["period"u8].Number) ?? watched?.Period,
            Values = Numbers(data["recentDatapoints"u8]),
            Rule = configuration["alarmRule"u8].Words,
            Children = ArnsOf(data["triggeringAlarms"u8], "arn"u8),
            More = Known.Facts([
                .. Contributor(alarm["alarmContributor"u8]["attributes"u8]),
                ("Evaluation", state["evaluationState"u8].Words?.Replace('_', ' ').ToLowerInvariant()),
                ("Actions held back by", state["actionsSuppressedBy"u8].Words),
                ("Muted by", Arn.Read(alarm["muteDetail"u8]["mutedByArn"u8].Words)?.Name),
            ]),
        };
    }

    private static IEnumerable<(string, string?)> Contributor(Json attributes)
    {
        var known = new List<(string, string?)>();
        foreach (var (name, value) in attributes.Members) known.Add((name.Text!, value.Scalar));
        return known;
    }

    /// <summary>The series that the alarm watches among its metrics: the expression or metric that returns data, an anomaly band aside.</summary>
    private static (Alarm.Metric Metric, TimeSpan? Period)? Watched(Json metrics)
    {
        (Alarm.Metric, TimeSpan?)? first = null;
        foreach (var metric in metrics.Items)
        {
            var expression = Either(metric, "Expression"u8, "expression"u8).Words;
            if (expression is not null && expression.StartsWith("ANOMALY_DETECTION_BAND", StringComparison.Ordinal)) continue;
            var read = Read(metric, expression);
            if (Either(metric, "ReturnData"u8, "returnData"u8).Kind is JsonKind.True) return read;
            first ??= read;
        }
        return first;
    }

    private static (Alarm.Metric, TimeSpan?) Read(Json metric, string? expression)
    {
        var label = Either(metric, "Label"u8, "label"u8).Words;
        if (expression is not null)
            return (new(label ?? Called(expression), null, null, expression, "", []), Seconds(Either(metric, "Period"u8, "period"u8).Number));

        var stat = Either(metric, "MetricStat"u8, "metricStat"u8);
        var what = Either(stat, "Metric"u8, "metric"u8);
        var name = Either(what, "MetricName"u8, "name"u8).Words ?? "metric";
        var measured = Measured(name, Either(what, "Namespace"u8, "namespace"u8).Words, Either(stat, "Stat"u8, "stat"u8).Words,
            Either(stat, "Unit"u8, "unit"u8).Words, Either(what, "Dimensions"u8, "dimensions"u8));
        return (label is null ? measured : measured with { Label = label }, Seconds(Either(stat, "Period"u8, "period"u8).Number));
    }

    /// <summary>What a query selects, else the expression itself, cut short.</summary>
    private static string Called(string expression)
    {
        var from = expression.IndexOf(" FROM ", StringComparison.OrdinalIgnoreCase);
        var selects = expression.StartsWith("SELECT ", StringComparison.OrdinalIgnoreCase) && from > "SELECT ".Length;
        return Cut.Line(selects ? expression["SELECT ".Length..from] : expression, 60);
    }

    private static Alarm.Metric Measured(string name, string? nameSpace, string? statistic, string? unit, Json dimensions) =>
        new(name, nameSpace, statistic, null, MetricUnit.Of(unit, nameSpace, name, statistic), Dimensions(dimensions));

    /// <summary>An array of {name, value} in SNS messages, a map in EventBridge events.</summary>
    private static ValueList<Fact> Dimensions(Json dimensions)
    {
        if (!dimensions.Exists) return [];
        var known = new List<Fact>();
        foreach (var item in dimensions.Items)
        {
            if (Either(item, "name"u8, "Name"u8).Words is { } name && Either(item, "value"u8, "Value"u8).Words is { } value) known.Add(new(name, value));
        }
        foreach (var (name, value) in dimensions.Members)
        {
            if (value.Words is { } text) known.Add(new(name.Text!, text));
        }
        return [.. known];
    }

    private static ValueList<string> ArnsOf(Json alarms, ReadOnlySpan<byte> member)
    {
        if (!alarms.IsArray) return [];
        var arns = new List<string>();
        foreach (var alarm in alarms.Items)
        {
            if (alarm[member].Words is { } arn) arns.Add(arn);
        }
        return [.. arns];
    }

    private static Json Data(Json reasonData) =>
        reasonData.IsText && Json.Parse(reasonData.TextBytes()) is { Expected: null, Value: var value } ? value : reasonData;

    private static ValueList<double> Numbers(Json numbers)
    {
        if (!numbers.IsArray) return [];
        var values = new List<double>();
        foreach (var number in numbers.Items)
        {
            if (number.Number is { } value) values.Add(value);
        }
        return [.. values];
    }

    private static Json Either(Json value, ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => value[one] is { Exists: true } found ? found : value[other];

    private static TimeSpan? Seconds(double? seconds) => seconds is > 0 and < 1e8 ? TimeSpan.FromSeconds(seconds.Value) : null;

    private static int? Count(double? number) => number is >= 1 and < 1e6 ? (int)number.Value : null;

    private static string? Digits(string? account) => account is { Length: 12 } && account.All(char.IsAsciiDigit) ? account : null;

    private static string? Code(string? region) => Regions.IsCode(region) ? region : null;

    /// <summary>Old messages shout: "AVERAGE".</summary>
    private static string? Capital(string? statistic) =>
        statistic is { Length: > 1 } ? statistic is "SAMPLE_COUNT" ? "SampleCount" : statistic[..1] + statistic[1..].ToLowerInvariant() : statistic;
}
