namespace Signalbox.Effects;

/// <summary>What became of everything that one call brought: the value from which hosts make logs, answers and errors.</summary>
/// <param name="Events">The events in the order in which they came.</param>
public sealed record Handled(ValueList<HandledEvent> Events)
{
    /// <summary>True when every post has arrived.</summary>
    public bool Succeeded => Events.All(handled => !handled.Failed);

    /// <summary>The posts that did not arrive as "room: reason", each once, in order.</summary>
    public ValueList<string> Faults =>
        [.. (from handled in Events from sent in handled.Sent where sent.Failed select sent.Fault).Distinct()];

    /// <summary>The SQS records to be handed out again, in order, each once.</summary>
    public ValueList<string> FailedRecords =>
        [.. (from handled in Events
             where handled.Failed && handled.Reading.Envelope.Record is not null
             select handled.Reading.Envelope.Record).Distinct()];
}

/// <summary>What became of one event.</summary>
/// <param name="Reading">What it says.</param>
/// <param name="Sent">Its posts in the order of its routes; none when it has nothing to say or was not begun.</param>
/// <param name="Begun">False when an earlier event of the same ordered queue failed, so that this one has to wait.</param>
public sealed record HandledEvent(Reading Reading, ValueList<Sent> Sent, bool Begun)
{
    /// <summary>What no room is to hear, and why: quiet routes.</summary>
    public ValueList<Held> Held { get; init; }

    /// <summary>True when it must come again.</summary>
    public bool Failed => !Begun || Sent.Any(sent => sent.Failed);
}

/// <summary>What became of one post.</summary>
/// <param name="Routed">What was said, where and why.</param>
/// <param name="Delivery">The last answer of the chat.</param>
/// <param name="Attempts">How often it was tried in this run; zero when it had arrived before, or no time was left.</param>
/// <param name="Took">From its turn in its room to its outcome, waits included.</param>
public sealed record Sent(Routed Routed, Delivery Delivery, int Attempts, TimeSpan Took)
{
    /// <summary>True when it did not arrive.</summary>
    public bool Failed => Delivery is not Delivery.Made;

    /// <summary>True when an earlier run had delivered it already.</summary>
    public bool Repeat => Delivery is Delivery.Made && Attempts == 0;

    /// <summary>Why it did not arrive, without any secret; empty when it did.</summary>
    public string Why => Delivery.Match(made: _ => "", later: l => l.Why, refused: r => r.Why);

    /// <summary>Room and reason: "room databases: answered 404 no_service".</summary>
    public string Fault => Failed ? $"room {Routed.Room.Name}: {Why}" : "";
}
