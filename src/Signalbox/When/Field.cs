namespace Signalbox;

/// <summary>What a test in a <c>when</c> can ask about.</summary>
internal enum FieldKind
{
    Arn, Subject, Title, Thread, Summary, Actor, Account, Kind, Region, Source, Status, Severity, Topic,
    Owner, Tag, Fact,
}

/// <summary>A field of a notice.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Name">Name of the tag or fact; empty for every other field. Compared without case.</param>
internal readonly record struct Field(FieldKind Kind, string Name = "")
{
    /// <summary>The fields with a plain name, as they are written.</summary>
    public static readonly ValueList<(string Name, FieldKind Kind)> Named =
    [
        ("source", FieldKind.Source), ("kind", FieldKind.Kind), ("severity", FieldKind.Severity), ("status", FieldKind.Status),
        ("title", FieldKind.Title), ("summary", FieldKind.Summary), ("subject", FieldKind.Subject), ("arn", FieldKind.Arn),
        ("account", FieldKind.Account), ("region", FieldKind.Region), ("actor", FieldKind.Actor), ("thread", FieldKind.Thread),
        ("owner", FieldKind.Owner), ("topic", FieldKind.Topic),
    ];

    /// <summary>The one value of a field that is neither a list nor a table; null when the notice has none.</summary>
    public static string? Of(FieldKind kind, Notice notice) => kind switch
    {
        FieldKind.Arn => notice.Arn,
        FieldKind.Subject => notice.Subject,
        FieldKind.Title => notice.Title,
        FieldKind.Thread => notice.Thread,
        FieldKind.Summary => notice.Summary,
        FieldKind.Actor => notice.Actor,
        FieldKind.Account => notice.Account,
        FieldKind.Kind => notice.Kind,
        FieldKind.Region => notice.Region,
        FieldKind.Source => notice.Source,
        FieldKind.Status => Words.Of(notice.Status),
        FieldKind.Severity => Words.Of(notice.Severity),
        FieldKind.Topic => notice.Topic,
        _ => null,
    };

    /// <summary>How few notices share one value of this field: the lower, the better a field is to look routes up by.</summary>
    public int Rank => Kind switch
    {
        FieldKind.Arn => 0,
        FieldKind.Subject or FieldKind.Thread or FieldKind.Title or FieldKind.Summary => 1,
        FieldKind.Tag => 2,
        FieldKind.Fact or FieldKind.Actor or FieldKind.Owner => 3,
        FieldKind.Account => 4,
        FieldKind.Kind or FieldKind.Topic => 5,
        FieldKind.Region => 6,
        FieldKind.Source => 7,
        _ => 8,
    };

    /// <summary>True for the same field; names of tags and facts compare without case.</summary>
    public bool Equals(Field other) => Kind == other.Kind && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, StringComparer.OrdinalIgnoreCase.GetHashCode(Name));
}
