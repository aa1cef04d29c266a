namespace Signalbox;

/// <summary>Silences, filed so that a notice costs what its own values cost, however many there are.</summary>
public sealed class Silencing
{
    private readonly WhenIndex index;

    private Silencing(ValueList<Silence> all)
    {
        All = all;
        index = WhenIndex.Of([.. all.Select(silence => silence.When)]);
    }

    /// <summary>No silence.</summary>
    public static readonly Silencing None = new([]);

    /// <summary>These silences.</summary>
    public static Silencing Of(ValueList<Silence> all) => all.Count is 0 ? None : new(all);

    /// <summary>Every silence, those that hold no more included.</summary>
    public ValueList<Silence> All { get; }

    /// <summary>What holds a notice back now: of several silences the one that ends last; null for none.</summary>
    public Hold? Of(Notice notice, Moment moment)
    {
        if (All.Count is 0) return null;
        Span<int> room = stackalloc int[16];
        (Silence Silence, DateTimeOffset Ends)? longest = null;
        foreach (var number in index.Matching(notice, room))
        {
            var silence = All[number];
            if (!silence.Holds(moment)) continue;
            var ends = silence.Ends(moment);
            if (longest is not { } other || ends > other.Ends) longest = (silence, ends);
        }
        return longest is { } found ? new(found.Silence.Because(moment), found.Ends) : null;
    }
}
