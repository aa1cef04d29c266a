namespace Signalbox.BrowserTests;

/// <summary>Takes pictures of the demo while it plays, for eyes and for the README: only where SIGNALBOX_PICTURES names a folder.</summary>
public sealed class Pictures(Browser browser) : IClassFixture<Browser>
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("SIGNALBOX_PICTURES");
    private static readonly string[] Paths = ["/", "/rooms/deploys", "/rooms/alarms", "/rooms/databases", "/now", "/try"];

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
                await page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(Folder, $"{(path is "/" ? "rooms" : path[1..].Replace('/', '-'))}-{look}.png") });
            }
            Assert.Equal([], complaints.Where(each => !each.Contains("404", StringComparison.Ordinal)));
            await page.Context.CloseAsync();
        }
    }
}
