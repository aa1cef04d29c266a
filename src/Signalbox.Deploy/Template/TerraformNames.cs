namespace Signalbox.Deploy;

/// <summary>Names of resources and variables of Terraform, and how values refer to them.</summary>
internal sealed class TerraformNames
{
    private const string Partition = "${data.aws_partition.current.partition}";
    private const string Region = "${data.aws_region.current.region}";
    private const string Account = "${data.aws_caller_identity.current.account_id}";

    private readonly Dictionary<string, string> names;
    private readonly Dictionary<string, Node> known = [];

    /// <summary>Names everything.</summary>
    public TerraformNames(Blueprint blueprint)
    {
        var (release, spec) = (blueprint.Release, blueprint.Spec);
        names = new[]
        {
            TemplateText.Apart([("function", Snake(spec.Name))]),
            TemplateText.Apart((IEnumerable<(string, string)>)[("var zip", "zip"), ("var region", "region"), ("var alarm", "alarm_topic_arn"),
                .. from input in blueprint.Inputs select ($"input {input.Stands}", Snake(input.Name))]),
            TemplateText.Apart(from queue in release.OwnQueues select ($"queue {queue}", queue == release.FailureQueue ? "failed" : Snake(queue))),
            TemplateText.Apart(from rule in blueprint.All(PieceKind.Rule) select ($"rule {rule.Name}", Snake(rule.Called[(spec.DeployedName.Length + 1)..]))),
            TemplateText.Apart(from topic in spec.Topics.Distinct() select ($"topic {release.Site.Topic(topic)}", Snake(Arn.Read(topic)?.Name ?? topic))),
            TemplateText.Apart(from queue in spec.Queues select ($"mapping {queue}", Snake(Arn.Read(queue)?.Name ?? queue))),
        }.SelectMany(each => each).ToDictionary(pair => pair.Key, pair => pair.Value);

        known[release.Called] = Code($"{Alias}.arn");
        foreach (var queue in release.OwnQueues) known[release.Site.Queue(queue)] = Code($"{Queue(queue)}.arn");
        foreach (var rule in blueprint.All(PieceKind.Rule)) known[rule.Name] = Code($"{Rule(rule.Name)}.arn");
        known[$"{release.Site.LogGroup(spec.DeployedName)}:*"] = Code($"\"${{aws_cloudwatch_log_group.{names["function"]}.arn}}:*\"");
        if (spec.Role is null) known[release.Site.Role(spec.DeployedName)] = Code($"aws_iam_role.{names["function"]}.arn");
        if (release.Table is { } table)
        {
            var arn = release.Site.Table(table.Name, table.Region);
            known[arn] = Code("aws_dynamodb_table.store.arn");
            known[$"{arn}/index/*"] = Code("\"${aws_dynamodb_table.store.arn}/index/*\"");
        }
        foreach (var input in blueprint.Inputs)
        {
            var variable = $"var.{names[$"input {input.Stands}"]}";
            known[input.Stands] = Code(input.IsName
                ? $"\"{Blueprint.Placed(release.Site.Topic(""), Partition, Region, Account)}${{{variable}}}\""
                : variable);
        }
    }

    /// <summary>The alias.</summary>
    public const string Alias = "aws_lambda_alias.live";

    /// <summary>The name of a thing, by its kind and its own name or ARN.</summary>
    public string this[string thing] => names[thing];

    /// <summary>The function.</summary>
    public string Function => $"aws_lambda_function.{names["function"]}";

    /// <summary>A queue of its own.</summary>
    public string Queue(string name) => $"aws_sqs_queue.{names[$"queue {name}"]}";

    /// <summary>A rule or schedule.</summary>
    public string Rule(string arn) => $"aws_cloudwatch_event_rule.{names[$"rule {arn}"]}";

    /// <summary>The variable for what is given.</summary>
    public Node Given(string stands) => Code($"var.{names[$"input {stands}"]}");

    /// <summary>A text: what it names when it names something that is here or is given, else itself.</summary>
    public Node Say(string text) =>
        known.TryGetValue(text, out var node) ? node
        : Blueprint.Placed(Escaped(text), Partition, Region, Account) is { } placed ? Code(TemplateText.Quoted(placed))
        : Text(text);

    /// <summary>A short name for whoever is let in by a grant.</summary>
    public string Sender(string source) => names.GetValueOrDefault($"rule {source}") is { } rule ? $"{rule}_rule"
        : names.GetValueOrDefault($"topic {source}") is { } topic ? $"{topic}_topic" : "sender";

    public static Node Text(string text) => new Node.Text(text);

    public static Node Code(string code) => new Node.Code(code);

    private static string Escaped(string text) => text.Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal);

    /// <summary>Words as one: "events.fifo" as events_fifo. A name begins with a letter.</summary>
    private static string Snake(string words)
    {
        var joined = string.Join('_', TemplateText.Words(words)).ToLowerInvariant();
        return joined.Length is 0 || char.IsAsciiDigit(joined[0]) ? $"n{joined}" : joined;
    }
}
