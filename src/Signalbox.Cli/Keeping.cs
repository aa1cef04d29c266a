using System.CommandLine;
using Signalbox.Aws;
using Signalbox.Effects;
using Signalbox.Sql;

namespace Signalbox.Cli;

/// <summary>What the verbs that need a store take: which, and opening it.</summary>
internal static class Keeping
{
    /// <summary>Which store.</summary>
    public static Option<string?> Option() => new("--store")
    {
        Description = "The store: sqlite:FILE, postgres://… or dynamodb://TABLE; else SIGNALBOX_STORE, else store in the settings.",
        HelpName = "STORE",
    };

    /// <summary>Fills a command whose words each do something with a store.</summary>
    /// <param name="command">The command: "silence".</param>
    /// <param name="shell">What the tool has around it.</param>
    /// <param name="words">Makes its words, in the order of help, of the options for the store and the settings.</param>
    /// <returns>What is done without a word: it says which there are.</returns>
    public static Func<ParseResult, Task<int>> Fill(
        Command command, Shell shell, Func<Option<string?>, Option<string?>, ValueList<Command>> words)
    {
        var store = Option();
        store.Recursive = true;
        var config = Inputs.Config();
        config.Recursive = true;
        command.Add(store);
        command.Add(config);
        var all = words(store, config);
        foreach (var word in all) command.Add(word);
        return _ =>
        {
            var names = Sentence.Or([.. all.Select(word => $"{command.Name} {word.Name}")]);
            shell.Error.WriteLine($"signalbox: expected {names}. Try: signalbox {command.Name} --help");
            return Task.FromResult(Exit.Usage);
        };
    }

    /// <summary>Makes what a store needs before it can be opened: for DynamoDB its table.</summary>
    public static async Task<int> Make(string? named, Shell shell)
    {
        if (Spec(named, shell) is not { } spec || !spec.StartsWith("dynamodb:", StringComparison.OrdinalIgnoreCase)) return Exit.Fine;
        try
        {
            shell.Out.WriteLine(await DynamoStore.Init(spec, Roots.Open(shell.Variable), CancellationToken.None));
            return Exit.Fine;
        }
        catch (StoreException trouble)
        {
            shell.Error.WriteLine($"signalbox: The store cannot be made: {trouble.Message}");
            return Exit.Failed;
        }
    }

    /// <summary>Opens the store for as long as something is done with it; says why where it cannot be had.</summary>
    /// <param name="named">The store as it was typed; null for that of the environment or the settings.</param>
    /// <param name="settings">The settings, which may name one.</param>
    /// <param name="shell">What the tool has around it.</param>
    /// <param name="act">What is done.</param>
    /// <param name="otherwise">The store where none is named; null where one has to be.</param>
    public static async Task<int> With(string? named, Settings? settings, Shell shell, Func<Store, Task<int>> act, string? otherwise = null)
    {
        if ((Named(named, settings, shell) ?? otherwise) is not { } spec)
        {
            shell.Error.WriteLine("signalbox: expected a store, found none. Name it with --store sqlite:FILE, in SIGNALBOX_STORE or by store in the settings.");
            return Exit.Usage;
        }
        if (spec.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase)) spec = $"sqlite:{shell.Full(spec["sqlite:".Length..])}";
        var opened = await Stores.Open(spec, [.. Stores.All, DynamoStore.Kind(Roots.Open(shell.Variable))]);
        if (opened.Store is not { } store)
        {
            shell.Error.WriteLine($"signalbox: {opened.Why}");
            return Exit.Failed;
        }
        try
        {
            return await act(store);
        }
        catch (StoreException trouble)
        {
            shell.Error.WriteLine($"signalbox: {trouble.Message}");
            return Exit.Failed;
        }
        finally
        {
            await store.Close();
        }
    }

    /// <summary>Which store is meant, as it is written; null for none.</summary>
    public static string? Named(string? named, Settings? settings, Shell shell) => Spec(named, shell) ?? Revealed(settings, shell);

    /// <summary>True when somebody names a store, by whatever way.</summary>
    public static bool IsNamed(string? named, Settings settings, Shell shell) => Spec(named, shell) is not null || settings.Store is not null;

    private static string? Spec(string? named, Shell shell) =>
        named is { Length: > 0 } ? named : shell.Variable("SIGNALBOX_STORE") is { Length: > 0 } variable ? variable : null;

    /// <summary>What the settings name: a reference stands for what is behind it. Why there is nothing is said.</summary>
    private static string? Revealed(Settings? settings, Shell shell)
    {
        if (settings?.Store is not { } store) return null;
        if (store.StartsWith("env:", StringComparison.Ordinal)) return shell.Variable(store["env:".Length..]);
        if (!store.StartsWith("file:", StringComparison.Ordinal) && VaultReference.Read(store) is null) return store;
        using var wire = new Wire(new(Roots.Open(shell.Variable)));
        var secrets = new Secrets(AwsVault.Open(wire.Send, () => DateTimeOffset.UtcNow, shell.Variable, settings.Lookups.Endpoint));
        var revealed = Task.Run(async () => await secrets.Reveal(store, false, CancellationToken.None)).GetAwaiter().GetResult();
        if (revealed.Value is null) shell.Error.WriteLine($"signalbox: store: {revealed.Why}");
        return revealed.Value;
    }

    /// <summary>The name that this process has among those on a store.</summary>
    public static string Worker => $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>Who does something, unless they say.</summary>
    public static string Person(Shell shell) => shell.Variable("USER") is { Length: > 0 } user ? user : "somebody";
}
