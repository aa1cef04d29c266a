namespace Signalbox;

/// <summary>CloudEvents 1.0 of any producer: structured in JSON, or binary with its attributes in <c>ce-</c> headers.</summary>
/// <remarks>
/// Title by the type and the subject; severity and status by the fields of that name in the data, else by the last word of the type, else info and stated.
/// Of the data the telling scalars are shown, never what its name calls a secret; binary data is not shown.
/// Errors: garbled without a type.
/// </remarks>
public static class CloudEvents
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "cloudevents",
        [new Key.Members("specversion", ["type", "source"]), new Key.Members("specversion", ["type", "id"]), new Key.Attribute("ce-specversion"),
            new Key.Attribute("ce-type")],
        Read,
        "https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        var isBinary = body["specversion"u8].Kind is JsonKind.Missing;
        var type = isBinary ? envelope.Attribute("ce-type") : body["type"u8].Words;
        if (type is null) return Statement.Lacks(envelope, "type", "the type of the event");

        var data = isBinary ? body : body["data"u8];
        if (data.IsText && Json.Parse(data.TextBytes()) is { Expected: null, Value: { IsObject: true } inner }) data = inner;
        var source = isBinary ? envelope.Attribute("ce-source") : body["source"u8].Words;
        var subject = isBinary ? envelope.Attribute("ce-subject") : body["subject"u8].Words;
        var scalars = Telling.Of(data);
        var state = Telling.FirstNear(scalars, Telling.States);
        var standing = state is null ? StandingOf(type) : StateWords.StandingOf(state);
        var severity = Telling.First(scalars, Telling.Severities) is { } word ? StateWords.SeverityOf(word) : null;
        var message = Telling.First(scalars, Telling.Messages) ?? (isBinary ? envelope.Text : null);
        var title = Title(type);
        var region = Telling.First(scalars, Telling.Regions);
        return new Parsed.Told([
            new()
            {
                Source = "cloudevents",
                Kind = Kind(type),
                Severity = severity ?? standing?.Severity ?? Severity.Info,
                Status = standing?.Status ?? Status.Stated,
                Title = Cut.Line(subject is null ? title : $"{Cut.Line(title, 50)}: {Cut.Line(subject, 40)}", 80),
                Summary = message is null || message == subject ? null : Cut.Text(Cut.Readable(message), 1500),
                Subject = subject ?? Telling.FirstNear(scalars, Telling.Resources) ?? source,
                Account = Telling.First(scalars, Telling.Accounts) ?? envelope.Account,
                Region = Regions.IsCode(region) ? region : envelope.Region,
                At = Instants.Read(isBinary ? envelope.Attribute("ce-time") : body["time"u8].Words) ?? envelope.At,
                Thread = standing is null || subject is null ? null : $"cloudevents/{source}/{subject}",
                Facts = FactsOf(scalars, data, message, source, type),
                Links = Known.Links(Known.Page("Open the page", Telling.First(scalars, Telling.Pages)), Known.Page("Open the source", source)),
            },
        ]);
    }

    /// <summary>"com.github.pull_request.opened" as "Pull request opened".</summary>
    internal static string Title(string type)
    {
        var parts = type.Split(['.', '/', ':'], StringSplitOptions.RemoveEmptyEntries);
        var skip = parts.Length > 2 && parts[0] is "com" or "org" or "io" or "net" or "dev" or "de" or "uk" or "app" ? int.Min(2, parts.Length - 1) : 0;
        if (parts.Length - skip > 1 && parts[^1] is ['v', >= '0' and <= '9', ..]) parts = parts[..^1];
        var words = new List<string>();
        foreach (var part in parts.AsSpan(skip)) words.Add(Phrase.Of(part));
        return words.Count == 0 ? Cut.Line(type, 80) : Phrase.Capital(string.Join(' ', words));
    }

    /// <summary>What the last word of a type says: "dev.tekton.event.pipelinerun.failed.v1". That something began is said of everything.</summary>
    internal static (Severity Severity, Status Status)? StandingOf(string type)
    {
        var words = Title(type).Split(' ');
        var standing = StateWords.StandingOf(words[^1]);
        return standing is { Status: Status.Raised or Status.Cleared } ? standing : null;
    }

    internal static string Kind(string type)
    {
        var kind = string.Join('-', Title(type).ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return kind.Length <= 60 ? kind : kind[..60];
    }

    internal static ValueList<Fact> FactsOf(List<Scalar> scalars, Json data, string? message, string? source, string type)
    {
        var facts = new List<Fact>(8);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var scalar in scalars)
        {
            if (facts.Count == 6) break;
            if (scalar.Value == message || Telling.IsSecret(scalar) || Array.IndexOf(Telling.Pages, scalar.Plain) >= 0) continue;
            var label = Telling.Label(scalar.Name);
            if (names.Add(label)) facts.Add(new(label, Cut.Line(scalar.Value, 120)));
        }
        if (data.Scalar is { } value && facts.Count == 0 && !string.IsNullOrWhiteSpace(value)) facts.Add(new("Data", Cut.Line(value, 200)));
        if (source is not null) facts.Add(new("Source", Cut.Line(source, 120)));
        facts.Add(new("Type", Cut.Line(type, 120)));
        return [.. facts];
    }
}
