using System.Text;
using System.Text.Json.Nodes;
using Signalbox.Server.Pages;

namespace Signalbox.Server;

/// <summary>Recorded events with people who answer them, played once through the whole engine: what a newcomer looks at first.</summary>
/// <remarks>It is the timeline samples/timelines/demo.jsonl, which signalbox simulate plays too.</remarks>
internal static class Demo
{
    /// <summary>What it works by unless a file says otherwise.</summary>
    public static Settings Settings => SettingsFile.Read(SettingsText, "demo.yaml", "demo.yaml").Settings ?? Settings.None;

    /// <summary>Its settings as they are written.</summary>
    public static string SettingsText => Text("demo.yaml");

    /// <summary>Plays it.</summary>
    public static async Task Play(Station station, CancellationToken stop)
    {
        var began = station.Now.World.Now();
        try
        {
            foreach (var (after, act) in Entries(Text("demo.jsonl")))
            {
                var left = began + after - station.Now.World.Now();
                if (left > TimeSpan.Zero) await Task.Delay(left, stop);
                await act(station, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It is stopped in the middle.
        }
    }

    /// <summary>What happens, in order of time. Expectations are for simulate; lines that cannot be read are left out.</summary>
    internal static IEnumerable<(TimeSpan After, Func<Station, CancellationToken, Task> Act)> Entries(string text) =>
        text.Split('\n').Where(line => line.StartsWith("{\"at\"", StringComparison.Ordinal)).SelectMany(Read).OrderBy(entry => entry.After);

    private static IEnumerable<(TimeSpan After, Func<Station, CancellationToken, Task> Act)> Read(string line)
    {
        if (JsonNode.Parse(line) is not JsonObject entry || Durations.Read(((string?)entry["at"] ?? "").TrimStart('+')) is not { } at) yield break;
        if ((string?)entry["ack"] is { } name)
            yield return (at, (station, stop) => station.Now.Engine.Acknowledge(name, (string?)entry["by"] ?? "somebody", stop));
        if (entry["event"]?.ToJsonString() is not { } text) yield break;
        var every = Durations.Read((string?)entry["every"] ?? "1s") ?? TimeSpan.FromSeconds(1);
        for (var number = 1; number <= ((int?)entry["times"] ?? 1); number++)
        {
            var which = number;
            yield return (at + every * (number - 1), async (station, stop) =>
            {
                var filled = Placeholders.Fill(text, station.Now.World.Now(), which);
                await station.Now.Engine.Take(Encoding.UTF8.GetBytes(filled), stop);
            }
            );
        }
    }

    private static string Text(string name) => Encoding.UTF8.GetString(Asset.Of(name, "text/plain").Body.Span);
}
