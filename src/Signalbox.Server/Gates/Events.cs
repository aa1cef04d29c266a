namespace Signalbox.Server.Gates;

/// <summary>Any event in any wrapping: EventBridge API destinations, CloudEvents, JSON, JSON lines, text.</summary>
internal static class Events
{
    /// <summary>Answers 200 when the events are in the store, and not before.</summary>
    public static readonly Gate Row = new("POST", "/events", Door.Key, async (http, station) =>
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var accepted = await station.Now.Engine.Take(body.ToArray(), http.RequestAborted);
        await Reply.Text(http, 200, $"{accepted.Count} accepted, {accepted.Count(each => !each.IsNew)} known already\n");
    });
}
