namespace Signalbox.Deploy;

/// <summary>What a function may do: exactly what follows from its file and its settings.</summary>
public static class Policy
{
    /// <summary>Who may take the role: Lambda alone.</summary>
    /// <seealso href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html"/>
    public static string Trust { get; } = CanonicalJson.Of("""
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}
        """);

    /// <summary>The statements, in a fixed order; those that a function has no use for are left out.</summary>
    public static ValueList<PolicyStatement> Of(Release release)
    {
        var (spec, site) = (release.Spec, release.Site);
        ValueList<PolicyStatement?> all =
        [
            new("Logs", ["logs:CreateLogStream", "logs:PutLogEvents"], [$"{site.LogGroup(spec.DeployedName)}:*"], "to write its own log"),
            Some("Queues", ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], spec.Queues.Select(site.Queue),
                "Lambda takes the messages that feed it by its rights"),
            .. Destinations(release), Some("Topics", ["sns:Publish"], Topics(release.Settings), "its sns rooms"),
            Table(release), Network(spec),
            Some("Key", ["kms:Decrypt"], [.. spec.KmsKeyArn is { } key ? (string[])[key] : []], "its environment is kept with this key"),
            .. Lookups(release),
        ];
        return [.. from statement in all where statement is not null select statement];
    }

    /// <summary>The whole inline policy, with the statements of <c>policy.json</c>.</summary>
    public static string Document(Release release) => PolicyStatement.Document(Of(release), release.Spec.Statements);

    private static PolicyStatement? Some(string sid, ValueList<string> actions, IEnumerable<string> resources, string why) =>
        resources.Distinct().Order(StringComparer.Ordinal).ToValueList() is { Count: > 0 } named ? new(sid, actions, named, why) : null;

    private static IEnumerable<PolicyStatement> Destinations(Release release)
    {
        var all = ((string?[])[release.Spec.DeadLetterArn, release.FailureDestination]).OfType<string>().ToList();
        foreach (var (service, sid, action) in (ValueList<(string, string, string)>)
            [("sqs", "FailuresToQueue", "sqs:SendMessage"), ("sns", "FailuresToTopic", "sns:Publish"), ("events", "FailuresToBus", "events:PutEvents"),
                ("lambda", "FailuresToFunction", "lambda:InvokeFunction")])
        {
            var to = all.Where(arn => Arn.Read(arn)?.Service == service);
            if (Some(sid, [action], to, "Lambda hands on by its rights what failed for good") is { } statement) yield return statement;
        }
    }

    /// <summary>The topics of rooms that publish with the function's own keys: a room that has keys of its own needs no right here.</summary>
    private static IEnumerable<string> Topics(Settings? settings) =>
        from room in settings?.Rooms ?? []
        where room.Chat is "sns" && SnsTopic.HasKeysOfTheEnvironment(room)
        let topic = room["topic"]
        where topic is not null
        select topic;

    private static PolicyStatement? Table(Release release)
    {
        if (release.Table is not { } table) return null;
        var arn = release.Site.Table(table.Name, table.Region);
        return new("Store",
            ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:Query", "dynamodb:BatchGetItem",
                "dynamodb:BatchWriteItem"],
            [arn, $"{arn}/index/*"], "its conversations and what waits; the table's indexes have no ARN that is known before");
    }

    private static PolicyStatement? Network(FunctionSpec spec) => spec.Vpc is null ? null : new("Network",
        ["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DeleteNetworkInterface",
            "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"],
        ["*"], "Lambda makes the network interfaces by its rights, and refuses a role that can make them in some subnets only");

    private static IEnumerable<PolicyStatement> Lookups(Release release)
    {
        var (lookups, site) = (release.Settings?.Lookups ?? Signalbox.Lookups.None, release.Site);
        if (lookups.Tags)
        {
            yield return new("Tags", ["tag:GetResources"], ["*"], "it asks for the tags of what an event is about; this action knows no resource");
            yield return new("StackTags", ["cloudformation:DescribeStacks"], [$"arn:{site.Partition}:cloudformation:*:{site.Account}:stack/*"],
                "it asks for the tags of stacks; which ones it hears of is not known before");
        }
        if (lookups.Accounts)
        {
            yield return new("AccountNames", ["organizations:DescribeAccount", "iam:ListAccountAliases"], ["*"],
                "it asks for names of accounts; which ones is not known before, and the alias knows no resource");
        }
    }
}
