using System.CommandLine;
using Signalbox.Aws.Cloud;
using Signalbox.Deploy;
using Signalbox.Effects;

namespace Signalbox.Cli.Projects;

/// <summary>What every verb that speaks with AWS takes: whose keys, which region, and where AWS is.</summary>
internal sealed class CloudInputs
{
    private readonly Option<string?> profile = new("--profile")
    {
        Description = "A profile of AWS's files; else the keys of the environment, AWS_PROFILE, profile in project.json, the machine's own role.",
        HelpName = "NAME",
    };

    private readonly Option<string?> region = new("--region")
    {
        Description = "The region; else region in project.json, AWS_REGION, the profile's.",
        HelpName = "REGION",
    };

    private readonly Option<string?> endpoint = new("--endpoint")
    {
        Description = "Where AWS is, for stand-ins; else AWS_ENDPOINT_URL.",
        HelpName = "URL",
    };

    /// <summary>Adds the options to a command.</summary>
    public CloudInputs(Command command)
    {
        foreach (var option in (Option[])[profile, region, endpoint]) command.Add(option);
    }

    /// <summary>The alias that a verb is about.</summary>
    public static Option<string> Alias() => new("--alias", "-a")
    {
        Description = "The alias of the functions.",
        HelpName = "NAME",
        DefaultValueFactory = _ => Release.UsualAlias,
    };

    /// <summary>Names of functions, with * and ? for many.</summary>
    public static Argument<string[]> Names() => new("NAME")
    {
        Description = "Functions of the project; * and ? stand for any characters.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>The functions with these names, all for none; null when a name is none's, which was said then.</summary>
    public static ValueList<FunctionSpec>? Chosen(ProjectSpec project, string[] names, Shell shell)
    {
        if (names.Length is 0) return project.Functions;
        ValueList<string> known = [.. project.Functions.Select(function => function.Name)];
        var chosen = new HashSet<string>();
        foreach (var name in names)
        {
            var fits = known.Where(one => one == name || Glob.Read(name)?.Matches(one) is true).ToList();
            if (fits.Count is 0)
            {
                shell.Error.WriteLine($"signalbox: {Sentence.Of($"a function of {project.Name} ({string.Join(", ", known)})", $"\"{name}\"",
                    Nearest.Hint(name, known))}");
                return null;
            }
            chosen.UnionWith(fits);
        }
        return [.. project.Functions.Where(function => chosen.Contains(function.Name))];
    }

    /// <summary>Whose keys are taken.</summary>
    public KeyFinder Finder(ParseResult parsed, ProjectSpec project, Shell shell) => new(parsed.GetValue(profile), project.Profile, shell.Variable,
        shell.AsksPerson ? device => shell.Ask($"Token of {device}: ") ?? "" : null)
    {
        ProfileStands = "with --profile, in AWS_PROFILE or as profile in project.json",
    };

    /// <summary>Finds keys and whose they are.</summary>
    /// <exception cref="CloudException">There are none, AWS does not know them, or nobody said which region.</exception>
    public async Task<AwsCloud> Open(ParseResult parsed, ProjectSpec project, Shell shell, CancellationToken stop)
    {
        var finder = Finder(parsed, project, shell);
        var where = finder.Region(parsed.GetValue(region), project.Region);
        return await AwsCloud.Open(shell.Cloud(), finder, where, finder.Endpoint(parsed.GetValue(endpoint)), stop);
    }

    /// <summary>Does something with AWS; what it says no to is said.</summary>
    public async Task<int> With(ParseResult parsed, ProjectSpec project, Shell shell, Func<AwsCloud, CancellationToken, Task<int>> work)
    {
        var stop = shell.Stop();
        try
        {
            return await work(await Open(parsed, project, shell, stop), stop);
        }
        catch (CloudException fault)
        {
            shell.Error.WriteLine($"signalbox: {fault.Message}");
            return Exit.Failed;
        }
        catch (OperationCanceledException)
        {
            shell.Error.WriteLine("signalbox: stopped.");
            return Exit.Failed;
        }
    }

    /// <summary>The settings in the folder of a Signalbox function, with what is wrong with them; null for another function.</summary>
    public static LoadedSettings? SettingsOf(FunctionSpec function, string root) => function.Settings is { } settings
        ? SettingsFile.Load(Path.Combine(Path.GetFullPath(function.Folder, root), settings), settings)
        : null;

    /// <summary>A function where only its name, queues and the like matter: what its code is does not.</summary>
    public static Release Plain(ProjectSpec project, FunctionSpec function, string root, AwsCloud cloud, string alias) =>
        Plain(project, function, SettingsOf(function, root)?.Settings, cloud, alias);

    /// <summary>The same with settings that were read already.</summary>
    public static Release Plain(ProjectSpec project, FunctionSpec function, Settings? settings, AwsCloud cloud, string alias) =>
        new(project.Name, project.Environment, function, new("", 0), settings, cloud.Site, alias);
}
