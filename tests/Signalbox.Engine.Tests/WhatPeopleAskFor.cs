namespace Signalbox.EngineTests;

/// <summary>What somebody types in a room, and what they hear.</summary>
public class WhatPeopleAskFor
{
    private const string Rooms = """
        {
          "rooms": { "ops": { "slack": { "channel": "#ops" } }, "dba": { "slack": { "channel": "#dba" } } },
          "owners": { "payments": { "when": "tag.team = payments or subject ~ pay-*", "room": "dba" } },
          "routes": [ { "to": "ops" }, { "when": "tag.team = data", "to": "dba" } ],
          "silences": [ { "when": "subject = noisy", "until": "2027-01-01T00:00:00Z" } ]
        }
        """;

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly Still still = new();
    private readonly Store store = MemoryStore.Open();
    private readonly Settings settings = Play.Read(Rooms);

    private Engine Engine => new(settings, store, still.World, "engine");

    private async Task Raised(string thing, string team = "any")
    {
        await Engine.Accept(Events.Alert($"id-{thing}", team, thing, $"{thing} fails", true, "error", Still.Noon), Stop);
        await Engine.Decide(10, Stop);
    }

    private Task<string> Ask(string text, string? room = "ops", string? thread = null, bool mayChange = true, string zone = "UTC") =>
        Acts.Do(new(text, "anna", Engine, settings, still.World, store) { Room = room, Thread = thread, MayChange = mayChange, Zone = zone }, Stop);

    [Fact]
    public async Task Taking_care_of_the_only_thing_needs_no_name()
    {
        await Raised("disk-1");
        Assert.Contains("anna takes care of", await Ask("ack"), StringComparison.Ordinal);
        Assert.Equal("anna", (await Engine.Find("disk-1", Stop))[0].State.Acknowledged?.By);
        Assert.Equal("Nothing here waits for anybody.", await Ask("ack"));
    }

    [Fact]
    public async Task Of_several_things_the_name_is_asked_for()
    {
        await Raised("disk-1");
        await Raised("disk-2");
        var answer = await Ask("ack");
        Assert.StartsWith("Say which:", answer, StringComparison.Ordinal);
        Assert.Contains("disk-1", answer, StringComparison.Ordinal);
        Assert.Contains("disk-2", answer, StringComparison.Ordinal);
        Assert.Contains("takes care of", await Ask("ACK disk-2"), StringComparison.Ordinal);
        Assert.Contains("anna takes care of it", await Ask("status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_a_message_means_its_thing()
    {
        await Raised("disk-1");
        await Raised("disk-2");
        var thread = (await Engine.Find("disk-1", Stop))[0].Place.Thread;
        Assert.Contains("disk-1", await Ask("ack", thread: thread), StringComparison.Ordinal);
        Assert.Contains($"thread = \"{thread}\"", await Ask("silence 1h", thread: thread), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""["source", "tag.team"]""", "silence 1h", "source = \"alertmanager\" and tag.team = \"any\"")]
    [InlineData("""["severity"]""", "silence group/ for 1h", "severity = \"error\"")]
    [InlineData("[]", "silence 1h", "This message gathers notices that have nothing in common. Say which")]
    public async Task An_answer_to_a_group_silences_what_its_members_have_in_common(string by, string text, string condition)
    {
        var grouped = Play.Read($$"""
            { "rooms": { "ops": { "slack": { "channel": "#ops" } } }, "routes": [ { "to": "ops", "group": { "by": {{by}}, "wait": "1s" } } ] }
            """);
        var engine = new Engine(grouped, store, still.World, "engine");
        foreach (var thing in (string[])["disk-1", "disk-2"])
        {
            await engine.Accept(Events.Alert($"id-{thing}", "any", thing, $"{thing} fails", true, "error", Still.Noon), Stop);
            await engine.Decide(10, Stop);
        }
        await still.World.Wait(TimeSpan.FromMinutes(1), Stop);
        await engine.Wake(Stop);
        var thread = (await engine.Find("group/", Stop)).Single().Place.Thread;
        var answer = await Acts.Do(new(text, "anna", engine, grouped, still.World, store) { Room = "ops", Thread = thread }, Stop);
        Assert.Contains(condition, answer, StringComparison.Ordinal);
        if (condition.StartsWith("This", StringComparison.Ordinal)) return;
        await engine.Accept(Events.Alert("id-3", "any", "disk-3", "disk-3 fails", true, "error", Still.Noon), Stop);
        await engine.Decide(10, Stop);
        var last = (await store.History(new() { Most = 1 }, Stop))[0];
        Assert.Contains("silence", System.Text.Encoding.UTF8.GetString(last.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silence_holds_back_what_is_named_and_ends_when_asked()
    {
        await Raised("disk-1");
        var answer = await Ask("silence 2h disk-1 because we know");
        Assert.Contains("until 2026-11-22 14:00 UTC", answer, StringComparison.Ordinal);
        var silence = (await Engine.Silences(Stop)).Single(each => each.By is "anna");
        Assert.Equal("we know", silence.Comment);
        Assert.Contains("by anna: we know", await Ask("silences"), StringComparison.Ordinal);
        Assert.Equal($"Silence {silence.Id} is over.", await Ask($"unsilence {silence.Id}"));
        Assert.Contains("stands in the settings", await Ask("unsilence settings-1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("silence 1h source = rds", "source = rds")]
    [InlineData("silence for 1h source = rds", "source = rds")]
    [InlineData("silence source = rds for 1h because it is known", "source = rds")]
    [InlineData("silence \"source = rds\" 1h", "source = rds")]
    [InlineData("silence source = \"rds\" 1h", "source = \"rds\"")]
    [InlineData("silence disk-7 until tomorrow", "subject = \"disk-7\"")]
    public async Task How_long_may_stand_before_what_or_behind_it(string text, string condition) =>
        Assert.Contains($": {condition}. To end it", await Ask(text), StringComparison.Ordinal);

    [Fact]
    public async Task Tomorrow_is_eight_in_the_morning_where_they_are()
    {
        Assert.Contains("until 2026-11-23 08:00 Europe/Berlin", await Ask("silence tomorrow source = rds", zone: "Europe/Berlin"), StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 7, 0, 0, TimeSpan.Zero), (await Engine.Silences(Stop)).Single(each => each.By is "anna").Until);
    }

    [Theory]
    [InlineData("silence", "Say for how long")]
    [InlineData("silence soon x", "Say for how long")]
    [InlineData("silence 1h", "Say what")]
    [InlineData("silence 900d x", "within a year")]
    [InlineData("silence 2020-01-01T00:00:00Z x", "in the future")]
    [InlineData("silence 1h severity >> 3", "no condition")]
    [InlineData("", "Say what to do")]
    [InlineData("akc", "expected ack")]
    [InlineData("unsilence nothing", "There is no silence")]
    [InlineData("status nothing", "Nothing open")]
    public async Task What_cannot_be_done_is_said_with_what_to_write(string text, string says) =>
        Assert.Contains(says, await Ask(text), StringComparison.Ordinal);

    [Fact]
    public async Task Who_is_in_charge_is_known_by_name_too()
    {
        await Raised("disk-1", team: "payments");
        Assert.StartsWith("payments is in charge of disk-1", await Ask("who owns disk-1"), StringComparison.Ordinal);
        Assert.StartsWith("payments is in charge of pay-db", await Ask("who owns pay-db"), StringComparison.Ordinal);
        Assert.StartsWith("Nobody is in charge of web", await Ask("who owns web"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_only_look_changes_nothing()
    {
        await Raised("disk-1");
        Assert.Contains("look but not change", await Ask("ack", mayChange: false), StringComparison.Ordinal);
        Assert.Contains("disk-1", await Ask("status", mayChange: false), StringComparison.Ordinal);
        Assert.Null((await Engine.Find("disk-1", Stop))[0].State.Acknowledged);
    }

    [Fact]
    public async Task What_somebody_changed_is_in_history_with_their_name()
    {
        await Raised("disk-1");
        await Ask("ack disk-1");
        await Ask("status");
        var line = Assert.Single(await store.History(new(), Stop), line => line.What is "act");
        Assert.Equal(("ack disk-1", "anna"), StateJson.History(line.Body) is { } note ? (note.Title, note.Doer?.By) : default);
    }
}
