using System.Globalization;

namespace Signalbox.Server;

/// <summary>Why a request is not taken: the answer, and the reason in the log.</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Why">One sentence for whoever sent it, without any secret.</param>
internal sealed record Refusal(int Status, string Why)
{
    private const int LongestPath = 200;

    /// <summary>When to try again; null where that is of no use, or any time will do.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>What only the log says beside it; empty for nothing.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Answers with it, and logs it.</summary>
    public Task Tell(HttpContext http, Station station)
    {
        Log(http, station);
        return Reply.Text(http, Status, $"{Why}\n");
    }

    /// <summary>Logs it, and sets the headers of the answer, for a gate that answers in a form of its own.</summary>
    public void Log(HttpContext http, Station station)
    {
        station.Journal.Doubts("refused", ("path", Cut.Line(http.Request.Path.Value ?? "", LongestPath)),
            ("from", http.Connection.RemoteIpAddress?.ToString() ?? ""), ("status", Status.ToString(CultureInfo.InvariantCulture)),
            ("reason", Why), ("detail", Cut.Line(Detail, LongestPath)));
        if (After is { } after) http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (Status is 401) http.Response.Headers.WWWAuthenticate = "Bearer, Basic realm=\"signalbox\"";
    }
}
