namespace Signalbox.Deploy.Tests;

public sealed class ChartsAndCosts
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 19, 7, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(30, 1, 30)]
    [InlineData(60, 1, 60)]
    [InlineData(24 * 60, 30, 49)]
    [InlineData(7 * 24 * 60, 180, 57)]
    [InlineData(100 * 24 * 60, 2880, 51)]
    public void A_time_is_cut_into_steps_that_people_can_count_by(int minutes, int step, int count)
    {
        var span = MetricSpan.Of(Now - TimeSpan.FromMinutes(minutes), Now);
        Assert.Equal((TimeSpan.FromMinutes(step), count), (span.Step, span.Count));
        Assert.True(span.From <= Now - TimeSpan.FromMinutes(minutes) && span.Until >= Now);
        Assert.Equal(0, span.From.UtcTicks % span.Step.Ticks);
    }

    [Fact]
    public void Costs_follow_from_the_table_of_prices()
    {
        var usage = new Usage
        {
            Memory = 512,
            Architecture = "arm64",
            Invocations = 1_000_000,
            Milliseconds = 20_000_000,
            QueueRequests = 3_000_000,
            Publishes = 1_000_000,
            LogBytes = 2_000_000_000,
            TableWrites = 1_000_000,
            TableReads = 4_000_000,
        };
        Assert.Equal(["compute", "calls", "queues", "topics", "log", "table"], usage.Costs.Select(cost => cost.Name));
        Assert.Equal([0.133334, 0.2, 1.2, 0.5, 1.0, 1.125], usage.Costs.Select(cost => Math.Round(cost.Dollars, 9)));
        Assert.Equal(4.158334 * 30, usage.Projected(TimeSpan.FromDays(1)), 6);
        Assert.Equal(0.0166667, new Usage { Memory = 1024, Architecture = "x86_64", Milliseconds = 1_000_000 }.Cost, 9);
    }

    [Theory]
    [InlineData(0, "$0.00")]
    [InlineData(12.345, "$12.35")]
    [InlineData(1234.5, "$1,234.50")]
    [InlineData(0.0123, "$0.012")]
    [InlineData(0.000123, "$0.00012")]
    [InlineData(0.0000001, "less than $0.000001")]
    public void Dollars_tell_something_however_few_they_are(double amount, string told) => Assert.Equal(told, Usage.Dollars(amount));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 4)]
    [InlineData(99, 100)]
    [InlineData(1001, 2000)]
    public void A_scale_ends_at_a_round_number(double most, double top) => Assert.Equal(top, BarChart.Top(most));

    [Fact]
    public void A_chart_has_a_scale_times_and_its_errors_in_red()
    {
        var span = MetricSpan.Of(Now - TimeSpan.FromHours(24), Now);
        var calls = new MetricSeries([.. Enumerable.Range(0, span.Count).Select(step => step is 10 ? (double?)80 : step % 2 is 0 ? 40 : null)]);
        var errors = new MetricSeries([.. Enumerable.Range(0, span.Count).Select(step => step is 10 ? (double?)40 : 0)]);
        var chart = BarChart.Of(calls, errors, span);
        Assert.Equal("80 ┤          █", Paint.Plain(chart[0]));
        Assert.Equal($"40 ┤{string.Concat(Enumerable.Repeat("▄ ", 5))}█ {string.Concat(Enumerable.Repeat("▄ ", 19)).TrimEnd()}", Paint.Plain(chart[2]));
        Assert.Equal($" 0 └{new string('─', 49)}", Paint.Plain(chart[5]));
        Assert.Equal("    19:00       01:00       07:00       13:00", Paint.Plain(chart[6]));
        Assert.Contains(chart[4], part => part is { Tone: Tone.Bad, Text: "█" });
        Assert.DoesNotContain(chart[0], part => part.Tone is Tone.Bad);
    }

    [Fact]
    public void Few_are_seen_beside_many_and_nothing_is_not()
    {
        Assert.Equal("▁█ ", BarChart.Spark(new([1, 1000, null])));
        Assert.Equal("··", BarChart.Spark(new([0, 0])));
        var span = new MetricSpan(Now, TimeSpan.FromMinutes(1), 3);
        Assert.Equal("    0 └───", Paint.Plain(BarChart.Of(new([1, 1000, 0]), MetricSeries.None, span)[5]));
        Assert.Equal("      │▁█", Paint.Plain(BarChart.Of(new([1, 1000, 0]), MetricSeries.None, span)[4]));
    }
}
