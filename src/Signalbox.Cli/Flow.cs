namespace Signalbox.Cli;

/// <summary>What stands on the pure arrows for one event.</summary>
internal sealed record Flow(Reading Reading, Routing Routing)
{
    /// <summary>What the world was asked, and said.</summary>
    public Answers Answers { get; init; } = Answers.None;

    /// <summary>What the event says, with who is in charge of it.</summary>
    public ValueList<Owned> Owned(Settings settings) =>
        [.. from notice in Reading.Notices select Pipeline.Own(notice, Reading.Envelope, Answers, settings)];

    /// <summary>Every event in the bytes.</summary>
    public static ValueList<Flow> Of(byte[] bytes, Settings settings) =>
    [
        .. from envelope in Pipeline.Decode(bytes)
           let reading = Pipeline.Read(envelope)
           select new Flow(reading, Pipeline.Route(reading, settings)),
    ];

    /// <summary>The posts, rendered for a chat; without one each for its room's, and a local room's for Slack.</summary>
    public ValueList<Post> Posts(Settings settings, string? chat) =>
    [
        .. from routed in Routing.Routed
           let name = chat ?? (routed.Room.Chat == Local.Row.Name ? Slack.Row.Name : routed.Room.Chat)
           let room = routed.Room.Chat == name ? routed.Room : routed.Room with { Chat = name, Options = [] }
           select Pipeline.Render(routed with { Room = room }, Reading.Envelope, settings),
    ];
}
