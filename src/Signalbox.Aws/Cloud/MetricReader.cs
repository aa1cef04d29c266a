using System.Globalization;
using Signalbox.Deploy;

namespace Signalbox.Aws.Cloud;

/// <summary>Reads numbers from CloudWatch.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html"/>
public static class MetricReader
{
    /// <summary>What one call takes.</summary>
    private const int MostQueries = 500;

    /// <summary>Answers all queries, in one call for each 500 of them and page of answers.</summary>
    /// <returns>The numbers of each query, one for each step; nulls where nothing was counted.</returns>
    /// <exception cref="CloudException">CloudWatch said no.</exception>
    public static async Task<IReadOnlyDictionary<MetricQuery, MetricSeries>> Read(
        AwsCloud cloud, IEnumerable<MetricQuery> queries, MetricSpan span, CancellationToken stop)
    {
        var read = new Dictionary<MetricQuery, MetricSeries>();
        foreach (var some in queries.Distinct().Chunk(MostQueries))
        {
            var values = some.Select(_ => new double?[span.Count]).ToArray();
            for (string? next = ""; next is not null;)
            {
                var answer = await cloud.Calls.Do(Ask(cloud, some, span, next), stop);
                foreach (var result in answer.Json["MetricDataResults"u8].Items) Fill(result, values, span);
                next = answer.Json["NextToken"u8].Text is { Length: > 0 } token ? token : null;
            }
            foreach (var (query, series) in some.Zip(values)) read[query] = new([.. series]);
        }
        return read;
    }

    private static CloudCall Ask(AwsCloud cloud, MetricQuery[] queries, MetricSpan span, string next) =>
        CloudCall.Json(cloud.Places.Metrics, "GraniteServiceVersion20100801", "GetMetricData", "1.0", json =>
        {
            json.WriteNumber("StartTime", span.From.ToUnixTimeSeconds());
            json.WriteNumber("EndTime", span.Until.ToUnixTimeSeconds());
            json.WriteString("ScanBy", "TimestampAscending");
            if (next.Length > 0) json.WriteString("NextToken", next);
            json.WriteStartArray("MetricDataQueries");
            foreach (var (place, query) in queries.Index())
            {
                json.WriteStartObject();
                json.WriteString("Id", string.Create(CultureInfo.InvariantCulture, $"q{place}"));
                json.WriteStartObject("MetricStat");
                json.WriteNumber("Period", (int)span.Step.TotalSeconds);
                json.WriteString("Stat", query.Stat);
                json.WriteStartObject("Metric");
                json.WriteString("Namespace", query.Space);
                json.WriteString("MetricName", query.Metric);
                json.WriteStartArray("Dimensions");
                json.WriteStartObject();
                json.WriteString("Name", query.Dimension);
                json.WriteString("Value", query.Of);
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });

    private static void Fill(Json result, double?[][] values, MetricSpan span)
    {
        if (result["Id"u8].Text is not ['q', .. var digits] || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            || place >= values.Length)
        {
            return;
        }
        var (times, numbers) = (result["Timestamps"u8], result["Values"u8]);
        for (var at = 0; at < Math.Min(times.Count, numbers.Count); at++)
        {
            if (Instants.Read(times[at]) is { } time && span.Place(time) is { } step && numbers[at].Number is { } number) values[place][step] = number;
        }
    }
}
