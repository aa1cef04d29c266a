namespace Signalbox;

/// <summary>Where notices go, and which are held back and why.</summary>
/// <param name="Routed">Who hears what, in the order of the routes.</param>
/// <param name="Held">The reason for each notice that is held back.</param>
public sealed record Routing(ValueList<Routed> Routed, ValueList<Held> Held);

/// <summary>A notice that no room hears, because somebody decided so.</summary>
/// <param name="Notice">What is not said.</param>
/// <param name="Because">Who decided it: "route 1: kind = snapshot: nightly snapshots are noise".</param>
public sealed record Held(Notice Notice, string Because);

/// <summary>Who hears what.</summary>
/// <remarks>
/// A quiet route that matches holds the notice back. Otherwise every route that matches counts: a room hears a notice once, for
/// the reason of the first route that names it. Who is rung: where routes decide it themselves (<c>mention</c>, <c>mention-at</c>) only
/// those count, else the room decides; ringing beats silence, and the first that rings says whom. Where nothing matches, the
/// fallback hears it, so that nothing is lost.
/// </remarks>
public sealed class Routes
{
    private readonly ValueList<Route> rules;
    private readonly ValueList<string> reasons;
    private readonly RouteIndex index;
    private readonly Room fallback;
    private readonly string otherwise;

    private Routes(ValueList<Route> rules, Room fallback, string otherwise)
    {
        this.rules = rules;
        this.fallback = fallback;
        this.otherwise = otherwise;
        index = RouteIndex.Of(rules);
        reasons = [.. rules.Select((rule, place) => rule.Because(place + 1))];
    }

    /// <summary>How many there are.</summary>
    public int Count => rules.Count;

    /// <summary>Everything goes to one room.</summary>
    public static Routes AllTo(Room room) => new([], room, "no route is set: everything goes here");

    /// <summary>These routes, in this order.</summary>
    /// <param name="rules">Any number.</param>
    /// <param name="fallback">Who hears what no route matches.</param>
    /// <param name="because">What made that room the fallback: "defaults.room".</param>
    public static Routes Of(ValueList<Route> rules, Room fallback, string because) =>
        new(rules, fallback, rules.Count is 0 ? $"no route is set: {because}" : $"no route matches: {because}");

    /// <summary>Who hears a notice: each room once, in the order of the routes.</summary>
    public Routing Of(Notice notice)
    {
        Span<int> room = stackalloc int[32];
        var matching = index.Matching(notice, rules, room);
        return Decide(notice, matching);
    }

    /// <summary>The same by trying every route in order: what the index must always agree with.</summary>
    internal Routing OfEach(Notice notice) =>
        Decide(notice, [.. from number in Enumerable.Range(0, rules.Count) where rules[number].When.Holds(notice) select number]);

    private Routing Decide(Notice notice, ReadOnlySpan<int> matching)
    {
        foreach (var number in matching)
        {
            if (rules[number].Quiet is { } reason) return new([], [new(notice, $"{reasons[number]}: {reason}")]);
        }

        if (matching.IsEmpty) return new([new(notice, fallback, Own(fallback, notice), otherwise)], []);

        var routed = new List<Routed>();
        foreach (var number in matching)
        {
            foreach (var room in rules[number].To)
            {
                if (!IsIn(routed, room)) routed.Add(new(notice, room, Mention(room, notice, matching), reasons[number]));
            }
        }
        if (routed.Count is 0) routed.Add(new(notice, fallback, Own(fallback, notice), otherwise));
        return new([.. routed], []);
    }

    private static bool IsIn(List<Routed> routed, Room room)
    {
        foreach (var each in routed)
        {
            if (each.Room.Name == room.Name) return true;
        }
        return false;
    }

    private string? Mention(Room room, Notice notice, ReadOnlySpan<int> matching)
    {
        var decided = false;
        foreach (var number in matching)
        {
            var rule = rules[number];
            if (!rule.DecidesMention || !Names(rule, room)) continue;
            decided = true;
            if (rule.Rings(room, notice) is { } mention) return mention;
        }
        return decided ? null : Own(room, notice);
    }

    private static bool Names(Route rule, Room room)
    {
        foreach (var each in rule.To)
        {
            if (each.Name == room.Name) return true;
        }
        return false;
    }

    private static string? Own(Room room, Notice notice) => Route.IsBad(notice) && notice.Severity >= room.MentionAt ? room.Mention : null;
}
