using System.Text;

namespace Signalbox.Effects;

/// <summary>What the pure flow makes of one event: the posts it asks for.</summary>
/// <param name="Reading">What the event says.</param>
/// <param name="Drafts">Its posts in the order of its routes.</param>
internal sealed record Plan(Reading Reading, ValueList<Draft> Drafts)
{
    /// <summary>What no room is to hear, and why.</summary>
    public ValueList<Held> Held { get; init; }

    /// <summary>True for an event of a FIFO queue or topic: what comes behind it has to wait for it.</summary>
    public bool IsOrdered =>
        Reading.Envelope.Record is not null && Reading.Envelope.Topic is { } topic && topic.EndsWith(".fifo", StringComparison.Ordinal);

    /// <summary>The plans for everything in the bytes. A step that fails where it never should costs its own event's beauty, not the
    /// event.</summary>
    public static async Task<ValueList<Plan>> All(byte[] bytes, Settings settings, World world, Func<PostKey, bool> arrived, CancellationToken stop)
    {
        var envelopes = await Run.Guard(
            () => Task.FromResult(Pipeline.Decode(bytes)),
            _ => [new() { Id = "body-unreadable", Transport = "bare", Text = Encoding.UTF8.GetString(bytes) }]);

        var seen = new Dictionary<string, int>();
        var plans = new List<Plan>(envelopes.Count);
        foreach (var envelope in envelopes)
        {
            // Two events of one batch may be the same words: each is to be heard, so each has its own identity.
            var twin = seen[envelope.Id] = seen.GetValueOrDefault(envelope.Id) + 1;
            var identity = !IsHash(envelope) ? $"{envelope.Id}~{Fingerprint(envelope):x8}"
                : twin > 1 ? $"{envelope.Id}#{twin}"
                : envelope.Id;
            plans.Add(await Of(envelope, identity, settings, world, arrived, stop));
        }
        return [.. plans];
    }

    private static bool IsHash(Envelope envelope) => envelope.Id.StartsWith("body-", StringComparison.Ordinal);

    /// <summary>Publishers reuse ids, above all in tests: only the same id around the same words is a repeat.</summary>
    private static int Fingerprint(Envelope envelope)
    {
        var hash = new HashCode();
        hash.AddBytes(envelope.Body.Raw);
        hash.Add(envelope.Text);
        hash.Add(envelope.Subject);
        return hash.ToHashCode();
    }

    private static async Task<Plan> Of(
        Envelope envelope, string identity, Settings settings, World world, Func<PostKey, bool> arrived, CancellationToken stop)
    {
        var reading = await Run.Guard(() => Task.FromResult(Pipeline.Read(envelope)), why => Unread(envelope, why));
        var answers = await world.FindOut(reading, settings, stop);
        var (routing, fault) = await Run.Guard<(Routing, string?)>(
            () => Task.FromResult((Unsilenced(Pipeline.Route(reading, settings, answers, world.Moment), settings, world), (string?)null)),
            why => (new([.. from each in reading.Notices select new Routed(each, settings.Rooms[0], null, "routing failed")], []), why));

        var places = new Dictionary<Room, int>();
        var drafts = new List<Draft>(routing.Routed.Count);
        foreach (var each in routing.Routed)
        {
            var key = new PostKey(identity, each.Room, places[each.Room] = places.GetValueOrDefault(each.Room, -1) + 1);
            var before = arrived(key);
            drafts.Add(fault is not null
                ? new(key, each, null, fault, before)
                : await Run.Guard(
                    () => Task.FromResult(new Draft(key, each, Pipeline.Render(each, envelope, settings), "", before)),
                    why => new(key, each, null, why, before)));
        }
        return new(reading, [.. drafts]) { Held = routing.Held };
    }

    /// <summary>Without a store the silences of the settings hold back like quiet routes do.</summary>
    private static Routing Unsilenced(Routing routing, Settings settings, World world)
    {
        if (settings.Silencing.All.Count is 0) return routing;
        var moment = world.Moment;
        var held = routing.Routed.Select(routed => (routed, Hold: settings.Silencing.Of(routed.Notice, moment))).ToLookup(each => each.Hold is null);
        return new(
            [.. held[true].Select(each => each.routed)],
            [.. routing.Held, .. held[false].Select(each => new Held(each.routed.Notice, each.Hold!.Because)).Distinct()]);
    }

    internal static Reading Unread(Envelope envelope, string why) => new(envelope, "event", "event", Outcome.Garbled, why,
        [new()
        {
            Source = "event",
            Kind = "event",
            Severity = Severity.Warning,
            Status = Status.Stated,
            Title = envelope.Subject ?? "An event that could not be read",
            Summary = envelope.Text ?? envelope.Body.AsWritten,
            At = envelope.At,
        }]);
}

/// <summary>A post that is to be sent.</summary>
/// <param name="Key">Its identity.</param>
/// <param name="Routed">What it says, where and why.</param>
/// <param name="Post">The message; null when it could not be rendered.</param>
/// <param name="Fault">Why there is no message.</param>
/// <param name="Arrived">True when an earlier run delivered it and other rooms still owed the event.</param>
internal sealed record Draft(PostKey Key, Routed Routed, Post? Post, string Fault, bool Arrived);
