using System.Text.Json;

namespace Signalbox.Tests;

/// <summary>Every line of a batch counts for how bad it is, not only those that are shown.</summary>
public class LinesOfLogs
{
    [Theory]
    [InlineData("""{"level":"error","msg":"x"}""", Severity.Error)]
    [InlineData("""{"msg":"x", "severity" : "FATAL"}""", Severity.Critical)]
    [InlineData("""{"levelname":"WARNING"}""", Severity.Warning)]
    [InlineData("""{"log_level":"Error"}""", Severity.Error)]
    [InlineData("""{"ctx":{"level":"info"},"level":"error"}""", Severity.Error)]
    [InlineData("""{"ctx":{"level":"error"},"level":"info"}""", Severity.Info)]
    [InlineData("""{"msg":"\"level\":\"error\""}""", Severity.Info)]
    [InlineData("""{"level":50}""", Severity.Info)]
    [InlineData("""{"level": "fatal","severity":"info"}""", Severity.Critical)]
    [InlineData("""{"level":"unheard","severity":"error"}""", Severity.Info)]
    [InlineData("""{"level":"","severity":"error"}""", Severity.Error)]
    [InlineData("""{"levels":"error"}""", Severity.Info)]
    [InlineData("[ERROR] KeyError: 'id'", Severity.Error)]
    [InlineData("2026-11-22T14:28:15.158Z\teadc91c8-8273\tERROR\tInvoke Error", Severity.Error)]
    [InlineData("2026-11-22 14:28:15,158 WARN  [main] o.s.Boot - slow", Severity.Warning)]
    [InlineData("2026/11/22 14:28:15 [error] 7#7: *1 connect() failed", Severity.Error)]
    [InlineData("time=2026-11-22 level=fatal msg=\"gone\"", Severity.Critical)]
    [InlineData("2026-11-22 14:28:15 UTC:10.0.0.1:FATAL:  too many connections", Severity.Critical)]
    [InlineData("INFO 0 requests ended in ERROR", Severity.Info)]
    [InlineData("no error was found, and ERROR_RATE is 0", Severity.Info)]
    [InlineData("GET /low 200 OK x.ERROR", Severity.Info)]
    public void A_line_is_as_bad_as_it_says(string line, Severity severity)
    {
        var quiet = Enumerable.Repeat("all is well", 30);
        Assert.Equal(severity, Of([.. quiet, line]).Severity);
        Assert.Equal(severity, Of([line, .. quiet]).Severity);
    }

    [Fact]
    public void What_is_bad_is_shown_wherever_it_stands()
    {
        var notice = Of([.. Enumerable.Range(1, 50).Select(at => at is 31 or 33 ? $"[ERROR] line {at}" : at is 50 ? "[WARN] line 50" : $"line {at}")]);
        Assert.Equal("app: 50 log lines, 2 errors", notice.Title);
        Assert.Equal(
            [.. Enumerable.Range(1, 7).Select(at => $"line {at}"), "… 23 lines left out", "[ERROR] line 31", "… 1 line left out", "[ERROR] line 33",
                "… 16 lines left out", "[WARN] line 50"],
            notice.Summary!.Split('\n'));
    }

    [Fact]
    public void Of_many_bad_lines_the_first_are_shown() => Assert.Equal(
        [.. Enumerable.Range(1, 10).Select(at => $"[ERROR] line {at}"), "… and 20 more lines"],
        Of([.. Enumerable.Range(1, 30).Select(at => $"[ERROR] line {at}")]).Summary!.Split('\n'));

    [Fact]
    public void Warnings_are_counted_where_nothing_is_worse() => Assert.Equal("app: 2 log lines, 1 warning", Of(["[WARN] slow", "fine"]).Title);

    private static Notice Of(string[] lines)
    {
        var events = lines.Select((line, at) => new { id = $"{at}", timestamp = 1_795_348_800_000 + at, message = line });
        var body = JsonSerializer.SerializeToUtf8Bytes(new { messageType = "DATA_MESSAGE", owner = "1", logGroup = "app", logStream = "1", logEvents = events });
        return Assert.Single(Pipeline.Route(Pipeline.Read(Assert.Single(Pipeline.Decode(body))), Settings.None).Routed).Notice;
    }
}
