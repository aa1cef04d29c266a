using System.Text;

namespace Signalbox.Deploy;

/// <summary>A template for AWS CloudFormation.</summary>
internal static class CloudFormation
{
    private const string Alias = "!Ref Alias";

    public static readonly TemplateKind Kind = new("cloudformation", "A template for CloudFormation, with the zip in a bucket.", Write);

    private static string Write(Blueprint blueprint)
    {
        var spec = blueprint.Spec;
        var names = new StackNames(blueprint, Alias);
        var parts = new StackParts(blueprint, names);
        ValueList<Member> resources = [.. Resources(blueprint, names)];
        var text = new StringBuilder();
        TemplateText.Comment(text, "", $"""
            {blueprint.Title}
              signalbox build {spec.Name} -o {spec.Name}.zip
              aws s3 cp {spec.Name}.zip s3://BUCKET/{spec.Name}-1.zip
              aws cloudformation deploy --template-file FILE --stack-name {StackName(spec)} \
                --capabilities CAPABILITY_NAMED_IAM --parameter-overrides CodeBucket=BUCKET CodeKey={spec.Name}-1.zip{names.Asked}{blueprint.TableWords}
            Names are fixed, so the stack stands once in an account and region.
            """);
        YamlText.Write(text,
        [
            new("AWSTemplateFormatVersion", StackParts.Text("2010-09-09")),
            new("Description", StackParts.Text(Cut.Line(blueprint.Words, 500))),
        ]);
        text.Append('\n');
        YamlText.Write(text,
        [
            new("Parameters", new Node.Map(
            [
                StackParts.Parameter("CodeBucket", "String", null, "The bucket with the zip, in the same region."),
                StackParts.Parameter("CodeKey", "String", null, "The zip in the bucket. Another name for each new zip: a new name publishes a new version."),
                StackParts.Parameter("Release", "String", "1",
                    "Change it with any other parameter: the alias names a published version, and a version keeps what it was published with."),
                .. parts.Parameters, StackParts.AlarmTopic,
            ])),
            StackParts.Conditions,
            new("Resources", new Node.Map(resources)),
        ], spaced: 2);
        Examples(text, blueprint, resources, Alias);
        text.Append('\n');
        YamlText.Write(text, [new("Outputs", new Node.Map([.. parts.Outputs(Alias, "!GetAtt Url.FunctionUrl")]))], spaced: 2);
        return text.ToString();
    }

    internal static string StackName(FunctionSpec spec) => string.Join('-', TemplateText.Words(spec.DeployedName));

    private static IEnumerable<Member> Resources(Blueprint blueprint, StackNames names)
    {
        var parts = new StackParts(blueprint, names);
        return
        [
            .. parts.Role(), parts.LogGroup(), .. Function(blueprint, names, parts), .. Url(blueprint), .. AsyncCalls(blueprint, names),
            .. parts.Queues(), .. parts.QueuePolicy(), .. Mappings(blueprint, names), .. parts.Subscriptions(), .. parts.Rules(), .. parts.Permissions(),
            .. parts.Table(), .. parts.Alarms(),
        ];
    }

    private static IEnumerable<Member> Function(Blueprint blueprint, StackNames names, StackParts parts)
    {
        var spec = blueprint.Spec;
        yield return StackParts.Resource("Function", "AWS::Lambda::Function", null,
        [
            .. parts.Function(new("Code", new Node.Map([new("S3Bucket", StackNames.Ref("CodeBucket")), new("S3Key", StackNames.Ref("CodeKey"))])), parts.Tags),
            new("DeadLetterConfig", spec.DeadLetterArn is { } dead ? new Node.Map([new("TargetArn", names.Say(dead))]) : null),
        ]);
        var version = $"Version{blueprint.State}";
        yield return StackParts.Resource(version, "AWS::Lambda::Version",
            "A version is never changed: its name here is that of the settings, so that other settings publish another one. Earlier ones stay, to go back to.",
        [
            new("FunctionName", StackNames.Ref("Function")), new("Description", StackNames.Sub("${CodeKey} ${Release}")),
        ], [new("DeletionPolicy", StackParts.Text("Retain")), new("UpdateReplacePolicy", StackParts.Text("Retain"))]);
        yield return StackParts.Resource("Alias", "AWS::Lambda::Alias", null,
        [
            new("FunctionName", StackNames.Ref("Function")), new("FunctionVersion", StackNames.Attribute(version, "Version")),
            new("Name", StackParts.Text(blueprint.Release.Alias)),
        ]);
    }

    private static IEnumerable<Member> Url(Blueprint blueprint)
    {
        if (blueprint.The(PieceKind.Url) is not { } url) yield break;
        yield return StackParts.Resource("Url", "AWS::Lambda::Url", null,
        [
            new("TargetFunctionArn", StackNames.Ref("Function")), new("Qualifier", StackParts.Text(url.Name)), new("AuthType", StackParts.Text(url["auth"])),
        ], [StackParts.DependsOn("Alias", "It names the alias by its name only.")]);
    }

    private static IEnumerable<Member> AsyncCalls(Blueprint blueprint, StackNames names)
    {
        if (blueprint.The(PieceKind.AsyncCalls) is not { } calls) yield break;
        yield return StackParts.Resource("AsyncCalls", "AWS::Lambda::EventInvokeConfig", null,
        [
            new("FunctionName", StackNames.Ref("Function")), new("Qualifier", StackParts.Text(calls.Name)),
            new("MaximumRetryAttempts", Node.Of(calls["tries again"])),
            new("DestinationConfig", calls["on failure"] is { Length: > 0 } to
                ? new Node.Map([new("OnFailure", new Node.Map([new("Destination", names.Say(to))]))])
                : null),
        ], [StackParts.DependsOn("Alias", "It names the alias by its name only.")]);
    }

    private static IEnumerable<Member> Mappings(Blueprint blueprint, StackNames names) =>
        from queue in blueprint.Spec.Queues
        let mapping = blueprint.All(PieceKind.Mapping).First(mapping => mapping.Name == blueprint.Release.Site.Queue(queue))
        select StackParts.Resource(names[$"mapping {queue}"], "AWS::Lambda::EventSourceMapping", Blueprint.PartialWords,
        [
            new("EventSourceArn", names.Say(mapping.Name)), new("FunctionName", StackNames.Ref("Alias")), new("BatchSize", Node.Of(mapping["batch"])),
            new("MaximumBatchingWindowInSeconds", Blueprint.WindowOf(mapping)),
            new("ScalingConfig", Blueprint.ScalingOf(mapping), Blueprint.AtOnceWords),
            new("FunctionResponseTypes", new Node.Several([StackParts.Text(mapping["failures"])])),
        ]);

    /// <summary>A rule and a topic as comments, where nothing calls the function yet.</summary>
    internal static void Examples(StringBuilder text, Blueprint blueprint, ValueList<Member> resources, string alias)
    {
        if (!blueprint.NeedsExamples) return;
        var examples = blueprint.WithExamples;
        var names = new StackNames(examples, alias);
        var parts = new StackParts(examples, names);
        var topic = examples.Inputs.First(input => input.IsName);
        var commented = new StringBuilder();
        StackParts.AsComment(commented,
            "Nothing calls the function yet. Say rules and topics in function.json (\"rules\": [\"aws.health\"], \"topics\": [\"alarms\"]) and write "
            + "the template again, which adds what goes with them; or take these signs away and say your own pattern and topic:",
            [.. from member in (ValueList<Member>)[.. parts.Rules(), .. parts.Subscriptions(), .. parts.Permissions()]
                where resources.All(other => other.Name != member.Name)
                select member]);
        text.Append(commented.Replace($"${{{names[$"input {topic.Stands}"]}}}", topic.Default));
    }
}
