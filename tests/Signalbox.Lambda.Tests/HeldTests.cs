using System.Text;
using System.Text.Json;

namespace Signalbox.Lambda.Tests;

public class HeldTests
{
    [Fact]
    public void What_a_quiet_route_holds_back_is_logged_with_its_reason()
    {
        var notice = new Notice { Source = "rds", Kind = "snapshot", Severity = Severity.Info, Status = Status.Stated, Title = "t" };
        var reading = new Reading(new() { Id = "e-1", Transport = "bare" }, "rds", "snapshot", Outcome.Told, "it was read", [notice]);
        var lines = new List<string>();
        new Log(line => lines.Add(Encoding.UTF8.GetString(line.Span)), () => DateTimeOffset.UnixEpoch)
            .Event("r-1", new(reading, [], Begun: true) { Held = [new(notice, "route 1: kind = snapshot: every night")] });

        var logged = JsonDocument.Parse(Assert.Single(lines)).RootElement;
        Assert.Equal("held", logged.GetProperty("outcome").GetString());
        Assert.Equal("route 1: kind = snapshot: every night", logged.GetProperty("reason").GetString());
    }
}
