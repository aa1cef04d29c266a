using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Signalbox.Standins;

/// <summary>A rule of a bus.</summary>
public sealed class EventsRule
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its bus.</summary>
    public required string Bus { get; init; }

    /// <summary>Its ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>Which events; null for none.</summary>
    public string? Pattern { get; set; }

    /// <summary>When; null for never by itself.</summary>
    public string? Schedule { get; set; }

    /// <summary>ENABLED or DISABLED.</summary>
    public string State { get; set; } = "ENABLED";

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>Its targets by id, as PutTargets takes them.</summary>
    public SortedDictionary<string, JsonObject> Targets { get; } = new(StringComparer.Ordinal);

    /// <summary>Its tags.</summary>
    public Dictionary<string, string> Tags { get; } = [];
}

/// <summary>EventBridge: rules, targets, events.</summary>
public sealed partial class EventsStandin
{
    private readonly AwsStandin aws;

    internal EventsStandin(AwsStandin aws)
    {
        this.aws = aws;
        Service = new([AwsProtocol.Json("AWSEvents", "1.1")], new()
        {
            ["PutRule"] = PutRule,
            ["DescribeRule"] = call => Shown(Rule(call)),
            ["ListRules"] = ListRules,
            ["DeleteRule"] = DeleteRule,
            ["EnableRule"] = call => Nothing(() => Rule(call).State = "ENABLED"),
            ["DisableRule"] = call => Nothing(() => Rule(call).State = "DISABLED"),
            ["PutTargets"] = PutTargets,
            ["ListTargetsByRule"] = ListTargets,
            ["ListRuleNamesByTarget"] = call => new JsonObject { ["RuleNames"] = new JsonArray([.. Rules.Values.Where(rule => rule.Targets.Values.Any(target => Target(target) == call.Need("TargetArn"))).Select(rule => rule.Name)]) },
            ["RemoveTargets"] = RemoveTargets,
            ["PutEvents"] = PutEvents,
            ["DescribeEventBus"] = call => new JsonObject { ["Name"] = Bus(call, "Name"), ["Arn"] = call.Arn("events", $"event-bus/{Bus(call, "Name")}") },
            ["TagResource"] = call => Nothing(() => { foreach (var (key, value) in call.Tags()) Tagged(call).Tags[key] = value; }),
            ["UntagResource"] = call => Nothing(() => { foreach (var key in call.Texts("TagKeys")) Tagged(call).Tags.Remove(key); }),
            ["ListTagsForResource"] = call => new JsonObject { ["Tags"] = new JsonArray([.. Tagged(call).Tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]) },
        }, call => call.Operation switch
        {
            "PutEvents" or "DescribeEventBus" or "ListRules" => call.Arn("events", $"event-bus/{Bus(call, "Name")}"),
            _ => call.Text("ResourceARN") ?? Arn(call, call.Text("Name") ?? call.Text("Rule") ?? "*"),
        });
    }

    internal AwsService Service { get; }

    /// <summary>The rules by ARN.</summary>
    public SortedDictionary<string, EventsRule> Rules { get; } = new(StringComparer.Ordinal);

    /// <summary>The buses besides "default", by name.</summary>
    public HashSet<string> Buses { get; } = [];

    /// <summary>How many rules a page has.</summary>
    public int PageSize { get; set; } = 100;

    private JsonObject? PutRule(AwsCall call)
    {
        var (name, bus) = (call.Need("Name"), Bus(call));
        if (!Regex.IsMatch(name, "^[.\\-_A-Za-z0-9]{1,64}$")) throw call.Invalid($"1 validation error detected: Value '{name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+");
        var (pattern, schedule) = (call.Text("EventPattern"), call.Text("ScheduleExpression"));
        if (pattern is null && schedule is null) throw call.Invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
        if (pattern is not null && EventPattern.Problem(pattern) is { } why) throw new AwsFault(400, "InvalidEventPatternException", $"Event pattern is not valid. Reason: {why}");
        if (schedule is not null && bus is not "default") throw call.Invalid("ScheduleExpression is supported only on the default event bus.");
        if (schedule is not null && !IsSchedule(schedule)) throw call.Invalid("Parameter ScheduleExpression is not valid.");
        var arn = Arn(call, name);
        var isNew = !Rules.TryGetValue(arn, out var rule);
        rule ??= new() { Name = name, Bus = bus, Arn = arn };
        if (!isNew && call.List("Tags").Count > 0) throw call.Invalid("Tags cannot be updated with PutRule. Use TagResource.");
        (rule.Pattern, rule.Schedule, rule.Description, rule.State) = (pattern, schedule, call.Text("Description"), call.Text("State") ?? "ENABLED");
        foreach (var (key, value) in call.Tags()) rule.Tags[key] = value;
        Rules[arn] = rule;
        return new() { ["RuleArn"] = arn };
    }

    private JsonObject? ListRules(AwsCall call)
    {
        var bus = Bus(call);
        var all = Rules.Values.Where(rule => rule.Arn.StartsWith(call.Arn("events", "rule/"), StringComparison.Ordinal) && rule.Bus == bus
            && rule.Name.StartsWith(call.Text("NamePrefix") ?? "", StringComparison.Ordinal)).ToList();
        var (items, next) = LambdaStandin.Page(all, call.Text("NextToken"), Math.Min(call.Number("Limit") ?? PageSize, PageSize));
        var answer = new JsonObject { ["Rules"] = new JsonArray([.. items.Select(rule => { var shown = Shown(rule); shown.Remove("CreatedBy"); return shown; })]) };
        if (next is not null) answer["NextToken"] = next;
        return answer;
    }

    private JsonObject? DeleteRule(AwsCall call)
    {
        // A rule that is not there is deleted as well.
        if (!Rules.TryGetValue(Arn(call, call.Need("Name")), out var rule)) return null;
        if (rule.Targets.Count > 0) throw call.Invalid("Rule can't be deleted since it has targets.");
        Rules.Remove(rule.Arn);
        return null;
    }

    private JsonObject? PutTargets(AwsCall call)
    {
        var rule = Rule(call, "Rule");
        foreach (var target in call.List("Targets").Cast<JsonObject>())
        {
            var id = target["Id"]?.GetValue<string>() ?? throw call.Missing("Id");
            if (target["Arn"]?.GetValue<string>() is not { } arn || arn.Split(':').Length < 6) throw call.Invalid($"Parameter {target["Arn"]} is not valid. Reason: Provided Arn is not in correct format.");
            if (target["Input"] is { } input && EventPattern.Parsed(input.GetValue<string>()) is null) throw call.Invalid($"JSON syntax error in input for target {id}.");
            if (!rule.Targets.ContainsKey(id) && rule.Targets.Count >= 5) throw new AwsFault(400, "LimitExceededException", "The requested resource exceeds the maximum number allowed.");
            rule.Targets[id] = (JsonObject)target.DeepClone();
        }
        return new() { ["FailedEntryCount"] = 0, ["FailedEntries"] = new JsonArray() };
    }

    private JsonObject? ListTargets(AwsCall call)
    {
        var (items, next) = LambdaStandin.Page(Rule(call, "Rule").Targets.Values.ToList(), call.Text("NextToken"), call.Number("Limit") ?? 100);
        var answer = new JsonObject { ["Targets"] = new JsonArray([.. items.Select(target => target.DeepClone())]) };
        if (next is not null) answer["NextToken"] = next;
        return answer;
    }

    private JsonObject? RemoveTargets(AwsCall call)
    {
        var rule = Rule(call, "Rule");
        var failed = new JsonArray();
        foreach (var id in call.Texts("Ids"))
        {
            if (!rule.Targets.Remove(id)) failed.Add(new JsonObject { ["TargetId"] = id, ["ErrorCode"] = "ResourceNotFoundException", ["ErrorMessage"] = $"Rule {rule.Name} does not have target(s) {id}." });
        }
        return new() { ["FailedEntryCount"] = failed.Count, ["FailedEntries"] = failed };
    }

    private EventsRule Rule(AwsCall call, string name = "Name") => Rules.GetValueOrDefault(Arn(call, call.Need(name)))
        ?? throw new AwsFault(400, "ResourceNotFoundException", $"Rule {call.Text(name)} does not exist on EventBus {Bus(call)}.");

    private EventsRule Tagged(AwsCall call) => Rules.GetValueOrDefault(call.Need("ResourceARN")) ?? throw new AwsFault(400, "ResourceNotFoundException", $"Rule {call.Text("ResourceARN")?.Split('/')[^1]} does not exist on EventBus default.");

    private string Bus(AwsCall call, string name = "EventBusName")
    {
        var bus = (call.Text(name) ?? "default").Split('/')[^1];
        return bus is "default" || Buses.Contains(bus) ? bus : throw new AwsFault(400, "ResourceNotFoundException", $"Event bus {bus} does not exist.");
    }

    private static string Arn(AwsCall call, string name) => (call.Text("EventBusName") ?? "default").Split('/')[^1] is var bus && bus is "default" ? call.Arn("events", $"rule/{name}") : call.Arn("events", $"rule/{bus}/{name}");

    private static string? Target(JsonObject target) => target["Arn"]?.GetValue<string>();

    private static bool IsSchedule(string text) => Regex.Match(text, @"^rate\((\d+) (minute|minutes|hour|hours|day|days)\)$") is { Success: true } rate
        ? int.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture) is var number and > 0 && (number is 1) != rate.Groups[2].Value.EndsWith('s')
        : Regex.Match(text, @"^cron\(([^)]+)\)$") is { Success: true } cron && cron.Groups[1].Value.Split(' ') is { Length: 6 } fields && (fields[2] is "?") != (fields[4] is "?");

    private static JsonObject Shown(EventsRule rule)
    {
        var shown = new JsonObject { ["Name"] = rule.Name, ["Arn"] = rule.Arn };
        foreach (var (name, value) in ((string, string?)[])[("EventPattern", rule.Pattern), ("ScheduleExpression", rule.Schedule), ("Description", rule.Description)])
        {
            if (value is not null) shown[name] = value;
        }
        (shown["State"], shown["EventBusName"], shown["CreatedBy"]) = (rule.State, rule.Bus, rule.Arn.Split(':')[4]);
        return shown;
    }

    private static JsonObject? Nothing(Action work)
    {
        work();
        return null;
    }
}
