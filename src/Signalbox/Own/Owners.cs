namespace Signalbox;

/// <summary>Tags that settings give to things which do not carry them.</summary>
/// <param name="When">The things.</param>
/// <param name="Set">What they are tagged with.</param>
public sealed record Tagging(When When, ValueList<Tag> Set);

/// <summary>Who is in charge of what.</summary>
/// <remarks>
/// The most specific reason wins: an ARN over a tag, a tag over a name, a name over a topic, a topic over an account, exact over a pattern, a long
/// pattern over a short one; among equals the first of the file. An event that names an owner of the settings itself is that owner's.
/// Owners are indexed: a notice costs what its own values cost, however many owners there are.
/// </remarks>
public sealed class Owners
{
    private readonly WhenIndex index;
    private readonly Dictionary<string, Owner> named;
    private readonly ValueList<Tagging> taggings;
    private readonly WhenIndex tagIndex;

    private Owners(ValueList<Owner> all, ValueList<Tagging> taggings)
    {
        All = all;
        this.taggings = taggings;
        index = WhenIndex.Of([.. all.Select(owner => owner.When)]);
        tagIndex = WhenIndex.Of([.. taggings.Select(tagging => tagging.When)]);
        named = all.ToDictionary(owner => owner.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Nobody is in charge of anything.</summary>
    public static readonly Owners None = new([], []);

    /// <summary>These owners, in the order of the settings.</summary>
    public static Owners Of(ValueList<Owner> all, ValueList<Tagging> taggings) => all.Count + taggings.Count is 0 ? None : new(all, taggings);

    /// <summary>Every owner, in the order of the settings.</summary>
    public ValueList<Owner> All { get; }

    /// <summary>True when nothing is to be found out about owners.</summary>
    public bool IsEmpty => All.Count + taggings.Count is 0;

    /// <summary>Who is in charge of a notice.</summary>
    /// <param name="notice">What happened.</param>
    /// <param name="answers">What the world said of it.</param>
    public Owned Of(Notice notice, Answers answers)
    {
        notice = Tagged(notice, answers);
        if (All.Count is 0) return new(notice, null, "");
        foreach (var name in notice.Owners)
        {
            if (named.TryGetValue(name, out var own)) return new(notice, own, "the event names it");
        }

        Span<int> room = stackalloc int[16];
        (Owner Owner, Ground Ground)? best = null;
        foreach (var number in index.Matching(notice, room))
        {
            if (Ground.Of(All[number].When, notice) is { } ground && (best is not { } other || ground.Weight > other.Ground.Weight))
                best = (All[number], ground);
        }
        return best is { } found ? new(notice with { Owners = [found.Owner.Name] }, found.Owner, found.Ground.Words) : new(notice, null, "");
    }

    /// <summary>The event's own tags first, then those of the settings, then those that the world knows; the first of a name counts.</summary>
    private Notice Tagged(Notice notice, Answers answers)
    {
        Span<int> room = stackalloc int[16];
        var matching = taggings.Count is 0 ? [] : tagIndex.Matching(notice, room);
        var found = answers.TagsOf(notice);
        if (matching.IsEmpty && found.Count is 0) return notice;
        var tags = notice.Tags.ToList();
        foreach (var number in matching) Add(tags, taggings[number].Set);
        Add(tags, found);
        return notice with { Tags = [.. tags] };
    }

    private static void Add(List<Tag> tags, ValueList<Tag> more)
    {
        foreach (var tag in more)
        {
            if (!tags.Exists(known => string.Equals(known.Key, tag.Key, StringComparison.OrdinalIgnoreCase))) tags.Add(tag);
        }
    }
}
