using System.CommandLine;
using System.Globalization;
using Signalbox.Aws.Cloud;
using Signalbox.Cli.Projects;
using Signalbox.Deploy;

namespace Signalbox.Cli.Verbs;

/// <summary>An earlier version goes live again.</summary>
internal static class Rollback
{
    public static readonly Verb Row = new("rollback", "Have the alias of a function name its previous version, or a given one.", """
        Examples:
          signalbox rollback                         the only function of the project: to the version before
          signalbox rollback api 12
          signalbox rollback api --env prod --alias canary

        Code and configuration go back together, in one call. Queues, rules and rights stay as they are. The next deploy goes forward again.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var name = ProjectInputs.Name();
        var version = new Argument<string?>("VERSION") { Description = "A published version; the one before when left out.", Arity = ArgumentArity.ZeroOrOne };
        var alias = CloudInputs.Alias();
        command.Add(name);
        command.Add(version);
        var inputs = new ProjectInputs(command);
        var cloud = new CloudInputs(command);
        var json = new Option<bool>("--json") { Description = "One line of JSON: function, alias, from, to." };
        command.Add(alias);
        command.Add(json);
        return async parsed =>
        {
            if (inputs.Load(parsed, shell) is not { } project) return Exit.Usage;
            var (named, wanted) = (parsed.GetValue(name), parsed.GetValue(version));
            // Where there is one function, its version may stand alone.
            if (wanted is null && named is not null && project.Functions.All(function => function.Name != named) && named.All(char.IsAsciiDigit))
                (named, wanted) = (null, named);
            if (ProjectInputs.One(project, named, shell) is not { } function) return Exit.Usage;
            var number = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : (int?)null;
            if (wanted is not null && number is null)
            {
                shell.Error.WriteLine($"signalbox: expected the number of a version, found \"{wanted}\".");
                return Exit.Usage;
            }
            return await cloud.With(parsed, project, shell, (aws, stop) =>
            {
                var release = CloudInputs.Plain(project, function, inputs.Root(parsed, shell), aws, parsed.GetValue(alias)!);
                return Move(aws, release, number, parsed.GetValue(json), shell, stop);
            });
        };
    }

    private static async Task<int> Move(AwsCloud aws, Release release, int? wanted, bool isJson, Shell shell, CancellationToken stop)
    {
        var deployment = new Deployment(aws, () => default);
        var (versions, aliases) = await deployment.Versions(release, stop);
        ValueList<int> known = [.. versions.Select(version => version.Number)];
        var shown = known.Count > 0 ? string.Join(", ", known) : "none";
        var fault = aliases.FirstOrDefault(alias => alias.Name == release.Alias) is not { } live
            ? $"expected an alias {release.Alias} of function {release.Spec.DeployedName}, found "
                + (aliases.Count > 0 ? $"{string.Join(", ", aliases.Select(alias => alias.Name))}." : "none: deploy it first.")
            : wanted is { } asked && !known.Contains(asked) ? $"expected a version of {release.Spec.DeployedName} ({shown}), found {asked}."
            : wanted is null && FunctionVersion.Before(known, live.Version) is null
                ? $"there is no version before {live.Version}, which alias {release.Alias} names. Versions: {shown}."
            : null;
        if (fault is not null)
        {
            shell.Error.WriteLine($"signalbox: {fault}");
            return Exit.Failed;
        }
        var from = aliases.First(alias => alias.Name == release.Alias).Version;
        var to = wanted ?? FunctionVersion.Before(known, from)!.Value;
        if (from != to) await deployment.Move(release, to, stop);
        shell.Out.WriteLine(isJson ? Line(release, from, to)
            : from == to ? $"{release.Spec.Name}: alias {release.Alias} names version {to} already"
            : $"{release.Spec.Name}: alias {release.Alias}: version {from} → {to}");
        return Exit.Fine;
    }

    private static string Line(Release release, int from, int to) => CanonicalJson.Written(json =>
    {
        json.WriteStartObject();
        json.WriteString("function", release.Spec.Name);
        json.WriteString("alias", release.Alias);
        json.WriteNumber("from", from);
        json.WriteNumber("to", to);
        json.WriteEndObject();
    });
}
