namespace Signalbox.Tests;

public sealed class WritingTemplates
{
    private static Desk Project(string function = """{"topics":["cloudformation"]}""") => new Desk().With("project.json", """{"name":"ops","region":"eu-west-1"}""")
        .With("functions/alerts/function.json", function).With("functions/alerts/signalbox.yaml", "store: dynamodb://ops\nrooms:\n  ops: { slack: { webhook: env:HOOK } }\n");

    [Theory]
    [InlineData("cloudformation", "AWSTemplateFormatVersion: \"2010-09-09\"\n")]
    [InlineData("sam", "Transform: AWS::Serverless-2016-10-31\n")]
    [InlineData("terraform", "resource \"aws_lambda_function\" \"alerts\" {\n")]
    public async Task Each_kind_describes_the_function_its_topic_and_its_store(string kind, string mark)
    {
        using var desk = Project();
        var typed = await desk.Type("template", kind);
        Assert.Equal((0, ""), (typed.Code, typed.Error));
        Assert.Contains(mark, typed.Out, StringComparison.Ordinal);
        Assert.Contains("ops_alerts", typed.Out, StringComparison.Ordinal);
        Assert.Contains("cloudformation", typed.Out, StringComparison.Ordinal);
        Assert.Contains("dynamodb:Query", typed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_to_a_file_when_one_is_named()
    {
        using var desk = Project();
        var typed = await desk.Type("template", "sam", "alerts", "-o", "stack.yaml");
        Assert.Equal(0, typed.Code);
        Assert.Matches(@"^stack\.yaml: \d+ lines\n$", typed.Out);
        Assert.Equal((await desk.Type("template", "sam")).Out, await File.ReadAllTextAsync(desk.In("stack.yaml"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_secret_that_is_set_by_hand_is_not_written()
    {
        using var desk = Project();
        var typed = await desk.Type("template", "terraform", "--set", "HOOK=https://hooks.slack.com/services/T0/B0/abcdefgh");
        Assert.Equal(0, typed.Code);
        Assert.DoesNotContain("abcdefgh", typed.Out, StringComparison.Ordinal);
        Assert.Contains("HOOK = var.hook", typed.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a kind of template (cloudformation, sam, terraform)", "Did you mean \"terraform\"?", "template", "teraform")]
    [InlineData("expected a function of ops (alerts)", "Did you mean \"alerts\"?", "template", "sam", "alert")]
    [InlineData("expected an alias of letters", "found \"1\"", "template", "sam", "--alias", "1")]
    public async Task What_cannot_be_meant_is_said(string expected, string hint, params string[] words)
    {
        using var desk = Project();
        var typed = await desk.Type(words);
        Assert.Equal((2, ""), (typed.Code, typed.Out));
        Assert.Contains(expected, typed.Error, StringComparison.Ordinal);
        Assert.Contains(hint, typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_do_not_load_make_no_template()
    {
        using var desk = Project().With("functions/alerts/signalbox.yaml", "rooms: 7\n");
        var typed = await desk.Type("template", "sam");
        Assert.Equal((2, ""), (typed.Code, typed.Out));
        Assert.Contains("functions/alerts/signalbox.yaml", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_said()
    {
        using var desk = Project();
        var typed = await desk.Type("template", "sam", "-o", "nowhere/stack.yaml");
        Assert.Equal(1, typed.Code);
        Assert.Contains("nowhere/stack.yaml cannot be written", typed.Error, StringComparison.Ordinal);
    }
}
