namespace Signalbox;

/// <summary>Standard Webhooks of any producer: <c>{"type":…,"timestamp":…,"data":{…}}</c>, with <c>webhook-id</c> among the headers.</summary>
/// <remarks>Severity and status by the fields of that name in the data, else by the last word of the type. Errors: garbled without a type.</remarks>
public static class StandardWebhooks
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("standard-webhooks",
        [new Key.Members("type", ["timestamp", "data"]), new Key.Members("timestamp", ["type", "data"])], Read,
        "https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        if (body["type"u8].Words is not { } type) return Statement.Lacks(envelope, "type", "the type of the event");

        var data = body["data"u8];
        var scalars = Telling.Of(data);
        var state = Telling.FirstNear(scalars, Telling.States);
        var standing = state is null ? CloudEvents.StandingOf(type) : StateWords.StandingOf(state);
        var severity = Telling.First(scalars, Telling.Severities) is { } word ? StateWords.SeverityOf(word) : null;
        var message = Telling.First(scalars, Telling.Messages);
        var subject = Telling.FirstNear(scalars, ["name", .. Telling.Resources]) ?? Telling.FirstNear(scalars, ["id"]);
        return new Parsed.Told([
            new()
            {
                Source = "standard-webhooks",
                Kind = CloudEvents.Kind(type),
                Severity = severity ?? standing?.Severity ?? Severity.Info,
                Status = standing?.Status ?? Status.Stated,
                Title = Cut.Line(subject is null ? CloudEvents.Title(type) : $"{Cut.Line(CloudEvents.Title(type), 50)}: {Cut.Line(subject, 40)}", 80),
                Summary = message is null || message == subject ? null : Cut.Text(Cut.Readable(message), 1500),
                Subject = subject,
                Account = Telling.First(scalars, Telling.Accounts) ?? envelope.Account,
                Region = envelope.Region,
                At = Instants.Read(body["timestamp"u8]) ?? envelope.At,
                Thread = standing is null || subject is null ? null
                    : $"standard-webhooks/{type[..(type.LastIndexOf('.') is var dot and > 0 ? dot : type.Length)]}/{subject}",
                Facts = CloudEvents.FactsOf(scalars, data, message, null, type),
                Links = Known.Links(Known.Page("Open the page", Telling.First(scalars, Telling.Pages))),
            },
        ]);
    }
}
