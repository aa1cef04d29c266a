using System.Text;

namespace Signalbox;

/// <summary>Between what people write and read in Slack and plain characters.</summary>
public static class SlackWords
{
    private const int MostAnswer = 3_500;
    private const int MostEvent = 2_400;

    /// <summary>What somebody typed, in plain characters: without mentions, links as their words, the quotes of phones as those of a keyboard.</summary>
    public static string Plain(string typed)
    {
        var plain = new StringBuilder(typed.Length);
        for (var at = 0; at < typed.Length; at++)
        {
            var end = typed[at] is '<' ? typed.IndexOf('>', at) : -1;
            if (end < 0)
            {
                plain.Append(typed[at] switch { '“' or '”' or '„' => '"', '‘' or '’' => '\'', '\u00A0' => ' ', var unit => unit });
                continue;
            }
            plain.Append(Link(typed[(at + 1)..end]));
            at = end;
        }
        return plain.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&").ToString().Trim();
    }

    /// <summary>A message that only whoever asked sees, for a command's answer and for a response_url.</summary>
    public static byte[] Ephemeral(string text)
    {
        var json = new JsonOut(stackalloc byte[1024]);
        json.Raw("{\"response_type\":\"ephemeral\",\"replace_original\":false,\"text\":"u8);
        json.Text(Shown(text));
        json.Raw("}"u8);
        return json.ToArray();
    }

    /// <summary>The same for <c>chat.postEphemeral</c>.</summary>
    public static byte[] Ephemeral(string text, SlackUser to, SlackSpot at)
    {
        var json = new JsonOut(stackalloc byte[1024]);
        json.Raw("{"u8);
        json.Pair("channel"u8, at.Channel);
        json.Pair("user"u8, to.Id);
        if (at.Message is { } thread) json.Pair("thread_ts"u8, thread);
        json.Pair("text"u8, Shown(text));
        json.Raw("}"u8);
        return json.ToArray();
    }

    /// <summary>An event for whoever wants to see it: what is known of it, and how it came.</summary>
    /// <param name="notice">What it says.</param>
    /// <param name="because">Why the room hears it.</param>
    /// <param name="id">Its identity; empty when nobody knows it any more.</param>
    /// <param name="envelope">How it came; null when it is kept no more.</param>
    public static string Event(Notice notice, string because, string id, Envelope? envelope)
    {
        var about = new StringBuilder($"{Cut.Line(notice.Title, 250)}\n{notice.Source} · {notice.Kind} · {notice.Severity.ToString().ToLowerInvariant()}");
        if (notice.Arn is { Length: > 0 } arn) about.Append('\n').Append(Cut.Line(arn, 300));
        if (because.Length > 0) about.Append("\nTold here because: ").Append(Cut.Line(because, 300));
        if (id.Length > 0) about.Append("\nEvent ").Append(Cut.Line(id, 200));
        if (envelope is null) return about.Append("\nThe event itself is kept no more.").ToString();
        var body = Secrets.Mask(envelope.Text ?? envelope.Body.AsWritten, envelope.Webhook is { Length: > 0 } webhook ? [webhook] : []);
        return about.Append("\n```\n").Append(Cut.Text(Cut.Readable(body).Replace('`', 'ˋ'), MostEvent)).Append("\n```").ToString();
    }

    private static string Shown(string text) => Mrkdwn.Prose(text, MostAnswer);

    private static string Link(string inside)
    {
        if (inside is ['@' or '!', ..]) return "";
        var bar = inside.IndexOf('|', StringComparison.Ordinal);
        var words = bar < 0 ? inside : inside[(bar + 1)..];
        return words.StartsWith("mailto:", StringComparison.Ordinal) ? words["mailto:".Length..] : words;
    }
}
