namespace Signalbox.Server.Pages.Rooms;

/// <summary>A message as it stands in a room.</summary>
/// <param name="Thread">The conversation it belongs to.</param>
/// <param name="At">When it was posted.</param>
/// <param name="Event">The event that it began with; empty for none.</param>
/// <param name="Notice">What it says now.</param>
/// <param name="Mention">Whom it rang; null for nobody.</param>
internal sealed record Message(string Thread, DateTimeOffset At, string Event, Notice Notice, string? Mention)
{
    /// <summary>When it was changed last; null when it never was.</summary>
    public DateTimeOffset? Changed { get; init; }

    /// <summary>Its thread, oldest first.</summary>
    public ValueList<ThreadLine> Lines { get; init; }

    /// <summary>How its conversation stands; null for a mere statement, and for what was before the present episode.</summary>
    public Conversation? State { get; init; }

    /// <summary>True while somebody may have to do something.</summary>
    public bool IsOpen => State is { Phase: not Phase.Over };

    /// <summary>The same on every look at the room, and unlike that of any other message there.</summary>
    public string Id => $"m{At.UtcTicks:x}-{Hash(Thread):x}";

    private static uint Hash(string text) => text.Aggregate(2166136261u, (hash, unit) => unchecked((hash ^ unit) * 16777619u));
}

/// <summary>A line in the thread of a message.</summary>
/// <param name="At">When.</param>
/// <param name="Notice">What it says.</param>
/// <param name="IsShout">True when the whole room was to see it.</param>
internal sealed record ThreadLine(DateTimeOffset At, Notice Notice, bool IsShout);

/// <summary>Something that somebody did in a room.</summary>
/// <param name="At">When.</param>
/// <param name="Text">Who, and what they typed.</param>
/// <param name="Answer">What came of it.</param>
internal sealed record Deed(DateTimeOffset At, string Text, string Answer);

/// <summary>What stands in a room, made from what history says of it.</summary>
/// <param name="Messages">The messages, oldest first.</param>
/// <param name="Deeds">What people did, oldest first.</param>
internal sealed record Transcript(ValueList<Message> Messages, ValueList<Deed> Deeds)
{
    /// <summary>Folds lines of history of one room, in whatever order they come.</summary>
    /// <remarks>Where the beginning of a conversation is not among the lines, its message stands where the first of them is.</remarks>
    public static Transcript Of(IEnumerable<HistoryLine> lines)
    {
        var (messages, latest, deeds) = (new List<Message>(), new Dictionary<string, int>(), new List<Deed>());
        // Newest first is how a store answers: turned round, lines of one instant are in their order too.
        foreach (var line in lines.Reverse().OrderBy(line => line.At))
        {
            if (line.What is not ("made" or "act") || StateJson.History(line.Body) is not { } note) continue;
            if (line.What is "act")
            {
                deeds.Add(new(line.At, note.Doer is { } doer ? $"{doer.By}: {note.Title}" : note.Title, note.Because));
                continue;
            }
            if (note.Words is not { } words) continue;
            var thread = line.Place.Thread;
            if (words.Placing is Placing.Begin || !latest.TryGetValue(thread, out var place))
            {
                latest[thread] = messages.Count;
                messages.Add(new(thread, line.At, line.Event, words.Notice, words.Mention));
                continue;
            }
            var message = messages[place];
            messages[place] = words.Placing is Placing.Change
                ? message with { Notice = words.Notice, Changed = line.At, Event = message.Event.Length > 0 ? message.Event : line.Event }
                : message with { Lines = [.. message.Lines, new(line.At, words.Notice, words.Placing is Placing.Shout)] };
        }
        return new([.. messages], [.. deeds]);
    }

    /// <summary>The same with how conversations stand: each belongs to the last message of its thread.</summary>
    public Transcript With(IReadOnlyDictionary<string, Conversation> states)
    {
        var last = Messages.GroupBy(message => message.Thread).ToDictionary(thread => thread.Key, thread => thread.Last());
        return this with
        {
            Messages = [.. from message in Messages
                           select ReferenceEquals(last[message.Thread], message) && states.TryGetValue(message.Thread, out var state)
                               ? message with { State = state } : message],
        };
    }
}
