using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using Signalbox.Cli.Projects;
using Signalbox.Deploy;
using Signalbox.Effects;

namespace Signalbox.Cli.Verbs;

/// <summary>A new project, ready to be deployed.</summary>
internal static partial class Init
{
    private const string UsualRules = "aws.cloudformation aws.cloudwatch aws.health aws.rds";
    private const string UsualQueue = "signalbox-events";

    public static readonly Verb Row = new("init", "Write the files of a project that deploys Signalbox.", """
        Examples:
          signalbox init                                          asks, with an answer ready for each question
          signalbox init --yes --name ops --slack-webhook-env SLACK_WEBHOOK
          signalbox init --room deploys=env:DEPLOYS_HOOK --room db=env:DB_HOOK --topics alarms --dry-run

        Writes project.json, functions/signalbox/function.json and functions/signalbox/signalbox.yaml; never over what is there, unless
        --force. A webhook is a secret: the files hold its reference (env:NAME, ssm:NAME, …) only. No policy.json is written: the function
        needs no rights besides those that follow from its files.

        """, Fill);

    private sealed record Flags
    {
        public Option<string?> Folder { get; } = new("--project", "-C") { Description = "Where to write; this folder when left out.", HelpName = "FOLDER" };
        public Option<string?> Name { get; } = new("--name") { Description = "The project's name; the folder's when left out.", HelpName = "NAME" };
        public Option<string?> Region { get; } = new("--region") { Description = "The region; AWS_REGION when left out.", HelpName = "REGION" };
        public Option<string?> Profile { get; } = new("--profile") { Description = "The profile of AWS's shared files.", HelpName = "PROFILE" };
        public Option<string[]> Rooms { get; } = new("--room")
        {
            Description = "A room of Slack and the reference to its webhook; again for more.",
            HelpName = "NAME=REFERENCE"
        };
        public Option<string?> Webhook { get; } = new("--slack-webhook-env") { Description = "Short for --room alerts=env:NAME.", HelpName = "NAME" };
        public Option<string[]> Topics { get; } =
            new("--topics") { Description = "Topics of SNS that tell it, names or ARNs.", HelpName = "TOPIC", AllowMultipleArgumentsPerToken = true };
        public Option<string[]> Rules { get; } =
            new("--rules")
            {
                Description = $"Sources of EventBridge that tell it. [default: {UsualRules}]",
                HelpName = "SOURCE",
                AllowMultipleArgumentsPerToken = true
            };
        public Option<string?> Queue { get; } = new("--queue") { Description = $"The queue that events wait in. [default: {UsualQueue}]", HelpName = "NAME" };
        public Option<bool> NoQueue { get; } = new("--no-queue") { Description = "Topics and rules call it directly." };
        public Option<bool> Yes { get; } = new("--yes", "-y") { Description = "Ask nothing." };
        public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Show the files, write nothing." };
        public Option<bool> Force { get; } = new("--force") { Description = "Write over files that are there." };

        public IEnumerable<Option> All => [Folder, Name, Region, Profile, Rooms, Webhook, Topics, Rules, Queue, NoQueue, Yes, DryRun, Force];
    }

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var flags = new Flags();
        foreach (var option in flags.All) command.Add(option);
        return async parsed =>
        {
            var folder = shell.Full(parsed.GetValue(flags.Folder) ?? ".");
            if (await Wanted(flags, parsed, folder, shell) is not { } project) return Exit.Usage;
            if (!IsValid(project, folder, shell)) return Exit.Usage;
            if (parsed.GetValue(flags.DryRun))
            {
                foreach (var (path, text) in project.Files) shell.Out.WriteLine($"{path}:\n{text}");
                return Exit.Fine;
            }
            return Write(project, folder, parsed.GetValue(flags.Force), shell);
        };
    }

    private static async Task<NewProject?> Wanted(Flags flags, ParseResult parsed, string folder, Shell shell)
    {
        var asks = shell.AsksPerson && !parsed.GetValue(flags.Yes);
        var blank = new NewProject("ops", null, null, [], [], [], null);

        // What cannot be is said at once, and asked for again: nobody types six answers twice for a slip in the last one.
        string? Asked(string? flag, string words, string? otherwise, Func<string, string?> wrong)
        {
            if (flag is not null || !asks) return flag ?? otherwise;
            while (shell.Ask($"{words}{(otherwise is null ? "" : $" [{otherwise}]")}: ")?.Trim() is { Length: > 0 } said)
            {
                if (wrong(said) is not { } says) return said;
                shell.Error.WriteLine($"  {says}");
            }
            return otherwise;
        }
        string? Wrong(NewProject project) => Problems(project, folder) is [var problem, ..] ? Place().Replace(problem.Split('\n')[0], "", 1) : null;

        var name = Asked(parsed.GetValue(flags.Name), "Name of the project", Slug(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))),
            said => Wrong(blank with { Name = said }))!;
        var region = Asked(parsed.GetValue(flags.Region), "Region", shell.Variable("AWS_REGION") ?? shell.Variable("AWS_DEFAULT_REGION"),
            said => Wrong(blank with { Region = said }));
        var profile = parsed.GetValue(flags.Profile);
        if (Rooms(flags, parsed, asks, (words, otherwise) => Asked(null, words, otherwise, WrongVariable), shell) is not { } rooms) return null;
        var isGiven = parsed.GetValue(flags.Topics) is { Length: > 0 };
        var known = asks && !isGiven && shell.FindTopics is { } find ? await find(region, profile) : [];
        ExistingTopics.Offer(known, shell.Error);
        var what = $"Topics of SNS that tell it, {(known.Count > 0 ? "numbers or names " : "")}with spaces between, or none";
        string? WrongTopics(string said) =>
            ExistingTopics.Wrong(Words(said), known) ?? Wrong(blank with { Topics = ExistingTopics.Chosen(Words(said), known) });
        var topics = isGiven ? [.. parsed.GetValue(flags.Topics)!] : ExistingTopics.Chosen(Words(Asked(null, what, "none", WrongTopics)), known);
        foreach (var note in ExistingTopics.Missing(topics, known)) shell.Error.WriteLine($"  {note}");
        var rules = parsed.GetValue(flags.Rules) is { Length: > 0 } given ? given
            : Words(Asked(null, "Sources of EventBridge that tell it, with spaces between, or none", UsualRules,
                said => Wrong(blank with { Rules = [.. Words(said)] })));
        var queue = parsed.GetValue(flags.NoQueue) ? "none"
            : Asked(parsed.GetValue(flags.Queue), "Queue that events wait in, or none", UsualQueue,
                said => said is "none" ? null : Wrong(blank with { Queue = said }));
        return new(name, region, profile, rooms, topics, [.. rules], queue is "none" ? null : queue);
    }

    /// <summary>Null for the name of a variable. What is none is not shown: people paste the address itself, which is a secret.</summary>
    private static string? WrongVariable(string name) => VariableName().IsMatch(name) ? null
        : "expected the name of a variable, as SLACK_WEBHOOK, found something else, not shown because it may be a secret: "
            + "no file is to hold the address itself.";

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]+$")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"^[^:\s]+:\d+:\d+: ")]
    private static partial Regex Place();

    private static ValueList<Fact>? Rooms(Flags flags, ParseResult parsed, bool asks, Func<string, string?, string?> asked, Shell shell)
    {
        var rooms = new List<Fact>();
        foreach (var room in parsed.GetValue(flags.Rooms) ?? [])
        {
            var parts = room.Split('=', 2);
            var isReference = parts.Length is 2 && (parts[1].StartsWith("env:", StringComparison.Ordinal)
                || parts[1].StartsWith("file:", StringComparison.Ordinal) || VaultReference.Read(parts[1]) is not null);
            if (isReference && parts[0].Length > 0 && parts[0].All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '_'))
            {
                rooms.Add(new(parts[0], parts[1]));
                continue;
            }
            shell.Error.WriteLine(
                $"signalbox: expected --room NAME=REFERENCE, with env:VARIABLE, file:PATH, {VaultReference.Forms} as reference; found something else, "
                + "not shown because it may be a secret.");
            return null;
        }
        var variable = parsed.GetValue(flags.Webhook);
        if (variable is null && rooms.Count is 0 && asks)
            variable = asked("Variable that holds the address of Slack's webhook, or none", "SLACK_WEBHOOK");
        if (variable is not null && WrongVariable(variable) is { } wrong)
        {
            shell.Error.WriteLine($"signalbox: {wrong}");
            return null;
        }
        if (variable is not (null or "none")) rooms.Insert(0, new("alerts", $"env:{variable}"));
        return [.. rooms];
    }

    private static IEnumerable<string> Words(string? text) =>
        text is null or "none" ? [] : text.Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries);

    private static string Slug(string text) =>
        string.Concat(text.Select(unit => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '_' ? unit : '-')).Trim('-') is { Length: > 0 } slug ? slug : "ops";

    /// <summary>What is about to be written reads well: what was typed may be no region or no topic.</summary>
    private static bool IsValid(NewProject project, string folder, Shell shell)
    {
        var problems = Problems(project, folder);
        foreach (var problem in problems) shell.Error.WriteLine(problem);
        return problems.Count is 0;
    }

    private static ValueList<string> Problems(NewProject project, string folder)
    {
        SourceFile File(Fact file) => new(Path.GetFileName(file.Name), file.Name, Encoding.UTF8.GetBytes(file.Value));
        var read = ProjectFiles.Read(
            new(new(Path.GetFileName(folder), ".", [File(project.Files[0])], ["project.json"]),
                [new("signalbox", "functions/signalbox", [File(project.Files[1])], ["function.json", "signalbox.yaml"])]), null, []);
        var settings = SettingsFile.Read(project.Files[2].Value, Path.Combine(folder, project.Files[2].Name), project.Files[2].Name);
        return [.. read.Problems, .. settings.Problems];
    }

    private static int Write(NewProject project, string folder, bool force, Shell shell)
    {
        string[] there = [.. project.Files.Select(file => file.Name).Where(name => File.Exists(Path.Combine(folder, name)))];
        if (there.Length > 0 && !force)
        {
            var are = there.Length is 1 ? "is" : "are";
            shell.Error.WriteLine($"signalbox: {string.Join(" and ", there)} {are} there already: --force writes over, -C names another folder.");
            return Exit.Failed;
        }
        foreach (var (name, text) in project.Files)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
                File.WriteAllText(Path.Combine(folder, name), text);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                shell.Error.WriteLine($"signalbox: {name} cannot be written: {Inputs.Reason(fault)}");
                return Exit.Failed;
            }
            shell.Out.WriteLine($"wrote {name}");
        }
        var sets = string.Concat(project.Variables.Distinct().Select(name => $" --set {name}=\"${name}\""));
        var where = Path.GetFullPath(folder) == Path.GetFullPath(shell.Folder) ? "" : $" -C {Path.GetRelativePath(shell.Folder, folder)}";
        shell.Out.WriteLine($"Next: signalbox deploy{where}{sets}");
        return Exit.Fine;
    }
}
