namespace Signalbox.Tests;

public class WrongUsage
{
    private static readonly string Verbs = string.Join(", ", Cli.VerbTable.All.Select(verb => verb.Name));

    /// <summary>What was to be shown only must not be posted because an option was misspelt.</summary>
    [Fact]
    public async Task A_misspelt_option_is_no_file()
    {
        var posts = 0;
        using var desk = new Desk { Answer = _ => { posts++; return new Delivery.Made(""); } }.With("event.json", Desk.Failover)
            .With("-odd.json", Desk.Failover).With("signalbox.yaml", "rooms: { ops: { slack: { webhook: env:HOOK } } }\nroutes: [ { to: ops } ]\n");
        var typed = await desk.Type("tell", "--cht", "none", "event.json");
        Assert.Equal((2, "", 0), (typed.Code, typed.Out, posts));
        Assert.Equal(
            "signalbox: expected an option of tell, found \"--cht\". Did you mean \"--chat\"? What begins with a dash by right comes after --.\nTry: signalbox tell --help\n", typed.Error);
        Assert.Equal(0, (await desk.Type("tell", "./-odd.json")).Code);
        Assert.Equal(0, (await desk.Type("tell", "--", "-odd.json")).Code);
        Assert.Equal(2, posts);
    }

    [Fact]
    public async Task Without_a_verb_the_verbs_are_named() =>
        await Fails(2, $"signalbox: expected a verb: {Verbs}\nTry: signalbox --help\n");

    [Fact]
    public async Task An_unknown_verb_is_named() => await Fails(
        2, $"signalbox: expected a verb: {Verbs}, found \"exlpain\". Did you mean \"explain\"?\nTry: signalbox --help\n", "exlpain", "x.json");

    [Fact]
    public async Task An_unknown_option_points_to_the_help_of_its_verb() =>
        await Fails(2, "signalbox: Unrecognized command or argument '--jason'.\nTry: signalbox package --help\n", "package", "--jason");

    [Fact]
    public async Task A_file_that_is_not_there_is_said_and_the_others_go_on()
    {
        using var desk = new Desk().With("event.json", Desk.Failover);
        var typed = await desk.Type("explain", "gone.json", "event.json");
        Assert.Equal((66, "signalbox: gone.json cannot be read: there is no such file\n"), (typed.Code, typed.Error));
        Assert.Contains("orders-db", typed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_no_event()
    {
        using var desk = new Desk();
        var typed = await desk.Type("tell", ".");
        Assert.Equal((66, "signalbox: . cannot be read: it is a folder, or access is denied\n"), (typed.Code, typed.Error));
    }

    [Fact]
    public async Task Settings_that_do_not_load_are_shown_with_every_mistake_and_nothing_is_told()
    {
        using var desk = new Desk().With("event.json", Desk.Failover)
            .With("signalbox.yaml", "rooms: { all: local }\nroute: []\nowner: {}\n");
        foreach (var verb in (string[])["tell", "render", "explain"])
        {
            var typed = await desk.Type(verb, "event.json");
            Assert.Equal((2, ""), (typed.Code, typed.Out));
            Assert.Contains("signalbox.yaml:2:1: expected a key of the settings", typed.Error, StringComparison.Ordinal);
            Assert.Contains("signalbox.yaml:3:1: ", typed.Error, StringComparison.Ordinal);
        }
    }

    private static async Task Fails(int code, string error, params string[] words)
    {
        using var desk = new Desk();
        Assert.Equal(new(code, "", error), await desk.Type(words));
    }
}
