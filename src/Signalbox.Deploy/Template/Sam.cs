using System.Text;

namespace Signalbox.Deploy;

/// <summary>A template for AWS SAM: what calls the function directly stands in the function.</summary>
/// <seealso href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html"/>
internal static class Sam
{
    private const string Alias = "!Ref Function.Alias";

    public static readonly TemplateKind Kind = new("sam", "A template for SAM, with the zip beside it.", Write);

    private static string Write(Blueprint blueprint)
    {
        var spec = blueprint.Spec;
        var names = new StackNames(blueprint, Alias);
        var parts = new StackParts(blueprint, names);
        ValueList<Member> resources = [.. Resources(blueprint, names, parts)];
        var text = new StringBuilder();
        TemplateText.Comment(text, "", $"""
            {blueprint.Title}
              signalbox build {spec.Name} -o {spec.Name}.zip
              sam deploy --template-file FILE --stack-name {CloudFormation.StackName(spec)} \
                --capabilities CAPABILITY_NAMED_IAM --resolve-s3{(names.Asked.Length > 0 ? $" --parameter-overrides{names.Asked}" : "")}{blueprint.TableWords}
            Names are fixed, so the stack stands once in an account and region.
            """);
        YamlText.Write(text,
        [
            new("AWSTemplateFormatVersion", StackParts.Text("2010-09-09")), new("Transform", StackParts.Text("AWS::Serverless-2016-10-31")),
            new("Description", StackParts.Text(Cut.Line(blueprint.Words, 500))),
        ]);
        text.Append('\n');
        YamlText.Write(text,
        [
            new("Parameters", new Node.Map([.. parts.Parameters, StackParts.AlarmTopic])), StackParts.Conditions,
            new("Resources", new Node.Map(resources)),
        ], spaced: 2);
        CloudFormation.Examples(text, blueprint, resources, Alias);
        text.Append('\n');
        YamlText.Write(text, [new("Outputs", new Node.Map([.. parts.Outputs(Alias, "!GetAtt FunctionUrl.FunctionUrl")]))], spaced: 2);
        return text.ToString();
    }

    private static IEnumerable<Member> Resources(Blueprint blueprint, StackNames names, StackParts parts)
    {
        // Calls that go to the function itself are its events, which bring their rights with them.
        var isDirect = blueprint.Spec.OwnQueue is null;
        return
        [
            .. parts.Role(), parts.LogGroup(), Function(blueprint, names, parts, isDirect), .. parts.Queues(), .. parts.QueuePolicy(),
            .. isDirect ? [] : parts.Subscriptions(), .. isDirect ? [] : parts.Rules().Where(rule => IsForQueue(blueprint, names, rule.Name)),
            .. parts.Table(), .. parts.Alarms(),
        ];
    }

    private static bool IsForQueue(Blueprint blueprint, StackNames names, string rule) =>
        blueprint.Spec.Rules.Any(each => names[StackNames.Rule(blueprint.Release, each)] == rule);

    private static Member Function(Blueprint blueprint, StackNames names, StackParts parts, bool isDirect)
    {
        var (spec, release) = (blueprint.Spec, blueprint.Release);
        ValueList<Member> events = [.. Events(blueprint, names, isDirect)];
        return StackParts.Resource("Function", "AWS::Serverless::Function",
            spec.Role is null ? "The role is one of ours: SAM's own may write every log of the account." : null,
        [
            .. parts.Function(new("CodeUri", StackParts.Text($"{spec.Name}.zip")), new("Tags", spec.Tags.Count is 0 ? null
                : new Node.Map([.. from tag in spec.Tags select new Member(tag.Name, StackParts.Text(tag.Value))]))),
            new("PropagateTags", spec.Tags.Count is 0 ? null : new Node.Code("true"), "What its events make has its tags too."),
            new("AutoPublishAlias", StackParts.Text(release.Alias)),
            new("AutoPublishAliasAllProperties", new Node.Code("true"), "Other settings publish another version, as another zip does."),
            new("DeadLetterQueue", spec.DeadLetterArn is { } dead ? new Node.Map(
                [new("Type", StackParts.Text(Arn.Read(dead)?.Service is "sns" ? "SNS" : "SQS")), new("TargetArn", names.Say(dead))]) : null),
            new("EventInvokeConfig", blueprint.The(PieceKind.AsyncCalls) is { } calls ? AsyncCalls(calls, names) : null),
            new("FunctionUrlConfig", blueprint.The(PieceKind.Url) is { } url ? new Node.Map([new("AuthType", StackParts.Text(url["auth"]))]) : null,
                blueprint.The(PieceKind.Url)?["auth"] is "NONE" ? "Anybody may call it: the function checks who calls. SAM adds both rights." : null),
            new("Events", events.Count is 0 ? null : new Node.Map(events)),
        ]);
    }

    private static Node AsyncCalls(Piece calls, StackNames names) => new Node.Map(
    [
        new("MaximumRetryAttempts", Node.Of(calls["tries again"])),
        new("DestinationConfig", calls["on failure"] is { Length: > 0 } to ? new Node.Map([new("OnFailure", new Node.Map(
            [new("Type", StackParts.Text(Kinds.GetValueOrDefault(Arn.Read(to)?.Service ?? "", "SQS"))), new("Destination", names.Say(to))]))]) : null),
    ]);

    private static readonly Dictionary<string, string> Kinds =
        new() { ["sqs"] = "SQS", ["sns"] = "SNS", ["events"] = "EventBridge", ["lambda"] = "Lambda" };

    private static IEnumerable<Member> Events(Blueprint blueprint, StackNames names, bool isDirect)
    {
        var (spec, release) = (blueprint.Spec, blueprint.Release);
        foreach (var queue in spec.Queues)
        {
            var mapping = blueprint.All(PieceKind.Mapping).First(mapping => mapping.Name == release.Site.Queue(queue));
            yield return Event(names[$"mapping {queue}"], "SQS",
            [
                new("Queue", names.Say(mapping.Name)), new("BatchSize", Node.Of(mapping["batch"])),
                new("MaximumBatchingWindowInSeconds", Blueprint.WindowOf(mapping)),
                new("ScalingConfig", Blueprint.ScalingOf(mapping), Blueprint.AtOnceWords),
                new("FunctionResponseTypes", new Node.Several([StackParts.Text(mapping["failures"])]), Blueprint.PartialWords),
            ]);
        }
        foreach (var subscription in isDirect ? blueprint.All(PieceKind.Subscription) : [])
        {
            var topic = subscription["topic"];
            var said = names.Say(topic) is Node.Code { Written: var code } ? code : topic;
            yield return Event(names[$"topic {topic}"], "SNS",
            [
                new("Topic", names.Say(topic)),
                new("Region", Arn.Read(topic)?.Region == Blueprint.Here.Region ? null : new Node.Code($"!Select [3, !Split [\":\", {said}]]"),
                    "The topic may be in another region."),
            ]);
        }
        foreach (var rule in blueprint.All(PieceKind.Rule).Where(rule => isDirect || rule["schedule"].Length > 0))
        {
            var input = blueprint.All(PieceKind.Target).First(target => target.Name == rule.Name)["input"];
            var isTimed = rule["schedule"].Length > 0;
            yield return Event(names[$"rule {rule.Name}"], isTimed ? "Schedule" : "EventBridgeRule",
            [
                new(isTimed ? "Name" : "RuleName", StackParts.Text(rule.Called)),
                new("Schedule", isTimed ? StackParts.Text(rule["schedule"]) : null),
                new("Pattern", isTimed ? null : Node.OfJson(rule["pattern"], StackParts.Text)),
                new("EventBusName", rule.At is "default" ? null : names.Say(rule.At)),
                new("Input", input.Length > 0 ? StackParts.Text(input) : null),
            ]);
        }
    }

    private static Member Event(string name, string type, ValueList<Member> properties) =>
        new(name, new Node.Map([new("Type", StackParts.Text(type)), new("Properties", new Node.Map(properties))]));
}
