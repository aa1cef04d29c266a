using System.CommandLine;
using System.Globalization;
using Signalbox.Effects;

namespace Signalbox.Cli.Verbs;

/// <summary>Looking after a store.</summary>
internal static class StoreVerb
{
    public static readonly Verb Row = new("store", "Look after a store: init, status, backup, restore, verify, prune, dead, redrive.", """
        Examples:
          signalbox store init --store sqlite:signalbox.db
          signalbox store init --store dynamodb://signalbox?region=eu-west-1
          signalbox store status --store postgres://signalbox@db/signalbox
          signalbox store backup /backup/signalbox.db --store sqlite:signalbox.db
          signalbox store dead                 what could not be delivered, and why
          signalbox store redrive all          try it again

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var store = Keeping.Option();
        store.Recursive = true;
        var config = Inputs.Config();
        config.Recursive = true;
        command.Add(store);
        command.Add(config);
        var init = new Command("init", "Create the store, or bring it up to date.");
        init.SetAction(async (parsed, _) => await Keeping.Make(parsed.GetValue(store), shell) is var made and not Exit.Fine
            ? made
            : await Keeping.With(parsed.GetValue(store), Inputs.Load(parsed.GetValue(config), shell), shell, opened => Status(opened, shell)));
        command.Add(init);
        command.Add(Sub("status", "How much of everything there is.", (_, opened) => Status(opened, shell)));
        command.Add(Sub("prune", "Take away what is of no more use, as retention in the settings says: events after 2 days, history after 90.",
            async (parsed, opened) =>
        {
            if (Inputs.Load(parsed.GetValue(config), shell) is not { } settings) return Exit.Usage;
            var gone = await opened.Prune(settings.Retention, DateTimeOffset.UtcNow, CancellationToken.None);
            shell.Out.WriteLine($"pruned {Quantity.Count(gone.Events, "event")}, {Quantity.Count(gone.Conversations, "conversation")}, "
                + $"{Quantity.Count(gone.History, "line")} of history, {Quantity.Count(gone.Dead, "dead letter")}");
            return Exit.Fine;
        }));
        command.Add(Sub("dead", "What could not be delivered, newest first.", async (_, opened) =>
        {
            var dead = await opened.Dead(100, CancellationToken.None);
            foreach (var letter in dead)
            {
                shell.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{letter.Id}  {letter.At.UtcDateTime:u}  {letter.Order.Place.Room}: {letter.Why}"));
            }

            if (dead.Count is 0) shell.Out.WriteLine("no dead letters");
            return Exit.Fine;
        }));
        var which = new Argument<string>("ID") { Description = "A dead letter as dead shows it, or all." };
        var redrive = Sub("redrive", "Put dead letters back into their rooms' queues.", async (parsed, opened) =>
        {
            var id = parsed.GetValue(which);
            var count = await opened.Redrive(id is "all" ? null : id, DateTimeOffset.UtcNow, CancellationToken.None);
            shell.Out.WriteLine(count is 1 ? "1 letter is on its way again" : $"{count} letters are on their way again");
            return count > 0 || id is "all" ? Exit.Fine : Exit.Failed;
        });
        redrive.Add(which);
        command.Add(redrive);
        foreach (var copies in StoreCopies.Of(store, config, shell)) command.Add(copies);
        return _ =>
        {
            shell.Error.WriteLine("signalbox: expected store init, status, backup, restore, verify, prune, dead or redrive. Try: signalbox store --help");
            return Task.FromResult(Exit.Usage);
        };

        Command Sub(string name, string about, Func<ParseResult, Store, Task<int>> act)
        {
            var sub = new Command(name, about);
            sub.SetAction((parsed, _) =>
                Keeping.With(parsed.GetValue(store), Inputs.Load(parsed.GetValue(config), shell), shell, opened => act(parsed, opened)));
            return sub;
        }
    }

    private static async Task<int> Status(Store store, Shell shell)
    {
        var census = await store.Count(CancellationToken.None);
        shell.Out.WriteLine($"events         {census.Events}, {census.Undecided} undecided");
        shell.Out.WriteLine($"conversations  {census.Conversations}, {census.Open} open");
        shell.Out.WriteLine($"posts          {census.Waiting} waiting, {census.Dead} dead letters");
        shell.Out.WriteLine($"history        {census.History} lines");
        foreach (var room in await store.Backlogs(DateTimeOffset.MaxValue, CancellationToken.None))
            shell.Out.WriteLine($"  {room.Room}: {room.Count} waiting, the oldest since {room.Oldest.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        return Exit.Fine;
    }
}
