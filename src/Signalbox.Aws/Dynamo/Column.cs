using System.Globalization;
using Signalbox.Deploy;
using Signalbox.Effects;

namespace Signalbox.Aws.Dynamo;

/// <summary>The attributes of items. They are in tables already: a name stays what it is.</summary>
internal static class Column
{
    /// <summary>The partition: a kind of data, and which of its parts.</summary>
    public const string Partition = TableShape.Partition;

    /// <summary>The place in the partition.</summary>
    public const string Sort = TableShape.Sort;

    /// <summary>When something is to be done: an undecided event, a conversation to be woken, a post that waits. Sorts the index of its name.</summary>
    public const string Due = TableShape.Due;

    /// <summary>Since when a thing is as it is. Sorts the index of its name.</summary>
    public const string Age = TableShape.Age;

    /// <summary>When DynamoDB may take the item away, in seconds since 1970.</summary>
    public const string Expiry = TableShape.Expiry;

    /// <summary>The decision that is being saved and has this item.</summary>
    public const string Decision = "tx";

    /// <summary>What becomes of the item when that decision is saved.</summary>
    public const string Pending = "pend";

    /// <summary>Until when it is leased.</summary>
    public const string Until = TableShape.Until;

    /// <summary>When a post may go out.</summary>
    public const string NotBefore = TableShape.NotBefore;

    /// <summary>A room's name.</summary>
    public const string Room = "room";

    /// <summary>A thread key.</summary>
    public const string Thread = "thread";

    /// <summary>When something came or was said.</summary>
    public const string At = "at";

    /// <summary>Bytes that are not looked into.</summary>
    public const string Body = "body";
}

/// <summary>Where items are. Every partition of a kind that grows is several, because DynamoDB writes a thousand small items a second into one.</summary>
/// <param name="prefix">What all partitions of this store begin with; empty unless several stores share the table.</param>
internal sealed class Rows(string prefix)
{
    private const int Parts = 4;
    private long last;

    /// <summary>Accepted events.</summary>
    public ValueList<string> Events { get; } = [.. Split($"{prefix}event")];

    /// <summary>Conversations.</summary>
    public ValueList<string> Talks { get; } = [.. Split($"{prefix}talk")];

    /// <summary>Lines of history.</summary>
    public ValueList<string> Lines { get; } = [.. Split($"{prefix}line")];

    /// <summary>Decisions while they are saved.</summary>
    public ValueList<string> Decisions { get; } = [.. Split($"{prefix}tx")];

    /// <summary>Rooms: who has them, and their pace.</summary>
    public string Rooms { get; } = $"{prefix}room";

    /// <summary>Dead letters.</summary>
    public string Dead { get; } = $"{prefix}dead";

    /// <summary>An event.</summary>
    public Item Event(string id) => Hashed(Events, Values.Hash(id));

    /// <summary>A conversation.</summary>
    public Item Talk(Place place) => Hashed(Talks, Values.Hash(place));

    /// <summary>A decision.</summary>
    public Item Decision(string id) => Hashed(Decisions, id);

    /// <summary>A room.</summary>
    public Item Room(string name) => Key(Rooms, Values.Hash(name));

    /// <summary>The posts of a room.</summary>
    public string Queue(string room) => $"{prefix}queue.{Values.Hash(room)}";

    /// <summary>A post that waits; null for an id that is none.</summary>
    public Item? Post(string room, string id) => PostId.Read(id) is { } post ? Key(Queue(room), post.Sort) : null;

    /// <summary>Documents of a kind.</summary>
    public string Documents(string kind) => $"{prefix}keep.{Values.Hash(kind)}";

    /// <summary>The parts of a body that is too large for its event's item.</summary>
    public string Bodies(string id) => $"{prefix}body.{Values.Hash(id)}";

    /// <summary>The number of the last post.</summary>
    public Item Numbers { get; } = Key($"{prefix}number", "posts");

    /// <summary>A place for a new line of history.</summary>
    public Item Line(DateTimeOffset at)
    {
        var next = Next();
        return Key(Lines[(next[^1] - '0') % Parts], $"{Values.Sorted(at)}{next}{Guid.NewGuid().ToString("n")[..8]}");
    }

    /// <summary>Nineteen digits that grow with every call in this process, and with the clock beyond it: order among what has the same moment.</summary>
    public string Next()
    {
        while (true)
        {
            var before = Volatile.Read(ref last);
            var next = Math.Max(before + 1, DateTime.UtcNow.Ticks);
            if (Interlocked.CompareExchange(ref last, next, before) == before) return next.ToString("D19", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The key of an item.</summary>
    public static Item Key(string partition, string sort) =>
        new() { [Column.Partition] = new() { S = partition }, [Column.Sort] = new() { S = sort } };

    /// <summary>The key of an item that was read.</summary>
    public static Item KeyOf(Item item) => Key(item[Column.Partition].S, item[Column.Sort].S);

    private static Item Hashed(ValueList<string> parts, string hash) => Key(parts[Convert.ToInt32(hash[..1], 16) % Parts], hash);

    private static IEnumerable<string> Split(string kind) =>
        Enumerable.Range(0, Parts).Select(part => string.Create(CultureInfo.InvariantCulture, $"{kind}.{part}"));
}

/// <summary>Identity of a post: its number tells the order of commits, its priority its place in the queue.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Priority">0 to 9.</param>
internal readonly record struct PostId(long Number, int Priority)
{
    private const int Length = 17;

    /// <summary>As others see it: of one length, and in the order of numbers.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Number:D16}{Priority}");

    /// <summary>Its place in the queue: the highest priority first.</summary>
    public string Sort => string.Create(CultureInfo.InvariantCulture, $"{9 - Priority}{Number:D16}");

    /// <summary>A post's identity from its place in the queue.</summary>
    public static PostId OfSort(string sort) => new(long.Parse(sort.AsSpan(1), CultureInfo.InvariantCulture), '9' - sort[0]);

    /// <summary>A post's identity; null for a text that is none.</summary>
    public static PostId? Read(string id) => id.Length is Length && id.All(char.IsAsciiDigit)
        ? new(long.Parse(id.AsSpan(0, Length - 1), CultureInfo.InvariantCulture), id[^1] - '0')
        : null;
}
