using System.Text;
using System.Text.Json;
using Signalbox.Effects;

namespace Signalbox.Lambda.Tests;

public class LogTests
{
    private static readonly Notice News = new() { Source = "event", Kind = "text", Severity = Severity.Info, Status = Status.Stated, Title = "news" };
    private static readonly Reading Heard = new(new() { Id = "1", Transport = "sns" }, "event", "text", Outcome.Quiet, "nothing changed", []);
    private readonly List<string> lines = [];

    private string Line(Action<Log> write)
    {
        write(new(line => lines.Add(Encoding.UTF8.GetString(line.Span)), () => Still.Noon));
        return Assert.Single(lines);
    }

    private static (string?, string?) Told(string line)
    {
        var json = JsonDocument.Parse(line).RootElement;
        return (json.GetProperty("outcome").GetString(), json.GetProperty("reason").GetString());
    }

    [Fact]
    public void An_event_that_has_nothing_to_say_is_logged_with_its_reason() =>
        Assert.Equal(("quiet", "nothing changed"), Told(Line(log => log.Event("r", new(Heard, [], Begun: true)))));

    [Fact]
    public void An_event_that_has_to_wait_for_another_is_logged() =>
        Assert.Equal(("waiting", "an earlier event of the same queue failed, and order is kept"),
            Told(Line(log => log.Event("r", new(Heard, [], Begun: false)))));

    [Fact]
    public void A_notice_that_is_held_back_is_logged_with_its_reason() =>
        Assert.Equal(("held", "route 1: quiet"),
            Told(Line(log => log.Event("r", new(Heard, [], Begun: true) { Held = [new(News, "route 1: quiet")] }))));

    [Fact]
    public void A_post_that_had_arrived_before_is_logged_as_a_repeat()
    {
        var sent = new Sent(new(News, Room.Local, null, "route 1"), new Delivery.Made(""), Attempts: 0, TimeSpan.Zero);
        var line = JsonDocument.Parse(Line(log => log.Event("r", new(Heard, [sent], Begun: true)))).RootElement;

        Assert.Equal("repeat", line.GetProperty("outcome").GetString());
    }

    [Fact]
    public void A_line_break_in_a_reason_does_not_break_the_line() =>
        Assert.Equal(1, Line(log => log.Trouble("r", "one\ntwo")).Count(letter => letter == '\n'));
}
