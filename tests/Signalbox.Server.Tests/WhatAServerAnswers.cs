namespace Signalbox.ServerTests;

public sealed class WhatAServerAnswers
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal const string Alarm = """
        {"version":"0","id":"c4c1c1c9-6542-e61b-6ef0-8c4d36933a92","detail-type":"CloudWatch Alarm State Change","source":"aws.cloudwatch",
        "account":"123456789012","time":"2026-11-22T12:00:00Z","region":"us-east-1",
        "resources":["arn:aws:cloudwatch:us-east-1:123456789012:alarm:ServerCpuTooHigh"],
        "detail":{"alarmName":"ServerCpuTooHigh","state":{"value":"ALARM","reason":"Threshold Crossed","timestamp":"2026-11-22T12:00:00.000+0000"},
        "previousState":{"value":"OK"},"configuration":{}}}
        """;

    [Fact]
    public async Task It_says_that_it_lives_and_is_ready()
    {
        await using var served = await Served.With();
        Assert.Equal((200, "alive\n"), await served.Get("/healthz"));
        Assert.Equal((200, "ready\n"), await served.Get("/readyz"));
    }

    [Fact]
    public async Task An_event_is_kept_before_the_answer_and_told_after_it()
    {
        await using var served = await Served.With();
        Assert.Equal((200, "1 accepted, 0 known already\n"), await served.Post("/events", Alarm));
        Assert.Equal(1, (await served.Store.Count(Stop)).Events);
        await Served.Until(async () => (await served.Store.History(new() { Room = "local" }, Stop)).Any(line => line.What is "made"));
    }

    [Fact]
    public async Task The_same_event_again_is_known()
    {
        await using var served = await Served.With();
        await served.Post("/events", Alarm);
        Assert.Equal((200, "1 accepted, 1 known already\n"), await served.Post("/events", Alarm));
    }
}
