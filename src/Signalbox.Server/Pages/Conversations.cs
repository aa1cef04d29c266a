namespace Signalbox.Server.Pages;

/// <summary>What is open in rooms.</summary>
internal static class Conversations
{
    /// <summary>The most that a page looks at.</summary>
    public const int Most = 5_000;

    /// <summary>Those of rooms that are not over.</summary>
    public static IEnumerable<(Place Place, Conversation State)> Of(ValueList<Saved> open) =>
        from saved in open
        where saved.Place.Room.Length > 0
        let state = StateJson.Conversation(saved.State)
        where state is { Phase: not Phase.Over }
        select (saved.Place, state);
}
