namespace Signalbox;

/// <summary>Reads one kind of event. Total and pure: every envelope has an answer, and the same answer every time.</summary>
public delegate Parsed Reader(Envelope envelope);

/// <summary>An event source: one row in <see cref="Sources.All"/>, one file beside it.</summary>
/// <param name="Name">The <c>source</c> of its notices, the folder of its samples, its heading in the docs and its label in logs.</param>
/// <param name="Keys">How its events are known; any one of them is enough.</param>
/// <param name="Read">The one function of the one file that the source lives in.</param>
/// <param name="Docs">Where the publisher describes the event.</param>
/// <param name="Note">What its page in the docs says besides, in whole sentences; null for nothing.</param>
public sealed record Source(string Name, ValueList<Key> Keys, Reader Read, string Docs, string? Note = null);

/// <summary>How an event of a source is known.</summary>
public abstract record Key
{
    private Key() { }

    /// <summary>What it knows, in words: "EventBridge events of aws.rds".</summary>
    public string Described => this switch
    {
        Event { DetailType: { } type } it => $"EventBridge events of {it.Publisher}: {type}",
        Event { Publisher: ['a', 'w', 's', ':', ..] } it => $"records of {it.Publisher}",
        Event { Publisher: [.., '/'] } it => $"EventBridge events of {it.Publisher}…",
        Event it => $"EventBridge events of {it.Publisher}",
        Detail it => $"EventBridge events of any publisher: {it.Type}",
        Subject it => $"SNS messages with the subject \"{it.Text}\"",
        DeadLetter it => $"dead letters with the attributes {string.Join(", ", (string[])[it.First, .. it.Others])}",
        Attribute it => $"messages with the attribute or header {it.Name}",
        Prefix it => $"JSON with a member {it.Word}:…",
        Members { Value: { } value } it => $"JSON with {it.First} \"{value}\"{string.Concat(it.Others.Select(other => $", {other}"))}",
        Members it => $"JSON with {string.Join(", ", (string[])[it.First, .. it.Others])}",
        Words it => $"text that begins with \"{it.First}\"",
        _ => ToString(),
    };

    /// <summary>An EventBridge event, or a record of a Lambda batch.</summary>
    /// <param name="Publisher">Its <c>source</c>: "aws.rds", "aws:s3". One that ends in "/" stands for all that begin so: "aws.partner/".</param>
    /// <param name="DetailType">Its <c>detail-type</c>; null for every one of the publisher that no other row names.</param>
    public sealed record Event(string Publisher, string? DetailType = null) : Key;

    /// <summary>An EventBridge event of this <c>detail-type</c>, whoever publishes it: CloudTrail's carry the name of the service that was called.</summary>
    public sealed record Detail(string Type) : Key;

    /// <summary>An SNS message with exactly this subject.</summary>
    public sealed record Subject(string Text) : Key;

    /// <summary>An event with this message attribute or HTTP header (in lower case), whatever its value.</summary>
    public sealed record Attribute(string Name) : Key;

    /// <summary>An event of whatever kind that carries all of these message attributes, which a queue of dead letters adds. Known before all else.</summary>
    /// <param name="First">The most telling one: events are looked up by it.</param>
    /// <param name="Others">The rest.</param>
    public sealed record DeadLetter(string First, ValueList<string> Others) : Key;

    /// <summary>
    /// A JSON object that has all of these members, however it came.
    /// Of several such keys with one <paramref name="First"/> the one that asks for most counts.
    /// </summary>
    /// <param name="First">The most telling one: events are looked up by it.</param>
    /// <param name="Others">The rest; one inside another is named by its way, "event.data"; in an array the first item counts.</param>
    /// <param name="Value">What the first one says; null for anything.</param>
    public sealed record Members(string First, ValueList<string> Others, string? Value = null) : Key;

    /// <summary>A JSON object with a member whose name is this word, a ":" and anything: the name itself is the event.</summary>
    public sealed record Prefix(string Word) : Key;

    /// <summary>A text that begins with this word, up to the first blank, "=" or ":", and holds the other words.</summary>
    public sealed record Words(string First, ValueList<string> Others) : Key;
}
