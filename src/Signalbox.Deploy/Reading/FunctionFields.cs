using System.Globalization;

namespace Signalbox.Deploy;

/// <summary>From fields to the function that they mean. What is wrong was found elsewhere: here it is left out.</summary>
internal static class FunctionFields
{
    private static readonly FunctionSpec Usual = new() { Name = "", DeployedName = "", Folder = "" };

    /// <summary>The function.</summary>
    /// <param name="fields">Its fields and those that it inherits.</param>
    /// <param name="named">Its names and folder.</param>
    /// <param name="entries">What lies in its folder.</param>
    /// <param name="sets">Variables that override its environment.</param>
    public static FunctionSpec Of(Tree fields, FunctionSpec named, ValueList<string> entries, ValueList<Fact> sets)
    {
        var (runtime, handler) = Running(fields, entries);
        return named with
        {
            Description = fields["description"]?.Word ?? "",
            Runtime = runtime,
            Handler = handler,
            Architecture = fields["architecture"]?.Word ?? Usual.Architecture,
            Memory = Number(fields["memory"]) ?? Usual.Memory,
            Timeout = Number(fields["timeout"]) ?? Usual.Timeout,
            EphemeralStorage = Number(fields["ephemeralStorage"]) ?? Usual.EphemeralStorage,
            Role = fields["role"]?.Word,
            Environment = Environment(fields, sets),
            Hooks = new(fields["hooks"]?["build"]?.Word, fields["hooks"]?["deploy"]?.Word, fields["hooks"]?["clean"]?.Word),
            RetainedVersions = Number(fields["retainedVersions"]) ?? Usual.RetainedVersions,
            Vpc = fields["vpc"] is { } vpc && Texts(vpc["subnets"]) is { Count: > 0 } subnets ? new(subnets, Texts(vpc["securityGroups"])) : null,
            KmsKeyArn = fields["kms_arn"]?.Word,
            DeadLetterArn = fields["deadletter_arn"]?.Word,
            Zip = fields["zip"]?.Word,
            Settings = SettingsIn(fields, runtime, entries),
            Layers = Texts(fields["layers"]),
            Tags = Pairs(fields["tags"]),
            Logs = LogsOf(fields["logs"]),
            ReservedConcurrency = Number(fields["concurrency"]),
            Url = fields["url"]?.Word switch { "none" => "none", "iam" or "true" => "iam", _ => null },
            Topics = Texts(fields["topics"]),
            Queues = Texts(fields["queues"]),
            Rules = [.. from rule in fields["rules"]?.OneOrMany ?? [] select RuleOf(rule)],
            Schedules = [.. from schedule in fields["schedules"]?.OneOrMany ?? [] select ScheduleOf(schedule)],
            OnFailure = fields["onFailure"]?.Word,
        };
    }

    /// <summary>Letters and digits of a text, everything else a dash between them.</summary>
    public static string Slug(string text) =>
        string.Join('-', string.Concat(text.Select(unit => char.IsAsciiLetterOrDigit(unit) ? unit : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Apex saw the runtime from the files where nobody said it, and took its own names of handlers then.</summary>
    private static (string Runtime, string Handler) Running(Tree fields, ValueList<string> entries)
    {
        var handler = fields["handler"]?.Word;
        if (fields["runtime"]?.Word is { } said) return (said, handler ?? Usual.Handler);
        if (!entries.Contains("bootstrap"))
        {
            if (entries.Any(name => name is "index.js" or "index.mjs" or "index.cjs")) return ("nodejs22.x", handler ?? "index.handle");
            if (entries.Contains("main.py")) return ("python3.13", handler ?? "main.handle");
        }
        return (Usual.Runtime, handler ?? Usual.Handler);
    }

    private static string? SettingsIn(Tree fields, string runtime, ValueList<string> entries) =>
        fields["zip"] is not null || entries.Contains("bootstrap") || !runtime.StartsWith("provided", StringComparison.Ordinal)
            ? null
            : ((string[])["signalbox.yaml", "signalbox.json"]).FirstOrDefault(name => entries.Contains(name));

    private static ValueList<Fact> Environment(Tree fields, ValueList<Fact> sets)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Pairs(fields["environment"])) variables[name] = value;
        foreach (var (name, value) in sets) variables[name] = value;
        return [.. from pair in variables select new Fact(pair.Key, pair.Value)];
    }

    private static FunctionLogs LogsOf(Tree? logs) => new(
        logs?["format"]?.Word ?? FunctionLogs.Usual.Format,
        logs?["retention"] is { } retention ? Number(retention) : FunctionLogs.Usual.RetentionDays);

    private static EventRule RuleOf(Tree rule)
    {
        if (rule.Word is { } source) return new(Slug(source), $"{{\"source\":[\"{source}\"]}}", "default");
        var pattern = rule["pattern"];
        return new(
            rule["name"]?.Word ?? Slug((pattern?["source"]?.OneOrMany is [var first, ..] ? first.Word : null) ?? "rule"),
            pattern is null ? "{}" : TreeText.Write(pattern),
            rule["bus"]?.Word ?? "default");
    }

    private static Schedule ScheduleOf(Tree schedule)
    {
        var expression = schedule.Word ?? schedule["expression"]?.Word ?? "";
        return new(schedule["name"]?.Word ?? Slug(expression), expression, schedule["input"] is { } input ? TreeText.Write(input) : null);
    }

    private static int? Number(Tree? tree) =>
        int.TryParse(tree?.Word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static ValueList<string> Texts(Tree? tree) => [.. from item in tree?.OneOrMany ?? [] where item.Word is not null select item.Word!];

    private static ValueList<Fact> Pairs(Tree? tree) =>
        [.. from member in tree?.Members ?? [] where member.Value is Tree.Scalar orderby member.Name.Text select new Fact(member.Name.Text,
            ((Tree.Scalar)member.Value).Text)];
}
