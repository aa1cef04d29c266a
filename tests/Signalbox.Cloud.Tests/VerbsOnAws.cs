using System.Text.Json;
using Signalbox.Cli;
using Signalbox.Cloud.Tests;

namespace Signalbox.CloudTests;

/// <summary>A project in a folder, and what somebody types there about AWS.</summary>
public sealed class VerbsOnAws : IDisposable
{
    private readonly Town town = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("signalbox-verbs-");
    private readonly Dictionary<string, string> variables;
    private string? answer;
    private string piped = "";
    private bool isStopped;

    public VerbsOnAws()
    {
        variables = new(town.Aws.Environment);
        Write("project.json", """{ "name": "ops", "region": "eu-west-1", "memory": 128 }""");
        Write("functions/alerts/function.json", """{ "description": "Tells people", "topics": ["cloudformation"], "queues": ["events"] }""");
        Write("functions/alerts/bootstrap", "#!/bin/sh\n");
        Write("functions/worker/function.json", """{ "schedules": [{ "name": "nightly", "expression": "rate(1 day)" }] }""");
        Write("functions/worker/bootstrap", "#!/bin/sh\necho\n");
    }

    public void Dispose()
    {
        town.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Deploy_says_each_step_and_the_second_time_that_all_is_as_it_is_wanted()
    {
        var first = await Type("deploy");
        Assert.Equal((0, ""), (first.Code, first.Error));
        Assert.Contains("alerts: create queue events: encrypted, hides a message for", first.Out, StringComparison.Ordinal);
        Assert.Contains("worker: create rule ops_worker-nightly: rate(1 day)", first.Out, StringComparison.Ordinal);
        var second = await Type("deploy");
        Assert.Equal(["alerts: is as it is wanted", "worker: is as it is wanted"], second.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public async Task A_dry_run_says_every_change_and_makes_none()
    {
        var before = town.State();
        var dry = await Type("deploy", "alerts", "--dry-run");
        Assert.Equal(before, town.State());
        var real = await Type("deploy", "alerts");
        Assert.Equal(dry.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries), real.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)[..^1]);
    }

    [Fact]
    public async Task Names_may_be_patterns_and_a_wrong_one_names_the_nearest()
    {
        var typed = await Type("deploy", "al*", "-n");
        Assert.DoesNotContain("worker", typed.Out, StringComparison.Ordinal);
        Assert.NotEmpty(typed.Out);
        var wrong = await Type("deploy", "alert");
        Assert.Equal((2, "signalbox: expected a function of ops (alerts, worker), found \"alert\". Did you mean \"alerts\"?\n"), (wrong.Code, wrong.Error));
    }

    [Fact]
    public async Task Diff_marks_what_it_would_make_change_and_take_away()
    {
        await Type("deploy", "alerts");
        Write("functions/alerts/function.json", """{ "description": "Tells people", "queues": ["events"], "memory": 256, "concurrency": 2 }""");
        var diff = (await Type("diff", "alerts")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
        [
            "~ alerts: change function ops_alerts: memory 128 → 256", "~ alerts: change concurrency of function ops_alerts: reserved none → 2",
            "+ alerts: publish a version of function ops_alerts", "~ alerts: move alias current: version 1 → the new one",
            "- alerts: unsubscribe events from topic arn:aws:sns:eu-west-1:123456789012:cloudformation",
            "- alerts: no longer let arn:aws:sns:eu-west-1:123456789012:cloudformation send to queue events",
        ], diff);
    }

    [Fact]
    public async Task Lines_of_json_say_what_was_done()
    {
        var lines = (await Type("deploy", "worker", "--json")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var first = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal(("worker", "make", "role", "ops_worker", "done"), (first.GetProperty("function").GetString(), first.GetProperty("change").GetString(),
            first.GetProperty("kind").GetString(), first.GetProperty("name").GetString(), first.GetProperty("outcome").GetString()));
        Assert.All(lines, line => JsonDocument.Parse(line));
    }

    [Fact]
    public async Task A_deployment_that_fails_says_what_was_done_and_goes_on_the_next_time()
    {
        town.Aws.Trouble.Deny("lambda:CreateAlias");
        var failed = await Type("deploy", "alerts");
        Assert.Equal(1, failed.Code);
        Assert.Contains("8 of 11 steps are done; this one is not: create alias current: the new one. lambda CreateAlias: AccessDeniedException:", failed.Error, StringComparison.Ordinal);
        Assert.EndsWith("Run it again to go on: what is done is found and left alone.\n", failed.Error, StringComparison.Ordinal);
        town.Aws.Trouble.Allow("lambda:CreateAlias");
        var again = await Type("deploy", "alerts");
        Assert.Equal(0, again.Code);
        Assert.StartsWith("alerts: create alias current: 1\n", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_shows_what_is_deployed()
    {
        await Type("deploy", "alerts");
        var list = (await Type("list")).Out.Split('\n');
        Assert.StartsWith("NAME    DEPLOYED AS   VERSION  MEMORY  UPDATED", list[0], StringComparison.Ordinal);
        Assert.StartsWith("alerts  ops_alerts    1        128 MB  20", list[1], StringComparison.Ordinal);
        Assert.Equal("worker  not deployed", list[2]);
        Assert.Contains("apex_function_alerts=\"arn:aws:lambda:eu-west-1:123456789012:function:ops_alerts\"\n", (await Type("list", "--tfvars")).Out, StringComparison.Ordinal);
        var line = JsonDocument.Parse((await Type("list", "--json")).Out.Split('\n')[0]).RootElement;
        Assert.Equal((1, 128), (line.GetProperty("version").GetInt32(), line.GetProperty("memory").GetInt32()));
    }

    [Fact]
    public async Task Rollback_goes_to_the_version_before_or_a_given_one_and_deploy_forward_again()
    {
        await Type("deploy", "alerts");
        foreach (var value in (string[])["1", "2"]) await Type("deploy", "alerts", "--set", $"LEVEL={value}");
        Assert.Equal("alerts: alias current: version 3 → 2\n", (await Type("rollback", "alerts")).Out);
        Assert.Equal("alerts: alias current: version 2 → 1\n", (await Type("rollback", "alerts")).Out);
        Assert.Equal((1, "signalbox: there is no version before 1, which alias current names. Versions: 1, 2, 3.\n"), Said(await Type("rollback", "alerts")));
        Assert.Equal((1, "signalbox: expected a version of ops_alerts (1, 2, 3), found 9.\n"), Said(await Type("rollback", "alerts", "9")));
        Assert.Equal("alerts: move alias current: version 1 → 3\nalerts: 1 step", (await Type("deploy", "alerts", "--set", "LEVEL=2")).Out.Split(" in ")[0]);
        Assert.Equal("""{"function":"alerts","alias":"current","from":3,"to":1}""" + "\n", (await Type("rollback", "alerts", "1", "--json")).Out);
        Assert.Equal((1, "signalbox: expected an alias current of function ops_worker, found none: deploy it first.\n"), Said(await Type("rollback", "worker")));
    }

    [Fact]
    public async Task Delete_asks_says_each_thing_and_leaves_nothing()
    {
        var before = town.State();
        await Type("deploy");
        Assert.Equal((1, "signalbox: expected --yes, because there is nobody at a terminal to ask. Nothing was deleted.\n"), Said(await Type("delete", "--all")));
        answer = "no";
        var asked = await Type("delete", "--all");
        Assert.Equal(1, asked.Code);
        Assert.Contains("alerts: delete queue events with what is in it\n", asked.Out, StringComparison.Ordinal);
        Assert.EndsWith("Delete all this in account 123456789012, eu-west-1? Type yes: signalbox: nothing was deleted.\n", asked.Error, StringComparison.Ordinal);
        answer = "yes";
        Assert.Equal(0, (await Type("delete", "alerts", "--data")).Code);
        answer = null;
        Assert.Equal(0, (await Type("delete", "--all", "--data", "--yes")).Code);
        Assert.Equal(before, town.State());
        Assert.Equal("alerts: there is nothing of it\nworker: there is nothing of it\n", (await Type("delete", "--all", "--yes")).Out);
    }

    [Theory]
    [InlineData("signalbox: expected names of functions or --all, found neither.\n", "delete")]
    [InlineData("signalbox: expected names of functions or --all, found both.\n", "delete", "alerts", "--all")]
    [InlineData("signalbox: expected 1 or more after --concurrency, found 0.\n", "deploy", "--concurrency", "0")]
    [InlineData("signalbox: expected the number of a version, found \"x\".\n", "rollback", "alerts", "x")]
    public async Task Wrong_usage_is_said(string words, params string[] typed) => Assert.Equal((2, words), Said(await Type(typed)));

    [Fact]
    public async Task Without_keys_region_or_a_known_profile_it_is_said_how_to_mend_it()
    {
        variables.Remove("AWS_SECRET_ACCESS_KEY");
        variables["AWS_SHARED_CREDENTIALS_FILE"] = Write("credentials", "[work]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = "
            + AwsStandin.SecretKey + "\nregion = eu-west-1\n");
        Assert.Equal((1, "signalbox: there is no profile wrk in AWS's files. Did you mean \"work\"? Make it with: aws configure --profile wrk\n"),
            Said(await Type("list", "--profile", "wrk")));
        Assert.Equal(0, (await Type("list", "--profile", "work")).Code);
        variables["AWS_SECRET_ACCESS_KEY"] = "wrong";
        var wrong = await Type("list");
        Assert.Contains("The secret access key does not belong to its id.", wrong.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", wrong.Error, StringComparison.Ordinal);
        Write("project.json", """{ "name": "ops" }""");
        foreach (var name in (string[])["AWS_REGION", "AWS_DEFAULT_REGION"]) variables.Remove(name);
        Assert.Equal((1, "signalbox: no region was found: name it with --region, as region in project.json, in AWS_REGION or in the profile.\n"), Said(await Type("list")));
        Assert.Equal((1, "signalbox: expected an http or https address as endpoint, found \"nowhere\".\n"),
            Said(await Type("list", "--region", "eu-west-1", "--endpoint", "nowhere")));
    }

    [Fact]
    public async Task A_profile_may_name_a_role_that_wants_a_token()
    {
        await Type("deploy", "alerts");
        variables["AWS_SHARED_CREDENTIALS_FILE"] = Write("credentials", $"""
            [work]
            aws_access_key_id = {AwsStandin.AccessKey}
            aws_secret_access_key = {AwsStandin.SecretKey}
            [ops]
            role_arn = arn:aws:iam::123456789012:role/ops_alerts
            source_profile = work
            mfa_serial = arn:aws:iam::123456789012:mfa/anna
            """);
        var nobody = await Type("list", "--profile", "ops");
        Assert.Equal((1, "signalbox: role arn:aws:iam::123456789012:role/ops_alerts wants the token of arn:aws:iam::123456789012:mfa/anna, "
            + "and there is nobody at a terminal to ask.\n"), Said(nobody));
        town.Aws.Locked(() => town.Aws.Iam.Roles.Values.Single().Trust =
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sts:AssumeRole"}]}""");
        (answer, town.Aws.Sts.Devices["arn:aws:iam::123456789012:mfa/anna"]) = ("123456", "123456");
        var typed = await Type("list", "--profile", "ops");
        Assert.StartsWith("Token of arn:aws:iam::123456789012:mfa/anna: ", typed.Error, StringComparison.Ordinal);
        Assert.Contains(town.Aws.Calls, call => call.Operation is "AssumeRole" && call.Input["TokenCode"]?.ToString() is "123456" && call.Outcome is "ok");
        Assert.Contains("lambda GetFunctionConfiguration: AccessDeniedException", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopped_by_a_person_it_says_so()
    {
        await Type("deploy", "worker");
        isStopped = true;
        Assert.Equal((1, "signalbox: stopped.\n"), Said(await Type("deploy", "alerts")));
    }

    [Fact]
    public async Task Invoke_prints_the_answer_and_the_end_of_its_log()
    {
        var bootstrap = Write("functions/alerts/bootstrap", SandboxTests.Program);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(bootstrap, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await Type("deploy", "alerts");
        piped = """{"a":1}""";
        var well = await Type("invoke", "alerts", "--logs");
        Assert.Equal((0, "{\"calls\":1,\"statusCode\":200,\"body\":\"call 1\"}\n"), (well.Code, well.Out));
        Assert.Contains("heard {\"a\":1}", well.Error, StringComparison.Ordinal);
        var later = await Type("invoke", "alerts", "--async");
        Assert.Equal((0, ""), (later.Code, later.Out));
        piped = """{"fail":true}""";
        Assert.Equal((1, "signalbox: ops_alerts failed: Odd: it fails\n"), Said(await Type("invoke", "alerts")));
    }

    [Fact]
    public async Task A_function_that_is_not_deployed_is_not_called()
    {
        piped = "{}";
        Assert.Equal((1, "signalbox: function ops_alerts has no alias current in eu-west-1 of account 123456789012: deploy it first.\n"),
            Said(await Type("invoke", "alerts")));
    }

    private static (int, string) Said((int Code, string Out, string Error) typed) => (typed.Code, typed.Error);

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<(int Code, string Out, string Error)> Type(params string[] words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = await Tool.Run(words, new()
        {
            Out = output,
            Error = errors,
            In = () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(piped)),
            AsksPerson = answer is not null,
            Ask = asked =>
            {
                errors.Write(asked);
                return answer;
            },
            Variable = variables.GetValueOrDefault,
            Folder = folder.FullName,
            Beside = folder.FullName,
            Open = (_, _) => throw new InvalidOperationException("not asked for"),
            Cloud = () => town.World,
            Stop = () => new(isStopped),
        });
        return (code, output.ToString(), errors.ToString());
    }
}
