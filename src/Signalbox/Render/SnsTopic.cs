namespace Signalbox;

/// <summary>An Amazon SNS topic, for pipelines and for whoever subscribes: the body is the input of <c>Publish</c>.</summary>
public static class SnsTopic
{
    // A topic takes 256 KB. JSON in JSON in JSON grows with each quote, so far less is asked for.
    private const int MaxBytes = 60_000;

    private const string KeyId = "env:AWS_ACCESS_KEY_ID";
    private const string Secret = "env:AWS_SECRET_ACCESS_KEY";
    private const string SessionToken = "env:AWS_SESSION_TOKEN";

    /// <summary>Its row.</summary>
    public static readonly Chat Row = new(
        "sns",
        [
            new("topic", RoomKeyKind.Text, "ARN of the topic, as in arn:aws:sns:eu-west-1:123456789012:alerts."),
            new("key-id", RoomKeyKind.Secret, "Access key that may sns:Publish there.", KeyId),
            new("secret", RoomKeyKind.Secret, "Secret access key.", Secret),
            new("session-token", RoomKeyKind.Secret, "What temporary keys need besides. Unset in the environment, it is left out; it goes with its keys alone.",
                SessionToken),
            new("api", RoomKeyKind.Url, "Address of another endpoint than that of the topic's region, as of a VPC."),
        ],
        Render,
        Fault,
        "https://docs.aws.amazon.com/sns/latest/api/API_Publish.html")
    {
        About = "The notice as JSON for queues, functions and HTTP; as words for mail and SMS. Source, severity and status are attributes, for filter "
            + "policies. Without keys of its own a room takes those of the environment, which in a Lambda function are the execution role's: it may need "
            + "nothing but its topic. The attribute `signalbox` names the room: a Signalbox that is subscribed to a topic of its own rooms holds back what "
            + "it hears there, and another one tells it to people but publishes it no further. To be spared the calls, filter them out of the "
            + "subscription: `{\"signalbox\":[{\"exists\":false}]}`.",
        Limits = "60,000 of 262,144 bytes, subject 100 ASCII characters, SMS 140 characters",
        Conversations = "`thread` in the notice is the same for all about one thing. A statement beside it has the attribute `placing` with the value `reply`",
        Can = _ => new(Updates: false, Threads: true),
        MentionFault = Mentions.None("sns", "A topic is not rung."),
    };

    /// <summary>The input of <c>Publish</c>, as in the AWS command line's <c>--cli-input-json</c>.</summary>
    public static byte[] Render(Routed routed, Rendering rendering) => Fitting.Within(MaxBytes, routed, rendering, Write);

    /// <summary>Partition and region of a topic; null when the text is no topic's ARN.</summary>
    public static (string Partition, string Region)? PlaceOf(string? topic) => topic?.Split(':') switch
    {
        ["arn", ['a', 'w', 's', ..] partition, "sns", { Length: > 0 } region, { Length: 12 }, { Length: > 0 }] when IsName(partition) && IsName(region) =>
            (partition, region),
        _ => null,
    };

    private static bool IsName(string text) => text.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit is '-');

    /// <summary>True when a room takes the keys of the environment.</summary>
    public static bool HasKeysOfTheEnvironment(Room room) => room["key-id"] is KeyId;

    /// <summary>True when a room names no session token of its own: that of the environment belongs to the keys of the environment alone.</summary>
    public static bool HasTokenOfTheEnvironment(Room room) => room["session-token"] is SessionToken;

    private static string? Fault(Room room) => room switch
    {
        _ when PlaceOf(room["topic"]) is null => "an sns room needs a topic, an ARN as in arn:aws:sns:eu-west-1:123456789012:alerts",
        _ when room["key-id"] is not (null or KeyId) && room["secret"] is Secret => "an sns room with a key-id of its own needs its secret too",
        _ when room["secret"] is not (null or Secret) && room["key-id"] is KeyId => "an sns room with a secret of its own needs its key-id too",
        _ => null,
    };

    private static void Write(ref JsonOut json, Routed routed, Card card, int room)
    {
        var (notice, topic) = (card.Notice, routed.Room["topic"] ?? "");
        var title = new CardParts(card, Escaping.Nothing, room).Title();
        json.Raw("{"u8);
        json.Pair("TopicArn"u8, topic);
        json.Pair("Subject"u8, Subject(title));
        json.Pair("MessageStructure"u8, "json");
        json.Pair("Message"u8, Message(routed, card, title, room));
        if (topic.EndsWith(".fifo", StringComparison.Ordinal)) json.Pair("MessageGroupId"u8, Identity.Hash(Identity.Of(notice, 500)));
        json.Next("\"MessageAttributes\":{"u8);
        Attribute(ref json, "source"u8, Cut.Line(notice.Source, 100));
        Attribute(ref json, "severity"u8, Words.Of(notice.Severity));
        Attribute(ref json, "status"u8, Words.Of(notice.Status));
        Attribute(ref json, "signalbox"u8, Echo.MarkOf(routed.Room));
        json.Raw("}}"u8);
    }

    /// <summary>A text for each protocol; <c>default</c> is what programs get.</summary>
    private static string Message(Routed routed, Card card, string title, int room)
    {
        var notice = new JsonOut(stackalloc byte[2048]);
        NoticeJson.Write(ref notice, routed, card, room, Echo.MarkOf(routed.Room));
        var json = new JsonOut(stackalloc byte[4096]);
        json.Raw("{"u8);
        json.Pair("default"u8, Text(notice));
        json.Pair("email"u8, Cut.Text(PlainText.Of(card), room * 4));
        json.Pair("sms"u8, Cut.Line(title, 140));
        json.Raw("}"u8);
        return Text(json);
    }

    private static string Text(JsonOut json) => System.Text.Encoding.UTF8.GetString(json.ToArray());

    /// <summary>SNS takes ASCII alone in a subject, 99 characters of it, and no sign or blank in front.</summary>
    private static string Subject(string title)
    {
        var ascii = string.Concat(Cut.Line(title, 95).Select(unit => unit is '…' ? "..." : unit is >= ' ' and <= '~' ? unit.ToString() : "?")).Trim();
        return ascii.Length > 0 ? ascii : "Signalbox";
    }

    private static void Attribute(ref JsonOut json, ReadOnlySpan<byte> name, string value)
    {
        if (value.Length == 0) return;
        json.Next("\""u8);
        json.Raw(name);
        json.Raw("\":{\"DataType\":\"String\""u8);
        json.Pair("StringValue"u8, value);
        json.Raw("}"u8);
    }
}
