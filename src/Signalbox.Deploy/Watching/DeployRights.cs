namespace Signalbox.Deploy;

/// <summary>Something that whoever deploys has to be allowed.</summary>
/// <param name="Action">As IAM names it: "lambda:CreateFunction".</param>
/// <param name="Resource">The ARN that it is done to; * where it has none that is known before.</param>
public sealed record DeployRight(string Action, string Resource)
{
    /// <summary>What a deployment of a release calls, whether anything is there already or not.</summary>
    public static ValueList<DeployRight> Of(Release release)
    {
        var (spec, site) = (release.Spec, release.Site);
        var (function, role) = (site.Function(spec.DeployedName), site.Role(spec.DeployedName));
        ValueList<DeployRight> all =
        [
            .. On(function, "lambda", "GetFunction GetFunctionConfiguration CreateFunction UpdateFunctionConfiguration UpdateFunctionCode DeleteFunction "
                + "PutFunctionConcurrency DeleteFunctionConcurrency TagResource UntagResource ListVersionsByFunction ListAliases PublishVersion "
                + "CreateAlias UpdateAlias"),
            .. On(release.Called, "lambda", "GetPolicy AddPermission RemovePermission GetFunctionEventInvokeConfig PutFunctionEventInvokeConfig "
                + "DeleteFunctionEventInvokeConfig GetFunctionUrlConfig CreateFunctionUrlConfig UpdateFunctionUrlConfig DeleteFunctionUrlConfig"),
            .. On("*", "lambda", "ListEventSourceMappings CreateEventSourceMapping UpdateEventSourceMapping DeleteEventSourceMapping"),
            .. On(role, "iam", "GetRole"),
            .. spec.Role is null
                ? On(role, "iam", "GetRolePolicy CreateRole PutRolePolicy UpdateAssumeRolePolicy TagRole DeleteRolePolicy DeleteRole PassRole")
                : On(spec.Role, "iam", "PassRole"),
            .. On("*", "logs", "DescribeLogGroups"),
            .. On(site.LogGroup(spec.DeployedName), "logs", "CreateLogGroup PutRetentionPolicy DeleteRetentionPolicy TagResource ListTagsForResource"),
            .. release.OwnQueues.SelectMany(queue => On(site.Queue(queue), "sqs",
                "GetQueueUrl GetQueueAttributes ListQueueTags CreateQueue SetQueueAttributes TagQueue DeleteQueue")),
            .. spec.Topics.SelectMany(topic => On(site.Topic(topic), "sns",
                "ListSubscriptionsByTopic Subscribe GetSubscriptionAttributes SetSubscriptionAttributes Unsubscribe")),
            .. Rules(release).SelectMany(rule => On(rule, "events",
                "DescribeRule ListTagsForResource ListTargetsByRule PutRule TagResource PutTargets RemoveTargets DeleteRule")),
            .. release.Table is { } table
                ? On(site.Table(table.Name, table.Region), "dynamodb", "DescribeTable CreateTable DescribeTimeToLive UpdateTimeToLive") : [],
        ];
        return [.. all.Distinct()];
    }

    private static IEnumerable<string> Rules(Release release) =>
        release.Spec.Rules.Select(rule => release.Site.Rule(rule.Bus, release.RuleName(rule.Name)))
            .Concat(release.Spec.Schedules.Select(schedule => release.Site.Rule("default", release.RuleName(schedule.Name))));

    private static IEnumerable<DeployRight> On(string resource, string service, string operations) =>
        operations.Split(' ').Select(operation => new DeployRight($"{service}:{operation}", resource));
}
