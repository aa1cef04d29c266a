namespace Signalbox.Tests;

/// <summary>What a room hears next of all that waits for it.</summary>
public class WhatGoesOutNext
{
    private static readonly Pace Slack = new(1, 5);

    [Fact]
    public void The_worst_goes_first() => Assert.Equal("2", Next([Post("2", "b", 7), Post("1", "a", 5)]).Send);

    [Fact]
    public void Nothing_overtakes_within_its_conversation() =>
        Assert.Equal("1", Next([Post("2", "a", 7, Placing.Shout), Post("1", "a", 3)]).Send);

    [Fact]
    public void Of_many_changes_the_last_is_made()
    {
        var errands = Next([Post("1", "a", 4, Placing.Change, true), Post("2", "a", 4, Placing.Change, true), Post("10", "a", 4, Placing.Change, true)]);
        Assert.Equal("10", errands.Send);
        Assert.Equal(["1", "2"], errands.Dropped.Order());
    }

    [Fact]
    public void A_message_that_is_not_made_yet_says_what_changed_since()
    {
        var errands = Next([Post("1", "a", 5), Post("2", "a", 4, Placing.Change), Post("3", "a", 5, Placing.Shout), Post("4", "a", 2, Placing.Change), Post("5", "a", 3, Placing.Reply)]);
        Assert.Equal(("1", "4"), (errands.Send, errands.Says));
        Assert.Equal(["2", "3", "4", "5"], errands.Dropped.Order());
    }

    [Fact]
    public void A_change_of_the_message_before_is_not_said_by_the_next_one()
    {
        var errands = Next([Post("1", "a", 4, Placing.Change), Post("2", "a", 5), Post("3", "a", 5), Post("4", "a", 4, Placing.Change)]);
        Assert.Equal(("2", "2"), (errands.Send, errands.Says));
        Assert.Equal(["1"], errands.Dropped);
        Assert.Equal("4", Next([Post("3", "a", 5), Post("4", "a", 4, Placing.Change)]).Says);
    }

    [Fact]
    public void A_hundred_at_one_a_second_are_still_said_one_by_one() => Assert.Equal("1", Next(Many(100)).Send);

    [Fact]
    public void More_than_two_minutes_of_them_are_a_digest()
    {
        var errands = Next(Many(200));
        Assert.Null(errands.Send);
        Assert.Equal(200, errands.Digest.Count);
    }

    [Fact]
    public void What_is_critical_goes_alone_before_the_digest() => Assert.Equal("900", Next([Post("900", "c", 7), .. Many(200)]).Send);

    [Fact]
    public void A_room_without_pace_has_no_digests() => Assert.Equal("1", Dispatch.Next(Many(500), 10_000, null, TimeSpan.FromMinutes(2), 6).Send);

    private static ValueList<Queued> Many(int count) => [.. Enumerable.Range(1, count).Select(number => Post($"{number}", $"t{number}", 5))];

    private static Queued Post(string id, string thread, int priority, Placing placing = Placing.Begin, bool hasMessage = false) => new(id, thread, priority, placing, hasMessage);

    private static Errands Next(ValueList<Queued> waiting) => Dispatch.Next(waiting, waiting.Count, Slack, TimeSpan.FromMinutes(2), 6);
}
