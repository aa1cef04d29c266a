using Signalbox.Server.Admission;

namespace Signalbox.Server.Ingest;

/// <summary>Puts events into the store and answers for them.</summary>
internal static class Taking
{
    /// <summary>The most events of one request.</summary>
    public const int MostEvents = 10_000;

    /// <summary>What the events of one request may take in the store: events inside one wrapping that cannot be parted are kept with all of it each.</summary>
    private const long MostKept = 4L * Body.MostUnpacked;

    /// <summary>Answers 200 when the events are in the store, and not before.</summary>
    public static async Task Answer(HttpContext http, Station station, ValueList<Parcel> parcels)
    {
        var (accepted, known, refusal) = await Take(http, station, parcels);
        if (refusal is not null) await refusal.Tell(http, station);
        else await Reply.Text(http, 200, $"{accepted} accepted, {known} known already\n");
    }

    /// <summary>Puts events into the store.</summary>
    /// <returns>How many there are, and how many of them were there already; or why none was taken.</returns>
    public static async Task<(int Accepted, int Known, Refusal? Refusal)> Take(HttpContext http, Station station, ValueList<Parcel> parcels)
    {
        if (parcels.Count > MostEvents) return (0, 0, TooMany(parcels.Count));
        var (engine, now) = (station.Now.Engine, station.Now.World.Now());
        var key = Keys.Of(http);
        if (key?.Source is { } label)
            parcels = [.. parcels.Select(parcel => parcel with { Headers = [.. parcel.Headers, new("x-signalbox-source", label)] })];

        var path = http.Request.Path.Value ?? "";
        var arrivals = await Arrivals.Of([.. parcels.Select(parcel => parcel.Kept(path))], now);
        if (arrivals.Any(each => each.Envelope.Webhook is not null))
            arrivals = await Arrivals.Of([.. parcels.Select(parcel => (parcel with { IsWrapped = true }).Kept(path))], now);
        if (arrivals.Count > MostEvents || arrivals.Sum(each => (long)each.Arrival.Body.Length) > MostKept) return (0, 0, TooMany(arrivals.Count));

        var fresh = await engine.Keep([.. arrivals.Select(each => each.Arrival)], http.RequestAborted);
        if (key is not null) station.Inlet.Keys.Charge(key, arrivals.Count, now);
        return (fresh.Count, fresh.Count(isNew => !isNew), null);
    }

    private static Refusal TooMany(int count) => new(413, $"there are {count} events in it, more than are taken at once: send at most {MostEvents}, "
        + "as an array or as lines of JSON rather than inside another wrapping");
}
