namespace Signalbox.Deploy;

/// <summary>Logical names of a stack's resources and parameters, and how its values refer to them.</summary>
internal sealed class StackNames
{
    private static readonly ValueList<string> Fixed =
        ["Role", "LogGroup", "Function", "Alias", "Url", "UrlPermission", "UrlCallPermission", "AsyncCalls", "QueuePolicy", "Table", "ErrorsAlarm",
            "ThrottlesAlarm", "CodeBucket", "CodeKey", "Release", "AlarmTopicArn", "HasAlarmTopic"];

    private const string Partition = "${AWS::Partition}";
    private const string Region = "${AWS::Region}";
    private const string Account = "${AWS::AccountId}";

    private readonly Blueprint blueprint;
    private readonly Dictionary<string, string> names;
    private readonly Dictionary<string, string> senders;
    private readonly Dictionary<string, Node> known = [];

    /// <summary>Names everything.</summary>
    /// <param name="blueprint">What is described.</param>
    /// <param name="alias">How the alias is referred to.</param>
    public StackNames(Blueprint blueprint, string alias)
    {
        this.blueprint = blueprint;
        var (release, spec) = (blueprint.Release, blueprint.Spec);
        names = TemplateText.Apart(
        [
            .. Fixed.Select(name => (name, name)),
            .. from input in blueprint.Inputs select ($"input {input.Stands}", Joined(input.Name)),
            .. from queue in release.OwnQueues select (Queue(queue), queue == release.FailureQueue ? "FailedQueue" : Joined($"{queue} queue")),
            .. from rule in spec.Rules select (Rule(release, rule), Joined($"{rule.Name} rule")),
            .. from schedule in spec.Schedules select (Rule(release, schedule), Joined($"{schedule.Name} schedule")),
            .. from topic in spec.Topics.Distinct() select ($"topic {release.Site.Topic(topic)}", Joined($"{Arn.Read(topic)?.Name ?? topic} subscription")),
            .. from queue in spec.Queues select ($"mapping {queue}", Joined($"{Arn.Read(queue)?.Name ?? queue} mapping")),
            .. from queue in release.OwnQueues select ($"alarm {queue}", queue == release.FailureQueue ? "FailedAlarm" : Joined($"{queue} alarm")),
        ]);

        senders = TemplateText.Apart(from topic in spec.Topics select (release.Site.Topic(topic), Joined($"{Arn.Read(topic)?.Name ?? topic} topic")));

        known[release.Called] = new Node.Code(alias);
        foreach (var queue in release.OwnQueues) known[release.Site.Queue(queue)] = Attribute(names[Queue(queue)], "Arn");
        foreach (var rule in spec.Rules) Add(Rule(release, rule));
        foreach (var schedule in spec.Schedules) Add(Rule(release, schedule));
        known[$"{release.Site.LogGroup(spec.DeployedName)}:*"] = Attribute("LogGroup", "Arn");
        if (spec.Role is null) known[release.Site.Role(spec.DeployedName)] = Attribute("Role", "Arn");
        if (release.Table is { } table && blueprint.MakesTableHere)
        {
            var arn = release.Site.Table(table.Name, table.Region);
            known[arn] = Attribute("Table", "Arn");
            known[$"{arn}/index/*"] = Sub("${Table.Arn}/index/*");
        }
        foreach (var input in blueprint.Inputs)
        {
            known[input.Stands] = input.IsName
                ? Sub($"{Blueprint.Placed(release.Site.Topic(""), Partition, Region, Account)}${{{names[$"input {input.Stands}"]}}}")
                : Ref(names[$"input {input.Stands}"]);
        }

        void Add(string key) => known[key["rule ".Length..]] = Attribute(names[key], "Arn");
    }

    /// <summary>The logical name of a thing, by its kind and its own name or ARN.</summary>
    public string this[string thing] => names[thing];

    /// <summary>Parameters without a default, as they are given on the command line; empty for none.</summary>
    public string Asked => string.Concat(from input in blueprint.Inputs where input.Default is null select $" {names[$"input {input.Stands}"]}=…");

    /// <summary>A queue among the names.</summary>
    public static string Queue(string name) => $"queue {name}";

    /// <summary>A rule among the names.</summary>
    public static string Rule(Release release, EventRule rule) => $"rule {release.Site.Rule(rule.Bus, release.RuleName(rule.Name))}";

    /// <summary>A schedule among the names.</summary>
    public static string Rule(Release release, Schedule schedule) => $"rule {release.Site.Rule("default", release.RuleName(schedule.Name))}";

    /// <summary>The parameter for what is given.</summary>
    public Node Given(string stands) => Ref(names[$"input {stands}"]);

    /// <summary>A text: what it names when it names something that the stack has or is given, else itself.</summary>
    public Node Say(string text) =>
        known.TryGetValue(text, out var node) ? node
        : Blueprint.Placed(text.Replace("${", "${!", StringComparison.Ordinal), Partition, Region, Account) is { } placed ? Sub(placed)
        : new Node.Text(text);

    /// <summary>A short name for whoever is let in by a grant: letters and digits.</summary>
    public string Sender(string source) => names.GetValueOrDefault($"rule {source}") ?? senders.GetValueOrDefault(source) ?? "Sender";

    public static Node Ref(string name) => new Node.Code($"!Ref {name}");

    public static Node Attribute(string name, string attribute) => new Node.Code($"!GetAtt {name}.{attribute}");

    public static Node Sub(string text) => new Node.Code($"!Sub {YamlText.Scalar(text)}");

    /// <summary>Words as one: "events dlq queue" as EventsDlqQueue. A logical name begins with a letter.</summary>
    public static string Joined(string words)
    {
        var joined = string.Concat(TemplateText.Words(words).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return joined.Length is 0 || char.IsAsciiDigit(joined[0]) ? $"N{joined}" : joined;
    }
}
