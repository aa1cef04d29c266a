namespace Signalbox.Deploy;

/// <summary>The table of a store, once: <c>store init</c> and <c>deploy</c> make it so, and templates say the same.</summary>
/// <remarks>The names are in tables already: each stays what it is.</remarks>
public static class TableShape
{
    /// <summary>The partition: a kind of data, and which of its parts.</summary>
    public const string Partition = "pk";

    /// <summary>The place in the partition.</summary>
    public const string Sort = "sk";

    /// <summary>When something is to be done. Sorts the index of its name.</summary>
    public const string Due = "due";

    /// <summary>Since when a thing is as it is. Sorts the index of its name.</summary>
    public const string Age = "age";

    /// <summary>Until when an item is leased.</summary>
    public const string Until = "until";

    /// <summary>When a post may go out.</summary>
    public const string NotBefore = "notb";

    /// <summary>When DynamoDB may take an item away, in seconds since 1970.</summary>
    public const string Expiry = "ttl";

    /// <summary>What items are kept by.</summary>
    public static readonly TableKey Key = new(Partition, Sort);

    /// <summary>Indexes that are made with the table and never later.</summary>
    public static readonly ValueList<TableIndex> Indexes = [new(Due, new(Partition, Due), [Until, NotBefore]), new(Age, new(Partition, Age), [])];

    /// <summary>Every attribute that sorts something; all are texts.</summary>
    public static ValueList<string> Attributes => [Key.Partition, Key.Sort, .. Indexes.Select(index => index.Key.Sort)];
}

/// <summary>What items are kept by.</summary>
/// <param name="Partition">The attribute that says which partition.</param>
/// <param name="Sort">The attribute that sorts within it.</param>
public sealed record TableKey(string Partition, string Sort);

/// <summary>A local index: it can be read so that every write before is seen.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">What it is kept by.</param>
/// <param name="Carried">Attributes that it carries besides the keys; empty for keys alone.</param>
public sealed record TableIndex(string Name, TableKey Key, ValueList<string> Carried);
