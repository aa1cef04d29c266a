using System.Text.Json;

namespace Signalbox.CloudTests;

public sealed class LogsOfFunctions : IDisposable
{
    private const string Made = """{"time":"x","level":"info","event":"e1","source":"rds","kind":"event","room":"db","outcome":"made","ms":12}""";
    private readonly Watch watch = new();

    public void Dispose() => watch.Dispose();

    [Fact]
    public async Task A_log_that_is_not_there_yet_is_said_in_words()
    {
        var typed = await watch.Type("logs");
        Assert.Equal((1, "", "signalbox: alerts: there is no log group /aws/lambda/ops_alerts yet: deploy makes it (signalbox deploy alerts), in this region and account.\n"), typed);
    }

    [Fact]
    public async Task Nothing_written_is_said_too()
    {
        await watch.Type("deploy");
        Assert.Equal((0, "", "signalbox: nothing was written in this time. --since looks further back, -f waits for what comes.\n"), await watch.Type("logs"));
    }

    [Fact]
    public async Task Lines_of_many_pages_are_told_in_words_and_each_once()
    {
        await watch.Type("deploy");
        (watch.Town.Aws.Logs.PageSize, watch.Town.Aws.Logs.EmptyPages) = (3, true);
        watch.Log([.. Enumerable.Range(0, 20).Select(line => (100.0 - line, $"line {line}"))]);
        watch.Log((5, "START RequestId: r Version: 1\n"), (4, Made), (3, "END RequestId: r\n"),
            (2, "REPORT RequestId: r\tDuration: 12.00 ms\tBilled Duration: 12 ms\tMemory Size: 128 MB\tMax Memory Used: 31 MB\t\n"));
        var typed = await watch.Type("logs");
        Assert.Equal((0, ""), (typed.Code, typed.Error));
        Assert.Equal([.. Enumerable.Range(0, 20).Select(line => $"line {line}"), "made      rds/event  → db  12 ms", "done      12 ms, billed 12 ms, 31 of 128 MB"],
            Words(typed.Out));
    }

    [Fact]
    public async Task Since_and_filter_choose_lines()
    {
        await watch.Type("deploy");
        watch.Log((7200, "old refusal"), (60, "channel not found"), (50, "not a channel found"));
        Assert.Equal(["channel not found"], Words((await watch.Type("logs", "--filter", "channel not found")).Out));
        Assert.Equal(["old refusal", "channel not found", "not a channel found"], Words((await watch.Type("logs", "--since", "3h")).Out));
        Assert.Equal((2, "", "signalbox: expected a time in the past after --since, as 2h or 2026-11-22T12:00:00Z, found \"yesterday\".\n"),
            await watch.Type("logs", "--since", "yesterday"));
    }

    [Fact]
    public async Task Json_is_each_line_as_it_came()
    {
        await watch.Type("deploy");
        watch.Log((5, "START RequestId: r Version: 1\n"), (4, Made));
        var lines = (await watch.Type("logs", "--json")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["START RequestId: r Version: 1\n", Made], lines.Select(line => line.GetProperty("message").GetString()));
        Assert.All(lines, line => Assert.Equal("alerts", line.GetProperty("function").GetString()));
    }

    [Fact]
    public async Task Following_tells_what_comes_once_until_Ctrl_C_with_longer_pauses_while_nothing_does()
    {
        await watch.Type("deploy");
        watch.Log((30, "before"));
        watch.Pauses.Clear();
        watch.Pausing = pause =>
        {
            if (pause is 2) watch.Log((0, "first"));
            if (pause is 8) watch.Log((20, "late"), (0, "second"));
            return pause is 12;
        };
        var typed = await watch.Type("logs", "-f");
        Assert.Equal((0, ""), (typed.Code, typed.Error));
        Assert.Equal(["before", "first", "late", "second"], Words(typed.Out));
        Assert.Equal([1, 1.5, 1, 1.5, 2.25, 3.375, 5, 5, 1, 1.5, 2.25, 3.375], watch.Pauses.Select(pause => Math.Round(pause.TotalSeconds, 3)));
    }

    [Fact]
    public async Task Throttling_is_waited_out_and_nothing_is_told_twice()
    {
        await watch.Type("deploy");
        watch.Town.Aws.Logs.PageSize = 2;
        watch.Log((30, "one"), (29, "two"), (28, "three"));
        watch.Town.Aws.Trouble.Throttle("logs", "FilterLogEvents", 3);
        Assert.Equal(["one", "two", "three"], Words((await watch.Type("logs")).Out));
    }

    [Fact]
    public async Task Errors_are_red_on_a_terminal_and_plain_where_nobody_wants_colour()
    {
        using var terminal = new Watch { Columns = 100 };
        await terminal.Type("deploy");
        terminal.Log((4, """{"time":"x","level":"error","source":"rds","room":"db","outcome":"refused","reason":"no"}"""));
        Assert.Contains("\e[31mrefused", (await terminal.Type("logs")).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\e", (await terminal.Type("logs", "--no-color")).Out, StringComparison.Ordinal);
    }

    private static string[] Words(string output) => [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[25..])];
}
