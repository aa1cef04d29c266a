namespace Signalbox.Deploy;

/// <summary>A function as it is to be in AWS: its file, the project's and those of the environment put together, with every default filled in.</summary>
/// <remarks>The fields of Apex keep Apex's meaning; those it lacked are named as Lambda names them.</remarks>
public sealed record FunctionSpec
{
    /// <summary>Its name among the functions of the project: that of its folder. What a person types.</summary>
    public required string Name { get; init; }

    /// <summary>Its name in AWS, made by the project's <c>nameTemplate</c>; at most 64 characters.</summary>
    public required string DeployedName { get; init; }

    /// <summary>Its folder, from the project's; "." where the project is one function.</summary>
    public required string Folder { get; init; }

    /// <summary>What it is for; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>A runtime of Lambda, or <c>signalbox</c>'s own: <c>provided.al2023</c>.</summary>
    public string Runtime { get; init; } = "provided.al2023";

    /// <summary>What the runtime calls.</summary>
    public string Handler { get; init; } = "bootstrap";

    /// <summary>x86_64 or arm64.</summary>
    public string Architecture { get; init; } = "x86_64";

    /// <summary>MB, 128 to 10,240.</summary>
    public int Memory { get; init; } = 128;

    /// <summary>Seconds, 1 to 900.</summary>
    public int Timeout { get; init; } = 9;

    /// <summary>MB of /tmp, 512 to 10,240.</summary>
    public int EphemeralStorage { get; init; } = 512;

    /// <summary>The ARN of the role it runs as; null to have one made with the rights that it needs and no others.</summary>
    public string? Role { get; init; }

    /// <summary>Rights besides those that follow from everything else here: the statements of <c>policy.json</c> in its folder, as JSON objects.</summary>
    public ValueList<string> Statements { get; init; }

    /// <summary>Its environment, sorted by name.</summary>
    public ValueList<Fact> Environment { get; init; }

    /// <summary>Commands of the shell, run in its folder.</summary>
    public FunctionHooks Hooks { get; init; } = FunctionHooks.None;

    /// <summary>How many published versions stay, besides the one that is live.</summary>
    public int RetainedVersions { get; init; } = 25;

    /// <summary>The network it runs in; null for Lambda's own.</summary>
    public FunctionVpc? Vpc { get; init; }

    /// <summary>The key that its environment is kept with; null for Lambda's own.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary>The queue or topic for asynchronous calls that failed for good; null to have a queue made when something calls it asynchronously.</summary>
    public string? DeadLetterArn { get; init; }

    /// <summary>A zip that is there already, from its folder; null to make one of the folder.</summary>
    public string? Zip { get; init; }

    /// <summary>Settings of Signalbox in its folder, where it has no code of its own: its zip is the Signalbox function with these settings; null for other
    /// functions.</summary>
    public string? Settings { get; init; }

    /// <summary>ARNs of versions of layers, at most five.</summary>
    public ValueList<string> Layers { get; init; }

    /// <summary>Tags of everything that is made for it.</summary>
    public ValueList<Fact> Tags { get; init; }

    /// <summary>How it logs.</summary>
    public FunctionLogs Logs { get; init; } = FunctionLogs.Usual;

    /// <summary>How many may run at once, of the account's; null for as many as there are.</summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>Who may call its address: <c>none</c> (everybody: the function checks signatures) or <c>iam</c>; null for no address.</summary>
    public string? Url { get; init; }

    /// <summary>Topics of SNS, by name in its own account and region or by ARN; through its first own queue, or directly without one.</summary>
    public ValueList<string> Topics { get; init; }

    /// <summary>Queues of SQS that feed it: an ARN is one of others; a name is its own, made with a dead-letter queue <c>NAME-dlq</c>.</summary>
    public ValueList<string> Queues { get; init; }

    /// <summary>Rules of EventBridge, which reach it as topics do.</summary>
    public ValueList<EventRule> Rules { get; init; }

    /// <summary>Times at which it is called, directly.</summary>
    public ValueList<Schedule> Schedules { get; init; }

    /// <summary>ARN of a queue, topic, bus or function that hears of asynchronous calls that failed for good; null for none.</summary>
    public string? OnFailure { get; init; }

    /// <summary>The first queue of its own, through which topics and rules call it; null when they call it directly.</summary>
    public string? OwnQueue => Queues.FirstOrDefault(queue => !queue.StartsWith("arn:", StringComparison.Ordinal));
}

/// <summary>Commands of the shell around the making of the zip; null for none.</summary>
/// <param name="Build">Before the folder is read.</param>
/// <param name="Deploy">Before it is sent.</param>
/// <param name="Clean">After it was read.</param>
public sealed record FunctionHooks(string? Build, string? Deploy, string? Clean)
{
    /// <summary>No commands.</summary>
    public static readonly FunctionHooks None = new(null, null, null);
}

/// <summary>A private network.</summary>
/// <param name="Subnets">Ids of its subnets.</param>
/// <param name="SecurityGroups">Ids of its security groups.</param>
public sealed record FunctionVpc(ValueList<string> Subnets, ValueList<string> SecurityGroups);

/// <summary>How a function logs.</summary>
/// <param name="Format">JSON or Text, as Lambda's logging configuration says it.</param>
/// <param name="RetentionDays">A number of days that CloudWatch Logs knows; null for ever.</param>
public sealed record FunctionLogs(string Format, int? RetentionDays)
{
    /// <summary>The function writes JSON itself, so Lambda need not wrap it; thirty days.</summary>
    public static readonly FunctionLogs Usual = new("Text", 30);
}

/// <summary>Events that a bus hands on.</summary>
/// <param name="Name">Its name after the function's; unique in the function.</param>
/// <param name="Pattern">The pattern as JSON.</param>
/// <param name="Bus">Name or ARN of the bus; "default" for the account's.</param>
public sealed record EventRule(string Name, string Pattern, string Bus);

/// <summary>A time at which the function is called.</summary>
/// <param name="Name">Its name after the function's; unique in the function.</param>
/// <param name="Expression"><c>rate(…)</c> or <c>cron(…)</c>, as EventBridge writes it.</param>
/// <param name="Input">What it is called with, as JSON; null for EventBridge's own event.</param>
public sealed record Schedule(string Name, string Expression, string? Input);
