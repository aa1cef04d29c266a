namespace Signalbox;

/// <summary>What happened, in the words of the people who have to know it. The one value that every source makes and every chat shows.</summary>
public sealed record Notice
{
    /// <summary>The row that read the event: "cloudformation", "rds", "cloudwatch"; "event" for one that no row knows.</summary>
    public required string Source { get; init; }

    /// <summary>What kind of thing of that source: "stack", "db-instance", "metric-alarm".</summary>
    public required string Kind { get; init; }

    /// <summary>How much it matters.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Where the thing stands in its life.</summary>
    public required Status Status { get; init; }

    /// <summary>One line that a person would say: subject and what happened, at most 80 characters where the source can help it.</summary>
    public required string Title { get; init; }

    /// <summary>The reason or the full sentence, when the event has one.</summary>
    public string? Summary { get; init; }

    /// <summary>The name of the thing: stack, database, alarm.</summary>
    public string? Subject { get; init; }

    /// <summary>The ARN of the thing.</summary>
    public string? Arn { get; init; }

    /// <summary>The AWS account it lives in. Mostly twelve digits, but kept as it came.</summary>
    public string? Account { get; init; }

    /// <summary>The AWS region it lives in, as a code: "eu-west-1".</summary>
    public string? Region { get; init; }

    /// <summary>When it happened, in UTC. Null when neither the event nor its envelope says.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Who did it.</summary>
    public string? Actor { get; init; }

    /// <summary>Who is in charge of the thing.</summary>
    public ValueList<string> Owners { get; init; }

    /// <summary>The tags of the thing, in their order.</summary>
    public ValueList<Tag> Tags { get; init; }

    /// <summary>What else matters, most telling first, at most eight.</summary>
    public ValueList<Fact> Facts { get; init; }

    /// <summary>Pages worth opening, most useful first.</summary>
    public ValueList<Link> Links { get; init; }

    /// <summary>Key of the conversation it belongs to: equal for everything about one operation, alarm or failure. Null for a mere statement.</summary>
    public string? Thread { get; init; }

    /// <summary>Name of the SNS topic or queue it came through; null unless settings ask for it.</summary>
    public string? Topic { get => rare?.Topic; init => rare = value is null && rare is null ? null : (rare ?? Rare.Nothing) with { Topic = value }; }

    /// <summary>What the world calls the account; null when it was not asked. What the settings call it counts first.</summary>
    public string? AccountName
    {
        get => rare?.AccountName;
        init => rare = value is null && rare is null ? null : (rare ?? Rare.Nothing) with { AccountName = value };
    }

    /// <summary>The part that it is about, where the thread is about the whole: a resource of a stack, a stage of a pipeline. Null for the whole.</summary>
    public Part? Part { get => rare?.Part; init => rare = value is null && rare is null ? null : (rare ?? Rare.Nothing) with { Part = value }; }

    /// <summary>True when the operation goes on although it failed: a stack that rolls back.</summary>
    public bool Continues { get => rare?.Continues ?? false; init => rare = !value && rare is null ? null : (rare ?? Rare.Nothing) with { Continues = value }; }

    /// <summary>Numbers worth a sparkline.</summary>
    public Series? Series { get; init; }

    /// <summary>The event itself, where it already is a message in some chat's own form.</summary>
    public Ready? Ready { get => rare?.Ready; init => rare = value is null && rare is null ? null : (rare ?? Rare.Nothing) with { Ready = value }; }

    /// <summary>What people can do about it where its message stands; null for nothing.</summary>
    public Offers? Offers { get => rare?.Offers; init => rare = value is null && rare is null ? null : (rare ?? Rare.Nothing) with { Offers = value }; }

    private readonly Rare? rare;

    /// <summary>What few notices have: the others do not pay for it.</summary>
    private sealed record Rare(string? Topic, string? AccountName, Part? Part, bool Continues, Ready? Ready, Offers? Offers)
    {
        public static readonly Rare Nothing = new(null, null, null, false, null, null);
    }
}

/// <summary>What people can do about a thing that is wrong.</summary>
[Flags]
public enum Offers
{
    /// <summary>Look at its event, and no more.</summary>
    None = 0,

    /// <summary>Take care of it: nobody does yet.</summary>
    Acknowledge = 1,

    /// <summary>Hold it back for a time.</summary>
    Silence = 2,
}

/// <summary>A name and a value that the event carries and people read.</summary>
public readonly record struct Fact(string Name, string Value);

/// <summary>A tag of an AWS resource.</summary>
public readonly record struct Tag(string Key, string Value)
{
    /// <summary>What bears it when that is not the thing itself, in words: "stack payments-api"; null for the thing itself.</summary>
    public string? Of { get; init; }
}

/// <summary>A part of something that is under way.</summary>
/// <param name="Name">What people call it: the logical id of a resource, the name of a stage.</param>
/// <param name="Status">How the part stands: ongoing, cleared when it is done, raised when it failed.</param>
public sealed record Part(string Name, Status Status);

/// <summary>A page to open: what the button says, and where it leads.</summary>
public readonly record struct Link(string Text, string Url);

/// <summary>Measured values over time, oldest first.</summary>
/// <param name="Values">The values; gaps are left out.</param>
/// <param name="Threshold">The limit they are held against.</param>
/// <param name="Unit">How a value reads: "%", "ms", "B"; empty for a mere number.</param>
public sealed record Series(ValueList<double> Values, double? Threshold, string Unit);

/// <summary>A message that came ready-made for a chat.</summary>
/// <param name="Chat">The chat whose form it has: "slack".</param>
/// <param name="Payload">The message as JSON text.</param>
public sealed record Ready(string Chat, string Payload);
