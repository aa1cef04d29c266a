namespace Signalbox.Deploy.Tests;

public sealed class ReadingOfProjects
{
    private const string FirstSystem = """
        {"name": "slack-integration", "description": "Handles events.", "memory": 128, "handler": "index.handler", "defaultEnvironment": "ops", "timeout": 9}
        """;

    [Fact]
    public void The_first_systems_own_file_loads_unchanged()
    {
        var read = Project.Of(("function.json", FirstSystem), ("index.js", "")).Read();
        Assert.Equal(([], []), (read.Problems, read.Warnings));
        Assert.Equal(("slack-integration", "ops"), (read.Project!.Name, read.Project.Environment));
        Assert.Equal(
            new FunctionSpec
            {
                Name = "slack-integration",
                DeployedName = "slack-integration",
                Folder = ".",
                Description = "Handles events.",
                Runtime = "nodejs22.x",
                Handler = "index.handler",
                Memory = 128,
                Timeout = 9,
            },
            Assert.Single(read.Project.Functions));
    }

    [Fact]
    public void The_first_systems_own_file_loads_as_a_function_of_a_project()
    {
        var function = Project.Of(("project.json", """{"name":"ops"}"""), ("functions/slack/function.json", FirstSystem)).Function();
        Assert.Equal(("slack-integration", "ops_slack-integration", "functions/slack"), (function.Name, function.DeployedName, function.Folder));
    }

    [Fact]
    public void A_function_inherits_what_it_does_not_say_and_maps_merge()
    {
        var function = Project.Of(
            ("project.json", """
                {"name":"ops","memory":256,"timeout":30,"role":"arn:aws:iam::123456789012:role/ops","environment":{"A":"project","AA":"project","AB":"project"},
                 "tags":{"team":"ops"},"hooks":{"build":"make","clean":"make clean"},"retainedVersions":3}
                """.Replace("\"A\":\"project\",", "", StringComparison.Ordinal)),
            ("functions/a/function.json", """{"timeout":5,"environment":{"AB":"function","AC":"function"},"tags":{"cost":"42"},"hooks":{"build":"ninja"}}""")).Function();
        Assert.Equal((256, 5, 3, "arn:aws:iam::123456789012:role/ops"), (function.Memory, function.Timeout, function.RetainedVersions, function.Role));
        Assert.Equal([new("AA", "project"), new("AB", "function"), new("AC", "function")], function.Environment);
        Assert.Equal([new("cost", "42"), new("team", "ops")], function.Tags);
        Assert.Equal(new("ninja", null, "make clean"), function.Hooks);
    }

    [Fact]
    public void Files_of_an_environment_lie_over_the_plain_ones_and_null_takes_back()
    {
        var project = Project.Of(
            ("project.json", """{"name":"ops","memory":256,"environment":{"LEVEL":"info","AREA":"x"},"defaultEnvironment":"staging"}"""),
            ("project.prod.json", """{"memory":512,"environment":{"LEVEL":"warn","AREA":null}}"""),
            ("functions/a/function.json", """{"description":"plain","onFailure":"arn:aws:sqs:eu-west-1:123456789012:failed"}"""),
            ("functions/a/function.prod.json", """{"onFailure":null,"timeout":60}"""),
            ("functions/a/function.staging.json", """{"timeout":30}"""));
        var prod = project.Function("prod");
        Assert.Equal((512, 60, "plain", null), (prod.Memory, prod.Timeout, prod.Description, prod.OnFailure));
        Assert.Equal([new("LEVEL", "warn")], prod.Environment);
        var usual = project.Function();
        Assert.Equal((256, 30, "arn:aws:sqs:eu-west-1:123456789012:failed"), (usual.Memory, usual.Timeout, usual.OnFailure));
    }

    [Fact]
    public void A_slip_in_the_name_of_an_environment_never_falls_back_to_the_plain_files()
    {
        var read = Project.Of(("project.json", """{"name":"ops"}"""), ("project.prod.json", "{}"), ("functions/a/function.json", "{}")).Read("prodd");
        Assert.Null(read.Project);
        Assert.Equal(["expected an environment that a file speaks of (prod), found \"prodd\". Did you mean \"prod\"?"], read.Problems);
    }

    [Fact]
    public void An_environment_that_no_file_speaks_of_is_said_where_there_are_no_environments()
    {
        var read = Project.Of(("function.json", """{"name":"a"}""")).Read("prod");
        Assert.NotNull(read.Project);
        Assert.StartsWith("warning: no file speaks of the environment prod", Assert.Single(read.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_set_by_hand_overrides_every_file()
    {
        var function = Project.Of(("function.json", """{"name":"a","environment":{"LEVEL":"info"}}""")).Function(null, new Fact("LEVEL", "debug"), new Fact("MORE", "1"));
        Assert.Equal([new("LEVEL", "debug"), new("MORE", "1")], function.Environment);
        Assert.Contains("Lambda keeps AWS_REGION to itself",
            Assert.Single(Project.Of(("function.json", """{"name":"a"}""")).Read(null, new Fact("AWS_REGION", "x")).Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("provided.al2023", "bootstrap", "bootstrap", "index.js")]
    [InlineData("provided.al2023", "bootstrap")]
    [InlineData("nodejs22.x", "index.handle", "index.js")]
    [InlineData("python3.13", "main.handle", "main.py")]
    public void The_runtime_is_seen_from_the_files_where_nobody_says_it(string runtime, string handler, params string[] entries)
    {
        var function = Project.Of([("function.json", """{"name":"a"}"""), .. entries.Select(entry => (entry, ""))]).Function();
        Assert.Equal((runtime, handler), (function.Runtime, function.Handler));
    }

    [Theory]
    [InlineData("signalbox.yaml", "{}", "signalbox.yaml")]
    [InlineData("signalbox.json", "{}", "signalbox.json")]
    [InlineData(null, "{}", "signalbox.yaml", "bootstrap")]
    [InlineData(null, """{"zip":"out.zip"}""", "signalbox.yaml")]
    [InlineData(null, """{"runtime":"nodejs22.x"}""", "signalbox.yaml")]
    public void A_folder_with_settings_and_no_code_is_the_function_of_signalbox(string? settings, string file, params string[] entries) =>
        Assert.Equal(settings, Project.Of([("function.json", file), .. entries.Select(entry => (entry, ""))]).Function().Settings);

    [Fact]
    public void Everything_that_calls_a_function_is_read()
    {
        var function = Project.Of(("function.json", """
            {"name":"a","url":true,"topics":["alarms","arn:aws:sns:eu-west-1:123456789012:more"],"queues":["events"],
             "rules":["aws.rds",{"name":"stacks","pattern":{"source":["aws.cloudformation"],"detail":{"n":[{"numeric":[">",1.50]}],"t":["1.50",null,true]}},"bus":"org"}],
             "schedules":["rate(5 minutes)",{"name":"morning","expression":"cron(0 8 ? * MON-FRI *)","input":{"a":[1,"1"]}}],
             "logs":{"format":"JSON","retention":"forever"},"concurrency":0}
            """)).Function();
        Assert.Equal(["alarms", "arn:aws:sns:eu-west-1:123456789012:more"], function.Topics);
        Assert.Equal(
            [
                new("aws-rds", """{"source":["aws.rds"]}""", "default"),
                new("stacks", """{"source":["aws.cloudformation"],"detail":{"n":[{"numeric":[">",1.50]}],"t":["1.50",null,true]}}""", "org"),
            ], function.Rules);
        Assert.Equal([new("rate-5-minutes", "rate(5 minutes)", null), new("morning", "cron(0 8 ? * MON-FRI *)", """{"a":[1,"1"]}""")], function.Schedules);
        Assert.Equal(("iam", new FunctionLogs("JSON", null), 0, "events"), (function.Url, function.Logs, function.ReservedConcurrency, function.OwnQueue));
    }

    [Theory]
    [InlineData("""[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}}""")]
    public void Rights_are_an_array_of_statements_or_a_whole_policy(string policy) => Assert.Equal(
        ["""{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}"""],
        Project.Of(("function.json", """{"name":"a"}"""), ("policy.json", policy)).Function().Statements);

    [Fact]
    public void Wrong_rights_are_shown_with_their_place()
    {
        var problems = Project.Of(("function.json", """{"name":"a"}"""),
            ("policy.json", """[{"Effect":"Alow","Principal":"*","Action":"s3:*","NotAction":"s3:*"}]""")).Read().Problems;
        Assert.Collection(problems,
            problem => Assert.StartsWith("policy.json:1:2: expected Action or NotAction in a statement, found both.", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("policy.json:1:2: expected Resource or NotResource in a statement, found neither.", problem, StringComparison.Ordinal),
            problem => Assert.Contains("Did you mean \"Allow\"?", problem, StringComparison.Ordinal),
            problem => Assert.Contains("a role's policy names nobody", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_are_made_by_the_template()
    {
        var files = ("functions/a/function.json", "{}");
        Assert.Equal("ops_a", Project.Of(("project.json", """{"name":"ops"}"""), files).Function().DeployedName);
        Assert.Equal("prod-a-eu-west-1", Project.Of(
            ("project.json", """{"name":"ops","region":"eu-west-1","defaultEnvironment":"prod","nameTemplate":"{{ .Project.Environment }}-{{.Function.Name}}-{{.Project.Region}}"}"""),
            files).Function().DeployedName);
    }

    [Fact]
    public void Two_functions_never_share_a_name_in_aws() => Assert.Contains(
        "Put {{.Function.Name}} into nameTemplate.",
        Assert.Single(Project.Of(("project.json", """{"name":"ops","nameTemplate":"same"}"""), ("functions/a/x", ""), ("functions/b/x", "")).Read().Problems),
        StringComparison.Ordinal);

    [Fact]
    public void A_field_in_the_wrong_file_is_sent_to_the_right_one()
    {
        var problems = Project.Of(("project.json", """{"name":"ops","topics":["a"]}"""), ("functions/a/function.json", """{"region":"eu-west-1"}""")).Read().Problems;
        Assert.Collection(problems,
            problem => Assert.Contains("It belongs to a function: functions/NAME/function.json.", problem, StringComparison.Ordinal),
            problem => Assert.Contains("It belongs to the project: project.json.", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_without_a_project_says_how_to_get_one() =>
        Assert.Contains("signalbox init", Assert.Single(Project.Of(("signalbox.yaml", "")).Read().Problems), StringComparison.Ordinal);

    [Theory]
    [InlineData("cron(0/15 9-17 ? * MON-FRI *)", true)]
    [InlineData("cron(0 18 L * ? *)", true)]
    [InlineData("cron(0 18 LW * ? *)", true)]
    [InlineData("cron(0 18 15W JAN,FEB ? 2026-2030)", true)]
    [InlineData("cron(0 18 ? * 6#3 *)", true)]
    [InlineData("cron(0 18 ? * 6L *)", true)]
    [InlineData("cron(*/5 * * * ? *)", true)]
    [InlineData("rate(1 day)", true)]
    [InlineData("rate(2 day)", false)]
    [InlineData("rate(1  day)", false)]
    [InlineData("cron(0 18 * * * *)", false)]
    [InlineData("cron(0 18 ? * ? *)", false)]
    [InlineData("cron(0 18 ? * MUN *)", false)]
    [InlineData("cron(0 24 ? * MON *)", false)]
    [InlineData("cron(0 18 ? * MON 1900)", false)]
    [InlineData("cron(- 18 ? * MON *)", false)]
    [InlineData("cron(/ 18 ? * MON *)", false)]
    public void Times_are_those_that_eventbridge_takes(string expression, bool isOne) => Assert.Equal(
        isOne, Project.Of(("function.json", $$"""{"name":"a","schedules":["{{expression}}"]}""")).Read().Project is not null);
}
