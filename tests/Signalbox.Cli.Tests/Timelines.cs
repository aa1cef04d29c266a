using System.Reflection;

namespace Signalbox.Tests;

/// <summary>The timelines that are shipped say what people would want to see.</summary>
public class Timelines
{
    private static readonly string Folder = Path.Combine(
        typeof(Timelines).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Repository").Value!, "samples", "timelines");

    public static TheoryData<string> Shipped => [.. Directory.GetFiles(Folder, "*.jsonl").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task A_timeline_meets_its_expectations(string name)
    {
        using var desk = new Desk();
        var typed = await desk.Type("simulate", Path.Combine(Folder, $"{name}.jsonl"));
        Assert.Equal("", typed.Error);
        Assert.Equal(0, typed.Code);
        Assert.Matches(@"\d+ of \d+ expectations? met", typed.Out);
    }

    [Fact]
    public async Task An_expectation_that_is_not_met_is_shown_with_its_line_and_what_the_room_says()
    {
        using var desk = new Desk().With("t.jsonl", """
            {"at": "+0s", "event": "e.json"}
            {"at": "+1m", "expect": {"local": ["is on fire"]}}
            """).With("e.json", Desk.Failover);
        var typed = await desk.Type("simulate", "t.jsonl");
        Assert.Equal(1, typed.Code);
        Assert.Contains("t.jsonl:2: local says \"is on fire\" by then; it says:", typed.Error, StringComparison.Ordinal);
        Assert.Contains("orders-db is failing over", typed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"at": "soon", "event": {}}""", "expected at as in +5m or 2026-11-22T12:05:00Z, found \"soon\"")]
    [InlineData("""{"at": "+1m"}""", "expected one of event, ack, silence")]
    [InlineData("""{"at": "+1m", "event": "none.json"}""", "found none.json, which is no file")]
    [InlineData("""{"at": "+1m", "silence": {"when": "sauce = rds", "for": "1h"}}""", "the silence's when: expected a field")]
    [InlineData("""{"at": "+1m", "silence": {"when": "source = rds"}}""", "expected for, as in 1h")]
    [InlineData("[1]", "expected a JSON object")]
    [InlineData("{", "found something that is no JSON")]
    public async Task A_line_that_cannot_be_read_is_named(string line, string complaint)
    {
        using var desk = new Desk().With("t.jsonl", line);
        var typed = await desk.Type("simulate", "t.jsonl");
        Assert.Equal(2, typed.Code);
        Assert.StartsWith("signalbox: t.jsonl:1: ", typed.Error, StringComparison.Ordinal);
        Assert.Contains(complaint, typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_runs_timelines_as_tests()
    {
        using var desk = new Desk().With("e.json", Desk.Failover).With("signalbox.yaml", """
            tests:
              - { timeline: good.jsonl }
              - { timeline: bad.jsonl }
              - { timeline: empty.jsonl }
            """).With("good.jsonl", """
            {"at": "+0s", "event": "e.json"}
            {"at": "+1m", "expect": {"local": "failing over"}}
            """).With("bad.jsonl", """
            {"at": "+0s", "event": "e.json"}
            {"at": "+1m", "silent": ["local"]}
            """).With("empty.jsonl", """{"at": "+0s", "event": "e.json"}""");
        var typed = await desk.Type("check");
        Assert.Equal(1, typed.Code);
        Assert.DoesNotContain("good.jsonl", typed.Out, StringComparison.Ordinal);
        Assert.Contains("signalbox.yaml:3: bad.jsonl", typed.Out, StringComparison.Ordinal);
        Assert.Contains("this test cannot fail", typed.Out, StringComparison.Ordinal);
        Assert.Contains("2 of 3 tests failed", typed.Out, StringComparison.Ordinal);
    }
}
