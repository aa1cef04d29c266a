namespace Signalbox.Deploy.Tests;

public sealed class LinesOfLogs
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 12, 3, 4, 512, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"time":"2026-11-22T12:03:04Z","level":"info","requestId":"r","event":"e1","transport":"sns","source":"rds","kind":"event","room":"databases","because":"route 2","outcome":"made","attempts":1,"ms":12.3}""",
        "2026-11-22 12:03:04.512  made      rds/event  → databases  12.3 ms  route 2")]
    [InlineData("""{"time":"2026-11-22T12:03:04Z","level":"error","event":"e1","source":"rds","kind":"event","room":"databases","outcome":"refused","attempts":3,"ms":900,"reason":"channel_not_found"}""",
        "2026-11-22 12:03:04.512  refused   rds/event  → databases  900 ms  3 tries  channel_not_found")]
    [InlineData("""{"time":"2026-11-22T12:03:04Z","level":"info","event":"e1","source":"aws","kind":"test","outcome":"quiet","reason":"it is a heartbeat"}""",
        "2026-11-22 12:03:04.512  quiet     aws/test  it is a heartbeat")]
    [InlineData("""{"time":"2026-11-22T12:03:04Z","level":"warn","reason":"the store is slow"}""", "2026-11-22 12:03:04.512  warn      the store is slow")]
    [InlineData("""{"time":"2026-11-22T12:03:04Z","level":"info","settings":"s3://ops/signalbox.yaml","version":"version 3HL4","outcome":"in force"}""",
        "2026-11-22 12:03:04.512  in force  s3://ops/signalbox.yaml (version 3HL4)")]
    [InlineData("REPORT RequestId: 8f5\tDuration: 12.34 ms\tBilled Duration: 28 ms\tMemory Size: 128 MB\tMax Memory Used: 31 MB\tInit Duration: 15.02 ms\t\n",
        "2026-11-22 12:03:04.512  done      12.34 ms, billed 28 ms, 31 of 128 MB, started in 15.02 ms")]
    [InlineData("REPORT RequestId: 8f5\tDuration: 9000.00 ms\tBilled Duration: 9000 ms\tMemory Size: 128 MB\tMax Memory Used: 31 MB\tStatus: timeout",
        "2026-11-22 12:03:04.512  ended     timeout, 9,000 ms, billed 9,000 ms, 31 of 128 MB")]
    [InlineData("""{"time":"2026-11-22T12:03:04Z","type":"platform.report","record":{"requestId":"8f5","metrics":{"durationMs":12.3,"billedDurationMs":13,"memorySizeMB":128,"maxMemoryUsedMB":31},"status":"success"}}""",
        "2026-11-22 12:03:04.512  done      12.3 ms, billed 13 ms, 31 of 128 MB")]
    [InlineData("plain words\n", "2026-11-22 12:03:04.512  plain words")]
    [InlineData("Error: no\n    at x.js:1\n", "2026-11-22 12:03:04.512  Error: no\n                             at x.js:1")]
    [InlineData("{ no json", "2026-11-22 12:03:04.512  { no json")]
    [InlineData("\e[2Jbell\a", "2026-11-22 12:03:04.512  �[2Jbell�")]
    public void A_line_is_told_as_people_read_it(string text, string told) => Assert.Equal(told, Paint.Plain(LogLine.Of(Event(text), 0)));

    [Theory]
    [InlineData("START RequestId: 8f5 Version: 3\n")]
    [InlineData("END RequestId: 8f5\n")]
    [InlineData("INIT_START Runtime Version: provided:al2023.v1\n")]
    [InlineData("""{"time":"2026-11-22T12:03:04Z","type":"platform.start","record":{}}""")]
    public void What_the_report_says_too_is_not_told_twice(string text) => Assert.Empty(LogLine.Of(Event(text), 0));

    [Fact]
    public void The_function_is_named_where_there_are_several() =>
        Assert.Equal("2026-11-22 12:03:04.512  api      hello", Paint.Plain(LogLine.Of(Event("hello"), 7)));

    [Fact]
    public void Errors_stand_out_and_what_is_beside_the_point_does_not()
    {
        Assert.Contains(LogLine.Of(Event("""{"time":"x","level":"error","outcome":"refused","reason":"no"}"""), 0), part => part is { Tone: Tone.Bad, Text: "refused   " });
        Assert.Contains(LogLine.Of(Event("2026-11-22T12:03:04Z 8f5 Task timed out after 9.00 seconds"), 0), part => part.Tone is Tone.Bad);
        Assert.All(LogLine.Of(Event("REPORT RequestId: 8f5\tDuration: 1 ms\tBilled Duration: 1 ms"), 0), part => Assert.Equal(Tone.Quiet, part.Tone));
    }

    [Theory]
    [InlineData("REPORT RequestId: 8f5")]
    [InlineData("REPORT RequestId: 8f5\tDuration: NaN ms\tBilled Duration: 1 ms")]
    [InlineData("REPORT RequestId:")]
    [InlineData("report")]
    public void What_is_no_report_is_none(string text) => Assert.Null(InvocationReport.Read(text));

    [Theory]
    [InlineData("channel not found", "\"channel not found\"")]
    [InlineData("say \"hi\"", "\"say \\\"hi\\\"\"")]
    [InlineData("{ $.level = \"error\" }", "{ $.level = \"error\" }")]
    [InlineData("?ERROR ?WARN", "?ERROR ?WARN")]
    [InlineData("-DEBUG", "-DEBUG")]
    public void A_text_is_looked_for_as_it_stands_and_a_pattern_stays_one(string typed, string pattern) => Assert.Equal(pattern, LogPattern.Of(typed));

    private static LogEvent Event(string text) => new("api", "s", "1", At, text);
}
