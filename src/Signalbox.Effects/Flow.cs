namespace Signalbox.Effects;

/// <summary>What stands on the pure arrows for one event.</summary>
/// <param name="Reading">What it says.</param>
/// <param name="Routing">Who hears it, and what is held back.</param>
public sealed record Flow(Reading Reading, Routing Routing)
{
    /// <summary>Every event in the bytes.</summary>
    public static ValueList<Flow> Of(byte[] bytes, Settings settings) =>
    [
        .. from envelope in Pipeline.Decode(bytes)
           let reading = Pipeline.Read(envelope)
           select new Flow(reading, Pipeline.Route(reading, settings)),
    ];

    /// <summary>What the world said of it.</summary>
    public Answers Answers { get; init; } = Answers.None;

    /// <summary>Every event in the bytes, with what the world says of each where the settings allow to ask.</summary>
    public static async Task<ValueList<Flow>> Asking(byte[] bytes, Settings settings, World world)
    {
        var flows = new List<Flow>();
        foreach (var envelope in Pipeline.Decode(bytes)) flows.Add(await Asking(envelope, settings, world, CancellationToken.None));
        return [.. flows];
    }

    /// <summary>One event, with what the world says of it where the settings allow to ask.</summary>
    public static async Task<Flow> Asking(Envelope envelope, Settings settings, World world, CancellationToken stop)
    {
        var reading = Pipeline.Read(envelope);
        var answers = await world.FindOut(reading, settings, stop);
        return new(reading, Pipeline.Route(reading, settings, answers, null)) { Answers = answers };
    }

    /// <summary>Every notice with who is in charge of it.</summary>
    public ValueList<Owned> Owned(Settings settings) =>
        [.. from notice in Reading.Notices select Pipeline.Own(notice, Reading.Envelope, Answers, settings)];

    /// <summary>A question in words: "tags of arn:aws:…".</summary>
    public static string Asked(Question question) => question.Match(
        tagsOf: asked => $"tags of {asked.Arn}", stackTags: asked => $"tags of stack {asked.Stack}", accountName: asked => $"name of account {asked.Id}");

    /// <summary>An answer in words: "team=payments, env=prod"; null when there is none.</summary>
    public static string? Said(Answered answered) => answered.Name
        ?? (answered.Tags.Count > 0 ? string.Join(", ", from tag in answered.Tags select $"{tag.Key}={tag.Value}") : null);

    /// <summary>The posts, rendered for a chat; without one each for its room's, and a local room's for Slack.</summary>
    public ValueList<Post> Posts(Settings settings, string? chat) =>
    [
        .. from routed in Routing.Routed
           let name = chat ?? (routed.Room.Chat == Local.Row.Name ? Slack.Row.Name : routed.Room.Chat)
           let room = routed.Room.Chat == name ? routed.Room : routed.Room with { Chat = name, Options = [] }
           select Pipeline.Render(routed with { Room = room }, Reading.Envelope, settings),
    ];
}
