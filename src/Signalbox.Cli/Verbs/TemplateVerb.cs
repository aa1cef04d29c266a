using System.CommandLine;
using Signalbox.Cli.Projects;
using Signalbox.Deploy;
using Signalbox.Effects;

namespace Signalbox.Cli.Verbs;

/// <summary>What deploy would make, for those who have CloudFormation, SAM or Terraform.</summary>
internal static class TemplateVerb
{
    public static readonly Verb Row = new("template", "Write a template that makes what deploy would make: CloudFormation, SAM, Terraform.", """
        Examples:
          signalbox template cloudformation > stack.yaml      the only function of the project in this folder
          signalbox template sam api --env prod -o api.yaml
          signalbox template terraform api -o api.tf

        The same function, role, rights, log, queues, topics, rules, table and address under the same names, and alarms besides. Nothing of
        AWS is asked. What belongs to others (topics, keys, networks) is a parameter with what the files say as its default; what looks like
        a secret is a parameter without one, and is not written. docs/templates.md goes on from here.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var kind = new Argument<string>("KIND") { Description = string.Join(", ", TemplateKind.All.Select(known => known.Name)) + "." };
        var name = ProjectInputs.Name();
        var output = new Option<string?>("--output", "-o") { Description = "Where the template goes; stdout when left out.", HelpName = "FILE" };
        var alias = CloudInputs.Alias();
        command.Add(kind);
        command.Add(name);
        var inputs = new ProjectInputs(command);
        command.Add(alias);
        command.Add(output);
        return parsed => Task.FromResult(
            Of(parsed, parsed.GetValue(kind)!, parsed.GetValue(name), parsed.GetValue(alias)!, parsed.GetValue(output), inputs, shell));
    }

    private static int Of(ParseResult parsed, string word, string? name, string alias, string? output, ProjectInputs inputs, Shell shell)
    {
        ValueList<string> kinds = [.. TemplateKind.All.Select(known => known.Name)];
        if (TemplateKind.All.FirstOrDefault(known => known.Name == word) is not { } kind)
        {
            var expected = $"a kind of template ({string.Join(", ", kinds)})";
            shell.Error.WriteLine($"signalbox: {Sentence.Of(expected, $"\"{Cut.Line(word, 60)}\"", Nearest.Hint(word, kinds))}");
            return Exit.Usage;
        }
        if (inputs.Load(parsed, shell) is not { } project || ProjectInputs.One(project, name, shell) is not { } function) return Exit.Usage;
        if (!IsAlias(alias))
        {
            shell.Error.WriteLine($"signalbox: {Sentence.Of("an alias of letters, digits, - and _, and not of digits alone", $"\"{Cut.Line(alias, 60)}\"")}");
            return Exit.Usage;
        }
        Settings? settings = null;
        if (function.Settings is { } file)
        {
            var path = Path.Combine(Path.GetFullPath(function.Folder, inputs.Root(parsed, shell)), file);
            var loaded = SettingsFile.Load(path, Path.GetRelativePath(shell.Folder, path));
            foreach (var message in loaded.Problems.Concat(loaded.LeftOut).Concat(loaded.Warnings)) shell.Error.WriteLine(message);
            if (loaded.Settings is null || loaded.LeftOut.Count > 0) return Exit.Usage;
            settings = loaded.Settings;
        }
        return Written(kind.Write(new(project, function, settings, alias)), output, shell);
    }

    /// <summary>What Lambda takes for an alias: https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html.</summary>
    private static bool IsAlias(string alias) =>
        alias.Length is >= 1 and <= 128 && alias.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '_') && !alias.All(char.IsAsciiDigit);

    private static int Written(string template, string? output, Shell shell)
    {
        if (output is null)
        {
            shell.Out.Write(template);
            return Exit.Fine;
        }
        try
        {
            File.WriteAllText(shell.Full(output), template);
            shell.Out.WriteLine($"{output}: {Quantity.Count(template.Count(unit => unit is '\n'), "line")}");
            return Exit.Fine;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            shell.Error.WriteLine($"signalbox: {output} cannot be written: {Inputs.Reason(fault)}");
            return Exit.Failed;
        }
    }
}
