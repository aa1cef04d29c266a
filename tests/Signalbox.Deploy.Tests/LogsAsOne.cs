namespace Signalbox.Deploy.Tests;

public sealed class LogsAsOne
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Whatever way lines are cut into pages, some of them empty and some with lines of the page before again: each is told once, by time.</summary>
    [Fact]
    public void Pages_in_any_split_show_each_line_once_and_in_order()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var dice = new Random(seed);
            var groups = Enumerable.Range(0, dice.Next(1, 4)).Select(group => Lines(dice, $"f{group}")).ToArray();
            var merge = LogMerge.Since(Noon, groups.Length);
            var pages = groups.Select(lines => new Queue<LogEvent[]>(Split(dice, lines))).ToArray();
            var told = new List<LogEvent>();
            while (merge.Wanting is [var place, ..])
            {
                var page = pages[place].Dequeue();
                (merge, var lines) = merge.With(place, page, isLast: pages[place].Count is 0);
                told.AddRange(lines);
            }
            Assert.Equal(groups.SelectMany(lines => lines).Order(), told);
        }
    }

    [Fact]
    public void The_next_round_tells_what_is_new_and_what_came_late_and_nothing_again()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var dice = new Random(seed);
            var all = Lines(dice, "f");
            var told = new List<LogEvent>();
            var merge = LogMerge.Since(Noon, 1);
            // Lines come up to 40 s late; each round sees those that have come by then and are not older than it asks for.
            var came = all.ToDictionary(line => line.Id, line => line.At + TimeSpan.FromSeconds(dice.Next(40)));
            for (var now = Noon; now < Noon + TimeSpan.FromMinutes(12); now += TimeSpan.FromSeconds(5))
            {
                var seen = all.Where(line => came[line.Id] <= now && line.At >= merge.Lanes[0].Asked).ToArray();
                var pages = Split(dice, seen);
                foreach (var (place, page) in pages.Index())
                {
                    (merge, var lines) = merge.With(0, page, place == pages.Length - 1);
                    told.AddRange(lines);
                }
                merge = merge.Again();
            }
            Assert.Equal(all.Order(), told.Order());
            Assert.Equal(told.Count, told.Select(line => line.Id).Distinct().Count());
        }
    }

    [Fact]
    public void A_line_waits_until_no_other_function_can_have_an_earlier_one()
    {
        var (merge, lines) = LogMerge.Since(Noon, 2).With(0, [Line("a", 5)], isLast: true);
        Assert.Empty(lines);
        Assert.Equal([1], merge.Wanting);
        (_, lines) = merge.With(1, [Line("b", 3), Line("b", 7)], isLast: true);
        Assert.Equal(["b3", "a5", "b7"], lines.Select(line => line.Id));
    }

    [Fact]
    public void What_was_told_long_ago_is_not_remembered_for_ever()
    {
        var merge = LogMerge.Since(Noon, 1);
        for (var second = 0; second < 3600; second++) (merge, _) = merge.With(0, [Line("a", second)], isLast: true);
        Assert.InRange(merge.Lanes[0].Seen.Count, 60, 62);
    }

    private static LogEvent[] Lines(Random dice, string function) =>
        [.. Enumerable.Range(0, dice.Next(60)).Select(number => new LogEvent(function, $"s{dice.Next(3)}", $"{function}-{number}",
            Noon + TimeSpan.FromMilliseconds(dice.Next(600) * 1000), $"line {number}")).Order()];

    /// <summary>Cuts lines into pages, the last of which may be empty, and puts the end of a page in front of the next one again.</summary>
    private static LogEvent[][] Split(Random dice, LogEvent[] lines)
    {
        var pages = new List<LogEvent[]>();
        for (var at = 0; at < lines.Length;)
        {
            var size = dice.Next(0, 8);
            var again = pages.Count > 0 && dice.Next(2) is 0 ? pages[^1].TakeLast(2) : [];
            pages.Add([.. again, .. lines.Skip(at).Take(size)]);
            at += size;
        }
        if (pages.Count is 0 || dice.Next(3) is 0) pages.Add([]);
        return [.. pages];
    }

    private static LogEvent Line(string function, int second) => new(function, "s", $"{function}{second}", Noon + TimeSpan.FromSeconds(second), "");
}
