using System.Globalization;
using BenchmarkDotNet.Attributes;

namespace Signalbox.Bench;

/// <summary>What it costs to decide on a notice while so many conversations, silences and owners are there: who is in charge, whether it is silenced, and
/// what its conversation says. One owner and one silence match; the silence is over.</summary>
[MemoryDiagnoser]
public class DecideBench
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Room Room = new() { Name = "ops", Chat = "slack", Options = [new("channel", "#ops")] };
    private readonly Dictionary<string, Conversation> conversations = [];
    private readonly Notice[] notices = new Notice[1_000];
    private Situation situation = new() { Moment = new(Noon, (_, _) => TimeSpan.Zero), Conduct = Conduct.Usual, Abilities = new(true, true) };
    private Silencing silencing = Silencing.None;
    private Owners owners = Owners.None;
    private int turn;

    [Params(1, 1_000, 100_000)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Open()
    {
        owners = Owners.Of([.. Enumerable.Range(0, Count).Select(number => new Owner { Name = $"team{number}", When = When($"tag.team = team{number}") })], []);
        silencing = Silencing.Of([.. Enumerable.Range(0, Count).Select(number => new Silence
        {
            Id = $"silence-{number}", When = When($"subject = db{number}"), Text = "", By = "anna", Until = Noon.AddMinutes(-1),
        })]);
        situation = situation with { Moment = new(Noon.AddMinutes(1), (_, _) => TimeSpan.Zero) };
        for (var number = 0; number < Count; number++)
        {
            var notice = Of(number, Severity.Error, Noon);
            conversations[notice.Thread!] = Converse.Hear(null, new(notice, Room, "<!here>", "a route"), $"event-{number}", situation).After!;
        }
        for (var place = 0; place < notices.Length; place++) notices[place] = Of((int)(place * 7919L % Count), Severity.Critical, Noon.AddSeconds(30));
    }

    [Benchmark]
    public Decision Decide()
    {
        var notice = owners.Of(notices[turn++ % notices.Length], Answers.None).Notice;
        var hold = silencing.Of(notice, situation.Moment);
        var routed = new Routed(notice, Room, "<!here>", "a route");
        return Converse.Hear(conversations[notice.Thread!], routed, "event", hold is null ? situation : situation with { Hold = hold });
    }

    /// <summary>So many conversations as objects, for what they take in memory.</summary>
    public static void PrintMemory(int count)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var bench = new DecideBench { Count = 1 };
        var all = new Conversation[count];
        for (var number = 0; number < count; number++)
        {
            var notice = Of(number, Severity.Error, Noon);
            all[number] = Converse.Hear(null, new(notice, Room, "<!here>", "a route"), $"event-{number}", bench.situation).After!;
        }
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} conversations as objects: {bytes:N0} bytes each"));
        GC.KeepAlive(all);
    }

    private static When When(string text) => WhenOutcome.Of(text, []).When!;

    private static Notice Of(int number, Severity severity, DateTimeOffset at) => new()
    {
        Source = "rds",
        Kind = "db-instance",
        Severity = severity,
        Status = Status.Raised,
        Title = $"db{number} is failing over",
        Subject = $"db{number}",
        Thread = $"rds/123456789012/eu-west-1/db{number}",
        Arn = $"arn:aws:rds:eu-west-1:123456789012:db:db{number}",
        Account = "123456789012",
        Region = "eu-west-1",
        At = at,
        Tags = [new("team", $"team{number}"), new("stage", "production")],
        Facts = [new("DB engine", "postgres"), new("Class", "db.r6g.large")],
    };
}
