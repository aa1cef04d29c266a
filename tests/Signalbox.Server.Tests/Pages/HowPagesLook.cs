using Signalbox.Server.Pages;
using Signalbox.Server.Pages.Explained;
using Signalbox.Server.Pages.Now;
using Signalbox.Server.Pages.Rooms;

namespace Signalbox.ServerTests.Pages;

public sealed class HowPagesLook
{
    private static readonly Around Around = new("alarms", Told.Noon.AddMinutes(6), new(_ => null), Html.None);

    private static readonly Notice Hostile = Told.Alarm with
    {
        Title = "<script>alert(1)</script>",
        Summary = "</article><img src=x onerror=alert(2)>",
        Subject = "\" onmouseover=\"alert(3)",
        Actor = "<b>somebody</b>",
        Region = "<i>",
        Thread = "\"><script>",
        Facts = [new("<svg onload=alert(4)>", "'\"><script>alert(5)</script>"), new("Progress", "<b>")],
        Links = [new("Run", "javascript:alert(6)"), new("<u>Look</u>", "https://example.com/?a=1&b=\"2\""), new("Data", "data:text/html,x")],
        Series = new([1, 2, double.NaN], double.PositiveInfinity, "<s>"),
    };

    private static Message MessageOf(Notice notice, Conversation? state = null) => new(notice.Thread ?? "t", Told.Noon, "e\"<1>", notice, "<@U1>")
    {
        State = state,
    };

    [Fact]
    public void Nothing_of_an_event_is_markup()
    {
        var state = Told.State(Hostile) with
        {
            Acknowledged = new("<b>anna</b>", Told.Noon),
            Parts = [new("<i>part</i>", Status.Raised)],
            Held = new("<u>", null),
        };
        var message = MessageOf(Hostile, state) with { Lines = [new(Told.Noon, Hostile, true)] };
        var room = RoomLine.Of(Told.Room, [state], [Told.Made(0, Placing.Begin, "<script>")]);
        var card = MessageCard.Of(message, Around).Text;
        var thing = Thing.All([(new("<room>", "t"), state)]);
        foreach (var page in new[] { card, RoomsPage.Of([room], Told.Noon).Text, NowPage.Of(thing, Told.Noon).Text })
        {
            foreach (var tag in (string[])["<script", "<img", "<b>s", "<b>anna", "<i>", "<u>", "<svg onload", "<room", "onmouseover=\"", "<s>"])
                Assert.DoesNotContain(tag, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Only_pages_are_linked()
    {
        var card = MessageCard.Of(MessageOf(Hostile), Around).Text;
        Assert.DoesNotContain("javascript:", card, StringComparison.Ordinal);
        Assert.DoesNotContain("data:", card.Replace("data-", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_raised_can_be_acknowledged_and_what_somebody_has_shows_who()
    {
        var open = MessageCard.Of(MessageOf(Told.Alarm, Told.State()), Around).Text;
        Assert.Contains(">Acknowledge</button>", open, StringComparison.Ordinal);
        Assert.Contains("raised for <time datetime=\"2026-11-22T12:00:00.000Z\" data-as=\"since\">6 min</time>", open, StringComparison.Ordinal);
        Assert.Contains("nobody has taken it yet", open, StringComparison.Ordinal);
        var taken = MessageCard.Of(MessageOf(Told.Alarm, Told.State() with { Acknowledged = new("anna", Told.Noon.AddMinutes(3)) }), Around).Text;
        Assert.DoesNotContain(">Acknowledge</button>", taken, StringComparison.Ordinal);
        Assert.Contains("acknowledged by <b>anna</b> <time datetime=\"2026-11-22T12:03:00.000Z\" data-as=\"ago\">3 min ago</time>", taken,
            StringComparison.Ordinal);
        var over = MessageCard.Of(MessageOf(Told.Alarm, Told.State() with { Phase = Phase.Over }), Around).Text;
        Assert.DoesNotContain("<form", over, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_are_a_bar_with_words_from_the_conversation_and_from_a_message_that_has_none()
    {
        ValueList<Part> parts = [new("A", Status.Raised), new("B", Status.Cleared), new("C", Status.Ongoing)];
        Assert.Contains("aria-label=\"1 of 3 done, 1 failed\"", Drawings.Parts(parts).Text, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"2 of 4 done, 2 failed\"", Drawings.Parts("▰▰▰▰▰▰▱▱▱▱▱▱ 2 of 4 done, 2 failed").Text, StringComparison.Ordinal);
        Assert.Equal("", Drawings.Parts("half way").Text);
        Assert.Equal(300, Drawings.Parts("0 of 999999999 done").Text.Split("<rect").Length - 1);
    }

    [Fact]
    public void A_series_without_numbers_is_not_drawn() =>
        Assert.Equal("", Drawings.Spark(new([double.NaN], 1, "%")).Text ?? "");

    [Fact]
    public void What_is_empty_says_what_will_stand_there()
    {
        Assert.Contains("Nothing has happened yet", RoomsPage.Of([new("local", "local")], Told.Noon).Text, StringComparison.Ordinal);
        Assert.Contains("Nothing is raised", NowPage.Of([], Told.Noon).Text, StringComparison.Ordinal);
        Assert.Contains("Nothing was said here yet",
            RoomPage.Of(new(Told.Room, new([], []), null, Told.Noon), [], Around, null).Text, StringComparison.Ordinal);
        Assert.Equal("All clear · Now", NowPage.Title([]));
    }

    [Fact]
    public void What_several_rooms_were_told_is_one_thing()
    {
        var state = Told.State();
        var thing = Assert.Single(Thing.All([(new("b", "t"), state), (new("a", "t"), state with { Acknowledged = new("anna", Told.Noon) })]));
        Assert.Equal(["a", "b"], thing.Rooms);
        Assert.Equal("anna", thing.Taken?.By);
        Assert.Equal("1 raised · Now", NowPage.Title([thing]));
    }

    [Fact]
    public void The_team_with_the_worst_stands_first_and_nobody_last()
    {
        Notice Of(string thread, Severity severity, params string[] owners) => Told.Alarm with { Thread = thread, Severity = severity, Owners = [.. owners] };
        var page = NowPage.Of(Thing.All([
            (new("a", "1"), Told.State(Of("1", Severity.Error))), (new("a", "2"), Told.State(Of("2", Severity.Error, "payments"))),
            (new("a", "3"), Told.State(Of("3", Severity.Critical, "data"))),
        ]), Told.Noon).Text;
        Assert.True(page.IndexOf(">data<", StringComparison.Ordinal) < page.IndexOf(">payments<", StringComparison.Ordinal));
        Assert.True(page.IndexOf(">payments<", StringComparison.Ordinal) < page.IndexOf(">nobody in charge<", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("plain-Id_1", "plain-Id_1")]
    [InlineData("../..", "~2E~2E~2F~2E~2E")]
    [InlineData("a b/ü~?#%", "a~20b~2F~C3~BC~7E~3F~23~25")]
    public void Any_name_is_one_part_of_a_path_and_comes_back(string text, string part)
    {
        Assert.Equal(part, PathPart.Of(text));
        Assert.Equal(text, PathPart.Read(part));
    }

    [Fact]
    public void Raw_json_has_a_line_for_each_member_and_anything_else_is_as_it_came()
    {
        Assert.Equal("{\n  \"a\": \"<ü>\"\n}", RawText.Of("{\"a\":\"<ü>\"}"u8).ReplaceLineEndings("\n"));
        Assert.Equal("{\"a\":", RawText.Of("{\"a\":"u8));
        Assert.Equal("\uFFFD", RawText.Of([0xFF]));
    }
}
