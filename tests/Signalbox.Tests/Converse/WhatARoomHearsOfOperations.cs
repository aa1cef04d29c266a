namespace Signalbox.Tests;

/// <summary>The same of what begins, fails or goes on, and ends by itself.</summary>
public partial class WhatARoomHears
{
    private static readonly Notice Stack = new()
    {
        Source = "cloudformation",
        Kind = "stack",
        Severity = Severity.Info,
        Status = Status.Ongoing,
        Title = "Stack api is being updated",
        Subject = "api",
        Thread = "cloudformation/api",
        At = Noon,
    };

    private static Notice Fails(int minute, string? summary = null, bool goesOn = true) => Stack with
    {
        Severity = Severity.Error,
        Status = Status.Raised,
        Continues = goesOn,
        Title = goesOn ? "Stack api is rolling back" : "Stack api could not be updated",
        Summary = summary,
        At = Noon.AddMinutes(minute),
    };

    private static Notice GoesOn(int minute) => Stack with { Title = "Stack api is cleaning up", At = Noon.AddMinutes(minute) };

    private static Notice Done(int minute) => Stack with { Status = Status.Cleared, Title = "Stack api was updated", At = Noon.AddMinutes(minute) };

    [Fact]
    public void An_operation_that_goes_well_is_one_message_that_changes()
    {
        Hear(Stack);
        Hear(GoesOn(2));
        Hear(Done(3));
        Assert.Equal(["Begin Stack api is being updated", "Change Stack api is cleaning up", "Change Stack api was updated"], heard);
        Assert.Equal((Phase.Over, Noon.AddMinutes(3)), (conversation!.Phase, conversation.Ended));
    }

    [Fact]
    public void An_operation_that_fails_and_goes_on_rings_once_and_ends_in_its_thread()
    {
        Hear(Stack);
        Hear(Fails(1));
        Hear(Fails(2, "the role is missing too"));
        Hear(Fails(4, goesOn: false));
        Assert.Equal(
            [
                "Begin Stack api is being updated", "Change Stack api is rolling back", "Shout Stack api is rolling back [@here]",
                "Change Stack api is rolling back", "Change Stack api could not be updated", "Reply Stack api could not be updated, after 4 min",
            ],
            heard);
        Assert.Equal((Phase.Over, Noon.AddMinutes(4)), (conversation!.Phase, conversation.Ended));
    }

    [Fact]
    public void An_operation_that_is_well_again_and_fails_again_rings_again()
    {
        Hear(Stack);
        Hear(Fails(1));
        Hear(GoesOn(2));
        Hear(Fails(3, goesOn: false));
        Assert.Equal("Shout Stack api could not be updated [@here]", heard[^1]);
        Assert.Equal(2, heard.Count(line => line.Contains("[@here]", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_reason_of_the_first_failure_stays_until_another_is_given()
    {
        Hear(Stack);
        Hear(Fails(1, "the queue is there already"));
        Hear(Fails(2));
        Assert.Equal("the queue is there already", conversation!.Notice.Summary);
        Hear(Fails(3, "and the role is missing"));
        Assert.Equal("and the role is missing", conversation.Notice.Summary);
    }

    [Fact]
    public void An_operation_that_ends_as_a_failure_is_over_at_once()
    {
        Hear(Stack);
        Hear(Fails(5, goesOn: false));
        Assert.Equal(["Begin Stack api is being updated", "Change Stack api could not be updated", "Shout Stack api could not be updated [@here]"], heard);
        Assert.Equal(Phase.Over, conversation!.Phase);
    }

    [Fact]
    public void A_failure_is_the_first_that_a_room_hears_where_nobody_said_that_it_began()
    {
        Hear(Fails(0, goesOn: false));
        Assert.Equal(Phase.Over, conversation!.Phase);
        Hear(Stack with { At = Noon.AddMinutes(10) });
        Hear(Fails(11));
        Hear(Done(12));
        Assert.Equal(
            [
                "Begin Stack api could not be updated [@here]", "Begin Stack api is being updated", "Change Stack api is rolling back",
                "Shout Stack api is rolling back [@here]", "Change Stack api was updated",
            ],
            heard);
    }

    [Fact]
    public void An_operation_that_failed_and_goes_on_has_begun_where_nobody_said_so()
    {
        Hear(Fails(0));
        Assert.Equal(Phase.Raised, conversation!.Phase);
        Hear(GoesOn(1));
        Hear(Done(4));
        Assert.Equal(["Begin Stack api is rolling back [@here]", "Change Stack api is cleaning up", "Change Stack api was updated"], heard);
    }

    [Fact]
    public void That_an_operation_is_done_is_news_where_nobody_heard_it_begin()
    {
        Hear(Done(3));
        Hear(Done(4));
        Assert.Equal(["Begin Stack api was updated", "quiet: it was over already"], heard);
    }

    [Theory]
    [InlineData("cloudformation", "stack", true)]
    [InlineData("cloudformation", "drift", false)]
    [InlineData("codepipeline", "pipeline", true)]
    [InlineData("codedeploy", "deployment", true)]
    [InlineData("codebuild", "build", true)]
    [InlineData("step-functions", "execution", true)]
    [InlineData("backup", "backup-job", true)]
    [InlineData("batch", "job", true)]
    [InlineData("ssm", "automation", true)]
    [InlineData("github", "workflow", true)]
    [InlineData("rds", "db-snapshot", true)]
    [InlineData("rds", "failover", false)]
    [InlineData("guardduty", "finding", false)]
    [InlineData("imagebuilder", "image", true)]
    [InlineData("airflow", "environment-status-change", true)]
    [InlineData("custom", "notification", true)]
    [InlineData("signalbox", "heartbeat", false)]
    public void What_ends_by_itself_is_told_when_it_is_done_and_other_things_only_when_they_were_raised(string source, string kind, bool isTold)
    {
        Hear(Done(3) with { Source = source, Kind = kind });
        Assert.Equal([isTold ? "Begin Stack api was updated" : "quiet: cleared without ever having been raised here"], heard);
    }

    [Fact]
    public void Where_messages_cannot_change_an_operation_is_heard_when_it_fails_and_when_it_ends()
    {
        can = default;
        Hear(Stack);
        Hear(Fails(1));
        Hear(Fails(2));
        Hear(GoesOn(3));
        Hear(Done(4));
        Assert.Equal(
            [
                "merged: it began", "Begin Stack api is rolling back [@here]", "merged: it had failed before and goes on",
                "merged: it goes on after it failed", "Begin Stack api was updated",
            ],
            heard);
    }

    [Fact]
    public void What_is_done_about_an_alarm_stands_beside_it_and_leaves_it_raised()
    {
        Hear(Alarm);
        Hear(Alarm with { Status = Status.Ongoing, Severity = Severity.Info, Title = "payments-5xx is being looked into", At = Noon.AddMinutes(1) });
        Assert.Equal((Phase.Raised, "payments-5xx is in alarm"), (conversation!.Phase, conversation.Notice.Title));
        Assert.Equal(["Begin payments-5xx is in alarm [@here]", "Reply payments-5xx is being looked into"], heard);
    }

    [Fact]
    public void A_statement_stands_beside_what_is_under_way()
    {
        Hear(Stack);
        Hear(Stack with { Status = Status.Stated, Title = "Somebody approved it", At = Noon.AddMinutes(1) });
        Assert.Equal((Phase.Ongoing, Noon.AddMinutes(1)), (conversation!.Phase, conversation.Latest));
        Assert.Equal(["Begin Stack api is being updated", "Reply Somebody approved it [@here]"], heard);
    }

    [Fact]
    public void The_second_run_of_a_day_is_a_message_of_its_own_and_counted()
    {
        Hear(Stack);
        Hear(Done(3));
        Hear(Stack with { At = Noon.AddMinutes(10) });
        Assert.Equal((Phase.Ongoing, 2, Noon.AddMinutes(10)), (conversation!.Phase, conversation.Times, conversation.Began));
        Hear(Done(11));
        Hear(Stack with { At = Noon.AddDays(1) });
        Assert.Equal(1, conversation!.Times);
        Assert.Equal(
            [
                "Begin Stack api is being updated", "Change Stack api was updated", "Begin Stack api is being updated",
                "Change Stack api was updated", "Begin Stack api is being updated",
            ],
            heard);
    }

    [Fact]
    public void What_clears_twice_is_over_once()
    {
        Hear(Alarm);
        Hear(Cleared(12));
        Hear(Cleared(13));
        Assert.Equal("quiet: it was over already", heard[^1]);
        Assert.Equal(Noon.AddMinutes(12), conversation!.Ended);
    }

    [Fact]
    public void Parts_fill_the_bar_and_the_first_that_fails_rings()
    {
        Hear(Stack);
        Assert.Null(PartSteps.Bar(conversation!));
        Hear(PartOf("Queue", Status.Ongoing, 1));
        Hear(PartOf("Topic", Status.Cleared, 2));
        Assert.Equal("▰▰▰▰▰▰▱▱▱▱▱▱ 1 of 2 done", PartSteps.Bar(conversation!));
        Hear(PartOf("Queue", Status.Raised, 3, "it is there already"));
        Hear(PartOf("Role", Status.Raised, 4, "not allowed"));
        Hear(PartOf("Table", Status.Raised, 5, "Resource creation cancelled"));
        Hear(PartOf("Queue", Status.Cleared, 6));
        Assert.Equal("▰▰▰▱▱▱▱▱▱▱▱▱ 1 of 4 done, 3 failed", PartSteps.Bar(conversation!));
        Assert.Equal(new Fact("Queue", "it is there already"), conversation!.Failure);
        Assert.Equal(
            [
                "Begin Stack api is being updated", "Change Stack api is being updated", "Change Stack api is being updated",
                "Change Queue is Raised", "Shout Queue is Raised [@here]", "Change Queue is Raised", "Reply Role is Raised",
                "Change Queue is Raised", "Change Queue is Raised",
            ],
            heard);
    }

    [Fact]
    public void All_parts_are_done_when_the_operation_is_done_and_what_comes_later_is_not_said()
    {
        Hear(Stack);
        Hear(PartOf("Queue", Status.Ongoing, 1));
        Hear(Done(2));
        Assert.Equal("▰▰▰▰▰▰▰▰▰▰▰▰ 1 of 1 done", PartSteps.Bar(conversation!));
        Hear(PartOf("Topic", Status.Ongoing, 3));
        Assert.Equal("quiet: a part of an operation that is over", heard[^1]);
        Hear(PartOf("Topic", Status.Raised, 4, "not allowed"));
        Assert.Equal("Reply Topic is Raised", heard[^1]);
        Assert.Equal(Phase.Over, conversation!.Phase);
    }

    [Fact]
    public void A_reason_that_is_none_gives_way_to_the_first_that_is_one()
    {
        Hear(Stack);
        Hear(PartOf("Queue", Status.Raised, 1, "Resource creation cancelled"));
        Hear(PartOf("Role", Status.Raised, 2, "not allowed"));
        Hear(PartOf("Topic", Status.Raised, 3, "not allowed either"));
        Assert.Equal(new Fact("Role", "not allowed"), conversation!.Failure);
    }

    [Fact]
    public void A_part_is_not_said_before_its_operation_but_its_failure_is()
    {
        Hear(PartOf("Queue", Status.Ongoing, 1));
        Hear(PartOf("Queue", Status.Raised, 2, "it is there already"));
        Assert.Equal(["quiet: a part of an operation of which nothing was said yet", "Begin Queue is Raised [@here]"], heard);
        Assert.Equal((Phase.Raised, true), (conversation!.Phase, conversation.IsOperation));
    }

    [Fact]
    public void News_of_the_same_second_are_all_told_however_little_they_differ()
    {
        Notice[] news =
        [
            Alarm, Alarm with { Summary = "a" }, Alarm with { Summary = "b" }, Alarm with { Arn = "arn:aws:x" }, Alarm with { Account = "123456789012" },
            Alarm with { Region = "eu-west-1" }, Alarm with { Region = "eu-west-2" }, Alarm with { Thread = "another" }, Alarm with { Title = "b" },
            Alarm with { Kind = "composite-alarm" }, Alarm with { Source = "grafana" }, Alarm with { At = Noon.AddTicks(1) },
            Alarm with { Facts = [new("Value", "1")] }, Alarm with { Facts = [new("Value", "2")] }, Alarm with { Part = new("a", Status.Raised) },
        ];
        Assert.Equal(news.Length, news.Select(Fingerprint.Of).Distinct().Count());
        Assert.Null(Fingerprint.Of(Alarm with { At = null }));
    }

    private static Notice PartOf(string name, Status status, int minute, string? summary = null) => Stack with
    {
        Kind = "resource",
        Status = status,
        Severity = status is Status.Raised ? Severity.Error : Severity.Info,
        Title = $"{name} is {status}",
        Summary = summary,
        Part = new(name, status),
        At = Noon.AddMinutes(minute),
    };
}
