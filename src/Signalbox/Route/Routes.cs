namespace Signalbox;

/// <summary>Where notices go, and which are held back and why.</summary>
/// <param name="Routed">Who hears what, in the order of the routes.</param>
/// <param name="Held">The reason for each notice that is held back.</param>
public readonly record struct Routing(ValueList<Routed> Routed, ValueList<Held> Held);

/// <summary>A notice that no room hears, because somebody decided so.</summary>
/// <param name="Notice">What is not said.</param>
/// <param name="Because">Who decided it: "route 1: kind = snapshot: nightly snapshots are noise".</param>
public sealed record Held(Notice Notice, string Because);

/// <summary>Who hears what.</summary>
/// <remarks>
/// A quiet route that matches holds the notice back. Otherwise every route that matches counts: a room hears a notice once, for
/// the reason of the first route that names it. Who is rung: where routes decide it themselves (<c>mention</c>, <c>mention-at</c>) only
/// those count; else in the owner's rooms the owner decides, elsewhere the room; ringing beats silence, and the first that rings says
/// whom. Where nothing matches, the fallback hears it, so that nothing is lost.
/// </remarks>
public sealed class Routes
{
    private readonly ValueList<Route> rules;
    private readonly ValueList<string> reasons;
    private readonly WhenIndex index;
    private readonly Room fallback;
    private readonly string otherwise;

    private Routes(ValueList<Route> rules, Room fallback, string otherwise)
    {
        this.rules = rules;
        this.fallback = fallback;
        this.otherwise = otherwise;
        index = WhenIndex.Of([.. rules.Select(rule => rule.When)]);
        reasons = [.. rules.Select((rule, place) => rule.Because(place + 1))];
    }

    /// <summary>How many there are.</summary>
    public int Count => rules.Count;

    /// <summary>Every one, in the order of the settings.</summary>
    public ValueList<Route> All => rules;

    /// <summary>The reason that each gives, in the same order: "route 2: source = rds".</summary>
    public ValueList<string> Reasons => reasons;

    /// <summary>Who hears what none of them matches.</summary>
    public Room Fallback => fallback;

    /// <summary>Everything goes to one room.</summary>
    public static Routes AllTo(Room room) => new([], room, "no route is set: everything goes here");

    /// <summary>These routes, in this order.</summary>
    /// <param name="rules">Any number.</param>
    /// <param name="fallback">Who hears what no route matches.</param>
    /// <param name="because">What made that room the fallback: "defaults.room".</param>
    public static Routes Of(ValueList<Route> rules, Room fallback, string because) =>
        new(rules, fallback, rules.Count is 0 ? $"no route is set: {because}" : $"no route matches: {because}");

    /// <summary>Who hears a notice of which nobody is in charge: each room once, in the order of the routes.</summary>
    public Routing Of(Notice notice) => Of(new Owned(notice, null, ""), null);

    /// <summary>Who hears a notice: each room once, in the order of the routes.</summary>
    /// <param name="owned">The notice and who is in charge of it.</param>
    /// <param name="moment">The time, for hours in which owners are rung; null when nobody's hours count.</param>
    public Routing Of(Owned owned, Moment? moment)
    {
        Span<int> room = stackalloc int[32];
        return Decide(owned, moment, index.Matching(owned.Notice, room));
    }

    /// <summary>The same by trying every route in order: what the index must always agree with.</summary>
    internal Routing OfEach(Notice notice) =>
        Decide(new(notice, null, ""), null, [.. from number in Enumerable.Range(0, rules.Count) where rules[number].When.Holds(notice) select number]);

    /// <summary>The routes that do not match, each with the condition that it has: what explain shows beside those taken.</summary>
    public ValueList<string> NotTaken(Notice notice) =>
        [.. from number in Enumerable.Range(0, rules.Count) where !rules[number].When.Holds(notice) select reasons[number]];

    private Routing Decide(Owned owned, Moment? moment, ReadOnlySpan<int> matching)
    {
        var notice = owned.Notice;
        foreach (var number in matching)
        {
            if (rules[number].Quiet is { } reason) return new([], [new(notice, $"{reasons[number]}: {reason}")]);
        }

        if (matching.IsEmpty && (rules.Count > 0 || owned.Owner is null)) return new([Of(fallback, owned, moment, matching, otherwise, null)], []);
        var routed = new List<Routed>(2);
        foreach (var number in matching)
        {
            var rule = rules[number];
            foreach (var room in rule.To) Add(room, reasons[number], rule, matching);
            if (!rule.ToOwner) continue;
            foreach (var room in owned.Owner?.Rooms ?? []) Add(room, $"{reasons[number]}; {owned.Owner!.Name} owns it: {owned.Because}", rule, matching);
            if (owned.Owner?.Rooms.Count is null or 0 && rule.Otherwise is { } other)
            {
                var whose = owned.Owner is null ? "nobody owns it" : $"{owned.Owner.Name} owns it ({owned.Because}) but has no room";
                Add(other, $"{reasons[number]}; {whose}: otherwise", rule, matching);
            }
        }
        if (rules.Count is 0 && owned.Owner is { } owner)
        {
            foreach (var room in owner.Rooms) Add(room, $"no route is set; {owner.Name} owns it: {owned.Because}", null, matching);
        }
        if (routed.Count is 0) Add(fallback, otherwise, null, matching);
        return new([.. routed], []);

        void Add(Room room, string because, Route? rule, ReadOnlySpan<int> matching)
        {
            if (!IsIn(routed, room)) routed.Add(Of(room, owned, moment, matching, because, rule));
        }
    }

    private Routed Of(Room room, Owned owned, Moment? moment, ReadOnlySpan<int> matching, string because, Route? rule)
    {
        var other = rule?.Otherwise ?? fallback;
        var (mention, why) = Mention(room, owned, moment, matching);
        return new(owned.Notice, room, mention, why is null ? because : $"{because}; {why}")
        {
            Otherwise = other.Name == room.Name ? null : other,
            Group = rule?.Group,
        };
    }

    private static bool IsIn(List<Routed> routed, Room room)
    {
        foreach (var each in routed)
        {
            if (each.Room.Name == room.Name) return true;
        }
        return false;
    }

    private (string? Mention, string? Why) Mention(Room room, Owned owned, Moment? moment, ReadOnlySpan<int> matching)
    {
        if (!Route.IsBad(owned.Notice)) return (null, null);
        var decided = false;
        foreach (var number in matching)
        {
            var rule = rules[number];
            if (!rule.DecidesMention || !Names(rule, room, owned.Owner)) continue;
            decided = true;
            if (rule.Rings(room, owned.Notice) is { } mention) return (mention, null);
        }
        if (decided) return (null, null);
        if (owned.Owner is { } owner && IsOf(owner, room)) return owner.Rings(room, owned.Notice, moment);
        return (owned.Notice.Severity >= room.MentionAt ? room.Mention : null, null);
    }

    private static bool Names(Route rule, Room room, Owner? owner)
    {
        foreach (var each in rule.To)
        {
            if (each.Name == room.Name) return true;
        }
        return rule.ToOwner && (rule.Otherwise?.Name == room.Name || (owner is not null && IsOf(owner, room)));
    }

    private static bool IsOf(Owner owner, Room room)
    {
        foreach (var each in owner.Rooms)
        {
            if (each.Name == room.Name) return true;
        }
        return false;
    }
}
