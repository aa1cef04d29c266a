namespace Signalbox;

/// <summary>What the wrappings taken off so far have said: the inner one overrides the outer.</summary>
internal readonly record struct Wrapping
{
    public string? Id { get; init; }
    public string? Transport { get; init; }
    public string? Topic { get; init; }
    public string? Subject { get; init; }
    public DateTimeOffset? At { get; init; }
    public string? Publisher { get; init; }
    public string? DetailType { get; init; }
    public string? Account { get; init; }
    public string? Region { get; init; }
    public ValueList<string> Resources { get; init; }
    public ValueList<Fact> Attributes { get; init; }
    public string? Webhook { get; init; }
    public string? Record { get; init; }
    public int Attempt { get; init; }
    public int Depth { get; init; }

    /// <summary>One more wrapping of that name.</summary>
    public Wrapping Inside(string transport) =>
        this with { Transport = Transport is null ? transport : $"{Transport}/{transport}", Depth = Depth + 1 };

    /// <summary>The event that was inside: JSON or text.</summary>
    public Envelope Seal(Json body, string? text) => new()
    {
        Id = Id ?? ContentId.Of(body, text),
        Transport = Transport ?? "bare",
        Topic = Topic,
        Subject = Subject,
        At = At,
        Publisher = Publisher,
        DetailType = DetailType,
        Account = Account,
        Region = Region,
        Resources = Resources,
        Attributes = Attributes,
        Webhook = Webhook,
        Record = Record,
        Attempt = Attempt,
        Body = body,
        Text = text,
    };
}
