using System.Text;
using System.Text.Json;

namespace Signalbox.Effects.Tests;

/// <summary>One room of one chat that hears of one alert, through the engine, a store and the chat's own courier.</summary>
internal sealed class Talk : IDisposable
{
    private readonly Outside outside = Outside.Open(Settings.None, new Trust(() => "", () => []), _ => { });
    private readonly Still still = new();
    private readonly string secret = Path.GetTempFileName();
    private readonly Engine engine;
    private readonly Deliveries deliveries;
    private readonly DateTimeOffset began = Still.Noon;

    public Talk(string chat, ValueList<Fact> options, string? mention = null, ValueList<Room> others = default, Conduct? conduct = null)
    {
        File.WriteAllText(secret, "SECRET-token-xyzzy");
        var room = new Room { Name = "ops", Chat = chat, Options = [.. options.Select(Option)], Mention = mention, MentionAt = Severity.Critical };
        var settings = Events.To([room, .. others]) with { Operator = others.Count > 0 ? others[0] : null, Conduct = conduct ?? Conduct.Usual };
        Store = MemoryStore.Open();
        var world = still.World with { Deliver = outside.World.Deliver };
        engine = new(settings, Store, world, "one");
        deliveries = new(settings, Store, world, "one") { Tried = (post, delivery) => Tried.Add((post, delivery)) };
    }

    public Store Store { get; }

    /// <summary>Every post that was tried.</summary>
    public List<(Post Post, Delivery Delivery)> Tried { get; } = [];

    public void Dispose()
    {
        outside.Dispose();
        File.Delete(secret);
    }

    /// <summary>The alert as Alertmanager sends it; "resolved" ends it.</summary>
    public async Task Hear(string severity, string summary = "The disk of db-1 is filling up", string description = "")
    {
        still.Pass(TimeSpan.FromMinutes(5));
        var time = still.World.Now().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var resolved = severity is "resolved";
        var alert = JsonSerializer.Serialize(new
        {
            receiver = "ops",
            status = resolved ? "resolved" : "firing",
            alerts = new[]
            {
                new
                {
                    status = resolved ? "resolved" : "firing",
                    labels = new Dictionary<string, string> { ["alertname"] = "DiskFull", ["severity"] = resolved ? "critical" : severity },
                    annotations = new Dictionary<string, string> { ["summary"] = summary, ["description"] = description },
                    startsAt = resolved ? began.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) : time,
                    endsAt = resolved ? time : "0001-01-01T00:00:00Z",
                    fingerprint = "f00d",
                },
            },
        });
        await engine.Accept(Encoding.UTF8.GetBytes(alert), TestContext.Current.CancellationToken);
        await Work();
    }

    /// <summary>Nothing happens for a while.</summary>
    public async Task Pass(TimeSpan time)
    {
        still.Pass(time);
        await Work();
    }

    private async Task Work()
    {
        while (await engine.Decide(10, TestContext.Current.CancellationToken) > 0) continue;
        await engine.Wake(TestContext.Current.CancellationToken);
        await deliveries.ServeAll(still.World.Now().AddMinutes(1), TestContext.Current.CancellationToken);
    }

    /// <summary>Raised, worse, over.</summary>
    public async Task Through()
    {
        await Hear("warning");
        await Hear("critical");
        await Hear("resolved");
        Assert.All(Tried, tried => Assert.IsType<Delivery.Made>(tried.Delivery));
    }

    private Fact Option(Fact option) => option.Value is "(secret)" ? option with { Value = $"file:{secret}" } : option;
}

/// <summary>What a stand-in heard, read by somebody else's JSON reader.</summary>
internal static class Requests
{
    public static JsonElement Json(this Heard heard) => JsonDocument.Parse(heard.Body).RootElement;

    /// <summary>The text at the end of a way; null when there is none.</summary>
    public static string? At(this JsonElement element, params ReadOnlySpan<string> way)
    {
        foreach (var name in way)
        {
            if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
        }
        return element.ValueKind is JsonValueKind.String ? element.GetString() : element.GetRawText();
    }
}
