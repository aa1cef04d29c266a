using System.CommandLine;
using System.Globalization;
using Signalbox.Effects;

namespace Signalbox.Cli.Verbs;

/// <summary>Keys of programs that bring a server events.</summary>
internal static class KeyVerb
{
    public static readonly Verb Row = new("key", "Keys of programs that bring events to signalbox serve: add, list, revoke.", """
        Examples:
          signalbox key add ci --source pipeline --store sqlite:signalbox.db
          signalbox key add oncall --silences
          signalbox key list
          signalbox key revoke ci

        A key is shown once, when it is made; the store has its SHA-256 only. A server knows of a change within five seconds. Keys may also stand
        in the settings: see server.keys.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell) => Keeping.Fill(
        command, shell, (store, config) => [Add(shell, store, config), List(shell, store, config), Revoke(shell, store, config)]);

    private static Command Add(Shell shell, Option<string?> store, Option<string?> config)
    {
        var name = new Argument<string>("NAME") { Description = "What people call it; it stands in the log." };
        var source = new Option<string?>("--source") { Description = "The topic of events that come with it and name none.", HelpName = "LABEL" };
        var rate = new Option<double?>("--per-second") { Description = "How many events a second it may bring, on average.", HelpName = "NUMBER" };
        var silences = new Option<bool>("--silences") { Description = "It may also silence, as amtool does." };
        var add = new Command("add", "Make a key and show it, this once.") { name, source, rate, silences };
        add.SetAction((parsed, stop) => Opened(shell, parsed.GetValue(config), parsed.GetValue(store), async (settings, opened) =>
        {
            var called = parsed.GetValue(name) ?? "";
            var isTaken = settings.Serving.Intake.Keys.Any(key => key.Name == called)
                || (await KeyNote.All(opened, stop)).Any(each => each.Name == called);
            var fault = isTaken ? $"expected a name that no key has, found \"{called}\". Try: signalbox key revoke {called}"
                : parsed.GetValue(rate) is <= 0 ? "expected a number above 0 after --per-second." : null;
            if (fault is not null)
            {
                shell.Error.WriteLine($"signalbox: {fault}");
                return Exit.Usage;
            }
            var (key, note) = KeyNote.Make(DateTimeOffset.UtcNow);
            note = note with { Source = parsed.GetValue(source), PerSecond = parsed.GetValue(rate), MaySilence = parsed.GetValue(silences) };
            await opened.Keep(KeyNote.Kind, called, note.Write(), stop);
            shell.Out.WriteLine(key);
            return Exit.Fine;
        }));
        return add;
    }

    private static Command List(Shell shell, Option<string?> store, Option<string?> config)
    {
        var list = new Command("list", "List the keys, those of the settings too. No key is shown.");
        list.SetAction((parsed, stop) => Opened(shell, parsed.GetValue(config), parsed.GetValue(store), async (settings, opened) =>
        {
            var made = await KeyNote.All(opened, stop);
            foreach (var grant in settings.Serving.Intake.Keys) shell.Out.WriteLine($"{grant.Name}  in the settings{Rest(grant)}");
            foreach (var (name, note) in made)
            {
                var since = note.Made.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
                shell.Out.WriteLine($"{name}  made {since} UTC{Rest(note.Grant(name))}");
            }
            if (made.Count + settings.Serving.Intake.Keys.Count is 0) shell.Out.WriteLine("no keys");
            return Exit.Fine;
        }));
        return list;
    }

    private static Command Revoke(Shell shell, Option<string?> store, Option<string?> config)
    {
        var name = new Argument<string>("NAME") { Description = "Its name, as list shows it." };
        var revoke = new Command("revoke", "Take a key away: whoever has it is not let in any more.") { name };
        revoke.SetAction((parsed, stop) => Opened(shell, parsed.GetValue(config), parsed.GetValue(store), async (settings, opened) =>
        {
            var called = parsed.GetValue(name) ?? "";
            if ((await KeyNote.All(opened, stop)).Any(each => each.Name == called))
            {
                await opened.Keep(KeyNote.Kind, called, default, stop);
                shell.Out.WriteLine($"{called} is revoked");
                return Exit.Fine;
            }
            var where = settings.Serving.Intake.Keys.Any(key => key.Name == called) ? "It stands in the settings: take it out there."
                : "Try: signalbox key list";
            shell.Error.WriteLine($"signalbox: expected the name of a key, found \"{called}\". {where}");
            return Exit.Failed;
        }));
        return revoke;
    }

    private static Task<int> Opened(Shell shell, string? config, string? store, Func<Settings, Store, Task<int>> act) =>
        Inputs.Load(config, shell) is { } settings
            ? Keeping.With(store, settings, shell, opened => act(settings, opened))
            : Task.FromResult(Exit.Usage);

    private static string Rest(KeyGrant grant) =>
        $"{(grant.Source is { } source ? $", source {source}" : "")}{(grant.PerSecond is { } rate ? FormattableString.Invariant($", {rate} a second") : "")}"
        + (grant.MaySilence ? ", may silence" : "");
}
