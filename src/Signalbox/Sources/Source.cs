namespace Signalbox;

/// <summary>Reads one kind of event. Total and pure: every envelope has an answer, and the same answer every time.</summary>
public delegate Parsed Reader(Envelope envelope);

/// <summary>An event source: one row in <see cref="Sources.All"/>, one file beside it.</summary>
/// <param name="Name">The <c>source</c> of its notices, the folder of its samples, its heading in the docs and its label in logs.</param>
/// <param name="Keys">How its events are known; any one of them is enough.</param>
/// <param name="Read">The one function of the one file that the source lives in.</param>
/// <param name="Docs">Where the publisher describes the event.</param>
public sealed record Source(string Name, ValueList<Key> Keys, Reader Read, string Docs);

/// <summary>How an event of a source is known.</summary>
public abstract record Key
{
    private Key() { }

    /// <summary>An EventBridge event, or a record of a Lambda batch.</summary>
    /// <param name="Publisher">Its <c>source</c>: "aws.rds", "aws:s3".</param>
    /// <param name="DetailType">Its <c>detail-type</c>; null for every one of the publisher that no other row names.</param>
    public sealed record Event(string Publisher, string? DetailType = null) : Key;

    /// <summary>An EventBridge event of this <c>detail-type</c>, whoever publishes it: CloudTrail's carry the name of the service that was called.</summary>
    public sealed record Detail(string Type) : Key;

    /// <summary>An SNS message with exactly this subject.</summary>
    public sealed record Subject(string Text) : Key;

    /// <summary>An event with this message attribute or HTTP header (in lower case), whatever its value.</summary>
    public sealed record Attribute(string Name) : Key;

    /// <summary>A JSON object that has all of these members, however it came. Of several keys with the same first member the longest that fits wins.</summary>
    /// <param name="First">The most telling one: events are looked up by it.</param>
    /// <param name="Others">The rest; a dot leads into an object or the first item of an array: "event.occurred_at".</param>
    public sealed record Members(string First, ValueList<string> Others) : Key;

    /// <summary>A text that begins with this word, up to the first blank, "=" or ":", and holds the other words.</summary>
    public sealed record Words(string First, ValueList<string> Others) : Key;
}
