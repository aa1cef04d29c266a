namespace Signalbox.Tests;

/// <summary>What is said of a room's keys and of whom it rings, word by word; and what a chat can do with a message that is there.</summary>
public class WhatRoomsLack
{
    private static Room Of(string chat, string options) => new()
    {
        Name = "r",
        Chat = chat,
        Options = [.. options.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => new Fact(pair.Split('=')[0], pair.Split('=', 2)[1]))],
    };

    [Theory]
    [InlineData("teams", "", "a teams room needs a webhook")]
    [InlineData("discord", "", "a discord room needs a webhook")]
    [InlineData("googlechat", "", "a googlechat room needs a webhook")]
    [InlineData("matrix", "", "a matrix room needs a room")]
    [InlineData("file", "", "a file room needs a path")]
    [InlineData("file", "path=x", null)]
    [InlineData("email", "", "an email room needs a host, a from and a to")]
    [InlineData("email", "host=smtp.example.com;from=a@b.c", "an email room needs a host, a from and a to")]
    [InlineData("email", "host=smtp://x;from=a@b.c;to=d@e.f", "the host of an email room is a name without http:// or port")]
    [InlineData("email", "host=smtp.example.com;from=a@b.c,d@e.f;to=d@e.f", "an email room has one from")]
    [InlineData("email", "host=smtp.example.com;from=a@b.c;to=d@e.f;security=tls", null)]
    [InlineData("sns", "", "an sns room needs a topic, an ARN as in arn:aws:sns:eu-west-1:123456789012:alerts")]
    [InlineData("sns", "topic=arn:aws:sns:eu-west-1:123456789012:", "an sns room needs a topic, an ARN as in arn:aws:sns:eu-west-1:123456789012:alerts")]
    [InlineData("sns", "topic=arn:aws:sns::123456789012:alerts", "an sns room needs a topic, an ARN as in arn:aws:sns:eu-west-1:123456789012:alerts")]
    [InlineData("sns", "topic=arn:aws:sns:eu west:123456789012:alerts", "an sns room needs a topic, an ARN as in arn:aws:sns:eu-west-1:123456789012:alerts")]
    [InlineData("sns", "topic=arn:aws/:sns:eu-west-1:123456789012:alerts", "an sns room needs a topic, an ARN as in arn:aws:sns:eu-west-1:123456789012:alerts")]
    [InlineData("sns", "topic=arn:aws-cn:sns:cn-north-1:123456789012:alerts", null)]
    public void A_room_says_what_it_lacks(string chat, string options, string? fault) => Assert.Equal(fault, Chats.Named(chat)!.Fault(Of(chat, options)));

    [Theory]
    [InlineData("<!here>", null)]
    [InlineData("<!channel> <@U0ADA> <@W0BEN|ben> <!subteam^S0PAY> <!subteam^S0PAY|@payments>", null)]
    [InlineData("@here", "Did you mean \"<!here>\"?")]
    [InlineData("<!chanel>", "Did you mean \"<!channel>\"?")]
    [InlineData("U0ADA", "Did you mean \"<@U0ADA>\"?")]
    [InlineData("@W0BEN", "Did you mean \"<@W0BEN>\"?")]
    [InlineData("S0PAY", "Did you mean \"<!subteam^S0PAY>\"?")]
    [InlineData("subteam^S0PAY", "Did you mean \"<!subteam^S0PAY>\"?")]
    [InlineData("<@U1>", "Slack rings people and groups by id: copy it from the profile of the person or group.")]
    [InlineData("<@Uada>", "Slack rings people and groups by id: copy it from the profile of the person or group.")]
    [InlineData("<!subteam^S>", "Slack rings people and groups by id: copy it from the profile of the person or group.")]
    [InlineData("<!here|here>", "Slack rings people and groups by id: copy it from the profile of the person or group.")]
    [InlineData("ada", "Slack rings people and groups by id: copy it from the profile of the person or group.")]
    [InlineData("<!here", "Did you mean \"<!here>\"?")]
    public void A_mention_in_Slack_says_what_was_meant(string mention, string? advice) => Assert.Equal(
        advice is null ? null : $"expected a Slack mention (<!here>, <!channel>, <!everyone>, <@U…> or <!subteam^S…>), found \"{mention}\". {advice}",
        Chats.Named("slack")!.MentionFault(mention));

    [Theory]
    [InlineData("slack", "webhook=x", false, false)]
    [InlineData("slack", "channel=x", true, true)]
    [InlineData("mattermost", "webhook=x", false, false)]
    [InlineData("mattermost", "server=x;channel=y", true, true)]
    [InlineData("email", "", false, true)]
    [InlineData("sns", "", false, true)]
    [InlineData("file", "", false, true)]
    [InlineData("webhook", "", false, true)]
    [InlineData("googlechat", "", false, true)]
    [InlineData("local", "", true, true)]
    public void A_chat_can(string chat, string options, bool updates, bool threads) =>
        Assert.Equal(new Abilities(updates, threads), Chats.Named(chat)!.Can(Of(chat, options)));

    [Theory]
    [InlineData("naïve – über 🚨 alarm…", "na?ve ? ?ber ?? alarm...")]
    [InlineData("~tilde and\ttab", "~tilde and tab")]
    public void The_subject_of_a_topic_is_ASCII(string title, string subject)
    {
        var payload = System.Text.Encoding.UTF8.GetString(Notices.Render(SnsTopic.Row, Notices.Word with { Title = title }));
        Assert.Contains($"\"Subject\":\"{subject}\"", payload, StringComparison.Ordinal);
    }
}
