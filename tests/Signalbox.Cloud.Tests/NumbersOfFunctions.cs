using System.Text.Json;

namespace Signalbox.CloudTests;

public sealed class NumbersOfFunctions : IDisposable
{
    private readonly Watch watch = new();

    public void Dispose() => watch.Dispose();

    [Fact]
    public async Task All_numbers_come_in_one_call_and_tell_calls_errors_durations_queues_and_cost()
    {
        Count(400);
        var typed = await watch.Type("metrics");
        Assert.Equal((0, ""), (typed.Code, typed.Error));
        Assert.Single(watch.Town.Aws.Calls, call => call.Operation is "GetMetricData");
        var lines = typed.Out.Split('\n');
        Assert.Matches(@"^alerts \(ops_alerts\)  \d{4}-\d\d-\d\d \d\d:\d\d to \d{4}-\d\d-\d\d \d\d:\d\d UTC, each mark 30 min$", lines[0]);
        string[] starts = ["  calls       400  ", "  errors      4 (1 %)  ", "  throttled   none", "  half below  20 ms  ", "  1 % above   900 ms  ", "  waited      ", "  failed      2  "];
        Assert.All(starts, start => Assert.Contains(lines, line => line.StartsWith(start, StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.StartsWith("  cost        $0.00", StringComparison.Ordinal) && line.Contains("thirty days like this $", StringComparison.Ordinal));
        Assert.Contains("Cost is an estimate: prices of us-east-1 as AWS's price pages said in 2025, without the free tier.\n", typed.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\e", typed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_answers_are_put_together()
    {
        Count(40);
        watch.Town.Aws.Metrics.PageSize = 2;
        var line = JsonDocument.Parse((await watch.Type("metrics", "--json", "--since", "2d")).Out).RootElement;
        Assert.Equal((40, 4), (line.GetProperty("invocations").GetDouble(), line.GetProperty("errors").GetDouble()));
        Assert.True(watch.Town.Aws.Calls.Count(call => call.Operation is "GetMetricData") > 3);
        Assert.Equal("USD", line.GetProperty("cost").GetProperty("currency").GetString());
        Assert.True(line.GetProperty("cost").GetProperty("thirtyDays").GetDouble() > line.GetProperty("cost").GetProperty("span").GetDouble());
    }

    [Fact]
    public async Task Without_calls_it_says_so()
    {
        var typed = await watch.Type("metrics");
        Assert.Contains("  no calls in this time\n", typed.Out, StringComparison.Ordinal);
        Assert.Contains("  cost        $0.00 in ", typed.Out, StringComparison.Ordinal);
    }

    private void Count(int calls)
    {
        var aws = watch.Town.Aws;
        void Add(string space, string name, string of, double hoursAgo, double value) =>
            aws.Locked(() => aws.Metrics.Points.Add(new(space, name, of, watch.Town.World.Now() - TimeSpan.FromHours(hoursAgo), value)));
        for (var call = 0; call < calls; call++)
        {
            var ago = 0.2 + (22.0 * call / calls);
            Add("AWS/Lambda", "Invocations", "ops_alerts", ago, 1);
            Add("AWS/Lambda", "Errors", "ops_alerts", ago, call < 4 ? 1 : 0);
            Add("AWS/Lambda", "Duration", "ops_alerts", ago, call is 7 ? 900 : 20);
            Add("AWS/Lambda", "ConcurrentExecutions", "ops_alerts", ago, 1 + (call % 3));
        }
        Add("AWS/SQS", "ApproximateAgeOfOldestMessage", "events", 3, 12);
        Add("AWS/SQS", "ApproximateNumberOfMessagesVisible", "events-dlq", 1, 2);
    }
}
