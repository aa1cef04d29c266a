namespace Signalbox;

/// <summary>Log lines that a subscription filter sends.</summary>
/// <remarks>
/// Input: <c>awslogs.data</c>, base64 of gzip of <c>{messageType, owner, logGroup, logStream, logEvents}</c>, or that object itself. Severity: the worst
/// of the levels that its lines name, shown or not; info when none does. The ten worst lines are shown. A control message, which only tests the
/// destination, is quiet.
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
            if (Unpacked(data) is not { } unpacked)
                return Statement.Lacks(envelope, "awslogs.data", "base64 of gzip of JSON, at most 1 MiB");
            body = unpacked;
        }
        if (body["messageType"u8].TextIs("CONTROL_MESSAGE"u8)) return new Parsed.Quiet("CloudWatch Logs only tests whether it can send here");
        return body["logGroup"u8].Words is { } group ? Tell(envelope, body, group) : Statement.Lacks(envelope, "awslogs.data", "a log group");
    }

    private static Parsed.Told Tell(Envelope envelope, Json body, string group)
    {
        DateTimeOffset? at = null;
        var count = body["logEvents"u8].Count;
        var lines = new List<LogLine>(count);
        Span<int> levels = stackalloc int[4];
        foreach (var item in body["logEvents"u8].Items)
        {
            at ??= Instants.Read(item["timestamp"u8]);
            var message = item["message"u8];
            if (IsBlank(message)) continue;
            var level = LogLevel.Of(message) ?? Severity.Info;
            lines.Add(new(message, level));
            levels[(int)level]++;
        }
        var severity = (Severity)Math.Max(0, levels.LastIndexOfAnyExcept(0));
        var shown = ShownOf(lines, levels);
        var name = group[(group.LastIndexOf('/') + 1)..];
        var isOne = count == 1 && lines.Count == 1;
        var title = $"{Phrase.Short(name)}: {(isOne ? shown[0] : Quantity.Count(count, "log line") + BadOf(levels))}";
        var isAllSaid = isOne && title.Length <= 80;
        return Statement.Told(Statement.Of(envelope, "cloudwatch-logs", "log-lines", (severity, Status.Stated), title) with
        {
            Summary = isAllSaid ? null : string.Join('\n', shown),
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

    private readonly record struct LogLine(Json Message, Severity Level);

    private static bool IsBlank(Json message) =>
        !message.IsText || (message.Raw is not [> (byte)' ' and < 0x7F and not (byte)'\\', ..] && message.Words is null);

    /// <summary>", 4 errors"; empty when all is well.</summary>
    private static string BadOf(ReadOnlySpan<int> levels)
    {
        var errors = levels[(int)Severity.Error] + levels[(int)Severity.Critical];
        if (errors > 0) return $", {Quantity.Count(errors, "error")}";
        var warnings = levels[(int)Severity.Warning];
        return warnings > 0 ? $", {Quantity.Count(warnings, "warning")}" : "";
    }

    /// <summary>The worst lines, the earliest of those that are alike, in the order of the log, and where some are left out how many.</summary>
    private static List<string> ShownOf(List<LogLine> lines, ReadOnlySpan<int> levels)
    {
        // All lines above the least level that is shown have room, and some of that level.
        var (least, room) = (Severity.Critical, Shown);
        for (; least > Severity.Info && levels[(int)least] < room; least--) room -= levels[(int)least];
        var shown = new List<string>();
        var next = 0;
        for (var place = 0; place < lines.Count; place++)
        {
            var level = lines[place].Level;
            if (level < least || (level == least && room-- <= 0)) continue;
            if (place > next) shown.Add($"… {Quantity.Count(place - next, "line")} left out");
            shown.Add(Cut.Line(lines[place].Message.AsWritten, 300));
            next = place + 1;
        }
        if (next < lines.Count) shown.Add($"… and {Quantity.Count(lines.Count - next, "more line")}");
        return shown;
    }

    private static Json? Unpacked(Json data) => Packed.Unpacked(data) is { } text && System.Text.Unicode.Utf8.IsValid(text)
        && Json.Parse(text) is { Expected: null, Value: { IsObject: true } value } ? value : null;
}
