using System.Security.Cryptography;
using System.Text;
using Signalbox.Server.Pages;

namespace Signalbox.Server.Admission;

/// <summary>Proves that a form was sent from a page of this server, by the browser that it was shown to.</summary>
/// <remarks>
/// The token is made of what only this browser sends, its session or else a cookie for this alone, and is never that itself. Besides, a browser says which
/// site a request comes from: what comes from another is refused whatever token it has.
/// </remarks>
internal static class Csrf
{
    /// <summary>The name of the field.</summary>
    public const string Name = "csrf";

    /// <summary>The header for scripts of ours that send no form.</summary>
    public const string Header = "X-Signalbox-Csrf";

    private static readonly object Key = new();

    /// <summary>The hidden field that every form that is posted needs.</summary>
    public static Html Field(HttpContext http) => Html.Of($"""<input type="hidden" name="{Name}" value="{Token(http)}">""");

    /// <summary>The token for this browser. It may set a cookie: only before the answer has begun.</summary>
    public static string Token(HttpContext http)
    {
        if (Seed(http) is { } seed) return Token(http, seed);
        var fresh = Sessions.Random();
        http.Items[Key] = fresh;
        Cookies.Set(http, Cookies.Visit, fresh, null);
        return Token(http, fresh);
    }

    /// <summary>True when the request comes from a form of ours. Reads the form when there is one.</summary>
    public static async Task<bool> Check(HttpContext http, Station station)
    {
        if (!IsOurs(http, station) || Seed(http) is not { } seed) return false;
        var given = http.Request.Headers[Header].ToString();
        if (given.Length is 0 && http.Request.HasFormContentType) given = (await http.Request.ReadFormAsync(http.RequestAborted))[Name].ToString();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(Token(http, seed)));
    }

    /// <summary>False when the browser says that a page of another site sends it.</summary>
    public static bool IsOurs(HttpContext http, Station station)
    {
        var site = http.Request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is "same-origin" or "none";
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length is 0) return true;
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var from)) return false;
        // Who ends TLS in front of this server says http to it: hosts are compared, and not how they are reached.
        return string.Equals(from.Authority, http.Request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || (Uri.TryCreate(station.Now.Settings.Serving.Url, UriKind.Absolute, out var url)
                && string.Equals(from.Authority, url.Authority, StringComparison.OrdinalIgnoreCase));
    }

    private static string? Seed(HttpContext http) =>
        People.Find(http)?.Session ?? http.Items[Key] as string ?? Cookies.Of(http, Cookies.Visit);

    private static string Token(HttpContext http, string seed) => System.Buffers.Text.Base64Url.EncodeToString(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(seed), Encoding.UTF8.GetBytes($"csrf/{People.Find(http)?.Name}")));
}
