using System.Globalization;
using System.Text;

namespace Signalbox.Effects;

/// <summary>Makes of what came in what a store can accept: each event under its identity.</summary>
internal static class Arrivals
{
    /// <summary>Within this time the same words without an id are the same event, sent again; later they are news.</summary>
    private static readonly TimeSpan SameWords = TimeSpan.FromMinutes(10);

    /// <summary>Every event in the bytes.</summary>
    public static Task<ValueList<(Arrival Arrival, Envelope Envelope)>> Of(byte[] bytes, DateTimeOffset now) => Of([bytes], now);

    /// <summary>Every event in bodies that came together.</summary>
    public static async Task<ValueList<(Arrival Arrival, Envelope Envelope)>> Of(ValueList<byte[]> bodies, DateTimeOffset now)
    {
        var seen = new Dictionary<string, int>();
        var arrivals = new List<(Arrival, Envelope)>(bodies.Count);
        foreach (var bytes in bodies)
        {
            var part = 0;
            foreach (var envelope in await Decoded(bytes))
            {
                // Two events of one batch may be the same words: each is to be heard, so each has its own identity.
                var twin = seen[envelope.Id] = seen.GetValueOrDefault(envelope.Id) + 1;
                arrivals.Add((new(Cut(Identity(envelope, twin, now)), bytes, part++, now), envelope));
            }
        }
        return [.. arrivals];
    }

    /// <summary>The event of an arrival again.</summary>
    public static async Task<Envelope> Envelope(Arrival arrival)
    {
        var envelopes = await Decoded(arrival.Body.ToArray());
        return envelopes[Math.Min(arrival.Part, envelopes.Count - 1)];
    }

    private static Task<ValueList<Envelope>> Decoded(byte[] bytes) => Run.Guard(
        () => Task.FromResult(Pipeline.Decode(bytes)),
        _ => [new() { Id = "body-unreadable", Transport = "bare", Text = Encoding.UTF8.GetString(bytes) }]);

    private static string Identity(Envelope envelope, int twin, DateTimeOffset now)
    {
        var turn = twin > 1 ? $"#{twin}" : "";
        if (!envelope.Id.StartsWith("body-", StringComparison.Ordinal))
            return $"{envelope.Id}~{Signalbox.Identity.Hash(envelope.Text ?? envelope.Body.AsWritten, envelope.Subject ?? "")}{turn}";
        return $"{envelope.Id}@{(now.UtcTicks / SameWords.Ticks).ToString(CultureInfo.InvariantCulture)}{turn}";
    }

    private static string Cut(string id) => id.Length <= 500 ? id : $"{id[..480]}-{Signalbox.Identity.Hash(id)}";
}
