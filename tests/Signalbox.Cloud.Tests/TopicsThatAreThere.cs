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
    public void A_number_that_no_topic_has_is_said()
    {
        using var errors = new StringWriter { NewLine = "\n" };
        Assert.Null(ExistingTopics.Chosen(["3"], ["a", "b"], errors));
        Assert.Equal("signalbox: expected the number of a topic, 1 to 2, or a name, found 3.\n", errors.ToString());
        Assert.Equal(["3"], ExistingTopics.Chosen(["3"], [], errors));
        Assert.Equal(["2", "a"], ExistingTopics.Chosen(["2", "1"], ["a", "2"], errors));
    }
}
