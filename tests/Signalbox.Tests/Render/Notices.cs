using FsCheck;
using FsCheck.Fluent;

namespace Signalbox.Tests;

/// <summary>Rooms and notices to show in every chat.</summary>
internal static class Notices
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A mention that rings, for every chat that has one.</summary>
    public static readonly Dictionary<string, string> Ringing = new()
    {
        ["slack"] = "<!here>",
        ["teams"] = "ada@example.com",
        ["discord"] = "<@&1187> @here",
        ["mattermost"] = "@channel",
        ["rocketchat"] = "@all",
        ["googlechat"] = "<users/all>",
        ["telegram"] = "@ada_on_call 4711",
        ["zulip"] = "@**Ada Lovelace**",
        ["matrix"] = "@ada:example.org @room",
    };

    public static readonly Notice Alarm = new()
    {
        Source = "cloudwatch",
        Kind = "metric-alarm",
        Severity = Severity.Error,
        Status = Status.Raised,
        Title = "checkout-errors is in alarm",
        Summary = "4.2 % of requests failed over the last 5 minutes, more than 1 %.",
        Subject = "checkout-errors",
        Arn = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:checkout-errors",
        Account = "123456789012",
        Region = "eu-west-1",
        At = Noon,
        Thread = "cloudwatch/arn:aws:cloudwatch:eu-west-1:123456789012:alarm:checkout-errors",
        Facts = [new("Metric", "AWS/ApplicationELB HTTPCode_Target_5XX_Count"), new("Was", "OK since 09:12 UTC")],
        Links = [new("Open alarm", "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/checkout-errors?~(a~'b)")],
        Series = new([0.1, 0.2, 0.2, 0.9, 4.2], 1, "%"),
    };

    public static readonly Notice Over = Alarm with
    {
        Severity = Severity.Info,
        Status = Status.Cleared,
        Title = "checkout-errors is OK again",
        Summary = "0.3 % of requests failed over the last 5 minutes.",
        Series = null,
    };

    public static readonly Notice Stack = new()
    {
        Source = "cloudformation",
        Kind = "stack",
        Severity = Severity.Critical,
        Status = Status.Raised,
        Title = "payments_api could not be rolled back",
        Summary = "AWS::RDS::DBInstance payments_db: DB instance is *not* available.\nThe stack needs a hand: continue the rollback, or delete it.",
        Subject = "payments_api",
        Account = "999988887777",
        Region = "us-gov-west-1",
        At = Noon.AddSeconds(90),
        Actor = "arn:aws:sts::999988887777:assumed-role/Deploy/ada@example.com",
        Thread = "cloudformation/payments_api/7f0c",
        Owners = ["payments"],
        Tags = [new("team", "payments")],
        Facts = [new("Resource", "payments_db"), new("Reason", "line one\nline two with <b>tags</b> & more, long enough to take a line of its own")],
        Links = [new("Open stack", "https://us-gov-west-1.console.amazonaws-us-gov.com/cloudformation"), new("Runbook", "https://wiki.example.com/a_(b)?c=d&e=f")],
    };

    public static readonly Notice Word = new() { Source = "event", Kind = "text", Severity = Severity.Info, Status = Status.Stated, Title = "Backups moved to Ireland" };

    public static readonly Notice Nasty = new()
    {
        Source = "event",
        Kind = "json",
        Severity = Severity.Warning,
        Status = Status.Ongoing,
        Title = "<!channel> @here **bold** [click](https://evil.example) <users/all>\r\nBcc: everyone@evil.example",
        Summary = "@everyone <@U123> <@&99> @**all** `code ```x _a_ ~b~ <script>alert(1)</script> </b> ]]> \u202Eevil",
        Subject = "a\"b\\c",
        Facts = [new("@room", "<a href=\"tg://user?id=1\">x</a> ||spoiler|| #general @ada"), new("", ""), new("Summary", "> quote\n- list\n# head")],
        Links = [new("[x](y) <at>", "https://example.com/a b"), new("js", "javascript:alert(1)"), new("@ada", "https://example.com/?q=\"<@>\"")],
    };

    public static readonly (string Name, Notice Notice, bool Rings)[] Shown =
        [("an alarm", Alarm, true), ("the same alarm, over", Over, false), ("a stack", Stack, false), ("a mere word", Word, false), ("mischief", Nasty, false)];

    /// <summary>A room of that chat with every key set.</summary>
    public static Room RoomOf(Chat chat) => new()
    {
        Name = "ops",
        Chat = chat.Name,
        Options = [.. chat.Keys.Where(key => key.Name is not "pass-through" && (chat.Name, key.Name) is not ("mattermost", "server")).Select(key => new Fact(key.Name, Example(chat, key)))],
    };

    public static byte[] Render(Chat chat, Notice notice, bool rings = false) => chat.Render(
        new(notice, RoomOf(chat), rings ? Ringing.GetValueOrDefault(chat.Name) : null, "route 1: everything"),
        new(id => id is "123456789012" ? "production" : null));

    private static string Example(Chat chat, RoomKey key) => key.Default ?? (chat.Name, key.Name) switch
    {
        (_, "to") => "ada@example.com, ops@example.com",
        (_, "from") => "signalbox@example.com",
        (_, "host") => "smtp.example.com",
        ("matrix", "room") => "!abc:example.org",
        ("telegram", "chat") => "-1001234567890",
        ("telegram", "topic") => "7",
        ("sns", "topic") => "arn:aws:sns:eu-west-1:123456789012:alerts.fifo",
        _ when key.Kind is RoomKeyKind.Url or RoomKeyKind.SecretUrl => "https://chat.example.com",
        _ => key.Name,
    };

    private static readonly string[] Bits =
    [
        "<!channel>", "@here", "@everyone", "@**all**", "@*team*", "@room", "@ada", "<@U1>", "<@&1>", "<users/all>", "<at>x</at>", "[x](https://evil.example)", "<https://evil.example|x>",
        "`", "```", "*", "**", "_", "~~", "||", "#", ">", "- ", "\\", "\"", "&", "&lt;", "<b>", "</b>", "\r\n", "\n", "\t", "\0", "\u202E", "\ud83d", "\udea8", "👩‍👩‍👧‍👦", "x", " ", "word ",
        "a_b_c", "名前", "\u200B", "=?utf-8?B?", ".", "\r\n.\r\n", "tg://user?id=1", "#**stream**", "<time:now>", new string('w', 900), string.Concat(Enumerable.Repeat("&<>\"@[_* ", 400)),
    ];

    private static readonly Gen<string> Text =
        from count in Gen.Choose(0, 12)
        from bits in Gen.Elements(Bits).ArrayOf(count)
        select string.Concat(bits);

    /// <summary>Notices made of everything that could ring, format, break or overflow.</summary>
    public static readonly Gen<Notice> Any =
        from texts in Text.ArrayOf(12)
        from facts in Gen.Choose(0, 30)
        from values in Text.ArrayOf(60)
        from severity in Gen.Elements(Enum.GetValues<Severity>())
        from status in Gen.Elements(Enum.GetValues<Status>())
        from missing in Gen.Choose(0, 3)
        select new Notice
        {
            Source = texts[0],
            Kind = texts[1],
            Severity = severity,
            Status = status,
            Title = texts[2],
            Summary = missing == 0 ? null : texts[3],
            Subject = missing == 1 ? null : texts[4],
            Arn = missing == 2 ? null : texts[5],
            Account = texts[6],
            Region = texts[7],
            Actor = texts[8],
            Thread = missing == 3 ? null : texts[9],
            At = missing == 0 ? null : Noon,
            Owners = [texts[10]],
            Tags = [new(texts[10], texts[11])],
            Facts = [.. Enumerable.Range(0, facts).Select(at => new Fact(values[at], values[at + 30]))],
            Links = [.. Enumerable.Range(0, 8).Select(at => new Link(values[at], at % 2 == 0 ? $"https://example.com/{values[at + 8]}" : values[at + 9]))],
            Series = new([1, double.NaN, double.PositiveInfinity, 2], missing == 1 ? double.NaN : 3, texts[1]),
        };
}
