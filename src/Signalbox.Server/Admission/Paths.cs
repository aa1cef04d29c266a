namespace Signalbox.Server.Admission;

/// <summary>Addresses of this server's own pages.</summary>
internal static class Paths
{
    private const int Longest = 2000;

    /// <summary>The path to go back to after a sign-in, when it is one of ours; else the first page.</summary>
    public static string Back(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && path.Length <= Longest && !path.Any(char.IsControl)
            && !path.StartsWith("/sign-", StringComparison.Ordinal)
            ? path : "/";

    /// <summary>A whole address of this server as people reach it.</summary>
    public static string Whole(HttpContext http, Station station, string path) =>
        $"{station.Now.Settings.Serving.Url ?? $"{http.Request.Scheme}://{http.Request.Host}"}{path}";
}
