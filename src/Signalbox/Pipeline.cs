namespace Signalbox;

/// <summary>The whole system as pure steps, in the order in which an event meets them. The shell asks and delivers around them.</summary>
/// <remarks>
/// <code>
/// bytes ─▶ Decode ─▶ Read ─▶ Ask ─▶ (Answer) ─▶ Own ─▶ Route ─▶ Converse ─▶ Render ─▶ (Deliver)
///         Envelope  Reading  Questions Answers   Owned  Routed   Saying     Post
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

    /// <summary>What we would like to know before telling it; nothing unless the settings allow to ask.</summary>
    public static ValueList<Question> Ask(Reading reading, Settings settings) => settings.Lookups.Of(reading.Notices, settings.Rendering.AccountName);

    /// <summary>Who is in charge of a notice.</summary>
    public static Owned Own(Notice notice, Envelope envelope, Answers answers, Settings settings)
    {
        if (settings.AsksTopic && envelope.Topic is { } topic) notice = notice with { Topic = Arn.Read(topic)?.Name ?? topic };
        if (notice.Account is { } account && answers.AccountName(account) is { } name) notice = notice with { AccountName = name };
        return settings.Owners.IsEmpty && answers.All.Count is 0 ? new(notice, null, "") : settings.Owners.Of(notice, answers);
    }

    /// <summary>Who hears it and why, and what is held back and why, where nothing was asked and nobody's hours count.</summary>
    public static Routing Route(Reading reading, Settings settings) => Route(reading, settings, Answers.None, null);

    /// <summary>Who hears it and why, and what is held back and why. An event that names its own webhook goes there and nowhere else.</summary>
    /// <param name="reading">The event.</param>
    /// <param name="settings">Who hears what.</param>
    /// <param name="answers">What the world said of it.</param>
    /// <param name="moment">The time, for the hours of owners; null when they do not count.</param>
    /// <remarks>What a Signalbox published itself is not published again.</remarks>
    public static Routing Route(Reading reading, Settings settings, Answers answers, Moment? moment)
    {
        if (reading.Envelope.Webhook is not null) return ToItsWebhook(reading, reading.Envelope.Webhook);
        return Echo.Without(ToRooms(reading, settings, answers, moment), reading.Envelope, settings.Rooms);
    }

    private static Routing ToRooms(Reading reading, Settings settings, Answers answers, Moment? moment)
    {
        if (reading.Notices.Count is 1) return Route(reading.Notices[0], reading.Envelope, settings, answers, moment);

        Routing[] all = [.. from notice in reading.Notices select Route(notice, reading.Envelope, settings, answers, moment)];
        return new([.. from routing in all from routed in routing.Routed select routed], [.. from routing in all from held in routing.Held select held]);
    }

    /// <summary>How it looks in the chat of its room.</summary>
    public static Post Render(Routed routed, Envelope envelope, Settings settings) =>
        new(routed, Chats.Of(routed.Room).Render(routed, settings.Rendering)) { EventId = envelope.Id };

    private static Routing Route(Notice notice, Envelope envelope, Settings settings, Answers answers, Moment? moment) =>
        settings.Routes.Of(Own(notice, envelope, answers, settings), moment);

    private static Routing ToItsWebhook(Reading reading, string webhook) =>
        new([.. from notice in reading.Notices select new Routed(notice, Chats.RoomOf(webhook), null, "the event names its own webhook")], []);
}
