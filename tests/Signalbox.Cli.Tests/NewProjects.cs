namespace Signalbox.Tests;

public sealed class NewProjects
{
    [Fact]
    public async Task Flags_write_a_project_that_builds_and_say_what_to_type_next()
    {
        using var desk = new Desk().With("artifacts/lambda/bootstrap", "binary");
        var typed = await desk.Type("init", "--name", "ops", "--region", "eu-west-1", "--slack-webhook-env", "SLACK_WEBHOOK", "--topics", "alarms", "deploys");
        Assert.Equal((0, ""), (typed.Code, typed.Error));
        Assert.Equal(
            "wrote project.json\nwrote functions/signalbox/function.json\nwrote functions/signalbox/signalbox.yaml\n"
            + "Next: signalbox deploy --set SLACK_WEBHOOK=\"$SLACK_WEBHOOK\"\n", typed.Out);
        Assert.Equal((0, ""), (await desk.Type("build", "-o", "out.zip") is var built ? built.Code : -1, built.Error));
        Assert.Equal(0, (await desk.Type("check", "functions/signalbox/signalbox.yaml")).Code);
        var function = await File.ReadAllTextAsync(desk.In("functions/signalbox/function.json"), TestContext.Current.CancellationToken);
        Assert.Contains("\"alarms\",\n    \"deploys\"", function, StringComparison.Ordinal);
        Assert.Contains("\"signalbox-events\"", function, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_is_asked_and_enter_takes_what_is_proposed()
    {
        using var desk = new Desk { Typing = new(["acme", "eu-west-1", "", "alarms", "none", ""]) };
        var typed = await desk.Type("init", "--dry-run");
        Assert.Equal(0, typed.Code);
        Assert.StartsWith("Name of the project [", typed.Error, StringComparison.Ordinal);
        Assert.Contains("\"name\": \"acme\"", typed.Out, StringComparison.Ordinal);
        Assert.Contains("webhook: \"env:SLACK_WEBHOOK\"", typed.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\"rules\"", typed.Out, StringComparison.Ordinal);
        Assert.Empty(desk.Folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task A_room_may_have_its_secret_in_AWS_and_never_in_the_file()
    {
        using var desk = new Desk();
        var typed = await desk.Type("init", "--yes", "--name", "ops", "--room", "alerts=ssm:/ops/slack-webhook", "--dry-run");
        Assert.Contains("alerts: { slack: { webhook: \"ssm:/ops/slack-webhook\" } }", typed.Out, StringComparison.Ordinal);
        typed = await desk.Type("init", "--yes", "--name", "ops", "--room", "alerts=https://hooks.slack.com/services/T0/B0/s3cret");
        Assert.Equal(2, typed.Code);
        Assert.DoesNotContain("s3cret", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_there_is_never_written_over_unless_asked_for()
    {
        using var desk = new Desk().With("project.json", "mine");
        var typed = await desk.Type("init", "--name", "ops");
        Assert.Equal((1, "signalbox: project.json is there already: --force writes over, -C names another folder.\n"), (typed.Code, typed.Error));
        Assert.Equal("mine", await File.ReadAllTextAsync(desk.In("project.json"), TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(desk.In("functions")));
        Assert.Equal(0, (await desk.Type("init", "--name", "ops", "--force")).Code);
    }

    [Theory]
    [InlineData("--room", "alerts=https://hooks.slack.com/services/T0/B0/hunter2")]
    [InlineData("--slack-webhook-env", "https://hooks.slack.com/services/T0/B0/hunter2")]
    public async Task A_webhook_itself_is_refused_and_not_shown(string flag, string given)
    {
        using var desk = new Desk();
        var typed = await desk.Type("init", flag, given);
        Assert.Equal(2, typed.Code);
        Assert.DoesNotContain("hunter2", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_is_checked_before_anything_is_written()
    {
        using var desk = new Desk();
        var typed = await desk.Type("init", "--name", "ops", "--region", "Frankfurt");
        Assert.Equal(2, typed.Code);
        Assert.Contains("expected a region, as in eu-west-1, found \"Frankfurt\"", typed.Error, StringComparison.Ordinal);
        Assert.Empty(desk.Folder.EnumerateFileSystemInfos());
    }
}
