namespace Signalbox.Effects;

/// <summary>Finds what somebody in Slack means: the room of a channel, and the conversation of a message.</summary>
internal static class SlackPlaces
{
    private const int MostOpen = 10_000;

    /// <summary>An open conversation.</summary>
    public sealed record Found(Place Place, Conversation State);

    /// <summary>The room of a channel: by its id or name in the settings, else by where messages of its are; null for a channel that is no room.</summary>
    public static async Task<string?> Room(SlackSpot at, Settings settings, Store store, CancellationToken stop)
    {
        var named = settings.Rooms.FirstOrDefault(room => room.Chat is "slack" && room["channel"]?.TrimStart('#') is { } channel
            && (channel == at.Channel || (at.ChannelName.Length > 0 && channel == at.ChannelName)));
        if (named is not null || at.Channel.Length is 0) return named?.Name;
        return (await store.Open(MostOpen, stop)).FirstOrDefault(saved => saved.Reference.StartsWith($"{at.Channel}/", StringComparison.Ordinal))?.Place.Room;
    }

    /// <summary>The conversation whose message it is; null when there is none that is open.</summary>
    public static async Task<Found?> Of(SlackSpot at, Store store, CancellationToken stop) => at.Message is not { } time ? null
        : First(await store.Open(MostOpen, stop), saved => saved.Reference == $"{at.Channel}/{time}", _ => true);

    /// <summary>The conversation that a button stands for: by its message, else by what it carries, its own channel's room first.</summary>
    public static async Task<Found?> Of(SlackRequest.Pressed pressed, string? room, Store store, CancellationToken stop)
    {
        if (await Of(pressed.At, store, stop) is { } found) return found;
        if (pressed.Value.Length is 0) return null;
        var open = await store.Open(MostOpen, stop);
        bool Carries(Conversation state) => state.Notice.Thread is { } thread && SlackButtons.IsOf(pressed.Value, thread);
        return First(open, saved => saved.Place.Room == room, Carries) ?? First(open, saved => saved.Place.Room.Length > 0, Carries);
    }

    private static Found? First(ValueList<Saved> open, Func<Saved, bool> fits, Func<Conversation, bool> says) =>
        (from saved in open
         where fits(saved)
         let state = StateJson.Conversation(saved.State)
         where state is { Phase: not Phase.Over } && says(state)
         select new Found(saved.Place, state)).FirstOrDefault();
}
