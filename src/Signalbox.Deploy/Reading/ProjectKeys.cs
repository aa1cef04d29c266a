namespace Signalbox.Deploy;

/// <summary>Every field of project.json and function.json, once: the parser, the editor's schemas and the tables of the docs come from here.</summary>
internal static class ProjectKeys
{
    private const string Queue = "_-.";

    private static readonly Shape Command = Shapes.Text("a command of the shell");

    /// <summary>Commands around the making of the zip.</summary>
    public static readonly Section Hooks = new("hooks", "hooks",
    [
        new("build", Command, "Run in the function's folder before it is read."),
        new("deploy", Command, "Run before the zip is sent."),
        new("clean", Command, "Run after the folder was read."),
    ]);

    /// <summary>A private network.</summary>
    public static readonly Section Vpc = new("a network", "vpc",
    [
        new("subnets", Shapes.ListOf("a list of subnets", Id("the id of a subnet", "subnet-")), "Ids of its subnets, subnet-…", "Lambda's own network"),
        new("securityGroups", Shapes.ListOf("a list of security groups", Id("the id of a security group", "sg-")), "Ids of its security groups, sg-…"),
    ])
    {
        Together = FieldChecks.Vpc,
    };

    /// <summary>How a function logs.</summary>
    public static readonly Section Logs = new("logging", "logs",
    [
        new("format", Shapes.Word(["Text", "JSON"]), "How Lambda writes what the function prints, and its own lines.", "Text: Signalbox writes JSON itself"),
        new("retention", Shapes.Either("a number of days that CloudWatch Logs knows, or forever", found => found.Word is "forever",
            Shapes.Word(["forever"]), FieldChecks.Retention), "For how many days lines are kept.", "30"),
    ]);

    /// <summary>Events of a bus.</summary>
    public static readonly Section Rule = new("a rule", "rules[]",
    [
        new("name", FieldShapes.Named("a name of letters, digits, . _ and -", 48, "._-"), "Its name after the function's.", "made from the pattern's source"),
        new("pattern", new("an event pattern, a JSON object", FieldChecks.Pattern, json => Shapes.Typed(json, "object")),
            "Which events, as EventBridge writes it.") { Required = true },
        new("bus", Shapes.Text("the name or ARN of a bus"), "The bus that they come on.", "default"),
    ])
    {
        Example = "As in: \"aws.rds\", or { \"name\": \"failovers\", \"pattern\": { \"source\": [\"aws.rds\"] } }.",
    };

    /// <summary>A time at which it is called.</summary>
    public static readonly Section Schedule = new("a schedule", "schedules[]",
    [
        new("name", FieldShapes.Named("a name of letters, digits, . _ and -", 48, "._-"), "Its name after the function's.", "made from the expression"),
        new("expression", FieldChecks.Time, "When, in UTC: rate(5 minutes), cron(0 10 ? * MON-FRI *).") { Required = true },
        new("input", FieldShapes.Anything("any JSON"), "What it is called with.", "EventBridge's own event"),
    ]);

    private static readonly ValueList<Setting> Own =
    [
        new("profile", Shapes.Text("a profile"), "The profile of AWS's shared files.", "what --profile or the shell says"),
        new("region", Shapes.Scalar("a region, as in eu-west-1", FieldChecks.IsRegion, FieldShapes.Text), "The region.",
            "what --region, the shell or the profile says"),
        new("nameTemplate", new("a text with fields, as in {{.Project.Name}}_{{.Function.Name}}", FieldChecks.Template, FieldShapes.Text),
            $"The name of a function in AWS. Fields: {string.Join(", ", NameTemplate.Fields)}.",
            $"{NameTemplate.Usual}; {NameTemplate.Alone} where the project is one function"),
    ];

    private static readonly Setting DefaultEnvironment = new("defaultEnvironment", FieldChecks.EnvironmentName,
        "The environment where nobody names one: project.ENV.json and function.ENV.json are laid over the plain files.", "none");

    private static readonly ValueList<Setting> Inherited =
    [
        new("runtime", new("a runtime of Lambda", FieldChecks.Runtime, FieldShapes.Text), "What runs it.",
            "seen from its files: index.js is nodejs22.x, main.py python3.13; else provided.al2023"),
        new("handler", Shapes.Text("a handler"), "What the runtime calls.", "bootstrap; index.handle and main.handle where the runtime was seen from files"),
        new("architecture", Shapes.Word(["x86_64", "arm64"]), "Which processors it runs on.", "x86_64"),
        new("memory", FieldShapes.Whole(128, 10240, " of MB"), "MB of memory; its share of a processor grows with it.", "128"),
        new("timeout", FieldShapes.Whole(1, 900, " of seconds"), "Seconds until Lambda ends a call.", "9"),
        new("ephemeralStorage", FieldShapes.Whole(512, 10240, " of MB"), "MB of /tmp.", "512"),
        new("role", FieldShapes.ArnOf("the ARN of a role", ("iam", "role/")), "The role that it runs as.",
            "one is made, with the rights that it needs and no others"),
        new("environment", FieldChecks.Environment, "Its environment variables. A function's are laid over the project's, name by name.", "none"),
        new("tags", FieldChecks.Tags, "Tags of everything that is made for it, laid over the project's.", "none"),
        new("hooks", Shapes.Fixed(Hooks), "Commands of the shell around the making of the zip.", "none"),
        new("retainedVersions", FieldShapes.Whole(0, 1000, ""), "How many published versions stay besides the one that is live.", "25"),
        new("vpc", Shapes.Fixed(Vpc), "The private network that it runs in.", "Lambda's own"),
        new("kms_arn", FieldShapes.ArnOf("the ARN of a key", ("kms", "key/")), "The key that its environment is kept with.", "Lambda's own"),
        new("deadletter_arn", FieldShapes.ArnOf("the ARN of a queue or topic", ("sqs", ""), ("sns", "")),
            "The queue or topic for asynchronous calls that failed for good.", "a queue is made when something calls it asynchronously"),
        new("zip", Shapes.Text("a path"), "A zip that is there already, from its folder.", "one is made of the folder"),
        new("layers", Shapes.ListOf("a list of ARNs", FieldChecks.Layer),
            "ARNs of versions of layers, at most five.", "none"),
        new("logs", Shapes.Fixed(Logs), "How it logs."),
        new("shim", FieldShapes.Warned(Shapes.Flag, text => text is "true"
            ? "shim does nothing: a binary needs no Node.js around it today. Name it bootstrap, and take shim away." : null),
            "Apex's; does nothing today.", "false"),
        new("edge", FieldShapes.Warned(Shapes.Flag, text => text is "true"
            ? "edge does nothing: the function is published as any other. Name its version in the CloudFront distribution yourself." : null),
            "Apex's; does nothing today.", "false"),
    ];

    private static readonly ValueList<Setting> OfFunction =
    [
        new("concurrency", FieldShapes.Whole(0, 100_000, ""), "How many may run at once, of the account's; 0 stops it.", "as many as there are"),
        new("url", FieldChecks.Url,
            "Gives it an address: none lets everybody call it, so that the function must see who it is (Slack signs); iam, or true, only who signs for AWS.",
            "no address"),
        new("topics", Shapes.ListOf("a list of topics",
            NameOrArn("the name or ARN of a topic of SNS", "sns", 256)), "Topics that call it, through its first own queue, or directly without one.", "none"),
        new("queues", Shapes.ListOf("a list of queues", NameOrArn("the name or ARN of a queue of SQS", "sqs", 76)),
            "Queues that feed it: an ARN is one of others; a name is its own, made with a dead-letter queue NAME-dlq.", "none"),
        new("rules", Shapes.ListOf("a list of rules", FieldShapes.TextOr("a source, or { name, pattern, bus }",
            Shapes.Scalar("a source of events, as in aws.rds", text => FieldShapes.IsNamed(text, 256, "._-/"), FieldShapes.Text), Shapes.Fixed(Rule))),
            "Rules of EventBridge that call it as topics do; a text such as aws.rds is a pattern on source.", "none"),
        new("schedules", Shapes.ListOf("a list of schedules", FieldShapes.TextOr("a time, or { name, expression, input }", FieldChecks.Time,
            Shapes.Fixed(Schedule))),
            "Times at which it is called, directly.", "none"),
        new("onFailure", FieldShapes.ArnOf("the ARN of a queue, topic, bus or function", ("sqs", ""), ("sns", ""), ("events", "event-bus/"), ("lambda",
            "function:")),
            "What hears of asynchronous calls that failed for good.", "nothing"),
    ];

    private static readonly Setting Description = new("description", FieldShapes.Words("a text"), "What it is for.", "nothing");

    private static readonly Setting ProjectName =
        new("name", FieldShapes.Named("a name of letters, digits, _ and -", 64, "_-"), "Its name: project.json must say it.");

    private static readonly Setting FunctionName =
        new("name", FieldShapes.Named("a name of letters, digits, _ and -", 64, "_-"), "Its name in the project: what a person types.",
            "the name of its folder");

    /// <summary>project.json where there are functions beside it.</summary>
    public static readonly Section Project = new("a project", "project.json", [ProjectName, Description, DefaultEnvironment, .. Own, .. Inherited])
    {
        Advice = name => OfFunction.Any(key => key.Name == name) ? "It belongs to a function: functions/NAME/function.json." : null,
    };

    /// <summary>functions/NAME/function.json.</summary>
    public static readonly Section Function =
        new("a function", "function.json", [FunctionName, Description, DefaultEnvironment, .. Inherited, .. OfFunction])
        {
            Advice = name => Own.Any(key => key.Name == name) ? "It belongs to the project: project.json." : null,
        };

    /// <summary>Either file where the project is one function.</summary>
    public static readonly Section Alone = new("a project of one function", "project.json or function.json, alone",
        [FunctionName with { Default = "the name of the folder" }, Description, DefaultEnvironment, .. Own, .. Inherited, .. OfFunction]);

    /// <summary>The tables of the docs, in their order.</summary>
    public static ValueList<Section> Sections =>
    [
        new("", "project.json", [ProjectName, Description, DefaultEnvironment, .. Own]),
        new("", "function.json", [FunctionName, Description, DefaultEnvironment, .. OfFunction]),
        new("", "project.json and function.json", Inherited),
        Hooks, Vpc, Logs, Rule, Schedule,
    ];

    /// <summary>What a function takes from its project where it does not say it itself.</summary>
    public static readonly ValueList<string> Inheritable = [.. Inherited.Select(key => key.Name)];

    private static Shape Id(string type, string start) => Shapes.Scalar(
        type, text => text.StartsWith(start, StringComparison.Ordinal) && FieldShapes.IsNamed(text[start.Length..], 32, ""), FieldShapes.Text,
            $"It begins with {start}.");

    private static Shape NameOrArn(string type, string service, int most) => Shapes.Scalar(
        type,
        text => text.StartsWith("arn:", StringComparison.Ordinal)
            ? FieldShapes.IsArn(text, service, "") : FieldShapes.IsNamed(text, most, Queue) && FieldChecks.HasDotOnlyInFifo(text),
        FieldShapes.Text,
        $"A name has letters, digits, _ and -, at most {most}; one that is first-in-first-out ends in .fifo.");
}
