using Signalbox.Cli.Projects;

namespace Signalbox.CloudTests;

public sealed class TopicsThatAreThere
{
    [Fact]
    public async Task A_person_chooses_them_by_number_or_by_name()
    {
        using var watch = new Watch { Typing = new(["", "", "none", "2 of-others 2", "none", "none"]) };
        watch.Town.Aws.Sns.PageSize = 1;
        foreach (var name in (string[])["rds", "alarms"]) watch.Town.Topic(name);
        var typed = await watch.Type("init", "-C", "new");
        Assert.Equal(0, typed.Code);
        Assert.Contains("Topics that are there:\n   1  alarms\n   2  cloudformation\n   3  rds\n", typed.Error, StringComparison.Ordinal);
        var topics = System.Text.Json.JsonDocument.Parse(watch.Read("new/functions/signalbox/function.json")).RootElement.GetProperty("topics");
        Assert.Equal(["cloudformation", "of-others"], topics.EnumerateArray().Select(topic => topic.GetString()));
    }

    [Fact]
    public async Task Without_credentials_a_project_is_written_all_the_same()
    {
        using var watch = new Watch { Typing = new(["", "", "none", "alarms", "none", "none"]) };
        watch.Variables["AWS_ACCESS_KEY_ID"] = "AKIAUNKNOWN";
        var typed = await watch.Type("init", "-C", "new");
        Assert.Equal(0, typed.Code);
        Assert.Contains("signalbox: topics that are there could not be listed: sts GetCallerIdentity: InvalidClientTokenId", typed.Error, StringComparison.Ordinal);
        Assert.Contains("\"alarms\"", watch.Read("new/functions/signalbox/function.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_is_asked_for_again_and_a_slip_is_said()
    {
        using var watch = new Watch { Typing = new(["", "Frankfurt", "eu-west-1", "https://hooks.slack.com/services/T0/B0/hunter2", "HOOK", "7", "alarm 1", "none", "1 3", "events"]) };
        watch.Town.Topic("alarms");
        var typed = await watch.Type("init", "-C", "new");
        Assert.Equal(0, typed.Code);
        Assert.Contains("]: \n  expected a region, as in eu-west-1, found \"Frankfurt\"", typed.Error, StringComparison.Ordinal);
        Assert.Contains("]: \n  expected the name of a variable, as SLACK_WEBHOOK, found something else", typed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", typed.Error, StringComparison.Ordinal);
        Assert.Contains("]: \n  expected the number of a topic, 1 to 2, or a name, found 7.\n", typed.Error, StringComparison.Ordinal);
        Assert.Contains("]: \n  alarm: there is no such topic yet; alarms is there. deploy needs it to be there.\n", typed.Error, StringComparison.Ordinal);
        Assert.Contains("]: \n  expected the name or ARN of a queue of SQS, found \"1 3\".", typed.Error, StringComparison.Ordinal);
        var function = watch.Read("new/functions/signalbox/function.json");
        Assert.Contains("\"events\"", function, StringComparison.Ordinal);
        Assert.Contains("\"alarm\",\n    \"alarms\"", function, StringComparison.Ordinal);
        Assert.Contains("env:HOOK", watch.Read("new/functions/signalbox/signalbox.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_no_topic_has_is_said()
    {
        Assert.Equal("expected the number of a topic, 1 to 2, or a name, found 3.", ExistingTopics.Wrong(["3"], ["a", "b"]));
        Assert.Null(ExistingTopics.Wrong(["3"], []));
        Assert.Equal(["3"], ExistingTopics.Chosen(["3"], []));
        Assert.Equal(["2", "a"], ExistingTopics.Chosen(["2", "1"], ["a", "2"]));
    }
}
