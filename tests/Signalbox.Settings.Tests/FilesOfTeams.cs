using Signalbox.Effects;

namespace Signalbox.Tests;

public sealed class FilesOfTeams : IDisposable
{
    private const string Main = """
        include: teams/*.yaml
        rooms:
          ops: local
        routes:
          - to: ops
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("signalbox-teams-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private LoadedSettings Load(string main, params (string Name, string Text)[] teams)
    {
        Directory.CreateDirectory(Path.Combine(folder, "teams"));
        File.WriteAllText(Path.Combine(folder, "signalbox.yaml"), main);
        foreach (var (name, text) in teams) File.WriteAllText(Path.Combine(folder, "teams", name), text);
        return SettingsFile.Load(Path.Combine(folder, "signalbox.yaml"), "signalbox.yaml");
    }

    [Fact]
    public void Each_team_brings_what_is_theirs()
    {
        var loaded = Load(
            Main,
            ("web.yaml", "rooms: { web: local }\nroutes: [{ when: source = ecs, to: web }]\nowners: { web: { room: [web, ops] } }\n"),
            ("data.yaml", "rooms: { data: local }\nroutes: [{ when: source = rds, to: data }]\naccounts: { \"123456789012\": data-prod }\n"));
        Assert.Equal((0, 0), (loaded.Problems.Count, loaded.LeftOut.Count));
        Assert.Equal(["ops", "data", "web"], loaded.Settings!.Rooms.Select(room => room.Name));
        Assert.Equal("data-prod", loaded.Settings.Accounts[0].Name);
        Assert.Equal("web", loaded.Settings.Owners.All[0].Name);
        Assert.Equal(["signalbox.yaml", "data.yaml", "web.yaml"], loaded.Files.Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("routes: [{ when: sorce = rds, to: ops }]\n", "teams/web.yaml:1:18: ")]
    [InlineData("routes: [{ to: nowhere }]\n", "teams/web.yaml:1:16: ")]
    [InlineData("rooms: { web: local\n", "teams/web.yaml:")]
    [InlineData("store: \"memory:\"\n", "teams/web.yaml:1:1: expected one of rooms, routes, owners, tags, silences, mutes, accounts or tests, found \"store\".")]
    [InlineData("- to: ops\n", "teams/web.yaml:1:1: expected a map")]
    [InlineData("rooms: { ops: local }\n", "teams/web.yaml:1:10: \"ops\" stands in another file already")]
    public void A_broken_one_is_left_out_with_its_place_and_the_others_hold(string web, string says)
    {
        var loaded = Load(Main, ("web.yaml", web), ("data.yaml", "rooms: { data: local }\n"));
        Assert.StartsWith(says, Assert.Single(loaded.LeftOut), StringComparison.Ordinal);
        Assert.Empty(loaded.Problems);
        Assert.Equal(["ops", "data"], loaded.Settings!.Rooms.Select(room => room.Name));
    }

    [Fact]
    public void What_needed_a_room_of_a_broken_file_is_left_out_as_well()
    {
        var loaded = Load(Main, ("a.yaml", "rooms: { a: local }\nnonsense: 1\n"), ("b.yaml", "routes: [{ to: a }]\n"), ("c.yaml", "rooms: { c: local }\n"));
        Assert.Equal(2, loaded.LeftOut.Count);
        Assert.Equal(["ops", "c"], loaded.Settings!.Rooms.Select(room => room.Name));
    }

    [Fact]
    public void A_main_file_that_cannot_do_without_a_broken_one_says_both()
    {
        var loaded = Load(Main + "\n  - { when: source = rds, to: data }\n", ("data.yaml", "rooms: { data: locl }\n"));
        Assert.Null(loaded.Settings);
        Assert.StartsWith("teams/data.yaml:1:16: ", Assert.Single(loaded.LeftOut), StringComparison.Ordinal);
        Assert.StartsWith("signalbox.yaml:6:", Assert.Single(loaded.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_of_a_team_name_their_events_beside_their_file()
    {
        var loaded = Load(Main, ("web.yaml", "tests: [{ event: failover.json, says: { ops: x } }]\n"));
        Assert.Equal(Path.Combine(folder, "teams", "failover.json"), loaded.Settings!.Tests[0].Event);
    }

    [Fact]
    public void Compiled_settings_carry_every_team()
    {
        Load(Main, ("web.yaml", "rooms: { web: local }\n"));
        var json = SettingsFile.Compile(Path.Combine(folder, "signalbox.yaml"))!;
        File.WriteAllText(Path.Combine(folder, "out.json"), json);
        Assert.Equal(["ops", "web"], SettingsFile.Load(Path.Combine(folder, "out.json")).Settings!.Rooms.Select(room => room.Name));
    }
}
