using System.Globalization;
using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>A number that was counted.</summary>
/// <param name="Namespace">AWS/Lambda, …</param>
/// <param name="Name">Invocations, …</param>
/// <param name="Of">What it is of: the value of its one dimension.</param>
/// <param name="At">When.</param>
/// <param name="Value">The number.</param>
public sealed record MetricPoint(string Namespace, string Name, string Of, DateTimeOffset At, double Value);

/// <summary>CloudWatch: metrics and alarms.</summary>
public sealed class MetricsStandin
{
    private readonly AwsStandin aws;

    internal MetricsStandin(AwsStandin aws)
    {
        this.aws = aws;
        Service = new([AwsCbor.Protocol("GraniteServiceVersion20100801"), AwsProtocol.Json("GraniteServiceVersion20100801", "1.0"), Dated(AwsProtocol.Query("http://monitoring.amazonaws.com/doc/2010-08-01/"))], new()
        {
            ["GetMetricData"] = Data,
            ["PutMetricAlarm"] = call => { Alarms[$"{call.Region} {call.Need("AlarmName")}"] = (JsonObject)call.Input.DeepClone(); return null; },
            ["DescribeAlarms"] = Describe,
            ["DeleteAlarms"] = call => { foreach (var name in call.Texts("AlarmNames")) Alarms.Remove($"{call.Region} {name}"); return null; },
        }, call => call.Text("AlarmName") is { } name ? call.Arn("cloudwatch", $"alarm:{name}") : "*");
    }

    internal AwsService Service { get; }

    /// <summary>Everything that was counted.</summary>
    public List<MetricPoint> Points { get; } = [];

    /// <summary>Alarms by "region name", as PutMetricAlarm takes them.</summary>
    public SortedDictionary<string, JsonObject> Alarms { get; } = new(StringComparer.Ordinal);

    /// <summary>How many values an answer has at most for each query.</summary>
    public int PageSize { get; set; } = 100_800;

    /// <summary>Counts.</summary>
    public void Count(string space, string name, string of, double value) => aws.Locked(() => Points.Add(new(space, name, of, aws.Now(), value)));

    private JsonObject? Data(AwsCall call)
    {
        var (from, until) = (Time(call, "StartTime"), Time(call, "EndTime"));
        if (from >= until) throw call.Invalid("The parameter StartTime must be less than the parameter EndTime.");
        var isDown = call.Text("ScanBy") is not "TimestampAscending";
        var skip = call.Text("NextToken") is { } token ? int.Parse(token.Split('-')[1], null) : 0;
        var results = call.List("MetricDataQueries").Select(query =>
        {
            var stat = query!["MetricStat"] as JsonObject ?? throw call.Invalid("The stand-in knows MetricStat only, no Expression.");
            var (period, metric) = (int.Parse(AwsProtocol.Text(stat["Period"]), null), stat["Metric"]!);
            var of = (metric["Dimensions"] as JsonArray)?.FirstOrDefault()?["Value"]?.GetValue<string>();
            var points = Points.Where(point => point.Namespace == AwsProtocol.Text(metric["Namespace"]) && point.Name == AwsProtocol.Text(metric["MetricName"])
                && (of is null || point.Of == of) && point.At >= from && point.At < until);
            var all = points.GroupBy(point => point.At.ToUnixTimeSeconds() / period * period).OrderBy(group => isDown ? -group.Key : group.Key)
                .Select(group => (At: group.Key, Value: Stat(call, AwsProtocol.Text(stat["Stat"]), [.. group.Select(point => point.Value).Order()]))).ToList();
            var page = all.Skip(skip).Take(PageSize).ToList();
            var isWhole = skip + page.Count >= all.Count;
            return (IsWhole: isWhole, Shown: new JsonObject
            {
                ["Id"] = AwsProtocol.Text(query["Id"]),
                ["Label"] = AwsProtocol.Text(query["Label"] ?? metric["MetricName"]),
                ["Timestamps"] = new JsonArray([.. page.Select(point => (JsonNode)point.At)]),
                ["Values"] = new JsonArray([.. page.Select(point => (JsonNode)point.Value)]),
                ["StatusCode"] = isWhole ? "Complete" : "PartialData",
            });
        }).ToList();
        var answer = new JsonObject { ["MetricDataResults"] = new JsonArray([.. results.Select(result => result.Shown)]), ["Messages"] = new JsonArray() };
        if (results.Exists(result => !result.IsWhole)) answer["NextToken"] = $"page-{skip + PageSize}";
        return answer;
    }

    private JsonObject? Describe(AwsCall call)
    {
        var names = call.Texts("AlarmNames");
        var all = Alarms.Where(alarm => alarm.Key.StartsWith($"{call.Region} ", StringComparison.Ordinal) && alarm.Key[(call.Region.Length + 1)..] is var name && (names.Count is 0 || names.Contains(name))
            && name.StartsWith(call.Text("AlarmNamePrefix") ?? "", StringComparison.Ordinal));
        return new()
        {
            ["MetricAlarms"] = new JsonArray([.. all.Select(alarm =>
            {
                var shown = (JsonObject)alarm.Value.DeepClone();
                shown.Remove("Tags");
                (shown["AlarmArn"], shown["StateValue"]) = (call.Arn("cloudwatch", $"alarm:{AwsProtocol.Text(shown["AlarmName"])}"), "INSUFFICIENT_DATA");
                return shown;
            })]),
            ["CompositeAlarms"] = new JsonArray(),
        };
    }

    private static double Stat(AwsCall call, string stat, double[] values) => stat switch
    {
        "Sum" => values.Sum(),
        "Average" => values.Average(),
        "Maximum" => values[^1],
        "Minimum" => values[0],
        "SampleCount" => values.Length,
        ['p', .. var percent] when double.TryParse(percent, CultureInfo.InvariantCulture, out var part) => values[Math.Clamp((int)Math.Ceiling(values.Length * part / 100) - 1, 0, values.Length - 1)],
        _ => throw call.Invalid($"The value {stat} for parameter MetricDataQueries.member.1.MetricStat.Stat is not supported."),
    };

    private static DateTimeOffset Time(AwsCall call, string name) => call.Need(name) is var text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>XML writes times as text.</summary>
    private static AwsProtocol Dated(AwsProtocol query) => query with
    {
        Write = (call, output) =>
        {
            foreach (var times in (output?["MetricDataResults"] as JsonArray ?? []).Select(result => (JsonArray)result!["Timestamps"]!))
            {
                for (var at = 0; at < times.Count; at++)
                    times[at] = DateTimeOffset.FromUnixTimeSeconds(times[at]!.GetValue<long>()).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            }
            return query.Write(call, output);
        },
    };
}
