namespace Signalbox;

/// <summary>An SNS message, as Lambda gets it and as HTTP endpoints and queues get it. Both spellings of the URL keys occur; none is needed.</summary>
internal static class Sns
{
    public static bool Unwrap(Json value, in Wrapping outer, List<Envelope> into)
    {
        if (value["Type"u8] is not { IsText: true } type || !value["TopicArn"u8].IsText || !value["Message"u8].Exists) return false;
        if (type.TextIs("Notification"u8))
        {
            UnwrapMessage(value, outer.Inside("sns"), into);
            return true;
        }
        if (!type.TextIs("SubscriptionConfirmation"u8) && !type.TextIs("UnsubscribeConfirmation"u8)) return false;

        // About the subscription, not through it: the message itself is the event.
        into.Add((Described(value, outer.Inside("sns")) with { Publisher = "aws:sns", DetailType = type.Text }).Seal(value, null));
        return true;
    }

    /// <summary>The message inside an SNS notification.</summary>
    public static void UnwrapMessage(Json sns, in Wrapping inside, List<Envelope> into)
    {
        var described = Described(sns, inside);
        var message = sns["Message"u8];
        if (message.Exists) Decode.Inner(message, described, into);
        else into.Add(described.Seal(default, ""));
    }

    private static Wrapping Described(Json sns, in Wrapping inside)
    {
        return inside with
        {
            Id = sns["MessageId"u8].Words ?? inside.Id,
            Topic = sns["TopicArn"u8].Words ?? inside.Topic,
            Subject = sns["Subject"u8].Words ?? inside.Subject,
            At = Instants.Read(sns["Timestamp"u8]) ?? inside.At,
            Attributes = Attributes(sns["MessageAttributes"u8], inside.Attributes),
        };
    }

    private static ValueList<Fact> Attributes(Json attributes, ValueList<Fact> outer)
    {
        if (!attributes.IsObject || attributes.Count == 0) return outer;
        var known = new List<Fact>(outer);
        foreach (var (name, value) in attributes.Members)
        {
            if (value["Value"u8].Scalar is { } text) known.Add(new(name.Text!, text));
        }
        return [.. known];
    }
}
