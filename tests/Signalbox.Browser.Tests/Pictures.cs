using Microsoft.Playwright;

namespace Signalbox.BrowserTests;

/// <summary>Takes pictures of the demo while it plays, for eyes and for the README: only where SIGNALBOX_PICTURES names a folder.</summary>
public sealed class Pictures(Browser browser) : IClassFixture<Browser>
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("SIGNALBOX_PICTURES");
    private static readonly string[] Paths =
        ["/", "/rooms/deploys", "/rooms/alarms", "/rooms/databases", "/now", "/timeline", "/history", "/routing", "/health", "/audit", "/try?sample=alarm-5xx"];

    [Fact]
    public async Task The_demo_as_people_see_it()
    {
        if (Folder is null) Assert.Skip("SIGNALBOX_PICTURES names no folder for pictures");
        if (Browser.Missing is { } missing) Assert.Skip(missing);
        await using var served = await Served.With(change: options => options with { Demo = true });
        var after = double.Parse(Environment.GetEnvironmentVariable("SIGNALBOX_AFTER") ?? "45", System.Globalization.CultureInfo.InvariantCulture);
        await Task.Delay(TimeSpan.FromSeconds(after), TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Folder);
        foreach (var look in Look.All)
        {
            var (page, complaints) = await browser.Open(served, look);
            foreach (var path in Paths)
            {
                await page.GotoAsync(path);
                await Task.Delay(200, TestContext.Current.CancellationToken);
                await Keep(page, path, look);
            }
            await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
            await Keep(page, "/tried", look);
            await page.GotoAsync("/rooms/alarms");
            await page.GetByRole(AriaRole.Link, new() { Name = "Show event" }).Last.ClickAsync();
            await Keep(page, "/event", look);
            await page.GotoAsync("/rooms/alarms");
            await page.GetByLabel("Say what to do").FillAsync("who owns payments-db");
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator("#answer")).ToContainTextAsync("is in charge");
            await Keep(page, "/asked", look);
            Assert.Equal([], complaints.Where(each => !each.Contains("404", StringComparison.Ordinal)));
            await page.Context.CloseAsync();
        }
    }

    private static Task Keep(IPage page, string path, Look look)
    {
        var name = path is "/" ? "rooms" : path[1..].Split('?')[0].Replace('/', '-');
        return page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"{name}-{look}.png") });
    }
}
