namespace Signalbox.EngineTests;

/// <summary>What random runs have found, each in its simplest form.</summary>
public class Examples
{
    private const string Bot = """{ "rooms": { "ops": { "slack": { "channel": "#ops" } } } }""";
    private const string Hook = """{ "rooms": { "ops": { "slack": { "webhook": "env:OPS" } } } }""";

    [Fact]
    public async Task A_message_that_had_to_wait_says_how_things_stand_when_it_is_made()
    {
        var message = Assert.Single((await new Scene(Bot).Busy("ops", 0, 10).Alert(0, "disk").Alert(5, "disk", raised: false).Played()).Rooms["ops"].Messages);
        Assert.Equal(Status.Cleared, message.Notice.Status);
    }

    [Fact]
    public async Task What_came_after_its_own_end_is_told_as_over()
    {
        var message = Assert.Single((await new Scene(Bot).Alert(0, "disk", raised: false).Alert(1, "disk", late: 60).Played()).Rooms["ops"].Messages);
        Assert.Equal(("disk fails", Status.Cleared), (message.Notice.Title, message.Notice.Status));
    }

    [Fact]
    public async Task What_was_raised_between_two_ends_is_told_however_late_it_comes()
    {
        var stage = await new Scene(Bot).Alert(0, "disk", raised: false).Alert(60, "disk", raised: false).Alert(70, "disk", late: 40).Played();
        Assert.Equal(("disk fails", Status.Cleared), (stage.Rooms["ops"].Messages[0].Notice.Title, stage.Rooms["ops"].Messages[0].Notice.Status));
    }

    [Theory]
    [InlineData("\"channel\": \"#ops\"")]
    [InlineData("\"webhook\": \"env:OPS\"")]
    public async Task A_group_names_all_of_its_members(string room)
    {
        var scene = new Scene(Grouped(room));
        for (var number = 0; number < 200; number++) scene.Alert(number / 100.0, $"member-{number}-of-the-group");
        var said = Said(await scene.Played());
        Assert.All(Enumerable.Range(0, 200), number => Assert.Contains($"member-{number}-of", said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"channel\": \"#ops\"")]
    [InlineData("\"webhook\": \"env:OPS\"")]
    public async Task Whoever_joins_a_group_is_named(string room)
    {
        var stage = await new Scene(Grouped(room)).Alert(0, "one").Alert(1, "two").Alert(60, "three").Played();
        Assert.Contains("three fails", Said(stage), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_over_before_its_group_is_said_is_named_all_the_same()
    {
        var stage = await new Scene(Grouped("\"channel\": \"#ops\"")).Alert(0, "one").Alert(2, "one", raised: false).Played();
        Assert.Contains("one fails", Said(stage), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_hears_nothing_of_the_end_of_what_never_was_in_it()
    {
        var stage = await new Scene(Grouped("\"channel\": \"#ops\"")).Alert(0, "one").Alert(60, "two", raised: false).Played();
        Assert.DoesNotContain("two fails", Said(stage), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_tells_none_of_its_many_events_again_when_all_are_sent_twice()
    {
        var events = Enumerable.Range(0, 60).Select(number => (Id: $"id-{number}", Thing: $"disk-{number}", At: Play.Start.AddMilliseconds(number))).ToList();
        var stage = new Stage();
        var simulation = new Simulation(Play.Read(Grouped("\"webhook\": \"env:OPS\"")), MemoryStore.Open(), stage, Play.Start, 1, Zones.Offset);
        byte[] Event(string prefix, int number) => Events.Alert(
            $"{prefix}-{events[number].Id}", "any", events[number].Thing, $"{events[number].Thing} fails", true, "error", events[number].At);
        var plays = new[] { "one", "other" }.SelectMany((prefix, round) => Enumerable.Range(0, events.Count)
            .Select(number => (Play.Start.AddMinutes(round), (Func<Simulation, Task>)(play => play.Hear(Event(prefix, number))))));
        await simulation.Play([.. plays], TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        Assert.Single(stage.Rooms["ops"].Messages);
    }

    [Fact]
    public async Task A_reminder_in_a_room_without_threads_says_that_it_is_one()
    {
        var scene = new Scene($$"""{{Hook[..^1]}}, "conversations": { "remind": { "after": "10m", "at": "error", "most": 1 } } }""");
        var stage = await scene.Alert(0, "disk").Played();
        Assert.Collection(stage.Rooms["ops"].Messages, message => Assert.Equal("disk fails", message.Notice.Title),
            message => Assert.StartsWith("disk fails: still raised after", message.Notice.Title, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_digest_names_what_a_line_of_a_thread_is_about()
    {
        var scene = new Scene($$"""{{Bot[..^1]}}, "conversations": { "digest-after": "5s", "remind": { "after": "10m", "at": "error", "most": 1 } } }""");
        for (var number = 0; number < 40; number++) scene.Alert(number, $"disk-{number}");
        scene.Busy("ops", 600, 660);
        var digests = (await scene.Played()).Rooms["ops"].Messages.Where(message => message.Notice.Kind is "digest")
            .SelectMany(message => message.Notice.Facts);
        Assert.Contains("disk-39 fails: still raised after", string.Join("\n", digests.Select(fact => fact.Value)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_what_only_a_digest_named_is_told()
    {
        var scene = new Scene($$"""{{Bot[..^1]}}, "conversations": { "digest-after": "5s" } }""").Stack(0, "shop", "UPDATE_IN_PROGRESS");
        for (var number = 0; number < 40; number++) scene.Alert(0, $"disk-{number}");
        var stage = await scene.Stack(90, "shop", "UPDATE_COMPLETE").Played();
        Assert.Contains(stage.Rooms["ops"].Messages, message => message.Notice is { Title: "Stack shop was updated", Status: Status.Cleared });
    }

    [Theory]
    [InlineData("disk {0} of the shop is full")]
    [InlineData("диск {0} магазина переполнен")]
    [InlineData("<disk> & *disk* _{0}_ `is` ~full~ \"now\"")]
    [InlineData("ディスク{0}がいっぱいです、すぐに確認してください")]
    public void A_digest_shows_everything_that_it_names_in_every_chat(string title)
    {
        foreach (var chat in Chats.All)
        {
            var (notices, left) = (new List<(Notice, ValueList<string>)>(), chat.DigestRoom);
            for (var number = 1000; ; number++)
            {
                var words = title.Replace("{0}", $"{number}", StringComparison.Ordinal);
                var notice = new Notice { Source = "rds", Kind = "db", Severity = Severity.Error, Status = Status.Raised, Title = words };
                if ((left -= Digest.Length([], notice)) < 0) break;
                notices.Add((notice, []));
            }
            Fact[] options = [new("channel", "#ops"), new("to", "a@example.com"), new("from", "b@example.com")];
            var room = new Room { Name = "ops", Chat = chat.Name, Options = [.. options] };
            var text = Payload.Words(chat.Render(new(Digest.Of([.. notices], 5, Play.Start), room, null, ""), Settings.None.Rendering));
            for (var number = 1000; number < 1000 + notices.Count; number++)
                Assert.True(text.Contains($"{number}", StringComparison.Ordinal), $"{chat.Name} leaves out {number}, the {number - 999}th of {notices.Count}");
        }
    }

    private static string Grouped(string room) => $$"""
        { "rooms": { "ops": { "slack": { {{room}} } } }, "routes": [ { "to": "ops", "group": { "by": "source", "wait": "30s" } } ] }
        """.Trim();

    private static string Said(Stage stage) => !stage.Rooms.TryGetValue("ops", out var room) ? ""
        : string.Join("\n", room.Messages.SelectMany(message => message.Replies.Select(reply => reply.Notice).Prepend(message.Notice))
            .Select(notice => $"{notice.Title}\n{notice.Summary}\n{string.Join('\n', notice.Facts.Select(fact => fact.Value))}"));
}
