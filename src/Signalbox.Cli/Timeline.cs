using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Signalbox.Effects;

namespace Signalbox.Cli;

/// <summary>A recorded or written timeline: JSON lines, each with a time and one thing that happens then.</summary>
/// <remarks>
/// <code>
/// {"start": "2026-11-22T12:00:00Z", "replicas": 2}
/// {"at": "+0s",  "event": {…} or "file.json"}
/// {"at": "+1m",  "times": 100, "every": "100ms", "event": {… "{n}" …}}
/// {"at": "+2m",  "ack": "payments-5xx", "by": "anna"}
/// {"at": "+3m",  "silence": {"when": "source = rds", "for": "1h"}, "by": "anna", "comment": "maintenance"}
/// {"at": "+4m",  "expire": "silence-1"}
/// {"at": "+5m",  "fault": {"room": "deploys", "for": "10m", "answer": "503"}}
/// {"at": "+20m", "expect": {"deploys": ["rolled back"]}, "silent": ["payments"], "messages": {"deploys": 1}}
/// </code>
/// In events <c>{now}</c>, <c>{now-5m}</c>, <c>{epoch}</c> and <c>{n}</c> stand for the time, an earlier time, the time in seconds, and the number of the
/// repeat.
/// </remarks>
internal sealed class Timeline
{
    private static readonly DateTimeOffset UsualStart = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly List<(DateTimeOffset At, Func<Simulation, Task> Act)> entries = [];
    private readonly string folder;
    private int silences;

    private Timeline(string folder) => this.folder = folder;

    /// <summary>What happens, in order of time.</summary>
    public ValueList<(DateTimeOffset At, Func<Simulation, Task> Act)> Entries => [.. entries.OrderBy(entry => entry.At)];

    /// <summary>When it begins.</summary>
    public DateTimeOffset Start { get; private set; } = UsualStart;

    /// <summary>How many engines share the work.</summary>
    public int Replicas { get; private set; } = 1;

    /// <summary>What was expected and not found, each with its line.</summary>
    public List<string> Misses { get; } = [];

    /// <summary>How many expectations there are.</summary>
    public int Expectations { get; private set; }

    /// <summary>What is wrong with it, each with its line.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Reads a timeline.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="text">Its lines.</param>
    /// <param name="folder">Where files that it names are.</param>
    /// <param name="stage">The chats that it plays to.</param>
    public static Timeline Read(string name, string text, string folder, Stage stage)
    {
        var timeline = new Timeline(folder);
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith("//", StringComparison.Ordinal)) continue;
            if (timeline.Add(line, $"{name}:{number}", stage) is { } fault) timeline.Faults.Add($"{name}:{number}: {fault}");
        }
        return timeline;
    }

    private string? Add(string line, string place, Stage stage)
    {
        JsonObject entry;
        try
        {
            if (JsonNode.Parse(line) is not JsonObject read) return "expected a JSON object on each line.";
            entry = read;
        }
        catch (JsonException)
        {
            return "expected a JSON object, found something that is no JSON.";
        }
        if (entry["start"] is { } start)
        {
            if (Instants.Read((string?)start) is not { } instant)
                return $"expected an instant as in 2026-11-22T12:00:00Z in start, found {start.ToJsonString()}.";
            Start = instant;
            Replicas = (int?)entry["replicas"] ?? 1;
            return null;
        }
        if (At((string?)entry["at"]) is not { } at) return $"expected at as in +5m or 2026-11-22T12:05:00Z, found {entry["at"]?.ToJsonString() ?? "nothing"}.";
        return Verb(entry, at, place, stage);
    }

    private string? Verb(JsonObject entry, DateTimeOffset at, string place, Stage stage)
    {
        if (entry["event"] is { } what) return Events(entry, at, what);
        if ((string?)entry["ack"] is { } thread)
        {
            entries.Add((at, async play =>
            {
                if ((await play.Acknowledge(thread, (string?)entry["by"] ?? "somebody")).Count is 0) Misses.Add($"{place}: nothing open is called {thread}");
            }
            ));
            return null;
        }
        if (entry["silence"] is JsonObject silence) return Silence(entry, silence, at);
        if ((string?)entry["expire"] is { } id)
        {
            entries.Add((at, play => play.EndSilence(id)));
            return null;
        }
        if (entry["fault"] is JsonObject fault)
        {
            if (Durations.Read((string?)fault["for"] ?? "") is not { } length) return "expected for, as in 10m, in a fault.";
            stage.Break(new((string?)fault["room"], at, at + length, AnswerOf((string?)fault["answer"] ?? "503")));
            entries.Add((at, _ => Task.CompletedTask));
            return null;
        }
        if (entry["expect"] is JsonObject || entry["silent"] is JsonArray || entry["messages"] is JsonObject)
        {
            Expectations++;
            entries.Add((at, _ =>
            {
                Check(entry, place, stage);
                return Task.CompletedTask;
            }
            ));
            return null;
        }
        return "expected one of event, ack, silence, expire, fault, expect, silent or messages, found none.";
    }

    private string? Events(JsonObject entry, DateTimeOffset at, JsonNode what)
    {
        string text;
        if (what is JsonValue && (string?)what is { } path)
        {
            var whole = Path.GetFullPath(path, folder);
            if (!File.Exists(whole)) return $"expected an event or the path of one, found {path}, which is no file.";
            text = File.ReadAllText(whole);
        }
        else
        {
            text = what.ToJsonString();
        }
        var times = (int?)entry["times"] ?? 1;
        var every = Durations.Read((string?)entry["every"] ?? "1s") ?? TimeSpan.FromSeconds(1);
        for (var number = 1; number <= times; number++)
        {
            var (when, bytes) = (at + every * (number - 1), Encoding.UTF8.GetBytes(Placeholders.Fill(text, at + every * (number - 1), number)));
            var replica = number - 1;
            entries.Add((when, play => play.Hear(bytes, replica)));
        }
        return null;
    }

    private string? Silence(JsonObject entry, JsonObject silence, DateTimeOffset at)
    {
        var when = (string?)silence["when"] ?? "";
        if (WhenOutcome.Of(when, []).Fault is { } bad) return $"the silence's when: {bad.Says}";
        if (Durations.Read((string?)silence["for"] ?? "") is not { } length) return "expected for, as in 1h, in a silence.";
        var id = (string?)silence["id"] ?? $"silence-{++silences}";
        entries.Add((at, play => play.Silence(new(id, when, null, at + length, null, (string?)entry["by"] ?? "somebody", (string?)entry["comment"] ?? ""))));
        return null;
    }

    private void Check(JsonObject entry, string place, Stage stage)
    {
        foreach (var (room, words) in entry["expect"] as JsonObject ?? [])
        {
            var said = stage.Rooms.TryGetValue(room, out var heard) ? Theatre.Text(heard) : "";
            foreach (var word in words is JsonArray many ? many.Select(each => (string?)each ?? "") : [(string?)words ?? ""])
            {
                if (!said.Contains(word, StringComparison.OrdinalIgnoreCase))
                    Misses.Add($"{place}: {room} says \"{word}\" by then; it says:\n{Theatre.Indented(said)}");
            }
        }
        foreach (var room in entry["silent"] as JsonArray ?? [])
        {
            if ((string?)room is { } name && stage.Rooms.TryGetValue(name, out var heard))
                Misses.Add($"{place}: {name} says nothing by then; it says:\n{Theatre.Indented(Theatre.Text(heard))}");
        }
        foreach (var (room, count) in entry["messages"] as JsonObject ?? [])
        {
            var found = stage.Rooms.TryGetValue(room, out var heard) ? heard.Messages.Count : 0;
            if (found != (int?)count) Misses.Add($"{place}: {room} has {count} messages by then; it has {found}");
        }
    }

    private static Delivery AnswerOf(string answer) => answer switch
    {
        "gone" => new Delivery.Refused("answered 404 channel_not_found") { RoomIsGone = true },
        "429" => new Delivery.Later(TimeSpan.FromSeconds(1), "answered 429"),
        "refused" => new Delivery.Refused("answered 400"),
        _ => new Delivery.Later(null, $"answered {answer}"),
    };

    private DateTimeOffset? At(string? text) =>
        text is null ? null : text.StartsWith('+') ? Durations.Read(text[1..]) is { } span ? Start + span : null : Instants.Read(text);
}
