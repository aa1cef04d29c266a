namespace Signalbox.Server.Pages.Rooms;

/// <summary>What an act came to, for whoever asked for it and nobody else.</summary>
/// <param name="Asked">What they typed.</param>
/// <param name="Text">The answer.</param>
internal sealed record Answer(string Asked, string Text)
{
    private const string Cookie = "answer";
    private const int Longest = 1_200;

    /// <summary>Keeps it for the page that the browser is sent to.</summary>
    public void Keep(HttpContext http) => http.Response.Cookies.Append(Cookie, Uri.EscapeDataString($"{Asked}\n{Cut.Text(Text, Longest)}"), new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        MaxAge = TimeSpan.FromSeconds(30),
        Path = "/rooms",
        Secure = http.Request.IsHttps,
    });

    /// <summary>The answer that waits for this browser; null for none. It is shown once.</summary>
    public static Answer? Of(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } kept) return null;
        http.Response.Cookies.Delete(Cookie, new() { Path = "/rooms" });
        var text = Uri.UnescapeDataString(kept);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? null : new(text[..end], text[(end + 1)..]);
    }
}
