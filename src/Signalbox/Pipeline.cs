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

    /// <summary>Who hears it, and why. An event that names its own webhook goes there and nowhere else.</summary>
    public static ValueList<Routed> Route(Reading reading, Settings settings)
    {
        if (reading is { Notices.Count: 1, Envelope.Webhook: null }) return settings.Routes.Of(reading.Notices[0]);

        var routed = new List<Routed>();
        foreach (var notice in reading.Notices)
        {
            if (reading.Envelope.Webhook is { } webhook)
                routed.Add(new(notice, Chats.RoomOf(webhook), null, "the event names its own webhook"));
            else
                routed.AddRange(settings.Routes.Of(notice));
        }
        return [.. routed];
    }

    /// <summary>How it looks in the chat of its room.</summary>
    public static Post Render(Routed routed, Envelope envelope, Settings settings) =>
        new(routed, Chats.Of(routed.Room).Render(routed, settings.Rendering)) { EventId = envelope.Id };
}
