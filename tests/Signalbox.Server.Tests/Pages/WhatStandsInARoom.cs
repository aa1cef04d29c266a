using Signalbox.Server.Pages.Rooms;

namespace Signalbox.ServerTests.Pages;

public sealed class WhatStandsInARoom
{
    [Fact]
    public void A_change_replaces_what_a_message_says_and_lines_go_under_it()
    {
        var said = Transcript.Of([
            Told.Made(30, Placing.Reply, "Cleared after 30 s"), Told.Made(30, Placing.Change, "payments-5xx is OK again"),
            Told.Made(10, Placing.Shout, "It is flapping"), Told.Made(0, Placing.Begin, "payments-5xx is in alarm"),
        ]);
        var message = Assert.Single(said.Messages);
        Assert.Equal("payments-5xx is OK again", message.Notice.Title);
        Assert.Equal(Told.Noon, message.At);
        Assert.Equal(Told.Noon.AddSeconds(30), message.Changed);
        Assert.Equal(["It is flapping", "Cleared after 30 s"], message.Lines.Select(line => line.Notice.Title));
        Assert.True(message.Lines[0].IsShout);
    }

    [Fact]
    public void A_new_episode_is_a_new_message_and_the_old_one_stays_as_it_was()
    {
        var said = Transcript.Of([
            Told.Made(90, Placing.Begin, "raised again"), Told.Made(30, Placing.Change, "over"), Told.Made(0, Placing.Begin, "raised"),
        ]).With(new Dictionary<string, Conversation> { ["cloudwatch/payments-5xx"] = Told.State() });
        Assert.Equal(["over", "raised again"], said.Messages.Select(message => message.Notice.Title));
        Assert.Null(said.Messages[0].State);
        Assert.True(said.Messages[1].IsOpen);
        Assert.Equal(2, said.Messages.Select(message => message.Id).Distinct().Count());
    }

    [Fact]
    public void A_change_whose_beginning_is_not_known_is_shown_and_not_lost() =>
        Assert.Equal("still going", Assert.Single(Transcript.Of([Told.Made(5, Placing.Change, "still going")]).Messages).Notice.Title);

    [Fact]
    public void Lines_of_one_instant_keep_the_order_of_the_store() =>
        Assert.Equal(["first", "second"], Transcript.Of([Told.Made(0, Placing.Begin, "second", "b"), Told.Made(0, Placing.Begin, "first", "a")])
            .Messages.Select(message => message.Notice.Title));

    [Fact]
    public void What_people_did_stands_beside_what_was_said()
    {
        var deed = Assert.Single(Transcript.Of([Told.Act(3, "anna: ack", "anna takes care of it."), Told.Made(0, Placing.Begin, "raised")]).Deeds);
        Assert.Equal(("anna: ack", "anna takes care of it."), (deed.Text, deed.Answer));
    }

    [Fact]
    public void Bytes_that_are_no_note_are_passed_over() =>
        Assert.Empty(Transcript.Of([new(Told.Noon, "", new("alarms", "t"), "made", "no json"u8.ToArray())]).Messages);

    [Fact]
    public async Task The_beginning_of_what_is_still_going_on_is_found_however_long_ago_it_was()
    {
        var (store, stop) = (MemoryStore.Open(), TestContext.Current.CancellationToken);
        List<HistoryLine> lines = [Told.Made(0, Placing.Begin, "it began", "long")];
        lines.AddRange(Enumerable.Range(1, 700).Select(number => Told.Made(number, Placing.Begin, "noise", $"noise/{number}")));
        lines.Add(Told.Made(701, Placing.Change, "it goes on", "long"));
        await store.Commit(new() { At = Told.Noon, History = [.. lines] }, stop);
        var sight = await RoomSight.Of(Told.Room, null, store, Told.Noon.AddHours(1), stop);
        Assert.Equal("it goes on", sight.Transcript.Messages.Single(message => message.Thread is "long").Notice.Title);
        Assert.Equal(Told.Noon, sight.Transcript.Messages.Single(message => message.Thread is "long").At);
        Assert.NotNull(sight.Older);
        var older = await RoomSight.Of(Told.Room, sight.Older, store, Told.Noon.AddHours(1), stop);
        Assert.Null(older.Older);
        var everything = older.Transcript.Messages.Concat(sight.Transcript.Messages).Select(message => message.Thread).Distinct();
        Assert.Equal(701, everything.Count());
    }
}
