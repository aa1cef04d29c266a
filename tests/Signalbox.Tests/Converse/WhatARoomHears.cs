namespace Signalbox.Tests;

/// <summary>What one room hears of one thing, step by step.</summary>
public partial class WhatARoomHears
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Room Room = new() { Name = "alerts", Chat = "slack" };

    private static readonly Notice Alarm = new()
    {
        Source = "cloudwatch",
        Kind = "metric-alarm",
        Severity = Severity.Error,
        Status = Status.Raised,
        Title = "payments-5xx is in alarm",
        Subject = "payments-5xx",
        Thread = "cloudwatch/payments-5xx",
        At = Noon,
    };

    private readonly List<string> heard = [];
    private Conversation? conversation;
    private Conduct conduct = Conduct.Usual;
    private Hold? hold;
    private Abilities can = new(Updates: true, Threads: true);

    [Fact]
    public void A_raise_is_one_message_and_a_clear_changes_it()
    {
        Hear(Alarm);
        Hear(Cleared(12));
        Assert.Equal(
            ["Begin payments-5xx is in alarm [@here]", "Change payments-5xx is OK again (Lasted: 12 min)", "Reply Cleared after 12 min"], heard);
    }

    [Fact]
    public void What_was_never_raised_here_is_not_cleared_either()
    {
        Hear(Cleared(1));
        Assert.Equal(["quiet: cleared without ever having been raised here"], heard);
    }

    [Fact]
    public void Worse_is_for_everybody_and_ends_an_acknowledgement()
    {
        Hear(Alarm with { Severity = Severity.Warning });
        Take("anna");
        Hear(Alarm with { Severity = Severity.Critical, At = Noon.AddMinutes(5), Title = "payments-5xx is much worse" });
        Assert.Equal("Shout payments-5xx is much worse [@here]", heard[^1]);
        Assert.Null(conversation!.Acknowledged);
        Hear(Alarm with { Severity = Severity.Warning, At = Noon.AddMinutes(6), Title = "payments-5xx is a little better" });
        Assert.Equal("Reply payments-5xx is a little better", heard[^1]);
    }

    [Fact]
    public void A_repeat_changes_the_message_and_rings_nobody()
    {
        Hear(Alarm);
        Hear(Alarm with { At = Noon.AddMinutes(1), Summary = "still 4 %" });
        Assert.Equal("Change payments-5xx is in alarm", heard[^1]);
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, false, true)]
    public void What_a_silence_holds_back_is_looked_at_when_the_silence_ends_and_not_all_the_time(bool isGroup, bool flaps, bool isOver)
    {
        hold = new("a silence", Noon.AddHours(1));
        var member = new Member("a", "a fails", Severity.Error, isOver ? Status.Cleared : Status.Raised);
        conversation = new()
        {
            Notice = Alarm,
            Phase = Phase.Raised,
            Began = Noon,
            Latest = Noon,
            Members = isGroup ? [member] : [],
            Said = flaps,
            Flapping = flaps ? Noon : null,
            Held = flaps ? hold : null,
            Wake = Noon.AddMinutes(1),
        };
        for (var minute = 40; minute < 43; minute++)
        {
            Wake(minute);
            Assert.NotInRange(conversation.Wake ?? DateTimeOffset.MaxValue, Noon, Noon.AddMinutes(59));
        }
        Assert.DoesNotContain(heard, line => line.StartsWith("Begin", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_event_under_another_id_is_not_told_again()
    {
        Hear(Alarm, "one");
        Hear(Alarm, "two");
        Assert.Equal("quiet: the same event came before", heard[^1]);
    }

    [Fact]
    public void A_webhook_room_gets_raised_worse_and_cleared()
    {
        can = default;
        Hear(Alarm with { Severity = Severity.Warning });
        Hear(Alarm with { Severity = Severity.Warning, At = Noon.AddMinutes(1) });
        Hear(Alarm with { At = Noon.AddMinutes(2) });
        Hear(Alarm with { Severity = Severity.Warning, At = Noon.AddMinutes(3) });
        Hear(Cleared(12));
        Assert.Equal(["Begin", "merged:", "Begin", "merged:", "Begin"], heard.Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void A_chat_without_threads_says_again_what_must_be_heard()
    {
        can = new(Updates: true, Threads: false);
        Hear(Alarm with { Severity = Severity.Warning });
        Hear(Alarm with { At = Noon.AddMinutes(2) });
        Hear(Cleared(12));
        Assert.Equal(["Begin", "Change", "Begin", "Change"], heard.Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void An_older_event_does_not_turn_back_what_the_room_knows()
    {
        Hear(Alarm with { At = Noon.AddMinutes(5) });
        Hear(Cleared(3));
        Assert.Equal("quiet: older than what the room knows, which is of 12:05 UTC", heard[^1]);
        Assert.Equal(Phase.Raised, conversation!.Phase);
    }

    [Fact]
    public void A_raise_that_comes_after_its_clear_is_said_without_a_ring()
    {
        Hear(Cleared(3));
        Hear(Alarm);
        Assert.Equal("Begin payments-5xx is in alarm", heard[^1]);
        Assert.Equal(Phase.Over, conversation!.Phase);
    }

    [Fact]
    public void The_fifth_raise_in_half_an_hour_is_flapping_and_calm_settles_it()
    {
        for (var turn = 0; turn < 6; turn++)
        {
            Hear(Alarm with { At = Noon.AddMinutes(turn * 4) });
            Hear(Cleared(turn * 4 + 2));
        }
        Assert.Equal(4, heard.Count(line => line.StartsWith("Begin", StringComparison.Ordinal)));
        Assert.Contains("Shout It is flapping: raised 5 times", heard);
        Assert.Equal(Noon.AddMinutes(22 + 15), conversation!.Wake);
        Wake(37);
        Assert.Equal("Reply It has settled: raised 6 times in all, cleared now", heard[^1]);
        Assert.Null(conversation!.Wake);
    }

    [Fact]
    public void Reminders_come_until_somebody_takes_it_and_then_others_hear()
    {
        conduct = new() { Remind = new(TimeSpan.FromMinutes(15), Severity.Error, 3) { EscalateAfter = 2, EscalateTo = Room with { Name = "leads", Mention = "@leads" } } };
        Hear(Alarm);
        Assert.Equal(Noon.AddMinutes(15), conversation!.Wake);
        Wake(15);
        Assert.Equal("Shout Still raised after 15 min, and nobody has taken it [@here]", heard[^1]);
        Wake(30);
        Assert.Equal("Begin payments-5xx is in alarm [@leads] in leads", heard[^1]);
        Take("anna");
        Assert.Equal(["Change payments-5xx is in alarm (Acknowledged: by anna, 12:00 UTC)", "Reply anna takes care of it"], heard[^2..]);
        Assert.Null(conversation!.Wake);
    }

    [Fact]
    public void What_a_silence_held_back_is_told_when_it_is_still_so()
    {
        hold = new("silence x by anna until Nov 22 12:30 UTC", Noon.AddMinutes(30));
        Hear(Alarm);
        Assert.Equal("held: it was raised; held back by silence x by anna until Nov 22 12:30 UTC", heard[^1]);
        Assert.Equal(Noon.AddMinutes(30), conversation!.Wake);
        hold = null;
        Wake(30);
        Assert.Equal("Begin payments-5xx is in alarm [@here]", heard[^1]);
    }

    [Fact]
    public void What_began_and_ended_under_a_silence_is_never_said()
    {
        hold = new("a silence", Noon.AddMinutes(30));
        Hear(Alarm);
        Hear(Cleared(10));
        hold = null;
        Wake(30);
        Assert.All(heard, line => Assert.Matches("^(held|quiet)", line));
    }

    [Fact]
    public void What_was_told_before_a_silence_is_told_when_it_clears()
    {
        Hear(Alarm);
        hold = new("a silence", Noon.AddMinutes(30));
        Hear(Cleared(10));
        Assert.Equal("Reply Cleared after 10 min", heard[^1]);
    }

    [Fact]
    public void A_mere_statement_has_no_conversation()
    {
        Hear(Alarm with { Thread = null, Status = Status.Stated, Title = "Somebody signed in as root" });
        Assert.Equal(["Begin Somebody signed in as root [@here]"], heard);
        Assert.Null(conversation);
    }

    private static Notice Cleared(int minute) =>
        Alarm with { Severity = Severity.Info, Status = Status.Cleared, Title = "payments-5xx is OK again", At = Noon.AddMinutes(minute) };

    private void Hear(Notice notice, string? id = null) => Keep(Converse.Hear(
        conversation,
        new(notice, Room, notice.Status is Status.Raised or Status.Stated ? "@here" : null, "route 1"),
        id ?? $"event {heard.Count}",
        Situation((notice.At ?? Noon) - Noon)));

    private void Wake(int minute) => Keep(Converse.Wake(conversation!, Situation(TimeSpan.FromMinutes(minute))));

    private void Take(string by) => Keep(Converse.Acknowledge(conversation!, by, Situation(TimeSpan.Zero)));

    private Situation Situation(TimeSpan after) => new() { Moment = new(Noon + after, Moment.OnlyUtc), Conduct = conduct, Abilities = can, Hold = hold };

    private void Keep(Decision decision)
    {
        Assert.NotEmpty(decision.Because);
        conversation = decision.After ?? conversation;
        if (decision.Sayings.Count is 0) heard.Add($"{decision.What}: {decision.Because}");
        foreach (var saying in decision.Sayings)
        {
            var own = saying.Notice.Facts.Where(fact => fact.Name is "Lasted" or "Acknowledged").Select(fact => $"{fact.Name}: {fact.Value}").ToList();
            heard.Add($"{saying.Placing} {saying.Notice.Title}{(own.Count > 0 ? $" ({string.Join(", ", own)})" : "")}"
                + $"{(saying.Mention is { } rings ? $" [{rings}]" : "")}{(saying.Elsewhere is { } room ? $" in {room.Name}" : "")}");
        }
    }
}
