using Microsoft.Playwright;

namespace Signalbox.BrowserTests;

/// <summary>Debian's Chromium, driven as a person would.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Path = "/usr/bin/chromium";
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    private IPlaywright? playwright;
    private IBrowser? chromium;

    /// <summary>Why there is none; null when there is.</summary>
    public static string? Missing => File.Exists(Path) ? null : "Chromium is not there and cannot be installed";

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null) return;
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = ["--no-sandbox", "--disable-gpu"] });
    }

    /// <summary>A window on a server, with a list that fills with what its console complains of.</summary>
    /// <param name="served">The server.</param>
    /// <param name="look">How the window is.</param>
    /// <param name="hasScript">False for a browser without scripts.</param>
    public async Task<(IPage Page, List<string> Complaints)> Open(Served served, Look look, bool hasScript = true)
    {
        var context = await chromium!.NewContextAsync(new()
        {
            BaseURL = served.Http.BaseAddress!.ToString(),
            ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = look.Width, Height = look.Height },
            JavaScriptEnabled = hasScript,
            TimezoneId = "Europe/Berlin",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(10_000);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        // What the server is to say of every page, so that nothing on one needs more.
        await page.RouteAsync("**/*", async route =>
        {
            if (route.Request.ResourceType is not "document")
            {
                await route.ContinueAsync();
                return;
            }
            var answer = await route.FetchAsync(new() { MaxRedirects = 0 });
            var headers = answer.Headers.Append(new("content-security-policy", Policy)).DistinctBy(header => header.Key);
            await route.FulfillAsync(new() { Response = answer, Headers = headers });
        });
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Add($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, fault) => complaints.Add($"fault: {fault}");
        return (page, complaints);
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync();
        playwright?.Dispose();
    }
}

/// <summary>How a window is.</summary>
/// <param name="Name">What pictures of it are called.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="IsDark">True where the reader likes it dark.</param>
public sealed record Look(string Name, int Width, int Height, bool IsDark)
{
    /// <summary>A telephone and a desk, by day and by night.</summary>
    public static readonly ValueList<Look> All =
    [
        new("phone-light", 390, 844, false), new("phone-dark", 390, 844, true), new("desk-light", 1280, 900, false), new("desk-dark", 1280, 900, true),
    ];

    public override string ToString() => Name;
}
