namespace Signalbox.Deploy;

/// <summary>A right that functions can need: one row of the table.</summary>
/// <param name="Sid">Its name in the policy: letters and digits.</param>
/// <param name="When">When a function has it: what of its files asks for it.</param>
/// <param name="Actions">What may be done.</param>
/// <param name="Why">What it is for, and why it is as wide as it is where it is wide.</param>
/// <param name="Resources">On what; nothing for a function that has no use for it.</param>
public sealed record Right(string Sid, string When, ValueList<string> Actions, string Why, Func<Release, IEnumerable<string>> Resources);

/// <summary>What a function may do: exactly what follows from its file and its settings.</summary>
public static class Policy
{
    private const string FailuresWhy = "Lambda hands on by its rights what failed for good";

    /// <summary>Who may take the role: Lambda alone.</summary>
    /// <seealso href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html"/>
    public static string Trust { get; } = CanonicalJson.Of("""
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}
        """);

    /// <summary>Every right that there is, in the order of the statements. The page about rights is written from it.</summary>
    public static ValueList<Right> All { get; } =
    [
        new("Logs", "always", ["logs:CreateLogStream", "logs:PutLogEvents"], "to write its own log",
            release => [$"{release.Site.LogGroup(release.Spec.DeployedName)}:*"]),
        new("Queues", "`queues`", ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
            "Lambda takes the messages that feed it by its rights", release => release.Spec.Queues.Select(release.Site.Queue)),
        new("FailuresToQueue", "`onFailure` or `deadletter_arn` is a queue; or it is called asynchronously and neither is said",
            ["sqs:SendMessage"], FailuresWhy, release => Failures(release, "sqs")),
        new("FailuresToTopic", "`onFailure` or `deadletter_arn` is a topic", ["sns:Publish"], FailuresWhy, release => Failures(release, "sns")),
        new("FailuresToBus", "`onFailure` is a bus", ["events:PutEvents"], FailuresWhy, release => Failures(release, "events")),
        new("FailuresToFunction", "`onFailure` is a function", ["lambda:InvokeFunction"], FailuresWhy, release => Failures(release, "lambda")),
        new("Topics", "rooms of the chat `sns` without keys of their own", ["sns:Publish"], "its sns rooms", Topics),
        new("Store", "`store: dynamodb://TABLE` in its settings, or in `SIGNALBOX_STORE`",
            ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:Query", "dynamodb:BatchGetItem",
                "dynamodb:BatchWriteItem"],
            "its conversations and what waits; the table's indexes have no ARN that is known before", Table),
        new("Network", "`vpc`",
            ["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DeleteNetworkInterface",
                "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"],
            "Lambda makes the network interfaces by its rights, and refuses a role that can make them in some subnets only",
            release => If(release.Spec.Vpc is not null, "*")),
        new("Key", "`kms_arn`", ["kms:Decrypt"], "its environment is kept with this key",
            release => release.Spec.KmsKeyArn is { } key ? [key] : (ValueList<string>)[]),
        new("Tags", "`lookups: { tags: true }`", ["tag:GetResources"], "it asks for the tags of what an event is about; this action knows no resource",
            release => If(Lookups(release).Tags, "*")),
        new("StackTags", "`lookups: { tags: true }`", ["cloudformation:DescribeStacks"],
            "it asks for the tags of stacks; which ones it hears of is not known before",
            release => If(Lookups(release).Tags, $"arn:{release.Site.Partition}:cloudformation:*:{release.Site.Account}:stack/*")),
        new("AccountNames", "`lookups: { accounts: true }`", ["organizations:DescribeAccount", "iam:ListAccountAliases"],
            "it asks for names of accounts; which ones is not known before, and the alias knows no resource",
            release => If(Lookups(release).Accounts, "*")),
        .. ReadingRights.All,
    ];

    /// <summary>The statements, in a fixed order; those that a function has no use for are left out.</summary>
    public static ValueList<PolicyStatement> Of(Release release) =>
    [
        .. from right in All
           let resources = right.Resources(release).Distinct().Order(StringComparer.Ordinal).ToValueList()
           where resources.Count > 0
           select new PolicyStatement(right.Sid, right.Actions, resources, right.Why),
    ];

    /// <summary>The whole inline policy, with the statements of <c>policy.json</c>.</summary>
    public static string Document(Release release) => PolicyStatement.Document(Of(release), release.Spec.Statements);

    private static ValueList<string> If(bool isNeeded, string resource) => isNeeded ? [resource] : [];

    private static Lookups Lookups(Release release) => release.Settings?.Lookups ?? Signalbox.Lookups.None;

    private static IEnumerable<string> Failures(Release release, string service) =>
        from arn in (ValueList<string?>)[release.Spec.DeadLetterArn, release.FailureDestination]
        where Arn.Read(arn)?.Service == service
        select arn;

    /// <summary>The topics of rooms that publish with the function's own keys: a room that has keys of its own needs no right here.</summary>
    private static IEnumerable<string> Topics(Release release) =>
        from room in release.Settings?.Rooms ?? []
        where room.Chat is "sns" && SnsTopic.HasKeysOfTheEnvironment(room)
        let topic = room["topic"]
        where topic is not null
        select topic;

    private static IEnumerable<string> Table(Release release)
    {
        if (release.Table is not { } table) yield break;
        var arn = release.Site.Table(table.Name, table.Region);
        yield return arn;
        yield return $"{arn}/index/*";
    }
}
