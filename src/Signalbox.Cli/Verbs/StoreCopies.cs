using System.CommandLine;
using Signalbox.Effects;
using Signalbox.Sql;

namespace Signalbox.Cli.Verbs;

/// <summary>Copies of a store: backup, restore, verify. SQLite has them here; the others have their own tools.</summary>
internal static class StoreCopies
{
    private const string Sqlite = "sqlite:";

    /// <summary>The three, for the verb that looks after a store.</summary>
    public static IEnumerable<Command> Of(Option<string?> store, Option<string?> config, Shell shell)
    {
        var to = new Argument<string>("FILE") { Description = "Where the copy goes: a file that is not there yet." };
        var backup = new Command("backup", "Write a copy as of this moment, while the store is in use.") { to };
        backup.SetAction((parsed, _) => On(parsed.GetValue(store), parsed.GetValue(config), shell, async path =>
        {
            var file = shell.Full(parsed.GetValue(to)!);
            shell.Out.WriteLine($"{parsed.GetValue(to)}: {Quantity.Size(await SqliteCopies.Backup(path, file))}");
            return Exit.Fine;
        }));
        var from = new Argument<string>("FILE") { Description = "The copy." };
        var restore = new Command("restore", "Put a copy back, checked first; a store that is there is kept under another name.") { from };
        restore.SetAction((parsed, _) => On(parsed.GetValue(store), parsed.GetValue(config), shell, async path =>
        {
            var before = await SqliteCopies.Restore(shell.Full(parsed.GetValue(from)!), path, DateTimeOffset.UtcNow);
            shell.Out.WriteLine($"{path}: restored from {parsed.GetValue(from)}{(before is null ? "" : $"; what was there is {before} now")}");
            return Exit.Fine;
        }));
        var verify = new Command("verify", "Check every page and index of a store or a copy.");
        verify.SetAction((parsed, _) => On(parsed.GetValue(store), parsed.GetValue(config), shell, async path =>
        {
            var faults = await SqliteCopies.Verify(path);
            foreach (var fault in faults) shell.Out.WriteLine(fault);
            shell.Out.WriteLine(faults.Count is 0 ? $"{path}: whole" : $"{path}: broken; restore a copy");
            return faults.Count is 0 ? Exit.Fine : Exit.Failed;
        }));
        return [backup, restore, verify];
    }

    private static async Task<int> On(string? named, string? config, Shell shell, Func<string, Task<int>> act)
    {
        var spec = Keeping.Named(named, Inputs.Load(config, shell), shell);
        if (spec?.StartsWith(Sqlite, StringComparison.OrdinalIgnoreCase) is not true)
        {
            var other = spec is null ? "Name it with --store sqlite:FILE."
                : spec.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) ? "PostgreSQL has its own: pg_dump --schema=signalbox, and pg_restore."
                : spec.StartsWith("dynamodb", StringComparison.OrdinalIgnoreCase) ? "DynamoDB has its own: point-in-time recovery, and backups on demand."
                : "What is in memory has no copy.";
            shell.Error.WriteLine($"signalbox: copies are made of a store in SQLite. {other}");
            return Exit.Usage;
        }
        try
        {
            return await act(shell.Full(spec[Sqlite.Length..]));
        }
        catch (StoreException trouble)
        {
            shell.Error.WriteLine($"signalbox: {trouble.Message}");
            return Exit.Failed;
        }
    }
}
