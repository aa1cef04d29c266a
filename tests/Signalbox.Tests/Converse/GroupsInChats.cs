namespace Signalbox.Tests;

/// <summary>What a group of like notices is for a chat that knows things by a key.</summary>
public class GroupsInChats
{
    private static readonly Room Pager = new() { Name = "pager", Chat = "pagerduty" };
    private static readonly Grouping BySource = new(["source"], TimeSpan.FromMinutes(1));
    private DateTimeOffset now = Notices.Noon;
    private Conversation? conversation;

    private Situation Situation => new() { Moment = new(now, (_, _) => null), Conduct = Conduct.Usual, Abilities = default };

    private IEnumerable<Notice> Hear(string thread, Severity severity, Status status)
    {
        now += TimeSpan.FromSeconds(10);
        var notice = Notices.Alarm with { Thread = thread, Title = $"{thread} {status}", Severity = severity, Status = status, At = now };
        return Said(Converse.Hear(conversation, new(notice, Pager, null, "test") { Group = BySource }, $"{thread}/{status}", Situation));
    }

    private IEnumerable<Notice> Wake()
    {
        now += TimeSpan.FromMinutes(2);
        return Said(Converse.Wake(conversation!, Situation));
    }

    private Notice[] Said(Decision decision)
    {
        conversation = decision.After ?? conversation;
        return [.. decision.Sayings.Select(saying => saying.Notice)];
    }

    [Fact]
    public void It_is_one_alert_whoever_of_it_is_the_worst_and_its_end_closes_that()
    {
        Notice[] said =
        [
            .. Hear("a", Severity.Warning, Status.Raised), .. Wake(),
            .. Hear("b", Severity.Critical, Status.Raised), .. Hear("a", Severity.Info, Status.Cleared), .. Hear("b", Severity.Info, Status.Cleared),
        ];
        Assert.Equal(["trigger a", "trigger a", "resolve a"], said.Select(notice =>
        {
            using var sent = System.Text.Json.JsonDocument.Parse(PagerDuty.Render(new(notice, Pager, null, ""), new(_ => null)));
            return $"{sent.RootElement.GetProperty("event_action").GetString()} {sent.RootElement.GetProperty("dedup_key").GetString()}";
        }));
    }
}
