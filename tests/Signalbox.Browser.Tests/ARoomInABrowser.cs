using Microsoft.Playwright;

namespace Signalbox.BrowserTests;

/// <summary>People at a room.</summary>
public sealed class ARoomInABrowser(Browser browser) : IClassFixture<Browser>
{
    private const string Alarm = """
        {"version":"0","id":"c4c1c1c9-6542-e61b-6ef0-8c4d36933a92","detail-type":"CloudWatch Alarm State Change","source":"aws.cloudwatch",
        "account":"123456789012","time":"2026-11-22T12:00:00Z","region":"us-east-1",
        "resources":["arn:aws:cloudwatch:us-east-1:123456789012:alarm:ServerCpuTooHigh"],
        "detail":{"alarmName":"ServerCpuTooHigh","state":{"value":"ALARM","reason":"Threshold Crossed","timestamp":"2026-11-22T12:00:00.000+0000"},
        "previousState":{"value":"OK"},"configuration":{}}}
        """;

    private static readonly string Cleared = Alarm.Replace("92\"", "93\"").Replace("12:00", "12:05")
        .Replace("\"OK\"", "\"WAS\"").Replace("\"ALARM\"", "\"OK\"").Replace("\"WAS\"", "\"ALARM\"");

    private static readonly Look Desk = Look.All[2];

    [Fact]
    public async Task Fills_without_being_loaded_again()
    {
        if (Browser.Missing is { } missing) Assert.Skip(missing);
        await using var served = await Served.With();
        var (page, complaints) = await browser.Open(served, Desk);
        await page.GotoAsync("/rooms/local");
        await page.EvaluateAsync("() => { window.mine = 1; }");
        await Assertions.Expect(page.Locator(".empty")).ToContainTextAsync("Nothing was said here yet");
        await served.Post("/events", Alarm);
        await Assertions.Expect(page.Locator(".message")).ToContainTextAsync("ServerCpuTooHigh is in alarm");
        await served.Post("/events", Cleared);
        await Assertions.Expect(page.Locator(".message h3")).ToContainTextAsync("ServerCpuTooHigh is OK again");
        await Assertions.Expect(page.Locator(".message")).ToHaveCountAsync(1);
        Assert.Equal(1, await page.EvaluateAsync<int>("() => window.mine"));
        Assert.Equal([], complaints);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Takes_what_a_button_says_and_what_people_type(bool hasScript)
    {
        if (Browser.Missing is { } missing) Assert.Skip(missing);
        await using var served = await Served.With();
        await served.Post("/events", Alarm);
        await Served.Until(async () => (await served.Get("/rooms/local")).Text.Contains("Acknowledge</button>"));
        var (page, complaints) = await browser.Open(served, Desk, hasScript);
        await page.GotoAsync("/rooms/local");
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Assertions.Expect(page.Locator("#answer")).ToContainTextAsync("local takes care of: ServerCpuTooHigh is in alarm");
        if (!hasScript) await Served.Until(async () => (await served.Get("/rooms/local")).Text.Contains("acknowledged by"));
        if (!hasScript) await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".standing")).ToContainTextAsync("acknowledged by local");
        await page.GetByLabel("Say what to do").FillAsync("status");
        await page.GetByRole(AriaRole.Button, new() { Name = "Do", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#answer")).ToContainTextAsync("local takes care of it");
        Assert.Equal([], complaints);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Is_walked_through_with_keys_and_remembers_what_was_typed()
    {
        if (Browser.Missing is { } missing) Assert.Skip(missing);
        await using var served = await Served.With();
        await served.Post("/events", Alarm);
        await Served.Until(async () => (await served.Get("/rooms/local")).Text.Contains("Acknowledge</button>"));
        var (page, _) = await browser.Open(served, Desk);
        await page.GotoAsync("/rooms/local");
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("help");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#answer")).ToContainTextAsync("who owns NAME");
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(page.GetByLabel("Say what to do")).ToHaveValueAsync("help");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#help")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Shows_times_of_the_reader_and_keeps_the_theme()
    {
        if (Browser.Missing is { } missing) Assert.Skip(missing);
        await using var served = await Served.With();
        await served.Post("/events", Alarm);
        await Served.Until(async () => (await served.Get("/rooms/local")).Text.Contains("Acknowledge</button>"));
        var (page, _) = await browser.Open(served, Desk);
        await page.GotoAsync("/rooms/local");
        await Assertions.Expect(page.Locator(".context")).ToContainTextAsync("2026-11-22 13:00 GMT+1");
        await page.GetByLabel("Light or dark").ClickAsync();
        await page.ReloadAsync();
        Assert.Equal("dark", await page.Locator("html").GetAttributeAsync("data-theme"));
        await page.Context.CloseAsync();
    }
}
