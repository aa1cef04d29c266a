namespace Signalbox.Cli.Verbs;

/// <summary>Tries one room for real, once for each notice, and says what its chat answered.</summary>
internal static class Trial
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Tells a room.</summary>
    /// <param name="name">The room.</param>
    /// <param name="files">Events; none for a test message.</param>
    /// <param name="onlyShown">True to show it here instead.</param>
    /// <param name="settings">The settings that have the room.</param>
    /// <param name="shell">Where to say it.</param>
    public static async Task<int> Of(string name, string[] files, bool onlyShown, Settings settings, Shell shell)
    {
        if (settings.Rooms.FirstOrDefault(room => room.Name == name) is not { } room)
        {
            var names = string.Join(", ", settings.Rooms.Select(known => known.Name));
            shell.Error.WriteLine($"signalbox: expected a room ({names}) after --to, found \"{name}\".");
            return Exit.Usage;
        }
        var screen = new Screen(shell, noColor: true);
        var world = shell.Open(settings, post => screen.Show(post.Routed, settings));
        if (files.Length is 0) return await Send(Hello(room, world.Now()), $"tell-{world.Now().ToUnixTimeMilliseconds()}");
        return await Inputs.Each(files, shell, async (_, bytes) =>
        {
            var worst = Exit.Fine;
            foreach (var envelope in Pipeline.Decode(bytes))
            {
                var reading = Pipeline.Read(envelope);
                if (reading.Notices.Count is 0) shell.Out.WriteLine($"nothing to say: {reading.Source} {reading.Kind}: {reading.Why}");
                foreach (var notice in reading.Notices) worst = Math.Max(worst, await Send(notice, envelope.Id));
            }
            return worst;
        });

        async Task<int> Send(Notice notice, string id)
        {
            var routed = new Routed(notice, room, null, $"--to {name}");
            if (onlyShown)
            {
                screen.Show(routed, settings);
                return Exit.Fine;
            }
            var post = new Post(routed, Chats.Of(room).Render(routed, settings.Rendering)) { EventId = id };
            var delivery = await world.Deliver(post, Patience, CancellationToken.None);
            if (delivery is not Delivery.Made made)
            {
                shell.Error.WriteLine($"signalbox: room {name} ({room.Chat}): {Fault(delivery)}");
                return Exit.Failed;
            }
            if (!IsLine(room)) shell.Out.WriteLine($"{name} ({room.Chat}): made{(made.Reference.Length > 0 ? $", reference {made.Reference}" : "")}");
            return Exit.Fine;
        }
    }

    /// <summary>True when the room itself stands where the tool speaks, so that nothing needs to be added.</summary>
    public static bool IsLine(Room room) => room.Chat == Local.Row.Name || (room.Chat == JsonLines.Row.Name && room["path"] is "-");

    private static string Fault(Delivery delivery) => delivery.Match(
        _ => "",
        later => $"not now: {later.Why}{(later.After is { } after ? FormattableString.Invariant($" (asks to wait {after.TotalSeconds:0.#} s)") : "")}",
        refused => $"refused: {refused.Why}");

    private static Notice Hello(Room room, DateTimeOffset now) => new()
    {
        Source = "signalbox",
        Kind = "test",
        Severity = Severity.Info,
        Status = Status.Stated,
        Title = "Hello from Signalbox",
        Summary = $"This is a test message to the room {room.Name}. If you can read it, alerts will arrive here too.",
        At = now,
        Facts = [new("Room", room.Name), new("Chat", room.Chat)],
    };
}
