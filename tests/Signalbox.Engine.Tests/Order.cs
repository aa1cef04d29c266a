namespace Signalbox.EngineTests;

/// <summary>What a conversation says next of what waits, and when a digest is due.</summary>
public class Order
{
    private static Queued Post(string id, Placing placing, bool hasMessage = false, bool isOwn = false) => new(id, 5, placing, hasMessage, "it", isOwn);

    [Fact]
    public void A_message_that_is_not_made_yet_says_the_newest_and_all_that_was_to_be_added() => Assert.Equal(
        new Utterance("1", "3", ["2", "3"]),
        Dispatch.First([Post("1", Placing.Begin), Post("2", Placing.Shout), Post("3", Placing.Change)]));

    [Fact]
    public void A_line_that_no_message_shows_stays_a_line_of_its_own() => Assert.Equal(
        new Utterance("1", "3", ["3"]),
        Dispatch.First([Post("1", Placing.Begin), Post("2", Placing.Reply, isOwn: true), Post("3", Placing.Change)]));

    [Fact]
    public void A_message_takes_nothing_from_the_one_that_begins_after_it() => Assert.Equal(
        new Utterance("1", "2", ["2"]),
        Dispatch.First([Post("1", Placing.Begin), Post("2", Placing.Change), Post("3", Placing.Begin), Post("4", Placing.Change)]));

    [Fact]
    public void Lines_under_a_message_that_is_there_are_all_made() => Assert.Equal(
        new Utterance("1", "3", ["3"]),
        Dispatch.First([Post("1", Placing.Change, true), Post("2", Placing.Shout, true), Post("3", Placing.Change, true), Post("4", Placing.Reply, true)]));

    [Fact]
    public void A_change_without_a_message_becomes_it() => Assert.Equal(
        new Utterance("1", "1", ["2"]), Dispatch.First([Post("1", Placing.Change), Post("2", Placing.Reply)]));

    [Theory]
    [InlineData(120, 5, 0, false, false)]
    [InlineData(121, 5, 0, false, true)]
    [InlineData(9_000, 6, 30, false, false)]
    [InlineData(9_000, 6, 31, false, true)]
    [InlineData(10, 5, 0, true, false)]
    [InlineData(11, 5, 0, true, true)]
    [InlineData(100, 6, 30, true, false)]
    public void A_digest_is_due_when_one_by_one_would_take_too_long_and_nothing_rare_comes_first(
        int messages, int first, int critical, bool goesOn, bool due) =>
        Assert.Equal(due, Dispatch.IsDigestDue(messages, first, 6, critical, new Pace(1, 5), TimeSpan.FromMinutes(2), goesOn));

    [Fact]
    public void A_room_without_a_pace_hears_no_digest() => Assert.False(Dispatch.IsDigestDue(100_000, 5, 6, 0, null, TimeSpan.FromMinutes(2), false));
}
