namespace Signalbox.Effects;

/// <summary>Conversations in memory. Whoever calls takes care that calls come one at a time.</summary>
internal sealed class MemoryConversations
{
    private readonly Dictionary<Place, Kept> all = [];

    public int Count => all.Count;

    public int CountOpen => all.Values.Count(kept => kept.Latest.IsOpen);

    public ValueList<Saved> Load(ValueList<Place> places) =>
        places.Select(place => all.TryGetValue(place, out var kept) ? kept.Saved : new(place, 0, default, "")).ToValueList();

    public ValueList<Saved> Due(DateTimeOffset now, int most) =>
        all.Values.Where(kept => kept.Latest.Wake <= now).OrderBy(kept => kept.Latest.Wake).Take(most).Select(kept => kept.Saved).ToValueList();

    public ValueList<Saved> Open(int most) =>
        all.Values.Where(kept => kept.Latest.IsOpen).OrderByDescending(kept => kept.At).Take(most).Select(kept => kept.Saved).ToValueList();

    /// <summary>True when every conversation still has the version that was decided on.</summary>
    public bool Fit(ValueList<Revision> revisions) =>
        revisions.All(revision => (all.TryGetValue(revision.Place, out var kept) ? kept.Version : 0) == revision.Expected);

    /// <summary>Saves new states.</summary>
    /// <param name="change">A decision that fits.</param>
    /// <param name="next">The number of the next post: posts from here on belong to a message that begins now.</param>
    public void Save(Change change, long next)
    {
        foreach (var revision in change.Revisions)
        {
            if (revision.State.IsEmpty)
            {
                all.Remove(revision.Place);
                continue;
            }
            var before = all.GetValueOrDefault(revision.Place);
            var begins = before is null || revision.Afresh;
            all[revision.Place] = new(revision with { State = revision.State.ToArray() }, change.At)
            {
                Reference = begins ? "" : before!.Reference,
                Since = begins ? next : before!.Since,
            };
        }
    }

    /// <summary>The chat's id of a conversation's message; empty for none.</summary>
    public string Reference(Place place) => all.TryGetValue(place, out var kept) ? kept.Reference : "";

    /// <summary>Notes the chat's id of a conversation's message, unless the post that made it was of an earlier message.</summary>
    public void Refer(Place place, long post, string reference)
    {
        if (all.TryGetValue(place, out var kept) && post >= kept.Since) kept.Reference = reference;
    }

    public int Prune(DateTimeOffset before)
    {
        var old = all.Values.Where(kept => !kept.Latest.IsOpen && kept.At < before).Select(kept => kept.Latest.Place).ToList();
        foreach (var place in old) all.Remove(place);
        return old.Count;
    }

    private sealed class Kept(Revision latest, DateTimeOffset at)
    {
        public Revision Latest => latest;

        public DateTimeOffset At => at;

        public long Version => latest.Expected + 1;

        public required string Reference { get; set; }

        public required long Since { get; init; }

        public Saved Saved => new(latest.Place, Version, latest.State, Reference);
    }
}
