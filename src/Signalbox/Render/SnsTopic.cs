namespace Signalbox;

/// <summary>An Amazon SNS topic, for pipelines and for whoever subscribes: the body is the input of <c>Publish</c>.</summary>
public static class SnsTopic
{
    // A topic takes 256 KB. JSON in JSON in JSON grows with each quote, so far less is asked for.
    private const int MaxBytes = 60_000;

    /// <summary>Its row.</summary>
    public static readonly Chat Row = new(
        "sns",
        [
            new("topic", RoomKeyKind.Text, "ARN of the topic, as in arn:aws:sns:eu-west-1:123456789012:alerts."),
            new("key-id", RoomKeyKind.Secret, "Access key that may sns:Publish there.", "env:AWS_ACCESS_KEY_ID"),
            new("secret", RoomKeyKind.Secret, "Secret access key.", "env:AWS_SECRET_ACCESS_KEY"),
            new("session-token", RoomKeyKind.Secret, "What temporary keys need besides; a Lambda function's keys are: env:AWS_SESSION_TOKEN."),
            new("api", RoomKeyKind.Url, "Address of another endpoint than that of the topic's region, as of a VPC."),
        ],
        Render,
        Fault,
        "https://docs.aws.amazon.com/sns/latest/api/API_Publish.html")
    {
        About = "The notice as JSON for queues, functions and HTTP; as words for mail and SMS. Source, severity and status are attributes, for filter "
            + "policies. In a Lambda function: `session-token: \"env:AWS_SESSION_TOKEN\"`. Never a topic that Signalbox itself is subscribed to: it "
            + "would hear what it says.",
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

    private static string? Fault(Room room) =>
        PlaceOf(room["topic"]) is null ? "an sns room needs a topic, an ARN as in arn:aws:sns:eu-west-1:123456789012:alerts" : null;

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
        json.Raw("}}"u8);
    }

    /// <summary>A text for each protocol; <c>default</c> is what programs get.</summary>
    private static string Message(Routed routed, Card card, string title, int room)
    {
        var notice = new JsonOut(stackalloc byte[2048]);
        NoticeJson.Write(ref notice, routed, card, room);
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
