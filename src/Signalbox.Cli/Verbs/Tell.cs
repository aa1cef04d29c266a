using System.CommandLine;
using Signalbox.Effects;

namespace Signalbox.Cli.Verbs;

/// <summary>The main job, from a terminal.</summary>
internal static class Tell
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static readonly Verb Row = new("tell", "Say what events mean in the rooms that the settings name.", """
        Examples:
          signalbox tell event.json
          signalbox tell samples/*.json --chat none    show everything here, post nothing
          aws sqs receive-message ... | signalbox tell --config signalbox.yaml
          signalbox tell --to payments                 a test message to one room, and what its chat answered
          signalbox tell --to payments event.json      the same with an event, whatever the routes say
          signalbox tell --store sqlite:signalbox.db event.json    converse: once, updated in place, nothing lost

        Rooms that are local are shown here; for others a line says what became of the post.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var files = Inputs.Files();
        var config = Inputs.Config();
        var chat = new Option<string?>("--chat")
        {
            Description = "none: post nothing, show here what every room would hear.",
            HelpName = "none",
        };
        chat.AcceptOnlyFromAmong("none");
        command.Add(files);
        command.Add(config);
        var to = new Option<string?>("--to")
        {
            Description = "Only to this room, whatever the routes say; without a FILE a test message.",
            HelpName = "ROOM",
        };
        var store = Keeping.Option();
        store.Description = "Converse: keep events, conversations and what waits in this store: sqlite:FILE, postgres://… or dynamodb://TABLE; else "
            + "SIGNALBOX_STORE, else store in the settings; without one each event is one post.";
        command.Add(chat);
        command.Add(to);
        command.Add(store);
        return async parsed =>
        {
            if (Inputs.Load(parsed.GetValue(config), shell) is not { } settings) return Exit.Usage;
            if (parsed.GetValue(to) is { } name) return await Trial.Of(name, parsed.GetValue(files) ?? [], parsed.GetValue(chat) is not null, settings, shell);
            var screen = new Screen(shell, parsed.GetValue(Inputs.NoColor));
            var open = shell.Open(settings, post => screen.Show(post.Routed, settings));
            var world = parsed.GetValue(chat) is null ? open : open with { Deliver = Shown(screen, settings) };
            var spec = parsed.GetValue(store);
            if (parsed.GetValue(chat) is null && Keeping.IsNamed(spec, settings, shell))
                return await Keeping.With(spec, settings, shell, opened => Conversing.Of(parsed.GetValue(files) ?? [], settings, opened, world, shell));
            return await Inputs.Each(parsed.GetValue(files) ?? [], shell, async (_, bytes) =>
            {
                var handled = await Run.Handle(bytes, settings, world, world.Now() + Patience, CancellationToken.None);
                foreach (var each in handled.Events) Report(each, screen, parsed.GetValue(chat) is null);
                foreach (var fault in handled.Faults) shell.Error.WriteLine($"signalbox: {fault}");
                return handled.Succeeded ? Exit.Fine : Exit.Failed;
            });
        };
    }

    private static Deliver Shown(Screen screen, Settings settings) => (post, _, _) =>
    {
        screen.Show(post.Routed, settings);
        return Task.FromResult<Delivery>(new Delivery.Made(""));
    };

    private static void Report(HandledEvent handled, Screen screen, bool posted)
    {
        if (handled.Reading.Outcome is Outcome.Quiet)
            screen.Say($"nothing to say: {handled.Reading.Source} {handled.Reading.Kind}: {handled.Reading.Why}");
        foreach (var held in handled.Held) screen.Say($"held back: {Cut.OneLine(held.Notice.Title)} ({held.Because})");
        if (!posted) return;
        foreach (var sent in handled.Sent.Where(sent => !sent.Failed && !Trial.IsLine(sent.Routed.Room)))
            screen.Say($"posted to {sent.Routed.Room.Name}: {Cut.OneLine(sent.Routed.Notice.Title)} ({sent.Routed.Because})");
    }
}
