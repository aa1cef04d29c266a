using System.Text;

namespace Signalbox;

/// <summary>A mail as it goes over the wire (RFC 5322 and MIME): ASCII alone, lines of at most 76 characters, and no header that an event could end.</summary>
public static class EmailMessage
{
    /// <summary>The mail.</summary>
    /// <param name="payload">What <see cref="Email.Render"/> made.</param>
    /// <param name="id">Its identity: letters and digits, the same on every try.</param>
    /// <param name="date">When it is sent, as the header has it: "Sun, 22 Nov 2026 12:00:00 +0000".</param>
    /// <param name="before">The identity of the mail that it answers; empty for none.</param>
    public static byte[] Of(ReadOnlyMemory<byte> payload, string id, string date, string before = "")
    {
        var mail = Json.Parse(payload.ToArray()).Value;
        var from = mail["from"u8].Text ?? "";
        var domain = from[(from.IndexOf('@') + 1)..];
        var text = new StringBuilder();
        Header(text, "Date", date);
        Header(text, "From", $"Signalbox <{from}>");
        Header(text, "To", string.Join(",\r\n ", Recipients(mail["to"u8].Text ?? "")));
        Header(text, "Subject", Encoded(mail["subject"u8].Text ?? ""));
        Header(text, "Message-ID", $"<{id}@{domain}>");
        if (mail["thread"u8].Text is { } thread)
        {
            // Nobody ever got the mail that all of a conversation answer to: mail programs put them together all the same.
            Header(text, "In-Reply-To", before.Length > 0 ? $"<{before}@{domain}>" : $"<thread-{thread}@{domain}>");
            Header(text, "References", before.Length > 0 ? $"<thread-{thread}@{domain}>\r\n <{before}@{domain}>" : $"<thread-{thread}@{domain}>");
        }
        if (mail["important"u8].Kind is JsonKind.True) Header(text, "Importance", "high");
        Header(text, "Auto-Submitted", "auto-generated");
        Header(text, "MIME-Version", "1.0");
        Header(text, "Content-Type", $"multipart/alternative; boundary=\"{id}\"");
        text.Append("\r\n");
        Part(text, id, "text/plain", mail["text"u8].Text ?? "");
        Part(text, id, "text/html", mail["html"u8].Text ?? "");
        return Encoding.ASCII.GetBytes(text.Append("--").Append(id).Append("--\r\n").ToString());
    }

    /// <summary>The addresses in an option that holds one or several.</summary>
    public static string[] Recipients(string addresses) => addresses.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static void Header(StringBuilder text, string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");

    private static void Part(StringBuilder text, string boundary, string type, string content)
    {
        text.Append("--").Append(boundary).Append("\r\nContent-Type: ").Append(type).Append("; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        var lines = Convert.ToBase64String(Encoding.UTF8.GetBytes(content.ReplaceLineEndings("\r\n")));
        for (var at = 0; at < lines.Length; at += 76) text.Append(lines, at, int.Min(76, lines.Length - at)).Append("\r\n");
    }

    /// <summary>A subject by RFC 2047: words of at most 75 characters, no character cut in two. One that is short and plain stays as it is.</summary>
    private static string Encoded(string subject)
    {
        if (subject.Length <= 60 && !subject.AsSpan().ContainsAnyExceptInRange(' ', '~') && !subject.Contains("=?", StringComparison.Ordinal)) return subject;
        var words = new List<string>();
        var bytes = new List<byte>();
        Span<byte> room = stackalloc byte[4];
        foreach (var rune in subject.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(room);
            if (bytes.Count + length > 42) Flush(words, bytes);
            bytes.AddRange(room[..length]);
        }
        Flush(words, bytes);
        return string.Join("\r\n ", words);
    }

    private static void Flush(List<string> words, List<byte> bytes)
    {
        if (bytes.Count > 0) words.Add($"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=");
        bytes.Clear();
    }
}
