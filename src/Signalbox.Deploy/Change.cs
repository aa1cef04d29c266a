using System.Diagnostics;

namespace Signalbox.Deploy;

/// <summary>What is done to a thing.</summary>
public enum Doing
{
    /// <summary>It is made.</summary>
    Make,

    /// <summary>It is changed.</summary>
    Alter,

    /// <summary>It is taken away.</summary>
    Remove,
}

/// <summary>One step of a plan.</summary>
/// <param name="Doing">What is done.</param>
/// <param name="Wanted">The thing as it will be; when it is taken away, as it was found.</param>
/// <param name="Found">The thing as it was found; null when there was none.</param>
/// <param name="Words">The same for people, one line, without anything secret.</param>
public sealed record Change(Doing Doing, Piece Wanted, Piece? Found, string Words)
{
    /// <summary>What kind of thing it is.</summary>
    public PieceKind Kind => Wanted.Kind;

    /// <summary>A step, in words.</summary>
    public static Change Of(Doing doing, Piece wanted, Piece? found) => new(doing, wanted, found, ChangeWords.Of(doing, wanted, found));
}

/// <summary>What is to be done, or why nothing may be.</summary>
public abstract record Planned
{
    private Planned() { }

    /// <summary>Steps in their order; none when everything is as it is wanted.</summary>
    public sealed record Steps(ValueList<Change> Changes) : Planned;

    /// <summary>Things that stand in the way, because they belong to others: each with how to mend it.</summary>
    public sealed record Refused(ValueList<string> Why) : Planned;

    /// <summary>One arm for each case.</summary>
    public T Match<T>(Func<Steps, T> steps, Func<Refused, T> refused) => this switch
    {
        Steps x => steps(x),
        Refused x => refused(x),
        _ => throw new UnreachableException(),
    };
}
