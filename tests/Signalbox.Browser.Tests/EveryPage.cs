using Microsoft.Playwright;

namespace Signalbox.BrowserTests;

/// <summary>What holds for every page, by day and by night, on a telephone and on a desk.</summary>
public sealed class EveryPage(Browser browser, Busy busy) : IClassFixture<Browser>, IClassFixture<Busy>
{
    private static readonly ValueList<string> Paths =
    [
        "/", "/rooms/deploys", "/rooms/alarms", "/rooms/databases", "/rooms/security", "/now", "EVENT", "/try", "/try?sample=alarm-5xx", "/rooms/none",
        "/timeline", "/history", "/history?when=severity+%3E%3D+oops", "/routing", "/health", "/audit",
    ];

    public static TheoryData<string, string> All => [.. from path in Paths from look in Look.All select (path, look.Name)];

    public static TheoryData<string> Each => [.. Paths];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Can_be_read_and_fits(string path, string name)
    {
        if (Browser.Missing is { } missing) Assert.Skip(missing);
        var look = Look.All.Single(each => each.Name == name);
        var (page, complaints) = await Open(path, look);
        Assert.Empty(await page.EvaluateAsync<string[]>(Judgement.Overflow));
        Assert.Empty(await page.EvaluateAsync<string[]>(Judgement.Contrast));
        Assert.Empty(await page.EvaluateAsync<string[]>(Judgement.Names));
        Assert.Equal([], complaints.Where(each => !IsRefused(path) || !each.Contains("the server responded with a status of 40", StringComparison.Ordinal)));
        Assert.Equal("en", await page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        await page.Context.CloseAsync();
    }

    [Theory]
    [MemberData(nameof(Each))]
    public async Task Is_reached_in_every_part_from_the_keyboard(string path)
    {
        if (Browser.Missing is { } missing) Assert.Skip(missing);
        var (page, _) = await Open(path, Look.All[2]);
        await page.EvaluateAsync("() => window.scrollTo(0, 0)");
        for (var steps = 0; steps < 250; steps++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focus = await page.EvaluateAsync<string[]>(Judgement.Focus);
            if (steps is 0) Assert.Equal("Skip to the content", focus[1]);
            if (focus[0] is "BODY") break;
            Assert.True(focus[2] is "seen", $"{focus[0]} {focus[1]} has the focus and does not show it");
        }
        Assert.Empty(await page.EvaluateAsync<string[]>(Judgement.Unreached));
        await page.Context.CloseAsync();
    }

    [Theory]
    [MemberData(nameof(Each))]
    public async Task Says_the_same_without_script(string path)
    {
        if (Browser.Missing is { } missing) Assert.Skip(missing);
        var (page, _) = await Open(path, Look.All[2], hasScript: false);
        Assert.True((await page.Locator("main").InnerTextAsync()).Trim().Length > 20);
        Assert.Equal(0, await page.Locator(".scripted:visible").CountAsync());
        await page.Context.CloseAsync();
    }

    /// <summary>True where the server answers with a page that says what is wrong, of which the console complains.</summary>
    private static bool IsRefused(string path) => path is "/rooms/none" || path.Contains("oops", StringComparison.Ordinal);

    private async Task<(IPage Page, List<string> Complaints)> Open(string path, Look look, bool hasScript = true)
    {
        var (page, complaints) = await browser.Open(busy.Served, look, hasScript);
        await page.GotoAsync(path is "EVENT" ? await busy.Event() : path);
        return (page, complaints);
    }
}
