using Signalbox.Server.Admission;

namespace Signalbox.Server;

/// <summary>Sees to it that every request gets an answer in words, whatever happens behind its gate.</summary>
internal static class Answering
{
    /// <summary>Lets a request through its door and its gate.</summary>
    public static async Task Handle(HttpContext http, Gate gate, Station station)
    {
        try
        {
            if (await Doorkeeper.Admit(http, gate, station)) await gate.Handle(http, station);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone: there is nobody to answer.
            return;
        }
        catch (BadHttpRequestException fault)
        {
            await Tell(http, station, fault.StatusCode switch
            {
                413 => new(413, $"the body is larger than {Host.MostBytes} bytes ({Host.MostBytes / 1024 / 1024} MiB), the most that is taken: "
                    + "send it in parts"),
                408 => new(408, "the body came too slowly"),
                var status => new(status, "the request is not HTTP as it should be") { Detail = fault.Message },
            });
        }
        catch (Exception fault)
        {
            station.Journal.Complains("failed", ("path", gate.Path), ("reason", fault.GetType().Name));
            await Tell(http, station, new(503, "it was not done: something here does not answer, most likely the store. Send it again")
            { After = TimeSpan.FromSeconds(5) });
        }
    }

    /// <summary>Answers where there is no gate, or none for the method.</summary>
    public static async Task Lost(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.Response.HasStarted || http.Response.ContentLength is not null) return;
        if (http.Response.StatusCode is 404)
            await Reply.Text(http, 404, "there is nothing at this path: events go to /events, /sns, /hooks/… or /api/v2/alerts\n");
        else if (http.Response.StatusCode is 405)
            await Reply.Text(http, 405, $"{Cut.Line(http.Request.Method, 20)} does nothing here: use {http.Response.Headers.Allow}\n");
    }

    private static async Task Tell(HttpContext http, Station station, Refusal refusal)
    {
        if (http.Response.HasStarted) http.Abort();
        else await refusal.Tell(http, station);
    }
}
