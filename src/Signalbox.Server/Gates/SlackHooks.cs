namespace Signalbox.Server.Gates;

/// <summary>Slack's requests to an app: buttons, slash commands and events. Each gate takes all three, so that no pasted address is the wrong one.</summary>
internal static class SlackHooks
{
    /// <summary>Slack stops waiting after three seconds: what takes longer is answered afterwards.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(1.3);
    private static readonly TimeSpan NoteWithin = TimeSpan.FromSeconds(1.2);

    /// <summary>Where buttons arrive: the app's Interactivity Request URL.</summary>
    public static readonly Gate Actions = new("POST", "/hooks/slack/actions", Door.Open, Take);

    /// <summary>Where slash commands arrive.</summary>
    public static readonly Gate Commands = new("POST", "/hooks/slack/commands", Door.Open, Take);

    /// <summary>Where events arrive: mentions of the app.</summary>
    public static readonly Gate Events = new("POST", "/hooks/slack/events", Door.Open, Take);

    private static async Task Take(HttpContext http, Station station)
    {
        using var read = new MemoryStream();
        await http.Request.Body.CopyToAsync(read, http.RequestAborted);
        var body = read.ToArray();
        var (duty, headers) = (station.Now, http.Request.Headers);
        if (await SlackDoor.Refusal(duty.Settings, duty.World, headers["X-Slack-Request-Timestamp"].FirstOrDefault(),
            headers["X-Slack-Signature"].FirstOrDefault(), body, http.RequestAborted) is { } refusal)
        {
            station.Journal.Doubts("refused", ("path", http.Request.Path.Value ?? ""), ("reason", refusal.Why));
            await Reply.Text(http, refusal.Status, refusal.Status switch { 404 => "not here\n", 401 => "not signed by Slack\n", _ => "not now\n" });
            return;
        }
        var request = SlackReading.OfBody(body);
        if (request is SlackRequest.Challenge challenge)
        {
            await Reply.Text(http, 200, challenge.Text);
            return;
        }
        if (await IsNew(request, http, station) is not { } isNew)
        {
            await Reply.Text(http, 503, "not now\n");
            return;
        }
        var work = isNew ? SlackWork.Do(request, station) : Task.FromResult("");
        // Only a command's answer is shown from here. Everything else is taken at once, and answered beside.
        if (request is SlackRequest.Command && await Task.WhenAny(work, Task.Delay(AnswerWithin)) == work && await work is { Length: > 0 } answer)
        {
            await Reply.Json(http, 200, SlackWords.Ephemeral(answer));
            return;
        }
        await Reply.Bytes(http, 200, "text/plain; charset=utf-8", default);
        _ = TellLater(request, work, station);
    }

    /// <summary>Whether it has not come before; null when the store does not say in time, and Slack shall send it again.</summary>
    private static async Task<bool?> IsNew(SlackRequest request, HttpContext http, Station station)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        patience.CancelAfter(NoteWithin);
        try
        {
            return await SlackWork.IsNew(request, station, patience.Token);
        }
        catch (Exception fault)
        {
            station.Journal.Complains("slack", ("outcome", "refused"), ("reason", $"the store does not answer ({fault.GetType().Name})"));
            return null;
        }
    }

    private static async Task TellLater(SlackRequest request, Task<string> work, Station station) => await SlackWork.Tell(request, await work, station);
}
