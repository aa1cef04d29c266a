namespace Signalbox;

/// <summary>The whole system as pure steps, in the order in which an event meets them. The shell asks and delivers around them.</summary>
/// <remarks>
/// <code>
/// bytes ─▶ Decode ─▶ Read ─▶ Route ─▶ Render ─▶ (Deliver)
///         Envelope  Reading  Routed   Post
/// </code>
/// </remarks>
public static class Pipeline
{
    /// <summary>Takes off every wrapping: one envelope for each event found in the bytes.</summary>
    /// <param name="bytes">Anything at all. The array is kept, not copied: it must not change any more.</param>
    /// <returns>At least one envelope, also for nothing at all.</returns>
    public static ValueList<Envelope> Decode(byte[] bytes) => Signalbox.Decode.Bytes(bytes);

    /// <summary>What the event says, and which row read it.</summary>
    public static Reading Read(Envelope envelope) => Sources.Read(envelope);

    /// <summary>Who hears it and why, and what is held back and why. An event that names its own webhook goes there and nowhere else.</summary>
    /// <remarks>What a Signalbox published itself is not published again.</remarks>
    public static Routing Route(Reading reading, Settings settings)
    {
        if (reading.Envelope.Webhook is not null) return ToItsWebhook(reading, reading.Envelope.Webhook);
        return Echo.Without(ToRooms(reading, settings), reading.Envelope, settings.Rooms);
    }

    private static Routing ToRooms(Reading reading, Settings settings)
    {
        if (reading.Notices.Count is 1) return settings.Routes.Of(reading.Notices[0]);

        Routing[] all = [.. from notice in reading.Notices select settings.Routes.Of(notice)];
        return new([.. from routing in all from routed in routing.Routed select routed], [.. from routing in all from held in routing.Held select held]);
    }

    /// <summary>How it looks in the chat of its room.</summary>
    public static Post Render(Routed routed, Envelope envelope, Settings settings) =>
        new(routed, Chats.Of(routed.Room).Render(routed, settings.Rendering)) { EventId = envelope.Id };

    private static Routing ToItsWebhook(Reading reading, string webhook) =>
        new([.. from notice in reading.Notices select new Routed(notice, Chats.RoomOf(webhook), null, "the event names its own webhook")], []);
}
