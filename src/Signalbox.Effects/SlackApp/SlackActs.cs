namespace Signalbox.Effects;

/// <summary>Does what somebody asks for in Slack, and tells them what became of it so that only they see it.</summary>
/// <param name="settings">The settings in force.</param>
/// <param name="engine">Does it.</param>
/// <param name="store">What is open, and which requests came before.</param>
/// <param name="world">Reaches Slack.</param>
/// <param name="people">Who people are.</param>
public sealed class SlackActs(Settings settings, Engine engine, Store store, World world, SlackPeople people)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>The address of an event's page; null where there is none.</summary>
    public Func<string, string?> PageOf { get; init; } = _ => null;

    /// <summary>True when a request has not come before, to whichever server of the store. From then on it has.</summary>
    /// <remarks>Slack sends again what was not answered in time, and somebody may send again what they overheard.</remarks>
    public async Task<bool> IsNew(SlackRequest request, CancellationToken stop) => request.Identity is not { } identity
        || await store.Commit(new()
        {
            At = world.Now(),
            Revisions = [new(new("", $"slack/{(identity.Length > 500 ? Identity.Hash(identity) : identity)}"), 0, "{}"u8.ToArray()) { IsOpen = false }],
        }, stop);

    /// <summary>Does it.</summary>
    /// <returns>What whoever asked is to be told; null for nothing.</returns>
    public async Task<string?> Do(SlackRequest request, CancellationToken stop)
    {
        switch (request)
        {
            case SlackRequest.Pressed pressed:
                return await Press(pressed, await SlackPlaces.Room(pressed.At, settings, store, stop), stop);
            case SlackRequest.Command command:
                return await Acts.Do(await Asked(command.Text, command.By, await SlackPlaces.Room(command.At, settings, store, stop), null, stop), stop);
            case SlackRequest.Mentioned mentioned:
                var found = await SlackPlaces.Of(mentioned.At, store, stop);
                var room = found?.Place.Room ?? await SlackPlaces.Room(mentioned.At, settings, store, stop);
                return await Acts.Do(await Asked(mentioned.Text, mentioned.By, room, found?.Place.Thread, stop), stop);
            default:
                return null;
        }
    }

    /// <summary>Tells whoever asked.</summary>
    /// <returns>Why they could not be told; null when they were.</returns>
    public async Task<string?> Tell(SlackRequest request, string text, CancellationToken stop)
    {
        var (by, at, url) = request switch
        {
            SlackRequest.Pressed pressed => (pressed.By, pressed.At, pressed.ResponseUrl),
            SlackRequest.Command command => (command.By, command.At, command.ResponseUrl),
            SlackRequest.Mentioned mentioned => (mentioned.By, mentioned.At, ""),
            _ => (null, null, ""),
        };
        if (by is null || at is null) return null;
        var why = "there is no response_url, and no room with a bot";
        if (url.Length > 0)
        {
            if (!IsSlacks(url)) return "its response_url is not on a host of Slack's: nothing was sent there";
            var answer = await world.Send(Letter.To("response_url", url, SlackWords.Ephemeral(text)), Longest, stop);
            if (answer is Answer.Came { Status: >= 200 and < 300 }) return null;
            why = answer.Match(came: came => $"its response_url answered {came.Status}", missing: missing => $"its response_url: {missing.Why}");
        }
        if (SlackBot.Of(settings, await SlackPlaces.Room(at, settings, store, stop)) is not { } bot) return why;
        var said = await bot.Call("chat.postEphemeral", SlackWords.Ephemeral(text, by, at), world, Longest, stop);
        return said["ok"u8].Kind is JsonKind.True ? null : $"chat.postEphemeral answered {said["error"u8].Text ?? "nothing"}";
    }

    private async Task<string> Press(SlackRequest.Pressed pressed, string? room, CancellationToken stop)
    {
        if (await SlackPlaces.Of(pressed, room, store, stop) is not { } found) return "It is over already.";
        var (place, state) = (found.Place, found.State);
        switch (pressed.Action)
        {
            case SlackButtons.Acknowledge when state.Acknowledged is { } taken:
                return $"{taken.By} takes care of it already. To take it over, write: ack {state.Notice.Subject ?? place.Thread}";
            case SlackButtons.Acknowledge:
                return await Acts.Do(await Asked("ack", pressed.By, place.Room, place.Thread, stop), stop);
            case SlackButtons.SilenceHour or SlackButtons.SilenceTomorrow:
                var length = pressed.Action is SlackButtons.SilenceHour ? "1h" : "tomorrow";
                var thread = state.Members.Count > 0 ? place.Thread : state.Notice.Thread ?? place.Thread;
                return await Acts.Do(await Asked($"silence {length}", pressed.By, place.Room, thread, stop), stop);
            case SlackButtons.ShowEvent:
                return await Show(place, state, stop);
            default:
                return $"This button is of another version of Signalbox, which has no \"{Cut.Line(pressed.Action, 60)}\".";
        }
    }

    private async Task<string> Show(Place place, Conversation state, CancellationToken stop)
    {
        var lines = await store.History(new() { Room = place.Room, Thread = place.Thread, Most = 50 }, stop);
        var id = lines.FirstOrDefault(line => line.Event.Length > 0 && line.What is not Doer.Act)?.Event ?? "";
        var arrival = id.Length > 0 ? await store.Came(id, stop) : null;
        var shown = SlackWords.Event(state.Notice, state.Because, id, arrival is null || arrival.Body.IsEmpty ? null : await Arrivals.Envelope(arrival));
        return id.Length > 0 && PageOf(id) is { } page ? $"{shown}\nEvery step of it: {page}" : shown;
    }

    private async Task<Asked> Asked(string text, SlackUser by, string? room, string? thread, CancellationToken stop)
    {
        var person = await people.Of(by, room, settings, world, stop);
        return new(text, person.Name, engine, settings, world, store)
        {
            Room = room,
            Thread = thread,
            Zone = person.Zone,
            // Anybody may call themselves anything in Slack: its id says who it was.
            From = $"slack {by.Id}",
        };
    }

    /// <summary>A signed request may still name an address that somebody made up elsewhere: answers go to Slack only.</summary>
    private bool IsSlacks(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0) return false;
        if (uri is { Scheme: "https", IsDefaultPort: true } && uri.IdnHost is "hooks.slack.com" or "hooks.slack-gov.com") return true;
        return settings.Rooms.Any(room => room is { Chat: "slack" } && room["api"] is { } api && Uri.TryCreate(api, UriKind.Absolute, out var known)
            && known.Scheme == uri.Scheme && known.Authority == uri.Authority);
    }
}
