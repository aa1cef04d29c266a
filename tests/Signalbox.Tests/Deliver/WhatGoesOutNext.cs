namespace Signalbox.Tests;

/// <summary>What a room hears next of all that waits for it.</summary>
public class WhatGoesOutNext
{
    private static readonly Pace Slack = new(1, 5);

    [Fact]
    public void Of_many_changes_the_last_is_made()
    {
        var first = Dispatch.First([Post("1", Placing.Change, true), Post("2", Placing.Change, true), Post("10", Placing.Change, true)]);
        Assert.Equal(("1", "10"), (first.Send, first.Says));
        Assert.Equal(["2", "10"], first.With);
    }

    [Fact]
    public void A_message_that_is_not_made_yet_says_what_changed_since()
    {
        var first = Dispatch.First([Post("1"), Post("2", Placing.Change), Post("3", Placing.Shout), Post("4", Placing.Change), Post("5", Placing.Reply)]);
        Assert.Equal(("1", "4"), (first.Send, first.Says));
        Assert.Equal(["2", "3", "4", "5"], first.With);
    }

    [Fact]
    public void A_line_that_the_message_does_not_say_is_not_swallowed_by_it()
    {
        var first = Dispatch.First([Post("1"), Post("2", Placing.Change), Post("3", Placing.Reply) with { IsOwn = true }]);
        Assert.Equal(["2"], first.With);
    }

    [Fact]
    public void The_next_message_of_a_thing_says_nothing_of_the_one_before()
    {
        var first = Dispatch.First([Post("2"), Post("3"), Post("4", Placing.Change)]);
        Assert.Equal(("2", "2"), (first.Send, first.Says));
        Assert.Empty(first.With);
    }

    [Theory]
    [InlineData(100, 5, 0, false)]
    [InlineData(200, 5, 0, true)]
    [InlineData(200, 7, 3, false)]
    [InlineData(200, 7, 100, true)]
    [InlineData(1, 5, 0, false)]
    public void A_digest_is_due_when_one_by_one_takes_too_long_and_what_comes_first_is_not_one_of_a_few_critical_ones(int separate, int first, int critical, bool due) =>
        Assert.Equal(due, Dispatch.IsDigestDue(separate, first, 6, critical, Slack, TimeSpan.FromMinutes(2)));

    [Fact]
    public void A_room_without_pace_has_no_digests() => Assert.False(Dispatch.IsDigestDue(10_000, 5, 6, 0, null, TimeSpan.FromMinutes(2)));

    private static Queued Post(string id, Placing placing = Placing.Begin, bool hasMessage = false) => new(id, 5, placing, hasMessage, "a", false);
}
