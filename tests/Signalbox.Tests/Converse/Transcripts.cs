using System.Globalization;
using System.Text;

namespace Signalbox.Tests;

/// <summary>What rooms read, word by word, while things happen: one golden file for each story and each kind of chat, read by eye before it is committed.</summary>
public class Transcripts
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Signalbox.Tests", "Converse", "Golden");
    private static readonly Room Room = new() { Name = "alerts", Chat = "slack" };
    private static readonly Room Bosses = new() { Name = "bosses", Chat = "slack", Mention = "@boss" };

    private static readonly Notice Alarm = new()
    {
        Source = "cloudwatch",
        Kind = "metric-alarm",
        Severity = Severity.Error,
        Status = Status.Raised,
        Title = "payments-5xx is in alarm",
        Summary = "4 % of requests fail",
        Subject = "payments-5xx",
        Thread = "cloudwatch/payments-5xx",
        Facts = [new("Metric", "HTTP 5xx")],
        At = Noon,
    };

    private static readonly Notice Over = Alarm with { Severity = Severity.Info, Status = Status.Cleared, Title = "payments-5xx is OK again", Summary = null, Facts = [] };

    private static readonly Notice Stack = new()
    {
        Source = "cloudformation",
        Kind = "stack",
        Severity = Severity.Info,
        Status = Status.Ongoing,
        Title = "Stack api is being updated",
        Subject = "api",
        Thread = "cloudformation/api",
        Facts = [new("Status", "UPDATE_IN_PROGRESS"), new("Stack", "api")],
        At = Noon,
    };

    private static readonly Dictionary<string, Action<Telling>> Stories = new()
    {
        ["an alarm that comes again"] = tell =>
        {
            tell.Conduct = new() { Flapping = new(3, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(15)) };
            tell.Hear(0, Alarm);
            tell.Hear(1, Alarm with { Facts = [.. Enumerable.Range(1, 9).Select(number => new Fact($"Fact {number}", $"{number}"))] });
            tell.Take(2, "anna");
            tell.Hear(3, Alarm with { Severity = Severity.Critical, Title = "payments-5xx is much worse" });
            tell.Hear(4, Alarm with { Severity = Severity.Warning, Title = "payments-5xx is better" });
            tell.Hear(3, Alarm with { Severity = Severity.Warning, Title = "an older one" });
            tell.Hear(5, Alarm with { Status = Status.Stated, Title = "somebody changed the threshold" });
            tell.Hear(6, Over);
            tell.Hear(6, Over with { Title = "the same once more" });
            tell.Take(7, "ben");
            tell.Hear(8, Alarm);
            tell.Hear(9, Over);
            tell.Hear(10, Alarm);
            tell.Hear(11, Over);
            tell.Hear(12, Alarm);
            tell.Hear(13, Over);
            tell.Hear(14, Alarm);
            tell.Wake(20);
            tell.Wake(29);
            tell.Hear(40, Over);
            tell.Hear(60 * 24, Alarm with { Title = "payments-5xx is in alarm the next day" });
        },
        ["an alarm that comes in the wrong order"] = tell =>
        {
            tell.Hear(3, Over);
            tell.Hear(0, Alarm);
            tell.Hear(1, Alarm with { Title = "another that is over already" });
            tell.Hear(10, Alarm);
            tell.Hear(9, Alarm with { Severity = Severity.Critical, Title = "older, but worse" });
            tell.Hear(11, Over);
            tell.Hear(5, Alarm with { Title = "it was raised before that" });
        },
        ["an alarm that nobody takes"] = tell =>
        {
            tell.Conduct = new() { Remind = new(TimeSpan.FromMinutes(10), Severity.Error, 3) { EscalateAfter = 2, EscalateTo = Bosses } };
            tell.Hear(0, Alarm);
            tell.Wake(5);
            tell.Wake(10);
            tell.Wake(20);
            tell.Wake(30);
            tell.Wake(40);
            tell.Hear(45, Over);
            tell.Hear(50, Alarm with { Severity = Severity.Warning });
            tell.Wake(70);
        },
        ["an alarm that is called out in its room"] = tell =>
        {
            tell.Conduct = new() { Remind = new(TimeSpan.FromMinutes(10), Severity.Warning, 2) { EscalateAfter = 1, EscalateMention = "@oncall" } };
            tell.Hear(0, Alarm);
            tell.Wake(10);
            tell.Take(11, "anna");
            tell.Wake(40);
            tell.Hear(45, Over);
        },
        ["a silence"] = tell =>
        {
            tell.Hold = new("silence s1 by anna until Nov 22 13:00 UTC: we deploy", Noon.AddHours(1));
            tell.Hear(0, Alarm);
            tell.Hear(0, Alarm with { Thread = null, Status = Status.Stated, Title = "a mere statement" });
            tell.Wake(30);
            tell.Hear(31, Alarm with { Summary = "6 % of requests fail" });
            tell.Hold = null;
            tell.Wake(60);
            tell.Hold = new("a mute", null);
            tell.Hear(61, Alarm with { Severity = Severity.Critical, Title = "payments-5xx is much worse" });
            tell.Hear(62, Over);
            tell.Hear(63, Alarm);
            tell.Hear(64, Over);
            tell.Hear(65, Alarm);
            tell.Hold = null;
            tell.Hear(66, Over);
            tell.Hold = new("a mute", null);
            tell.Hear(67, Alarm with { Thread = "cloudwatch/payments-5xx", Title = "held again" });
            tell.Hold = null;
            tell.Wake(70);
        },
        ["a silence over what the room knows"] = tell =>
        {
            tell.Hear(0, Alarm);
            tell.Hold = new("a mute", null);
            tell.Hear(1, Alarm with { Summary = "6 % of requests fail" });
            tell.Hold = null;
            tell.Wake(2);
            tell.Hold = new("a mute", null);
            tell.Hear(3, Alarm with { Severity = Severity.Critical, Title = "payments-5xx is much worse" });
            tell.Hold = null;
            tell.Wake(4);
        },
        ["a stack that fails"] = tell =>
        {
            tell.Hear(0, Stack);
            tell.Hear(1, Of("queue", Status.Ongoing));
            tell.Hear(2, Of("queue", Status.Cleared));
            tell.Hear(2, Of("role", Status.Ongoing));
            tell.Hear(3, Of("table", Status.Raised, "Resource update cancelled"));
            tell.Hear(3, Of("role", Status.Raised, "no right to do that"));
            tell.Hear(4, Of("lambda", Status.Raised, "no role"));
            tell.Hear(4, Of("topic", Status.Raised, "Resource update cancelled"));
            tell.Hear(5, Stack with { Severity = Severity.Error, Status = Status.Raised, Continues = true, Title = "Stack api is rolling back" });
            tell.Hear(5, Of("role", Status.Cleared));
            tell.Take(6, "anna");
            tell.Hear(9, Stack with { Severity = Severity.Error, Status = Status.Raised, Title = "Stack api was rolled back" });
            tell.Hear(10, Of("late", Status.Raised, "after the end"));
            tell.Hear(11, Of("late", Status.Cleared));
        },
        ["a stack that is done"] = tell =>
        {
            tell.Hear(0, Of("queue", Status.Ongoing));
            tell.Hear(1, Stack);
            tell.Hear(2, Of("queue", Status.Cleared));
            tell.Hear(3, Of("role", Status.Ongoing));
            tell.Hear(4, Stack with { Severity = Severity.Error, Status = Status.Raised, Continues = true, Title = "Stack api has trouble", Summary = "a throttle" });
            tell.Hear(5, Stack with { Title = "Stack api goes on" });
            tell.Hear(125, Stack with { Status = Status.Cleared, Title = "Stack api was updated" });
            tell.Hear(126, Stack with { Status = Status.Cleared, Title = "Stack api was updated, again" });
        },
        ["a stack heard of by its failing part"] = tell =>
        {
            tell.Hear(0, Of("role", Status.Raised, "no right to do that"));
            tell.Hear(1, Of("queue", Status.Raised, null));
            tell.Hear(2, Stack with { Severity = Severity.Error, Status = Status.Raised, Title = "Stack api could not be made" });
        },
        ["a group"] = tell =>
        {
            tell.Group = new(["source", "tag.team"], TimeSpan.FromMinutes(1));
            tell.Hear(0, Like("z", Status.Cleared));
            tell.Hear(0, Like("a", Status.Raised));
            tell.Hear(0, Like("b", Status.Raised, Severity.Warning));
            tell.Hear(0, Like("stranger", Status.Cleared));
            tell.Wake(0);
            tell.Wake(1);
            tell.Hear(2, Like("c", Status.Raised, Severity.Critical));
            tell.Hear(3, Like("b", Status.Raised, Severity.Error));
            tell.Hear(4, Like("d", Status.Raised));
            tell.Hear(5, Like("a", Status.Cleared));
            tell.Hear(6, Like("a", Status.Raised));
            tell.Take(7, "anna");
            foreach (var name in new[] { "a", "b", "c", "d" }) tell.Hear(8, Like(name, Status.Cleared));
            tell.Hear(9, Like("a", Status.Raised));
            tell.Hear(9, Like("a", Status.Cleared));
            tell.Wake(10);
        },
        ["a large group"] = tell =>
        {
            tell.Group = new(["source"], TimeSpan.FromSeconds(30));
            for (var number = 1; number <= 60; number++) tell.Hear(0, Like($"{new string('n', 90)}-<&>*_`~\\\"-{number / 2}", Status.Raised, thread: $"t{number}"));
            tell.Wake(1);
            tell.Hear(2, Like("one more", Status.Raised));
        },
    };

    public static TheoryData<string, bool, bool> Told
    {
        get
        {
            var data = new TheoryData<string, bool, bool>();
            foreach (var story in Stories.Keys)
            {
                data.Add(story, true, true);
                data.Add(story, true, false);
                data.Add(story, false, false);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Told))]
    public void A_room_reads(string story, bool updates, bool threads)
    {
        var tell = new Telling(new(updates, threads));
        Stories[story](tell);
        var golden = Path.Combine(Folder, $"{story}, {(threads ? "in threads" : updates ? "in place" : "post by post")}.txt");
        if (Environment.GetEnvironmentVariable("ACCEPT") is "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(golden, tell.ToString());
        }
        Assert.Equal(File.ReadAllText(golden), tell.ToString());
    }

    [Theory]
    [InlineData(1, "1st")]
    [InlineData(2, "2nd")]
    [InlineData(3, "3rd")]
    [InlineData(4, "4th")]
    [InlineData(11, "11th")]
    [InlineData(12, "12th")]
    [InlineData(13, "13th")]
    [InlineData(21, "21st")]
    [InlineData(112, "112th")]
    [InlineData(122, "122nd")]
    [InlineData(203, "203rd")]
    public void Numbers_are_said_as_people_say_them(int number, string said) => Assert.Equal(said, Cards.Ordinal(number));

    private static Notice Of(string part, Status status, string? reason = null) => Stack with
    {
        Severity = status is Status.Raised ? Severity.Error : Severity.Info,
        Status = status is Status.Raised ? Status.Raised : Status.Ongoing,
        Title = $"{part} {(status is Status.Raised ? "failed" : status is Status.Cleared ? "is done" : "is being made")}",
        Summary = reason,
        Part = new(part, status),
    };

    private static Notice Like(string name, Status status, Severity severity = Severity.Error, string? thread = null) => Alarm with
    {
        Thread = thread ?? $"alarm/{name}",
        Title = $"{name} {(status is Status.Cleared ? "is over" : "fails")}",
        Subject = name,
        Severity = status is Status.Cleared ? Severity.Info : severity,
        Status = status,
        Tags = [new("team", "payments")],
        Facts = [],
    };

    /// <summary>One conversation, and what its room reads of it.</summary>
    private sealed class Telling(Abilities can)
    {
        private readonly StringBuilder text = new();
        private Conversation? conversation;
        private DateTimeOffset now = Noon;
        private int events;

        public Conduct Conduct { get; set; } = Conduct.Usual;

        public Hold? Hold { get; set; }

        public Grouping? Group { get; set; }

        public void Hear(int minute, Notice notice)
        {
            now = Noon.AddMinutes(minute);
            notice = notice with { At = now };
            var routed = new Routed(notice, Room, notice.Status is Status.Cleared ? null : "@here", "route 1") { Group = Group };
            Told($"{Words.Of(notice.Severity)} {Words.Of(notice.Status)}: {notice.Title}", Converse.Hear(conversation, routed, $"event {++events}", Situation));
        }

        public void Wake(int minute)
        {
            now = Noon.AddMinutes(minute);
            Told("time passes", Converse.Wake(conversation!, Situation));
        }

        public void Take(int minute, string by)
        {
            now = Noon.AddMinutes(minute);
            Told($"{by} takes care of it", Converse.Acknowledge(conversation!, by, Situation));
        }

        public override string ToString() => text.ToString();

        private Situation Situation => new() { Moment = new(now, Moment.OnlyUtc), Conduct = Conduct, Abilities = can, Hold = Hold };

        private void Told(string what, Decision decision)
        {
            text.Append(CultureInfo.InvariantCulture, $"## {now:d MMM HH:mm} {what}\n{decision.What}{(decision.Afresh ? ", afresh" : "")}: {decision.Because}\n");
            foreach (var saying in decision.Sayings)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{saying.Placing} in {saying.Elsewhere?.Name ?? "its room"}, rings {saying.Mention ?? "nobody"}: {saying.Because}\n");
                if (saying.Notice.Offers is { } offers) text.Append(CultureInfo.InvariantCulture, $"one can {offers}\n");
                text.Append(PlainText.Of(Card.Of(saying.Notice, new(_ => null)))).Append('\n');
                foreach (var line in saying.Lines) text.Append("in a digest: ").Append(line).Append('\n');
            }
            conversation = decision.After ?? conversation;
            if (conversation is not null)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"\n→ {conversation.Phase}, {(conversation.Said ? $"said as {Words.Of(conversation.SaidAs)} at {conversation.Spoke:HH:mm}" : "not said")}, time {conversation.Times} of the day");
                text.Append(CultureInfo.InvariantCulture,
                    $", {conversation.Recent.Count} known{(conversation.Wake is { } wake ? $", to be woken {wake:HH:mm}" : "")}{(conversation.Held is null ? "" : ", held")}\n");
            }
            text.Append('\n');
        }
    }
}
