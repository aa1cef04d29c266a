using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Signalbox.Deploy.Tests;

/// <summary>Whole templates are kept in Golden, and tests/templates asks other people's programs about them. ACCEPT=1 writes them anew.</summary>
public sealed partial class Templates
{
    private const string Secret = "hook-1234567890";

    private static ProjectSpec Project(FunctionSpec spec) =>
        new() { Name = "ops", Description = "Operations", Environment = "prod", Region = "eu-west-1", Functions = [spec] };

    /// <summary>A Signalbox function as init leaves it, which nothing calls yet.</summary>
    private static Blueprint Minimal { get; } = new(Project(Ops.Bare), Ops.Bare, Settings.None, Release.UsualAlias);

    /// <summary>Everything at once: queues, and all that belongs to others.</summary>
    private static Blueprint Full { get; } = Of(Ops.Full with
    {
        Settings = "signalbox.yaml",
        Description = "Tells people: first this, then \"that\" # and more",
        Architecture = "arm64",
        Memory = 256,
        Timeout = 30,
        EphemeralStorage = 1024,
        Queues = ["events", "backlog.fifo", "arn:aws:sqs:eu-west-1:123456789012:others"],
        Rules =
        [
            new("health", """{"source":["aws.health"],"detail":{"eventTypeCategory":[{"anything-but":["accountNotification"]}],"n":[{"numeric":[">",0]}]}}""",
                "default"),
            new("builds", """{"source":["ci"]}""", "arn:aws:events:eu-west-1:999999999999:event-bus/tools"),
        ],
        Environment =
        [
            new("EMPTY", ""), new("LEVEL", "yes"), new("PATTERN", "${literal} %{too}"), new("SIGNALBOX_STORE", "dynamodb://ops"),
            new("SLACK_TOKEN", "ssm:/ops/slack"), new("SLACK_WEBHOOK", $"https://hooks.slack.com/services/T0/B0/{Secret}"), new("ZIP_CODE", "01234"),
        ],
        Statements = ["""{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::reports/${aws:PrincipalTag/team}/*"}"""],
        Layers = ["arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:38"],
        Vpc = new(["subnet-0a", "subnet-0b"], ["sg-0c"]),
        KmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        Tags = [new("team", "ops"), new("cost centre", "4711")],
        Logs = new("JSON", 90),
    }, Settings.None with
    {
        Lookups = Lookups.None with { Tags = true, Accounts = true },
        Rooms = [new Room { Name = "told", Chat = "sns", Options = [new("topic", "arn:aws:sns:eu-west-1:222222222222:told"), new("key-id", "env:AWS_ACCESS_KEY_ID")] }],
    });

    /// <summary>Without a queue: topics, rules and schedules call it themselves, and failures go where the files say.</summary>
    private static Blueprint Direct { get; } = Of(Ops.Bare with
    {
        Runtime = "nodejs22.x",
        Handler = "index.handle",
        Topics = Ops.Full.Topics,
        Rules = Ops.Full.Rules,
        Schedules = [.. Ops.Full.Schedules, new("mornings", "cron(0 7 ? * MON-FRI *)", null)],
        Url = "iam",
        OnFailure = "arn:aws:events:eu-west-1:123456789012:event-bus/failures",
        DeadLetterArn = "arn:aws:sns:eu-west-1:123456789012:dead",
        Logs = new("Text", null),
        Tags = [new("team", "ops")],
    }, null);

    /// <summary>With a role and a table that are somewhere else.</summary>
    private static Blueprint Elsewhere { get; } = Of(Ops.Bare with
    {
        Name = "1st",
        DeployedName = "1st",
        Role = "arn:aws:iam::123456789012:role/lambda",
        Environment = [new("SIGNALBOX_STORE", "dynamodb://shared?region=us-east-1")],
        Queues = ["1_events"],
    }, Settings.None);

    public static TheoryData<string, string> Golden
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var kind in TemplateKind.All)
            {
                foreach (var name in (string[])["minimal", "full", "direct", "elsewhere"]) all.Add(name, kind.Name);
            }
            return all;
        }
    }

    private static Blueprint Of(FunctionSpec spec, Settings? settings) => new(Project(spec), spec, settings, Release.UsualAlias);

    private static Blueprint Named(string name) => name switch { "minimal" => Minimal, "full" => Full, "direct" => Direct, _ => Elsewhere };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Templates_are_as_they_were_when_somebody_read_them(string name, string kind)
    {
        var path = Path.Combine(Folder(), "Golden", $"{name}.{(kind is "terraform" ? "tf" : $"{kind}.yaml")}");
        var now = TemplateKind.All.First(known => known.Name == kind).Write(Named(name));
        if (Environment.GetEnvironmentVariable("ACCEPT") is "1") File.WriteAllText(path, now);
        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : "", now);
    }

    [Theory]
    [MemberData(nameof(Golden))]
    public void Everything_that_deploy_makes_has_its_name_in_the_template(string name, string kind)
    {
        var blueprint = Named(name);
        var template = TemplateKind.All.First(known => known.Name == kind).Write(blueprint);
        PieceKind[] named = [PieceKind.Role, PieceKind.LogGroup, PieceKind.Function, PieceKind.Queue, PieceKind.Alias];
        Assert.All(blueprint.Wanted.Where(piece => named.Contains(piece.Kind)), piece => Assert.Contains(piece.Name, template, StringComparison.Ordinal));
        Assert.All(blueprint.All(PieceKind.Rule), rule => Assert.Contains(rule.Called, template, StringComparison.Ordinal));
        Assert.All(Policy.Of(blueprint.Release).SelectMany(right => right.Actions),
            action => Assert.Equal(blueprint.Spec.Role is null, template.Contains(action, StringComparison.Ordinal)));
    }

    /// <summary>Whoever gives a piece another quality finds this list, and the templates that have to say it too.</summary>
    [Fact]
    public void Templates_know_every_quality_of_what_deploy_makes() => Assert.Equal(
    [
        "Role trust", "Rights policy", "LogGroup retention", "Function description", "Function runtime", "Function handler", "Function memory",
        "Function timeout", "Function storage", "Function role", "Function environment", "Function layers", "Function subnets",
        "Function security groups", "Function key", "Function dead letters", "Function log format", "Code sha256", "Code architecture",
        "Concurrency reserved", "Queue visibility", "Queue retention", "Queue encryption", "Queue dead letters", "Queue tries", "Table expiry",
        "Alias state", "AsyncCalls tries again", "AsyncCalls on failure", "Permission action", "Permission principal", "Permission source",
        "Permission url auth", "Url auth", "Rule pattern", "Rule schedule", "Rule state", "Target to", "Target input", "Mapping function",
        "Mapping batch", "Mapping window", "Mapping failures", "Mapping state", "Mapping at once", "Subscription topic", "Subscription protocol",
        "Subscription endpoint", "Subscription raw",
    ], Full.Wanted.SelectMany(piece => piece.Traits.Select(trait => $"{piece.Kind} {trait.Name}")).Where(name => !name.Contains(" tag ", StringComparison.Ordinal))
        .Distinct());

    [Fact]
    public void What_a_name_holds_is_not_put_in()
    {
        var spec = Ops.Bare with { Environment = [new("SIGNALBOX_STORE", "dynamodb://${Role}?region=us-east-1")] };
        Assert.Contains(":table/${!Role}", CloudFormation.Kind.Write(Of(spec, Settings.None)), StringComparison.Ordinal);
        Assert.Contains("\"dynamodb://$${Role}?", Terraform.Kind.Write(Of(spec, Settings.None)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_of_a_version_tells_nothing_of_secrets()
    {
        string Of(string secret) => new Blueprint(Project(Ops.Bare), Ops.Bare with { Environment = [new("TOKEN", secret)] }, null, "current").State;
        Assert.Equal(Of("one"), Of("two"));
    }

    [Fact]
    public void A_secret_is_never_written_and_a_reference_to_one_stays() => Assert.All(TemplateKind.All, kind =>
    {
        var template = kind.Write(Full);
        Assert.DoesNotContain(Secret, template, StringComparison.Ordinal);
        Assert.Contains("ssm:/ops/slack", template, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("SLACK_TOKEN", "xyz", true)]
    [InlineData("SLACK_TOKEN", "ssm:/ops/slack", false)]
    [InlineData("SLACK_TOKEN", "", false)]
    [InlineData("api_key", "abc", true)]
    [InlineData("DB_PASSWORD", "abc", true)]
    [InlineData("ROOM", "https://discord.com/api/webhooks/1/abc", true)]
    [InlineData("ROOM", "xoxb-1-2", true)]
    [InlineData("DATABASE", "postgres://me:pass@db/x", true)]
    [InlineData("DATABASE", "postgres://me@db/x", false)]
    [InlineData("KEY_ARN_SECRET", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x", false)]
    [InlineData("LEVEL", "debug", false)]
    public void What_looks_like_a_secret_becomes_a_parameter(string name, string value, bool isSecret) =>
        Assert.Equal(isSecret, TemplateInput.IsSecretValue(new(name, value)));

    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("arn:aws:sns:a:b", "arn:aws:sns:a:b")]
    [InlineData("no", "\"no\"")]
    [InlineData("01234", "\"01234\"")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("a: b", "\"a: b\"")]
    [InlineData("a:", "\"a:\"")]
    [InlineData("a #b", "\"a #b\"")]
    [InlineData("", "\"\"")]
    [InlineData("- a", "\"- a\"")]
    [InlineData("!Ref x", "\"!Ref x\"")]
    [InlineData("a ", "\"a \"")]
    [InlineData("say \"it\"\n", "\"say \\\"it\\\"\\n\"")]
    public void Texts_of_YAML_are_quoted_where_they_could_be_something_else(string text, string written) => Assert.Equal(written, YamlText.Scalar(text));

    [Fact]
    public void Nothing_is_put_into_texts_of_Terraform() => Assert.Equal("\"$${a} %%{b} \\\"\"", HclText.Literal("${a} %{b} \""));

    [Fact]
    public void Names_that_differ_in_signs_alone_stay_apart()
    {
        var template = CloudFormation.Kind.Write(Of(Ops.Bare with { Queues = ["a-b", "a_b"] }, null));
        Assert.Contains("\n  ABQueue:\n", template, StringComparison.Ordinal);
        Assert.Contains("\n  ABQueue2:\n", template, StringComparison.Ordinal);
    }

    [Fact]
    public void Topics_of_one_name_in_two_accounts_stay_apart()
    {
        string Topic(string account) => $"arn:aws:sns:eu-west-1:{account}:alarms";
        var two = Of(Ops.Bare with { Topics = [Topic("111111111111"), Topic("222222222222"), "alarms"] }, null);
        Assert.All(TemplateKind.All, kind =>
        {
            var heads = kind.Write(two).Split('\n').Where(line => line.StartsWith("resource ", StringComparison.Ordinal) || Heading().IsMatch(line)).ToList();
            Assert.Equal(heads.Distinct(), heads);
        });
        Assert.Contains("\n  AlarmsTopic2Permission:\n", CloudFormation.Kind.Write(two), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_settings_publish_another_version()
    {
        string Version(FunctionSpec spec) => CloudFormation.Kind.Write(Of(spec, null)).Split('\n').First(line => line.StartsWith("  Version", StringComparison.Ordinal));
        Assert.Equal(Version(Ops.Bare), Version(Ops.Bare with { Tags = [new("team", "ops")] }));
        Assert.NotEqual(Version(Ops.Bare), Version(Ops.Bare with { Memory = 256 }));
    }

    [Fact]
    public void The_page_about_rights_is_as_it_is_now()
    {
        var path = Path.Combine(Folder(), "../../docs/rights.md");
        var now = RightsDocs.Write();
        if (Environment.GetEnvironmentVariable("ACCEPT") is "1") File.WriteAllText(path, now);
        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : "", now);
    }

    [GeneratedRegex("^  \\w+:$")]
    private static partial Regex Heading();

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
