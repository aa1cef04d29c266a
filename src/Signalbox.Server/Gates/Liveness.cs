namespace Signalbox.Server.Gates;

/// <summary>Whether the server lives, and whether it takes events.</summary>
internal static class Liveness
{
    /// <summary>It lives as long as it answers.</summary>
    public static readonly Gate Live = new("GET", "/healthz", Door.Open, (http, _) => Reply.Text(http, 200, "alive\n"));

    /// <summary>The same where programs of Prometheus look for it.</summary>
    public static readonly Gate Healthy = Live with { Path = "/-/healthy" };

    /// <summary>It takes events when it has started and its store answers.</summary>
    public static readonly Gate Ready = new("GET", "/readyz", Door.Open, async (http, station) =>
    {
        if (!station.IsReady)
        {
            await Reply.Text(http, 503, "not ready: starting or stopping\n");
            return;
        }
        try
        {
            await station.Store.Backlogs(station.Now.World.Now(), http.RequestAborted);
            await Reply.Text(http, 200, "ready\n");
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await Reply.Text(http, 503, $"not ready: the store does not answer ({fault.GetType().Name})\n");
        }
    });

    /// <summary>The same where programs of Prometheus look for it.</summary>
    public static readonly Gate ReadyToo = Ready with { Path = "/-/ready" };
}
