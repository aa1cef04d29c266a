using System.Globalization;
using System.Text;

namespace Signalbox.Effects;

/// <summary>Reads back from Slack which posts of ours a channel got, by <c>conversations.history</c> and <c>conversations.replies</c>.</summary>
/// <remarks>
/// Each post carries its id as the metadata of its message, which people do not see
/// (<see href="https://docs.slack.dev/messaging/message-metadata/">Slack on metadata</see>). Reading wants the scope channels:history, in private channels
/// groups:history, and a bot that is in the channel.
/// </remarks>
internal static class SlackHistory
{
    private const string EventType = "signalbox_post";

    /// <summary>As many messages on a page as Slack advises at most; a page of them is some hundred kilobytes.</summary>
    private const int PageSize = 200;

    private const int LongestPage = 8 << 20;

    /// <summary>What a dead process left stands among the newest messages.</summary>
    private const int MostPages = 5;

    /// <summary>A message with a post's id in it, unless there are no blocks in it: that is the simpler form for whoever refused the other.</summary>
    public static ReadOnlyMemory<byte> Marked(ReadOnlyMemory<byte> payload, string id) => id.Length is 0 || !payload.Span.StartsWith("{"u8)
        || !Json.Parse(payload.ToArray()).Value["blocks"u8].Exists ? payload
        : Letter.InFront(payload, "metadata", $$$"""{"event_type":"{{{EventType}}}","event_payload":{"id":"{{{id}}}"}}""");

    /// <summary>How a room is asked; null for a webhook, which cannot read.</summary>
    public static ReadBack? Of(Means means, Room room) => room["channel"] is null || room["webhook"] is not null ? null : async (inquiry, within, stop) =>
    {
        var found = new List<FoundPost>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(within);
        try
        {
            return await Ask(means, inquiry, found, within, patience.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new([.. found], FormattableString.Invariant($"no answer within {within.TotalSeconds:0.#} s"));
        }
    };

    private static async Task<Recollection> Ask(Means means, Inquiry inquiry, List<FoundPost> found, TimeSpan within, CancellationToken stop)
    {
        var reference = inquiry.Reference.Split('/');
        // Slack reads by a channel's id alone; each reference holds it.
        if ((reference is [{ Length: > 0 } id, _] ? id : inquiry.IsThread ? null : IdOf(inquiry.Room)) is not { } channel)
            return new([], "the channel's id is known from its first message on") { NeedsReference = true };
        var (keys, missing) = await Keyring.Open(inquiry.Room, ["token"], means.Reveal, afresh: false, stop);
        if (keys is null) return new([], missing.Match(made: _ => "", later: later => later.Why, refused: refused => refused.Why));

        var address = $"{(keys["api"] ?? "https://slack.com/api").TrimEnd('/')}/conversations.{(inquiry.IsThread ? "replies" : "history")}";
        var fields = new List<(string Name, string Value)>
        {
            ("channel", channel), ("limit", $"{PageSize}"), ("include_all_metadata", "true"),
            ("oldest", (inquiry.Since.ToUnixTimeMilliseconds() / 1000.0).ToString("F6", CultureInfo.InvariantCulture)),
        };
        if (inquiry.IsThread) fields.Add(("ts", reference[1]));
        for (var (page, cursor) = (0, ""); page < MostPages; page++)
        {
            var form = string.Join('&', fields.Append(("cursor", cursor)).Where(field => field.Item2.Length > 0)
                .Select(field => $"{field.Item1}={Uri.EscapeDataString(field.Item2)}"));
            var letter = Letter.To("api", address, Encoding.UTF8.GetBytes(form)).Authorized("Bearer", keys["token"])
                with { Type = "application/x-www-form-urlencoded", LongestAnswer = LongestPage };
            if (letter.Address is null) return new([.. found], letter.Fault);
            var answer = await means.Send(letter, within, stop);
            if (answer is not Answer.Came came) return new([.. found], answer.Match(_ => "", none => none.Why));
            var body = Verdict.Body(came);
            if (body["ok"u8].Kind is not JsonKind.True) return new([.. found], Fault(came, body));
            foreach (var message in body["messages"u8].Items)
            {
                if (Post(message, channel) is { } post) found.Add(post);
            }
            cursor = body["response_metadata"u8]["next_cursor"u8].Text ?? "";
            if (cursor.Length is 0) return new([.. found], null);
        }
        return new([.. found], $"more than {MostPages * PageSize} messages were written meanwhile");
    }

    private static FoundPost? Post(Json message, string channel)
    {
        var mark = message["metadata"u8];
        if (!mark["event_type"u8].TextIs("signalbox_post"u8) || mark["event_payload"u8]["id"u8].Text is not { Length: > 0 } id) return null;
        if (message["ts"u8].Text is not { Length: > 0 } time) return null;
        return new(id, $"{channel}/{time}", message["thread_ts"u8].Text is { } thread && thread != time);
    }

    private static string Fault(Answer.Came came, Json body)
    {
        var word = SlackAnswer.Word(body["error"u8].Text);
        return word switch
        {
            "missing_scope" => "missing_scope: give the app channels:history, and groups:history for private channels",
            "not_in_channel" or "channel_not_found" => $"{word}: invite the bot into the channel",
            "" => $"answered {came.Status}",
            _ => $"answered {came.Status} {word}",
        };
    }

    /// <summary>A room whose settings name the channel's id: names have no capital letters.</summary>
    private static string? IdOf(Room room) =>
        room["channel"] is ['C' or 'G' or 'D', _, ..] id && id.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter)) ? id : null;
}
