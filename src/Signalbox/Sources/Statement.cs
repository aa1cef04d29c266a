namespace Signalbox;

/// <summary>A notice with what its envelope knows already filled in. Rows add the rest.</summary>
internal static class Statement
{
    /// <summary>The beginning of a notice.</summary>
    /// <param name="envelope">The event.</param>
    /// <param name="source">Name of the row.</param>
    /// <param name="kind">What kind of thing it is about.</param>
    /// <param name="standing">How bad it is, and where the thing stands.</param>
    /// <param name="title">What happened; cut to a line of 80.</param>
    public static Notice Of(Envelope envelope, string source, string kind, (Severity Severity, Status Status) standing, string title) => new()
    {
        Source = source,
        Kind = kind,
        Severity = standing.Severity,
        Status = standing.Status,
        Title = Cut.Line(title, 80),
        Account = envelope.Account,
        Region = envelope.Region,
        At = envelope.At,
    };

    /// <summary>One notice as the answer of a row. What merely states something begins no conversation.</summary>
    public static Parsed.Told Told(Notice notice) => new([notice.Status is Status.Stated ? notice with { Thread = null } : notice]);

    /// <summary>What is missing, when nothing can be said without it.</summary>
    public static Parsed.Garbled Lacks(Envelope envelope, string where, string expected) =>
        new(new(where, expected, Cut.Line(envelope.Text ?? (envelope.Body.Exists ? envelope.Body.ToString() : "nothing"), 60)));

    /// <summary>The first resource that an EventBridge event lists; null when it lists none.</summary>
    public static string? Resource(Envelope envelope, int place = 0) => envelope.Resources.Count > place ? envelope.Resources[place] : null;
}
