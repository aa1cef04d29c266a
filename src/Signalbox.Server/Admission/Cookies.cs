namespace Signalbox.Server.Admission;

/// <summary>The cookies of this server: never for scripts, never for other sites, and never over plain HTTP where people come by https.</summary>
internal static class Cookies
{
    /// <summary>The session of somebody who has signed in.</summary>
    public const string Session = "signalbox-session";

    /// <summary>A browser that has not signed in, or need not: what its forms prove themselves by.</summary>
    public const string Visit = "signalbox-visit";

    /// <summary>A sign-in that is under way at an issuer.</summary>
    public const string Journey = "signalbox-journey";

    private static readonly object Key = new();

    /// <summary>Notes how people come to this server; before anything else looks at cookies.</summary>
    public static void Prepare(HttpContext http, Station station) => http.Items[Key] =
        http.Request.IsHttps || station.Now.Settings.Serving.Url?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>The value of a cookie; null for none.</summary>
    public static string? Of(HttpContext http, string name) => http.Request.Cookies[Named(http, name)] is { Length: > 0 } value ? value : null;

    /// <summary>Sets a cookie.</summary>
    public static void Set(HttpContext http, string name, string value, TimeSpan? lifetime) => http.Response.Cookies.Append(Named(http, name), value, new()
    {
        HttpOnly = true,
        Secure = IsSecure(http),
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    });

    /// <summary>Takes a cookie away.</summary>
    public static void Clear(HttpContext http, string name) => Set(http, name, "", TimeSpan.Zero);

    private static bool IsSecure(HttpContext http) => http.Items[Key] is true;

    /// <summary>The prefix keeps other hosts of a domain, and plain HTTP, from setting it.</summary>
    private static string Named(HttpContext http, string name) => IsSecure(http) ? $"__Host-{name}" : name;
}
