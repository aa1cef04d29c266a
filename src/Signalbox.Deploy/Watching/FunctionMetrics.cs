namespace Signalbox.Deploy;

/// <summary>What is asked about one function, and what it means.</summary>
/// <param name="Release">The function; what its code is does not matter.</param>
public sealed record FunctionMetrics(Release Release)
{
    private static readonly ValueList<string> QueueCounts =
        ["NumberOfMessagesSent", "NumberOfMessagesReceived", "NumberOfMessagesDeleted", "NumberOfEmptyReceives"];

    /// <summary>Everything that is asked.</summary>
    public ValueList<MetricQuery> Queries =>
    [
        Invocations, Errors, Throttles, Typical, Slowest, Running, Ran, Logged,
        .. DeadLetters.Select(Depth), .. Feeding.Select(Age),
        .. from queue in QueueNames from count in QueueCounts select Queue(queue, count, "Sum"),
        .. from topic in Topics select Published(topic),
        .. Release.Table is { } table ? (MetricQuery[])[Table(table.Name, "ConsumedWriteCapacityUnits"), Table(table.Name, "ConsumedReadCapacityUnits")] : [],
    ];

    /// <summary>Calls.</summary>
    public MetricQuery Invocations => Lambda("Invocations", "Sum");

    /// <summary>Calls that failed.</summary>
    public MetricQuery Errors => Lambda("Errors", "Sum");

    /// <summary>Calls that were turned away.</summary>
    public MetricQuery Throttles => Lambda("Throttles", "Sum");

    /// <summary>Milliseconds that half of the calls stay below.</summary>
    public MetricQuery Typical => Lambda("Duration", "p50");

    /// <summary>Milliseconds that one call of a hundred takes.</summary>
    public MetricQuery Slowest => Lambda("Duration", "p99");

    /// <summary>How many ran at once.</summary>
    public MetricQuery Running => Lambda("ConcurrentExecutions", "Maximum");

    /// <summary>The queues that hold what failed for good.</summary>
    public ValueList<string> DeadLetters => [.. Release.OwnQueues.Except(Release.Spec.Queues)];

    /// <summary>The queues that feed it, by name.</summary>
    public ValueList<string> Feeding => [.. Release.Spec.Queues.Select(Named)];

    /// <summary>How many messages wait in a queue.</summary>
    public static MetricQuery Depth(string queue) => Queue(queue, "ApproximateNumberOfMessagesVisible", "Maximum");

    /// <summary>For how many seconds the oldest message of a queue waits.</summary>
    public static MetricQuery Age(string queue) => Queue(queue, "ApproximateAgeOfOldestMessage", "Maximum");

    /// <summary>What it used.</summary>
    /// <param name="answers">The answers.</param>
    public Usage Usage(Func<MetricQuery, MetricSeries> answers) => new()
    {
        Invocations = answers(Invocations).Total,
        Milliseconds = answers(Ran).Total,
        Memory = Release.Spec.Memory,
        Architecture = Release.Spec.Architecture,
        LogBytes = answers(Logged).Total,
        QueueRequests = (from queue in QueueNames from count in QueueCounts select answers(Queue(queue, count, "Sum")).Total).Sum(),
        Publishes = Topics.Sum(topic => answers(Published(topic)).Total),
        TableWrites = Release.Table is { } written ? answers(Table(written.Name, "ConsumedWriteCapacityUnits")).Total : 0,
        TableReads = Release.Table is { } read ? answers(Table(read.Name, "ConsumedReadCapacityUnits")).Total : 0,
    };

    private MetricQuery Ran => Lambda("Duration", "Sum");

    private MetricQuery Logged => new("AWS/Logs", "IncomingBytes", "LogGroupName", Site.LogGroupName(Release.Spec.DeployedName), "Sum");

    /// <summary>The queues that its account pays for and CloudWatch can tell of here.</summary>
    private IEnumerable<string> QueueNames =>
        Release.OwnQueues.Concat(Release.Spec.Queues.Where(queue => IsHere(Release.Site.Queue(queue))).Select(Named)).Distinct();

    /// <summary>The topics of this account and region: another account pays for its own.</summary>
    private IEnumerable<string> Topics => Release.Spec.Topics.Select(Release.Site.Topic).Where(IsHere).Select(Named).Distinct();

    private bool IsHere(string arn) => Arn.Read(arn) is { } read && read.Account == Release.Site.Account && read.Region == Release.Site.Region;

    private static string Named(string queue) => Site.IsArn(queue) ? Arn.Read(queue)?.Name ?? queue : queue;

    private MetricQuery Lambda(string metric, string stat) => new("AWS/Lambda", metric, "FunctionName", Release.Spec.DeployedName, stat);

    private static MetricQuery Queue(string queue, string metric, string stat) => new("AWS/SQS", metric, "QueueName", queue, stat);

    private static MetricQuery Published(string topic) => new("AWS/SNS", "NumberOfMessagesPublished", "TopicName", topic, "Sum");

    private static MetricQuery Table(string table, string metric) => new("AWS/DynamoDB", metric, "TableName", table, "Sum");
}
