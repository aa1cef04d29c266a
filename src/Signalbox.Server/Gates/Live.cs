using System.Text;

namespace Signalbox.Server.Gates;

/// <summary>Server-sent events: a word whenever something has changed, upon which a page looks at itself again.</summary>
internal static class Live
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);

    /// <summary>What changes anywhere, or with <c>?room=NAME</c> there.</summary>
    public static readonly Gate Row = new("GET", "/live", Door.Viewer, async (http, station) =>
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var room = http.Request.Query["room"].ToString();
        var stop = http.RequestAborted;
        try
        {
            await Write(http, "retry: 2000\n: hello\n\n", stop);
            await using var words = station.Feed.Words(stop).GetAsyncEnumerator(stop);
            var next = words.MoveNextAsync().AsTask();
            while (!station.IsStopping.IsCancellationRequested)
            {
                // A word now and then keeps proxies from closing a quiet stream, and shows when a reader is gone.
                if (await Task.WhenAny(next, Task.Delay(Quiet, station.IsStopping)) != next)
                {
                    await Write(http, ": quiet\n\n", stop);
                    continue;
                }
                if (!await next) return;
                var word = words.Current;
                next = words.MoveNextAsync().AsTask();
                if (room.Length is 0 || word.Length is 0 || word == room) await Write(http, $"data: {Cut.OneLine(word)}\n\n", stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has left.
        }
    });

    private static async Task Write(HttpContext http, string text, CancellationToken stop)
    {
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), stop);
        await http.Response.Body.FlushAsync(stop);
    }
}
