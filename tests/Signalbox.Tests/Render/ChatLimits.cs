using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Signalbox.Tests;

/// <summary>What each chat documents as its limits, and what would ring, format or link there, read out of payloads by somebody else's JSON reader.</summary>
internal static partial class ChatLimits
{
    /// <summary>One for each chat: everything that is wrong with the payload of a notice that rings nobody.</summary>
    public static readonly Dictionary<string, Action<JsonElement, List<string>>> Of = new()
    {
        ["slack"] = Slack,
        ["teams"] = Teams,
        ["discord"] = Discord,
        ["mattermost"] = (root, faults) => Attachment(root, 16_383, faults),
        ["rocketchat"] = (root, faults) => Attachment(root, 16_383, faults),
        ["googlechat"] = GoogleChat,
        ["telegram"] = Telegram,
        ["zulip"] = Zulip,
        ["matrix"] = Matrix,
        ["email"] = Email,
        ["pagerduty"] = PagerDuty,
        ["opsgenie"] = Opsgenie,
        ["webhook"] = Webhook,
        ["sns"] = Sns,
        ["file"] = (root, faults) => Length(root.GetProperty("title").GetString(), 250, "title", faults),
        ["local"] = (root, faults) => Length(root.GetProperty("text").GetString(), 100_000, "text", faults),
    };

    public static List<string> Broken(string chat, ReadOnlyMemory<byte> payload)
    {
        var faults = new List<string>();
        using var document = JsonDocument.Parse(payload);
        Of[chat](document.RootElement, faults);
        if (payload.Span.Contains((byte)'\n')) faults.Add("a line break in the payload");
        foreach (var text in Texts(document.RootElement))
        {
            if (text.Contains('\uFFFD')) continue;
            if (text.Any(unit => unit is < ' ' and not ('\n' or '\t') or '\u202E')) faults.Add("a control character");
        }
        return faults;
    }

    private static void Slack(JsonElement root, List<string> faults)
    {
        var payload = Encoding.UTF8.GetBytes(root.GetRawText());
        faults.AddRange(SlackLimits.Broken(payload));
        faults.AddRange(from text in SlackLimits.Mrkdwn(payload) where HostileInputs.Rings(text) select $"rings: {text}");
    }

    private static void Teams(JsonElement root, List<string> faults)
    {
        if (Encoding.UTF8.GetByteCount(root.GetRawText()) > 20_480) faults.Add("over 20 KB");
        var card = root.GetProperty("attachments")[0].GetProperty("content");
        if (card.GetProperty("msteams").TryGetProperty("entities", out _)) faults.Add("rings");
        foreach (var element in Objects(card))
        {
            var type = element.TryGetProperty("type", out var name) ? name.GetString() : "Fact";
            if (type is "TextBlock") faults.Add("a text block, which reads Markdown");
            if (type is "TextRun") Length(element.GetProperty("text").GetString(), 10_000, "text run", faults);
            if (type is "Fact" && element.TryGetProperty("value", out var value))
            {
                Length(value.GetString(), 1_000, "fact", faults);
                Length(element.GetProperty("title").GetString(), 200, "fact's title", faults);
                if (Unescaped(value.GetString()!).IndexOfAny(['*', '`', '[', '<']) >= 0) faults.Add($"formats: {value.GetString()}");
            }
            if (type is "Action.OpenUrl") Page(element.GetProperty("url").GetString(), faults);
        }
    }

    private static void Discord(JsonElement root, List<string> faults)
    {
        if (root.TryGetProperty("content", out _)) faults.Add("content without a mention");
        if (root.GetProperty("allowed_mentions").GetRawText() is not """{"parse":[]}""") faults.Add("allows a mention");
        var embed = root.GetProperty("embeds")[0];
        Length(embed.GetProperty("title").GetString(), 256, "title", faults);
        if (embed.TryGetProperty("description", out var description)) Length(description.GetString(), 4096, "description", faults);
        var fields = embed.GetProperty("fields").EnumerateArray().ToList();
        if (fields.Count > 25) faults.Add($"{fields.Count} fields");
        foreach (var field in fields)
        {
            Length(field.GetProperty("name").GetString(), 256, "name", faults);
            Length(field.GetProperty("value").GetString(), 1024, "value", faults);
        }
        Length(embed.GetProperty("footer").GetProperty("text").GetString(), 2048, "footer", faults);
        var all = Texts(embed).Sum(text => text.Length);
        if (all > 6000) faults.Add($"{all} characters");
        var marked = from member in embed.EnumerateObject() where member.Name is not "footer" from text in Texts(member.Value) select Unescaped(text);
        foreach (var text in marked)
        {
            if (EvilLink().IsMatch(text)) faults.Add($"links: {text}");
            if (text.Contains("<@", StringComparison.Ordinal) || text.Contains("||", StringComparison.Ordinal)) faults.Add($"formats: {text}");
        }
    }

    private static void Attachment(JsonElement root, int limit, List<string> faults)
    {
        if (root.TryGetProperty("text", out _)) faults.Add("text without a mention");
        if (Encoding.UTF8.GetByteCount(root.GetRawText()) > limit) faults.Add("too long");
        var attachment = root.GetProperty("attachments")[0];
        foreach (var name in (string[])["title", "text", "fallback"]) Length(attachment.GetProperty(name).GetString(), limit, name, faults);
        if (!Color().IsMatch(attachment.GetProperty("color").GetString()!)) faults.Add("color");
        if (attachment.TryGetProperty("title_link", out var link)) Page(link.GetString(), faults);
        foreach (var field in attachment.GetProperty("fields").EnumerateArray())
        {
            Length(field.GetProperty("title").GetString(), 1_000, "field", faults);
            Length(field.GetProperty("value").GetString(), 4_000, "field", faults);
        }
        var texts = from member in attachment.EnumerateObject() where member.Name is not "title_link" from text in Texts(member.Value) select text;
        foreach (var text in texts) Quiet(text, faults);
    }

    private static void GoogleChat(JsonElement root, List<string> faults)
    {
        if (Encoding.UTF8.GetByteCount(root.GetRawText()) > 32_000) faults.Add("over 32,000 bytes");
        if (root.TryGetProperty("text", out _)) faults.Add("text without a mention");
        Length(root.GetProperty("fallbackText").GetString(), 4_000, "fallback", faults);
        if (root.GetProperty("fallbackText").GetString()!.Contains("<users/", StringComparison.Ordinal)) faults.Add("rings");
        foreach (var element in Objects(root.GetProperty("cardsV2")))
        {
            if (element.TryGetProperty("text", out var text) && !element.TryGetProperty("onClick", out _))
            {
                Length(text.GetString(), 10_000, "widget", faults);
                Html(text.GetString()!, faults);
            }
            if (element.TryGetProperty("url", out var url)) Page(url.GetString(), faults);
        }
    }

    private static void Telegram(JsonElement root, List<string> faults)
    {
        var text = root.GetProperty("text").GetString()!;
        Length(text, 4096, "text", faults);
        Html(text, faults);
        Quiet(Tag().Replace(text, " "), faults);
        if (text.Contains("href=\"tg:", StringComparison.Ordinal)) faults.Add("rings");
    }

    private static void Zulip(JsonElement root, List<string> faults)
    {
        Length(root.GetProperty("topic").GetString(), 60, "topic", faults);
        Length(root.GetProperty("content").GetString(), 10_000, "content", faults);
        var text = root.GetProperty("content").GetString()!;
        if (text.Contains("@*", StringComparison.Ordinal) || text.Contains("@_*", StringComparison.Ordinal)) faults.Add($"rings: {text}");
        if (EvilLink().IsMatch(text)) faults.Add($"links: {text}");
    }

    private static void Matrix(JsonElement root, List<string> faults)
    {
        if (Encoding.UTF8.GetByteCount(root.GetRawText()) > 60_000) faults.Add("too large for an event");
        if (root.GetProperty("m.mentions").GetRawText() is not "{}") faults.Add("rings");
        Length(root.GetProperty("body").GetString(), 60_000, "body", faults);
        Html(root.GetProperty("formatted_body").GetString()!, faults);
        Quiet(root.GetProperty("body").GetString()!, faults);
        // What tags part stands apart for readers too.
        Quiet(Tag().Replace(root.GetProperty("formatted_body").GetString()!, " "), faults);
    }

    private static void Email(JsonElement root, List<string> faults)
    {
        Length(root.GetProperty("subject").GetString(), 200, "subject", faults);
        if (root.GetProperty("subject").GetString()!.Any(char.IsControl)) faults.Add("a control character in the subject");
        Length(root.GetProperty("text").GetString(), 100_000, "text", faults);
        Html(root.GetProperty("html").GetString()!, faults);
        var mail = Encoding.Latin1.GetString(EmailMessage.Of(Encoding.UTF8.GetBytes(root.GetRawText()), "id1", "Sun, 22 Nov 2026 12:00:00 +0000"));
        var lines = mail.Split("\r\n");
        if (mail.Any(unit => unit > '~')) faults.Add("not ASCII");
        if (lines.Any(line => line.Length > 78 || line.Contains('\n') || line.Contains('\r'))) faults.Add("a line too long, or broken");
        string[] known = ["Date", "From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Importance", "Auto-Submitted", "MIME-Version", "Content-Type"];
        var headers = lines.TakeWhile(line => line.Length > 0).Where(line => line[0] is not ' ').Select(line => line.Split(':')[0]).ToList();
        if (headers.Except(known).Any() || headers.Distinct().Count() != headers.Count) faults.Add($"headers: {string.Join(", ", headers)}");
    }

    private static void PagerDuty(JsonElement root, List<string> faults)
    {
        var payload = root.GetProperty("payload");
        Length(payload.GetProperty("summary").GetString(), 1024, "summary", faults);
        Length(payload.GetProperty("source").GetString(), 1024, "source", faults);
        if (!root.TryGetProperty("event_action", out var action)) return;
        Length(root.GetProperty("dedup_key").GetString(), 255, "dedup_key", faults);
        if (action.GetString() is not ("trigger" or "resolve")) faults.Add("action");
        if (payload.GetProperty("severity").GetString() is not ("critical" or "error" or "warning" or "info")) faults.Add("severity");
        var names = payload.GetProperty("custom_details").EnumerateObject().Select(member => member.Name).ToList();
        if (names.Distinct().Count() != names.Count) faults.Add("a detail twice");
    }

    private static void Opsgenie(JsonElement root, List<string> faults)
    {
        if (root.TryGetProperty("note", out var note))
        {
            Length(note.GetString(), 25_000, "note", faults);
            return;
        }
        foreach (var (name, limit) in ((string, int)[])[("message", 130), ("alias", 512), ("description", 15_000), ("entity", 512)])
            Length(root.GetProperty(name).GetString(), limit, name, faults);
        if (root.GetProperty("priority").GetString() is not ("P1" or "P2" or "P3" or "P5")) faults.Add("priority");
        if (root.GetProperty("tags").EnumerateArray().Any(tag => tag.GetString()!.Length is 0 or > 50)) faults.Add("tag");
        if (root.GetProperty("details").EnumerateObject().Sum(member => member.Name.Length + member.Value.GetString()!.Length) > 8_000) faults.Add("details");
    }

    private static void Webhook(JsonElement root, List<string> faults)
    {
        if (Encoding.UTF8.GetByteCount(root.GetRawText()) > 20_000) faults.Add("over 20,000 bytes");
        if (!root.GetProperty("type").GetString()!.StartsWith("notice.", StringComparison.Ordinal)) faults.Add("type");
        Length(root.GetProperty("data").GetProperty("title").GetString(), 250, "title", faults);
    }

    private static void Sns(JsonElement root, List<string> faults)
    {
        if (Encoding.UTF8.GetByteCount(root.GetRawText()) > 60_000) faults.Add("over 60,000 bytes");
        var subject = root.GetProperty("Subject").GetString()!;
        Length(subject, 99, "subject", faults);
        if (subject.Any(unit => unit is < ' ' or > '~') || subject[0] is ' ') faults.Add($"no subject that SNS takes: {subject}");
        using var message = JsonDocument.Parse(root.GetProperty("Message").GetString()!);
        Length(message.RootElement.GetProperty("sms").GetString(), 140, "sms", faults);
        using var notice = JsonDocument.Parse(message.RootElement.GetProperty("default").GetString()!);
        Length(notice.RootElement.GetProperty("title").GetString(), 250, "title", faults);
        foreach (var attribute in root.GetProperty("MessageAttributes").EnumerateObject())
            Length(attribute.Value.GetProperty("StringValue").GetString(), 100, attribute.Name, faults);
    }

    private static void Quiet(string text, List<string> faults)
    {
        if (Ring().IsMatch(text)) faults.Add($"rings: {text}");
        if (EvilLink().IsMatch(text)) faults.Add($"links: {text}");
    }

    /// <summary>Only our own tags, each closed, in order.</summary>
    private static void Html(string html, List<string> faults)
    {
        var open = new Stack<string>();
        foreach (Match tag in Tag().Matches(html))
        {
            var name = tag.Groups["name"].Value;
            if (name is "br") continue;
            if (!tag.Value.StartsWith("</", StringComparison.Ordinal)) open.Push(name);
            else if (open.Count is 0 || open.Pop() != name) faults.Add($"unbalanced {name}: {html}");
        }
        if (open.Count > 0) faults.Add($"open {open.Peek()}: {html}");
        if (Tag().Replace(html, "").IndexOfAny(['<', '>']) >= 0) faults.Add($"a foreign tag: {html}");
    }

    private static void Page(string? url, List<string> faults)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) faults.Add($"no page: {url}");
    }

    private static void Length(string? text, int limit, string what, List<string> faults)
    {
        if (text is null || text.Length > limit) faults.Add($"{what} of {text?.Length ?? 0} characters");
        else if (string.IsNullOrWhiteSpace(text)) faults.Add($"{what} is empty");
    }

    private static string Unescaped(string text) => Regex.Replace(text, @"\\.", "");

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Texts(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        _ => [],
    };

    private static IEnumerable<JsonElement> Objects(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Objects(member.Value)).Prepend(value),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Objects),
        _ => [],
    };

    [GeneratedRegex("@[\\p{L}\\p{N}*_<]|<[!@#]|<https?:")]
    private static partial Regex Ring();

    [GeneratedRegex(@"\]\(https?://evil|\]\[")]
    private static partial Regex EvilLink();

    [GeneratedRegex("</?(?<name>b|i|a|p|ul|li|br|strong|font|div)( (href|color|style)=\"[^\"<>]*\")?>")]
    private static partial Regex Tag();

    [GeneratedRegex("^#[0-9A-F]{6}$")]
    private static partial Regex Color();
}
