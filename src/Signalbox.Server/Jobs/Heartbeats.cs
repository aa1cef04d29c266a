using System.Globalization;
using System.Text;

namespace Signalbox.Server.Jobs;

/// <summary>Tells the operator's room when an event that is expected again and again does not come; and when it has come after all.</summary>
/// <remarks>When it came last is kept in the store, so that a restart neither forgets nor forgives, and several servers see one heart beat.</remarks>
internal static class Heartbeats
{
    public static readonly Job Row = new("heartbeats", Run);

    private const string Kind = "heartbeat";
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private static async Task Run(Station station, Duty duty, CancellationToken stop)
    {
        var expected = duty.Settings.Serving.Heartbeats;
        if (expected.Count is 0) return;
        var began = duty.World.Now();
        var missing = new HashSet<string>();
        while (true)
        {
            await duty.World.Wait(Look, stop);
            var now = duty.World.Now();
            var kept = (await station.Store.Documents(Kind, stop)).ToDictionary(document => document.Name, document => Instant(document.Body));
            foreach (var heartbeat in expected)
            {
                var known = kept.TryGetValue(heartbeat.Name, out var at) ? at : null;
                var here = station.Meters.LastBeat(heartbeat);
                if (here > (known ?? DateTimeOffset.MinValue) || known is null)
                {
                    known = here ?? began;
                    await station.Store.Keep(Kind, heartbeat.Name, Encoding.ASCII.GetBytes(known.Value.UtcTicks.ToString(CultureInfo.InvariantCulture)), stop);
                }
                var isMissing = now - known > heartbeat.Every;
                if (isMissing) missing.Add(heartbeat.Name);
                if (isMissing || missing.Remove(heartbeat.Name)) await duty.Engine.Report(Of(heartbeat, now, now - known.Value, isMissing), stop);
            }
        }
    }

    private static Notice Of(Heartbeat heartbeat, DateTimeOffset now, TimeSpan since, bool isMissing) => new()
    {
        Source = "signalbox",
        Kind = "heartbeat",
        Severity = Severity.Error,
        Status = isMissing ? Status.Raised : Status.Cleared,
        Title = isMissing ? $"No heartbeat of {heartbeat.Name} for more than {Quantity.Duration(heartbeat.Every)}" : $"{heartbeat.Name} beats again",
        Summary = isMissing ? $"Expected at least every {Quantity.Duration(heartbeat.Every)}: {heartbeat.Text}." : null,
        Subject = heartbeat.Name,
        Thread = $"signalbox/heartbeat/{heartbeat.Name}",
        At = now,
        Facts = isMissing ? [new("Last seen", $"{Quantity.Duration(since)} ago")] : [],
    };

    private static DateTimeOffset? Instant(ReadOnlyMemory<byte> body) =>
        long.TryParse(body.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new(ticks, TimeSpan.Zero) : null;
}
