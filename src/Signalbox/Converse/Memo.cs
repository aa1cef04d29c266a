namespace Signalbox;

/// <summary>What is remembered beyond one room: which operation a stack belongs to, and which causes keep others quiet.</summary>
public sealed record Memo
{
    /// <summary>The thread of the operation that it belongs to; null for none that is under way.</summary>
    public string? Thread { get; init; }

    /// <summary>What is raised and keeps others quiet.</summary>
    public ValueList<Cause> Causes { get; init; }

    /// <summary>Conversations that are kept quiet, as room and thread: they are looked at again when the last cause has gone.</summary>
    public ValueList<Fact> Quieted { get; init; }

    /// <summary>The rooms in which its conversation is open: they hear how it goes on, also where no route would lead it there.</summary>
    public ValueList<string> Rooms { get; init; }

    /// <summary>Nothing.</summary>
    public static readonly Memo Empty = new();
}

/// <summary>Something raised that keeps others quiet.</summary>
/// <param name="Thread">Its thread.</param>
/// <param name="Title">What happened to it.</param>
public sealed record Cause(string Thread, string Title);

/// <summary>A memo under its key.</summary>
public sealed record Remembered(string Key, Memo Memo);
