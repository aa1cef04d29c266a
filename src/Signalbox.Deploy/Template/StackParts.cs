using System.Text;

namespace Signalbox.Deploy;

/// <summary>The parts of a stack that CloudFormation and SAM write alike.</summary>
/// <seealso href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html"/>
internal sealed class StackParts(Blueprint blueprint, StackNames names)
{
    private Release Release => blueprint.Release;

    private FunctionSpec Spec => blueprint.Spec;

    /// <summary>A resource.</summary>
    /// <param name="name">Its logical name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="why">A comment above it; null for none.</param>
    /// <param name="properties">Its properties.</param>
    /// <param name="besides">What stands beside its properties.</param>
    public static Member Resource(string name, string type, string? why, ValueList<Member> properties, ValueList<Member> besides = default) => new(
        name, new Node.Map([new("Type", new Node.Text(type)), .. besides, new("Properties", new Node.Map(properties))]), why);

    public static Node Text(string text) => new Node.Text(text);

    public static Member DependsOn(string name, string why) => new("DependsOn", Text(name), why);

    /// <summary>Tags as a list.</summary>
    public Member Tags => new("Tags", Spec.Tags.Count is 0 ? null
        : new Node.Several([.. from tag in Spec.Tags select new Node.Map([new("Key", Text(tag.Name)), new("Value", Text(tag.Value))])]));

    /// <summary>Every parameter that is an input of the function.</summary>
    public IEnumerable<Member> Parameters => from input in blueprint.Inputs
                                             select Parameter(names[$"input {input.Stands}"], input.Kind switch
                                             {
                                                 InputKind.Texts => "CommaDelimitedList",
                                                 InputKind.Subnets => "List<AWS::EC2::Subnet::Id>",
                                                 InputKind.SecurityGroups => "List<AWS::EC2::SecurityGroup::Id>",
                                                 _ => "String",
                                             }, input.Default, input.About, input.IsSecret);

    public static Member Parameter(string name, string type, string? value, string about, bool isSecret = false) => new(name, new Node.Map(
    [
        new("Type", Text(type)), new("Default", value is null ? null : Text(value)),
        new("NoEcho", isSecret ? new Node.Code("true") : null), new("Description", Text(about)),
    ]));

    public static Member AlarmTopic => Parameter("AlarmTopicArn", "String", "",
        "A topic that hears of alarms; empty for none. One that leads to this function would tell of its failures only as long as it works.");

    public static Member Conditions => new("Conditions", new Node.Map([new("HasAlarmTopic", new Node.Code("!Not [!Equals [!Ref AlarmTopicArn, \"\"]]"))]));

    public IEnumerable<Member> Role()
    {
        if (blueprint.The(PieceKind.Role) is not { } role) yield break;
        yield return Resource("Role", "AWS::IAM::Role", blueprint.RightsWords,
        [
            new("RoleName", Text(role.Name)), new("Description", Text($"Function {Spec.DeployedName}")),
            new("AssumeRolePolicyDocument", Node.InOrder(Node.OfJson(role["trust"], Text), _ => null)),
            new("Policies", new Node.Several([new Node.Map(
            [
                new("PolicyName", Text("signalbox")),
                new("PolicyDocument", Node.InOrder(Node.OfJson(blueprint.The(PieceKind.Rights)!["policy"], names.Say), Blueprint.WhyOfRight)),
            ])])),
            Tags,
        ]);
    }

    public Member LogGroup()
    {
        var group = blueprint.The(PieceKind.LogGroup)!;
        return Resource("LogGroup", "AWS::Logs::LogGroup", blueprint.LogWords,
            [new("LogGroupName", Text(group.Name)), new("RetentionInDays", group["retention"] is { Length: > 0 } days ? Node.Of(days) : null), Tags]);
    }

    /// <summary>What the function is in both languages.</summary>
    public ValueList<Member> Function(Member code, Member tags) =>
    [
        new("FunctionName", Text(Spec.DeployedName)), new("Description", Spec.Description.Length > 0 ? Text(Spec.Description) : null), code,
        new("Runtime", Text(Spec.Runtime)), new("Handler", Text(Spec.Handler)), new("Architectures", new Node.Several([Text(Spec.Architecture)])),
        new("MemorySize", Node.Of(Release.Number(Spec.Memory))), new("Timeout", Node.Of(Release.Number(Spec.Timeout))),
        new("EphemeralStorage", new Node.Map([new("Size", Node.Of(Release.Number(Spec.EphemeralStorage)))])),
        new("Role", Spec.Role is { } role ? names.Say(role) : StackNames.Attribute("Role", "Arn")),
        new("Environment", Spec.Environment.Count is 0 ? null : new Node.Map([new("Variables", new Node.Map(
            [.. from variable in Spec.Environment select new Member(variable.Name, Variable(variable))]))])),
        new("Layers", Spec.Layers.Count > 0 ? names.Given("layers") : null),
        new("VpcConfig", Spec.Vpc is null ? null : new Node.Map(
            [new("SubnetIds", names.Given("subnets")), new("SecurityGroupIds", names.Given("security groups"))])),
        new("KmsKeyArn", Spec.KmsKeyArn is { } key ? names.Say(key) : null),
        new("LoggingConfig", new Node.Map([new("LogFormat", Text(Spec.Logs.Format)), new("LogGroup", StackNames.Ref("LogGroup"))])),
        new("ReservedConcurrentExecutions", Spec.ReservedConcurrency is { } reserved ? Node.Of(Release.Number(reserved)) : null),
        tags,
    ];

    private Node Variable(Fact variable) =>
        TemplateInput.IsSecretValue(variable) ? names.Given(TemplateInput.Secret(variable.Name)) : Text(variable.Value);

    public IEnumerable<Member> Queues() => from queue in blueprint.All(PieceKind.Queue)
                                           let isDead = blueprint.DeadLetters.Contains(queue.Name)
                                           select Resource(names[StackNames.Queue(queue.Name)], "AWS::SQS::Queue",
                                               isDead ? "Messages that could not be handled; kept for as long as SQS can."
                                                   : "Hides a message for six times the function's timeout, as Lambda advises.",
                                           [
                                               new("QueueName", Text(queue.Name)),
                                               new("FifoQueue", Blueprint.IsFifo(queue.Name) ? new Node.Code("true") : null),
                                               new("VisibilityTimeout", Node.Of(queue["visibility"])),
                                               new("MessageRetentionPeriod", Node.Of(queue["retention"])),
                                               new("SqsManagedSseEnabled", new Node.Code("true")),
                                               new("RedrivePolicy", queue["dead letters"] is { Length: > 0 } dead ? new Node.Map(
                                                   [new("deadLetterTargetArn", names.Say(dead)), new("maxReceiveCount", Node.Of(queue["tries"]))]) : null),
                                               Tags,
                                           ]);

    public IEnumerable<Member> QueuePolicy()
    {
        var grants = blueprint.All(PieceKind.QueueGrant).ToList();
        if (grants.Count is 0) yield break;
        yield return Resource("QueuePolicy", "AWS::SQS::QueuePolicy", "Each topic and rule by its ARN, and nobody else, may send to the queue.",
        [
            new("Queues", new Node.Several([StackNames.Ref(names[StackNames.Queue(grants[0].At)])])),
            new("PolicyDocument", new Node.Map(
            [
                new("Version", Text("2012-10-17")),
                new("Statement", new Node.Several([.. from grant in grants select Statement(grant)])),
            ])),
        ]);
    }

    private Node Statement(Piece grant) => Node.OfJson(grant.Body, text => text == grant.Name ? Text($"From{names.Sender(grant.Called)}") : names.Say(text));

    public IEnumerable<Member> Subscriptions() => from subscription in blueprint.All(PieceKind.Subscription)
                                                  let topic = subscription["topic"]
                                                  select Resource(names[$"topic {topic}"], "AWS::SNS::Subscription", null,
                                                  [
                                                      new("TopicArn", names.Say(topic)), new("Protocol", Text(subscription["protocol"])),
                                                      new("Endpoint", names.Say(subscription["endpoint"])),
                                                      new("Region", Arn.Read(topic)?.Region == Blueprint.Here.Region ? null : new Node.Code(
                                                          $"!Select [3, !Split [\":\", {Written(names.Say(topic))}]]"), "The topic may be in another region."),
                                                  ], [DependsOn(subscription["protocol"] is "sqs" ? "QueuePolicy" : $"{names.Sender(topic)}Permission",
                                                      "What is sent before it is let in would be lost.")]);

    public IEnumerable<Member> Rules() => from rule in blueprint.All(PieceKind.Rule)
                                          let target = blueprint.All(PieceKind.Target).First(target => target.Name == rule.Name)
                                          select Resource(names[$"rule {rule.Name}"], "AWS::Events::Rule", null,
                                          [
                                              new("Name", Text(rule.Called)), new("Description", Text($"Function {Spec.DeployedName}")),
                                              new("EventBusName", rule.At is "default" ? null : names.Say(rule.At)),
                                              new("EventPattern", rule["pattern"] is { Length: > 0 } pattern ? Node.OfJson(pattern, Text) : null),
                                              new("ScheduleExpression", rule["schedule"] is { Length: > 0 } schedule ? Text(schedule) : null),
                                              new("State", Text(rule["state"])),
                                              new("Targets", new Node.Several([new Node.Map(
                                              [
                                                  new("Id", Text("signalbox")), new("Arn", names.Say(target["to"])),
                                                  new("Input", target["input"] is { Length: > 0 } input ? Text(input) : null),
                                              ])])),
                                              Tags,
                                          ]);

    /// <summary>Rights to call the alias; those of its address have names of their own.</summary>
    public IEnumerable<Member> Permissions() => from permission in blueprint.All(PieceKind.Permission)
                                                let isUrl = permission["source"].Length is 0
                                                let name = !isUrl ? $"{names.Sender(permission["source"])}Permission"
                                                    : permission["url auth"] is "NONE" ? "UrlPermission" : "UrlCallPermission"
                                                select Resource(name, "AWS::Lambda::Permission",
                                                    name is "UrlPermission" ? Blueprint.OpenWords : null,
                                                [
                                                    new("FunctionName", names.Say(Release.Called)), new("Action", Text(permission["action"])),
                                                    new("Principal", Text(permission["principal"])),
                                                    new("SourceArn", isUrl ? null : names.Say(permission["source"])),
                                                    new("FunctionUrlAuthType", permission["url auth"] is "NONE" ? Text("NONE") : null),
                                                    new("InvokedViaFunctionUrl", permission["url auth"] is "via url" ? new Node.Code("true") : null),
                                                ]);

    public IEnumerable<Member> Table()
    {
        if (!blueprint.MakesTableHere) yield break;
        yield return Resource("Table", "AWS::DynamoDB::Table",
            "Conversations and what waits, as signalbox store init makes it. It stays when the stack goes; a later stack has to import it.",
        [
            new("TableName", Text(Release.Table!.Name)), new("BillingMode", Text("PAY_PER_REQUEST")),
            new("AttributeDefinitions", new Node.Several([.. from name in TableShape.Attributes
                                                             select new Node.Map([new("AttributeName", Text(name)), new("AttributeType", Text("S"))])])),
            new("KeySchema", Key(TableShape.Key)),
            new("LocalSecondaryIndexes", new Node.Several([.. from index in TableShape.Indexes select new Node.Map(
            [
                new("IndexName", Text(index.Name)), new("KeySchema", Key(index.Key)),
                new("Projection", new Node.Map(index.Carried.Count is 0 ? [new("ProjectionType", Text("KEYS_ONLY"))]
                    : [new("ProjectionType", Text("INCLUDE")), new("NonKeyAttributes", new Node.Several([.. index.Carried.Select(Text)]))])),
            ])])),
            new("TimeToLiveSpecification", new Node.Map([new("AttributeName", Text(TableShape.Expiry)), new("Enabled", new Node.Code("true"))])),
            Tags,
        ], [new("DeletionPolicy", Text("RetainExceptOnCreate")), new("UpdateReplacePolicy", Text("Retain"))]);
    }

    private static Node Key(TableKey key) => new Node.Several(
    [
        new Node.Map([new("AttributeName", Text(key.Partition)), new("KeyType", Text("HASH"))]),
        new Node.Map([new("AttributeName", Text(key.Sort)), new("KeyType", Text("RANGE"))]),
    ]);

    public IEnumerable<Member> Alarms() => from alarm in Alarm.Of(blueprint)
                                           let isQueue = alarm.Queue is not null
                                           select Resource(isQueue ? names[$"alarm {alarm.Queue}"] : $"{alarm.Metric}Alarm", "AWS::CloudWatch::Alarm", null,
                                           [
                                               new("AlarmName", Text(alarm.Name)), new("AlarmDescription", Text(alarm.About)),
                                               new("Namespace", Text(alarm.Namespace)), new("MetricName", Text(alarm.Metric)),
                                               new("Dimensions", new Node.Several([new Node.Map([new("Name", Text(alarm.Dimension)), new("Value",
                                                   alarm.Queue is { } queue ? StackNames.Attribute(names[StackNames.Queue(queue)], "QueueName")
                                                       : StackNames.Ref("Function"))])])),
                                               new("Statistic", Text(alarm.Statistic)), new("Period", Node.Of(Alarm.Seconds)),
                                               new("EvaluationPeriods", Node.Of("1")), new("Threshold", Node.Of("1")),
                                               new("ComparisonOperator", Text("GreaterThanOrEqualToThreshold")),
                                               new("TreatMissingData", Text("notBreaching")),
                                               new("AlarmActions", new Node.Code("!If [HasAlarmTopic, [!Ref AlarmTopicArn], !Ref \"AWS::NoValue\"]")),
                                               Tags,
                                           ]);

    public IEnumerable<Member> Outputs(string alias, string url)
    {
        yield return Output("FunctionArn", "The function.", StackNames.Attribute("Function", "Arn"));
        yield return Output("AliasArn", $"The alias {Release.Alias}: what callers call.", new Node.Code(alias));
        if (Spec.Url is not null) yield return Output("FunctionUrl", "Its address.", new Node.Code(url));
        if (Spec.OwnQueue is { } queue)
        {
            yield return Output("QueueArn", "The queue that feeds it: for topics and rules of others.", names.Say(Release.Site.Queue(queue)));
            yield return Output("QueueUrl", "The same queue, for those who send to it.", StackNames.Ref(names[StackNames.Queue(queue)]));
        }
    }

    private static Member Output(string name, string about, Node value) => new(name, new Node.Map([new("Description", Text(about)), new("Value", value)]));

    private static string Written(Node node) => node is Node.Code { Written: var code } ? code : "\"\"";

    /// <summary>Resources as a comment, to be made part of the template by taking the signs away.</summary>
    public static void AsComment(StringBuilder text, string words, ValueList<Member> resources)
    {
        if (resources.Count is 0) return;
        text.Append('\n');
        TemplateText.Comment(text, "  ", words);
        var written = new StringBuilder();
        YamlText.Write(written, resources, "  ", spaced: 1);
        foreach (var line in written.ToString().TrimEnd('\n').Split('\n')) text.Append(line.Length is 0 ? "  #" : $"  # {line[2..]}").Append('\n');
    }
}
