using System.Buffers;
using System.Buffers.Text;

namespace Signalbox;

/// <summary>Log lines that a subscription filter sends.</summary>
/// <remarks>
/// Input: <c>awslogs.data</c>, base64 of gzip of <c>{messageType, owner, logGroup, logStream, logEvents}</c>, or that object itself. Severity: the worst
/// of the levels that JSON lines name in a field for it; info when none does. A control message, which only tests the destination, is quiet.
/// </remarks>
public static class CloudWatchLogs
{
    private const int Shown = 10;

    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "cloudwatch-logs", [new Key.Members("awslogs", []), new Key.Members("logEvents", ["logGroup", "messageType"])], Read,
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        if (body["awslogs"u8].Exists)
        {
            var data = body["awslogs"u8]["data"u8];
            if (!data.IsText || Unpacked(data.TextBytes()) is not { } unpacked)
                return Statement.Lacks(envelope, "awslogs.data", "base64 of gzip of JSON, at most 1 MiB");
            body = unpacked;
        }
        if (body["messageType"u8].TextIs("CONTROL_MESSAGE"u8)) return new Parsed.Quiet("CloudWatch Logs only tests whether it can send here");
        return body["logGroup"u8].Words is { } group ? Tell(envelope, body, group) : Statement.Lacks(envelope, "awslogs.data", "a log group");
    }

    private static Parsed.Told Tell(Envelope envelope, Json body, string group)
    {
        var events = body["logEvents"u8];
        var lines = new List<string>();
        var severity = Severity.Info;
        DateTimeOffset? at = null;
        foreach (var item in events.Items)
        {
            if (lines.Count == Shown) break;
            at ??= Instants.Read(item["timestamp"u8]);
            var utf8 = item["message"u8].TextBytes();
            var message = System.Text.Encoding.UTF8.GetString(utf8);
            if (string.IsNullOrWhiteSpace(message)) continue;
            lines.Add(Cut.Line(message, 300));
            if (LevelOf(utf8) is { } level && level > severity) severity = level;
        }
        var name = group[(group.LastIndexOf('/') + 1)..];
        var count = events.Count;
        var title = $"{Phrase.Short(name)}: {(count == 1 && lines.Count == 1 ? lines[0] : Quantity.Count(count, "log line"))}";
        var isAllSaid = count == 1 && lines.Count == 1 && title.Length <= 80;
        if (count > lines.Count) lines.Add($"… and {Quantity.Count(count - lines.Count, "more line")}");
        return Statement.Told(Statement.Of(envelope, "cloudwatch-logs", "log-lines", (severity, Status.Stated), title) with
        {
            Summary = isAllSaid ? null : string.Join('\n', lines),
            Subject = group,
            Account = body["owner"u8].Scalar ?? envelope.Account,
            At = at ?? envelope.At,
            Facts = Known.Facts(
                ("Log group", group),
                ("Stream", body["logStream"u8].Words),
                ("Filter", Phrase.List(body["subscriptionFilters"u8], 3))),
            Links = Known.Links(ConsolePage.Link("Open the log group", envelope.Region, "cloudwatch/home",
                "logsV2:log-groups/log-group/" + ConsolePage.Escape(ConsolePage.Escape(group)).Replace('%', '$'))),
        });
    }

    private static Json? Unpacked(byte[] base64)
    {
        if (Base64.DecodeFromUtf8InPlace(base64, out var length) is not OperationStatus.Done) return null;
        if (Gunzip.Read(base64.AsSpan(0, length)) is not { } text) return null;
        return System.Text.Unicode.Utf8.IsValid(text) && Json.Parse(text) is { Expected: null, Value: { IsObject: true } value } ? value : null;
    }

    /// <summary>The level that a line of JSON names.</summary>
    private static Severity? LevelOf(byte[] line)
    {
        if (line is not [(byte)'{', ..] || Json.Parse(line) is not { Expected: null, Value: var json }) return null;
        var level = json["level"u8].Words ?? json["severity"u8].Words ?? json["log_level"u8].Words ?? json["levelname"u8].Words;
        return level is null ? null : StateWords.SeverityOf(level);
    }
}
