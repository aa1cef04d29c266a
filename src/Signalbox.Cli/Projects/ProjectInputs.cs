using System.CommandLine;
using Signalbox.Deploy;

namespace Signalbox.Cli.Projects;

/// <summary>What every verb about projects takes: which folder, which environment, what is set by hand.</summary>
internal sealed class ProjectInputs
{
    private readonly Option<string?> folder = new("--project", "-C") { Description = "The project's folder; this one when left out.", HelpName = "FOLDER" };

    private readonly Option<string?> environment = new("--env", "-e")
    {
        Description = "The environment: project.ENV.json and function.ENV.json lie over the plain files; defaultEnvironment when left out.",
        HelpName = "ENV",
    };

    private readonly Option<string[]> sets = new("--set", "-s")
    {
        Description = "An environment variable of every function, over what files say; again for more.",
        HelpName = "NAME=VALUE",
    };

    private readonly Option<string[]> files = new("--env-file")
    {
        Description = "Environment variables, NAME=VALUE on each line; --set lies over them.",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to a command.</summary>
    public ProjectInputs(Command command)
    {
        foreach (var option in (Option[])[folder, environment, sets, files]) command.Add(option);
    }

    /// <summary>The name of a function, where one is enough.</summary>
    public static Argument<string?> Name() => new("NAME")
    {
        Description = "The function; not needed where there is only one.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The whole path of the project's folder.</summary>
    public string Root(ParseResult parsed, Shell shell) => shell.Full(parsed.GetValue(folder) ?? ".");

    /// <summary>The project; null when it does not load, which was said then.</summary>
    public ProjectSpec? Load(ParseResult parsed, Shell shell)
    {
        if (Overrides(parsed, shell) is not { } overrides) return null;
        var loaded = ProjectFolder.Load(Root(parsed, shell), parsed.GetValue(environment), overrides, parsed.GetValue(folder) ?? "");
        foreach (var message in loaded.Problems)
        {
            var isBare = message.StartsWith("expected", StringComparison.Ordinal);
            shell.Error.WriteLine(isBare ? $"signalbox: {message}" : message);
        }
        foreach (var message in loaded.Warnings) shell.Error.WriteLine(message);
        return loaded.Project;
    }

    /// <summary>One function of a project: the one that is named, or the only one; null when there is no such, which was said then.</summary>
    public static FunctionSpec? One(ProjectSpec project, string? name, Shell shell)
    {
        if (name is null && project.Functions is [var only]) return only;
        if (name is not null && project.Functions.FirstOrDefault(function => function.Name == name) is { } named) return named;
        ValueList<string> names = [.. project.Functions.Select(function => function.Name)];
        var hint = name is null ? null : Nearest.Hint(name, names);
        shell.Error.WriteLine($"signalbox: {Sentence.Of($"a function of {project.Name} ({string.Join(", ", names)})", name is null ? "none" : $"\"{name}\"",
            hint)}");
        return null;
    }

    private ValueList<Fact>? Overrides(ParseResult parsed, Shell shell)
    {
        var facts = new List<Fact>();
        foreach (var file in parsed.GetValue(files) ?? [])
        {
            if (Inputs.Read(file, shell) is not { } bytes) return null;
            var (variables, problems) = Dotenv.Read(System.Text.Encoding.UTF8.GetString(bytes), file);
            foreach (var problem in problems) shell.Error.WriteLine(problem);
            if (problems.Count > 0) return null;
            facts.AddRange(variables);
        }
        foreach (var set in parsed.GetValue(sets) ?? [])
        {
            var equals = set.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                shell.Error.WriteLine("signalbox: expected NAME=VALUE after --set, found no name with =.");
                return null;
            }
            facts.Add(new(set[..equals], set[(equals + 1)..]));
        }
        return [.. facts];
    }
}
