namespace Signalbox;

/// <summary>What a Signalbox published to an SNS topic and a Signalbox hears from it.</summary>
/// <remarks>
/// Every message of an sns room is marked with the room and its topic, as a message attribute and, because SNS drops those where it delivers raw to HTTP,
/// as a member of its JSON. A Signalbox that has this room keeps silent about the message: it would hear itself for ever. Any other one tells it to people but
/// publishes it no further, so that no ring of them can go round either. One Signalbox may thus speak to another, and no more.
/// </remarks>
internal static class Echo
{
    /// <summary>Name of the attribute and of the member.</summary>
    public const string Name = "signalbox";

    /// <summary>What an sns room writes on its messages: "alerts@arn:aws:sns:eu-west-1:123456789012:alerts".</summary>
    public static string MarkOf(Room room) => $"{Cut.Line(room.Name, 100)}@{room["topic"]}";

    /// <summary>Takes out of a routing what must not be said again.</summary>
    /// <param name="routing">Where the event would go.</param>
    /// <param name="envelope">The event.</param>
    /// <param name="rooms">The rooms that this Signalbox has.</param>
    public static Routing Without(Routing routing, Envelope envelope, ValueList<Room> rooms)
    {
        // Nearly no event is marked: what the others need is worked out apart, where it costs these nothing.
        var mark = envelope.Attribute(Name) ?? envelope.Body["signalbox"u8].Words;
        return mark is not null && mark.LastIndexOf('@') is var at and > 0 ? Without(routing, mark, mark[..at], rooms) : routing;
    }

    private static Routing Without(Routing routing, string mark, string room, ValueList<Room> rooms)
    {
        if (rooms.Any(known => IsTopic(known) && MarkOf(known) == mark))
            return new([], [.. routing.Held, .. HeldFrom(routing.Routed, $"Signalbox's own message, from room {room}")]);

        var further = routing.Routed.Where(routed => IsTopic(routed.Room)).ToValueList();
        if (further.Count == 0) return routing;
        return new(
            [.. routing.Routed.Where(routed => !IsTopic(routed.Room))],
            [.. routing.Held, .. HeldFrom(further, $"a Signalbox has published it already, from its room {room}: a topic hears it only once")]);
    }

    private static bool IsTopic(Room room) => room.Chat == "sns";

    /// <summary>One reason for each notice, however many rooms would have heard it.</summary>
    private static IEnumerable<Held> HeldFrom(ValueList<Routed> routed, string because) =>
        routed.Select(each => each.Notice).Distinct().Select(notice => new Held(notice, because));
}
