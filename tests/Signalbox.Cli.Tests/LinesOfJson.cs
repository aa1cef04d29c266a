using System.Text.Json;

namespace Signalbox.Tests;

/// <summary>The contracts of render and explain --json.</summary>
public class LinesOfJson
{
    private const string Settings = """
        rooms:
          databases: { slack: { channel: "#databases" }, mention: "<!here>", mention-at: info }
          attic: local
        routes: [ { when: source = rds, to: [databases, attic] }, { when: subject = noise, quiet: always } ]
        """;

    [Fact]
    public async Task Render_prints_one_line_per_post()
    {
        using var desk = new Desk().With("event.json", Desk.Failover).With("signalbox.yaml", Settings);
        var typed = await desk.Type("render", "event.json");
        var lines = typed.Out.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(["databases", "attic"], lines.Select(line => line.GetProperty("room").GetString()));
        foreach (var line in lines)
        {
            Assert.Equal(["file", "room", "because", "chat", "payload"], line.EnumerateObject().Select(member => member.Name));
            Assert.Equal(("event.json", "route 1: source = rds", "slack"), (Text(line, "file"), Text(line, "because"), Text(line, "chat")));
            Assert.Equal(JsonValueKind.Object, line.GetProperty("payload").ValueKind);
        }
    }

    [Fact]
    public async Task Render_takes_another_chat_for_every_room()
    {
        using var desk = new Desk().With("event.json", Desk.Failover).With("signalbox.yaml", Settings);
        var typed = await desk.Type("render", "--chat", "local", "event.json");
        foreach (var line in typed.Out.TrimEnd('\n').Split('\n'))
            Assert.Contains("\"chat\":\"local\",\"payload\":{\"text\":", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_prints_one_line_per_file_with_every_member_and_null_for_what_is_absent()
    {
        using var desk = new Desk { Piped = "plain words" }.With("event.json", Desk.Failover).With("signalbox.yaml", Settings);
        var typed = await desk.Type("explain", "--json", "event.json", "-");
        var lines = typed.Out.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(["event.json", "-"], lines.Select(line => Text(line, "file")));
        foreach (var line in lines)
        {
            Assert.Equal(["file", "envelopes", "read", "notices", "routed", "posts", "held", "asked"], Names(line));
            Assert.Equal(["id", "transport", "topic", "subject"], Names(line.GetProperty("envelopes")[0]));
            Assert.Equal(["source", "kind", "outcome", "why"], Names(line.GetProperty("read")[0]));
            Assert.Equal(
                ["source", "kind", "severity", "status", "title", "summary", "subject", "arn", "account", "region", "at", "actor",
                    "thread", "owners", "tags", "facts", "links"],
                Names(line.GetProperty("notices")[0]));
            Assert.Equal(["room", "mention", "because"], Names(line.GetProperty("routed")[0]));
            Assert.Equal(["room", "chat", "payload"], Names(line.GetProperty("posts")[0]));
        }
        Assert.Equal(("told", "2026-03-01T12:00:00Z"),
            (Text(lines[0].GetProperty("read")[0], "outcome"), Text(lines[0].GetProperty("notices")[0], "at")));
        Assert.Equal("<!here>", Text(lines[0].GetProperty("routed")[0], "mention"));
        Assert.Equal(("as-it-came", JsonValueKind.Null),
            (Text(lines[1].GetProperty("read")[0], "outcome"), lines[1].GetProperty("notices")[0].GetProperty("arn").ValueKind));
    }

    [Fact]
    public async Task What_is_held_back_stands_apart_with_its_reason()
    {
        using var desk = new Desk().With("event.json", Desk.Failover.Replace("orders-db", "noise", StringComparison.Ordinal))
            .With("signalbox.yaml", Settings);
        var line = JsonDocument.Parse((await desk.Type("explain", "--json", "event.json")).Out).RootElement;
        Assert.Equal(0, line.GetProperty("routed").GetArrayLength());
        Assert.Equal("route 2: subject = noise: always", Text(line.GetProperty("held")[0], "because"));
        Assert.Equal(0, line.GetProperty("posts").GetArrayLength());
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(member => member.Name);
}
