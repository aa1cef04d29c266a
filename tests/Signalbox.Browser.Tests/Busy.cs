using System.Text.Json;

namespace Signalbox.BrowserTests;

/// <summary>A server in the middle of a bad night: the demo's first minute and a notice that means ill, all at once.</summary>
public sealed class Busy : IAsyncLifetime
{
    private static readonly string Timelines = Path.Combine(
        typeof(Busy).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false)
            .Cast<System.Reflection.AssemblyMetadataAttribute>().Single(data => data.Key == "Repository").Value!, "samples", "timelines");

    /// <summary>What somebody outside could write into an event.</summary>
    public const string Hostile = """
        {"title": "<script>alert(1)</script><img src=x onerror=alert(2)> a-name-that-has-no-blank-in-it-at-all-and-goes-on-and-on-and-on-for-ever-and-ever",
        "severity": "error", "status": "raised", "subject": "\" onmouseover=\"alert(3)", "summary": "</article></main><h1>Gone</h1>",
        "facts": {"<b>Name</b>": "'\"><svg onload=alert(4)>"}, "links": [{"text": "Click", "url": "javascript:alert(5)"}]}
        """;

    /// <summary>The server.</summary>
    public Served Served { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Served = await Served.With(await File.ReadAllTextAsync(Path.Combine(Timelines, "demo.yaml")));
        foreach (var line in (await File.ReadAllLinesAsync(Path.Combine(Timelines, "demo.jsonl"))).Take(58))
        {
            if (!line.StartsWith("{\"at\"", StringComparison.Ordinal)) continue;
            using var entry = JsonDocument.Parse(line);
            if (!entry.RootElement.TryGetProperty("event", out var what)) continue;
            await Served.Post("/events", Placeholders.Fill(what.GetRawText(), DateTimeOffset.UtcNow, 1));
        }
        await Served.Post("/events", Hostile);
        await Served.Until(async () => await Served.Store.Count(default) is { Undecided: 0, Waiting: 0 });
    }

    /// <summary>Where an event of a room is explained.</summary>
    public async Task<string> Event()
    {
        var page = (await Served.Get("/rooms/deploys")).Text;
        var at = page.IndexOf("href=\"/events/", StringComparison.Ordinal) + "href=\"".Length;
        return page[at..page.IndexOf('"', at)];
    }

    public async ValueTask DisposeAsync() => await Served.DisposeAsync();
}
