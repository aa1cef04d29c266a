using System.Text;

namespace Signalbox.Deploy;

/// <summary>A configuration for Terraform, or for OpenTofu.</summary>
internal static class Terraform
{
    public static readonly TemplateKind Kind = new("terraform", "A configuration for Terraform, with the zip beside it.", Write);

    private static string Write(Blueprint blueprint)
    {
        var spec = blueprint.Spec;
        var names = new TerraformNames(blueprint);
        var resources = Resources(blueprint, names).ToList();
        var body = new StringBuilder();
        HclText.Write(body, resources);
        Examples(body, blueprint, resources);
        HclText.Write(body.Append('\n'), Outputs(blueprint, names));

        var text = new StringBuilder();
        TemplateText.Comment(text, "", $"""
            {blueprint.Title}
              signalbox build {spec.Name} -o {spec.Name}.zip
              terraform init
              terraform apply{string.Concat(from input in blueprint.Inputs where input.Default is null select $" -var {names[$"input {input.Stands}"]}=…")}
            Names are fixed, so it stands once in an account and region.
            """);
        text.Append('\n');
        HclText.Write(text, [.. Head(blueprint), .. Data(body.ToString()), .. Variables(blueprint, names), .. Locals(spec)]);
        return text.Append('\n').Append(body).ToString();
    }

    private static IEnumerable<HclBlock> Head(Blueprint blueprint)
    {
        yield return new("terraform", [new("required_version", TerraformNames.Text(">= 1.5"))],
        [
            new("required_providers", [new("aws", new Node.Map([new("source", TerraformNames.Text("hashicorp/aws")), new("version",
                TerraformNames.Text(">= 6.29, < 7.0"))]), "6.29 knows the second right that calls by an address need.")], []),
        ]);
        if (blueprint.Project.Region is not null) yield return new("provider \"aws\"", [new("region", TerraformNames.Code("var.region"))], []);
    }

    /// <summary>What is asked of AWS, as far as something below needs it.</summary>
    private static IEnumerable<HclBlock> Data(string body) =>
        from data in (ValueList<string>)["aws_partition", "aws_region", "aws_caller_identity"]
        where body.Contains($"data.{data}.current", StringComparison.Ordinal)
        select new HclBlock($"data \"{data}\" \"current\"", [], []);

    private static IEnumerable<HclBlock> Variables(Blueprint blueprint, TerraformNames names)
    {
        if (blueprint.Project.Region is { } region) yield return Variable("region", "string", TerraformNames.Text(region), "The region.");
        yield return Variable("zip", "string", TerraformNames.Text($"{blueprint.Spec.Name}.zip"), "The function's zip.");
        foreach (var input in blueprint.Inputs)
        {
            var isList = input.Kind is not InputKind.Text;
            yield return Variable(names[$"input {input.Stands}"], isList ? "list(string)" : "string",
                input.Default is not { } usual ? null
                : isList ? new Node.Several([.. usual.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(TerraformNames.Text)])
                : TerraformNames.Text(usual), input.About, input.IsSecret);
        }
        yield return Variable("alarm_topic_arn", "string", TerraformNames.Code("null"),
            "A topic that hears of alarms; null for none. One that leads to this function would tell of its failures only as long as it works.");
    }

    private static HclBlock Variable(string name, string type, Node? usual, string about, bool isSecret = false) => new($"variable \"{name}\"",
    [
        new("type", TerraformNames.Code(type)), new("default", usual), new("sensitive", isSecret ? TerraformNames.Code("true") : null),
        new("description", TerraformNames.Text(about)),
    ], []);

    private static IEnumerable<HclBlock> Locals(FunctionSpec spec)
    {
        if (spec.Tags.Count > 0)
            yield return new("locals", [new("tags", new Node.Map([.. from tag in spec.Tags select new Member(tag.Name, TerraformNames.Text(tag.Value))]))], []);
    }

    private static IEnumerable<HclBlock> Resources(Blueprint blueprint, TerraformNames names)
    {
        var function = new TerraformFunction(blueprint, names);
        var roads = new TerraformRoads(blueprint, names);
        return
        [
            .. function.Role(), function.LogGroup(), .. function.Function(), .. function.Url(), .. function.AsyncCalls(), .. roads.Queues(),
            .. roads.QueuePolicy(), .. roads.Mappings(), .. roads.Subscriptions(), .. roads.Rules(), .. roads.Permissions(), .. roads.Table(),
            .. roads.Alarms(),
        ];
    }

    private static void Examples(StringBuilder text, Blueprint blueprint, List<HclBlock> resources)
    {
        if (!blueprint.NeedsExamples) return;
        var examples = blueprint.WithExamples;
        var names = new TerraformNames(examples);
        var roads = new TerraformRoads(examples, names);
        var topic = examples.Inputs.First(input => input.IsName);
        var written = new StringBuilder();
        HclText.Write(written,
            from block in (ValueList<HclBlock>)[.. roads.Rules(), .. roads.Subscriptions(), .. roads.Permissions()]
            where resources.TrueForAll(other => other.Head != block.Head)
            select block);
        text.Append('\n');
        TemplateText.Comment(text, "",
            "Nothing calls the function yet. Say rules and topics in function.json (\"rules\": [\"aws.health\"], \"topics\": [\"alarms\"]) and write "
            + "this file again, which adds what goes with them; or take these signs away and say your own pattern and topic:");
        var shown = written.Replace($"${{var.{names[$"input {topic.Stands}"]}}}", topic.Default).ToString();
        foreach (var line in shown.TrimEnd('\n').Split('\n')) text.Append(line.Length is 0 ? "#" : $"# {line}").Append('\n');
    }

    private static IEnumerable<HclBlock> Outputs(Blueprint blueprint, TerraformNames names)
    {
        var release = blueprint.Release;
        yield return Output("function_arn", "The function.", $"{names.Function}.arn");
        yield return Output("alias_arn", $"The alias {release.Alias}: what callers call.", $"{TerraformNames.Alias}.arn");
        if (blueprint.Spec.Url is not null) yield return Output("function_url", "Its address.", $"aws_lambda_function_url.{names["function"]}.function_url");
        if (blueprint.Spec.OwnQueue is not { } queue) yield break;
        yield return Output("queue_arn", "The queue that feeds it: for topics and rules of others.", $"{names.Queue(queue)}.arn");
        yield return Output("queue_url", "The same queue, for those who send to it.", $"{names.Queue(queue)}.url");
    }

    private static HclBlock Output(string name, string about, string value) =>
        new($"output \"{name}\"", [new("description", TerraformNames.Text(about)), new("value", TerraformNames.Code(value))], []);
}
