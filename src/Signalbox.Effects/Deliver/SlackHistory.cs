using System.Globalization;
using System.Text;

namespace Signalbox.Effects;

/// <summary>Reads back from Slack which posts of ours a channel got, by <c>conversations.history</c> and <c>conversations.replies</c>.</summary>
/// <remarks>
/// Each post carries its id as the metadata of its message, which people do not see
/// (<see href="https://docs.slack.dev/messaging/message-metadata/">Slack on metadata</see>). Reading wants the scope channels:history, in private channels
/// groups:history, and a bot that is in the channel. Channels that settings name by their name, and where nobody has posted yet, are found among the bot's
/// own, which wants channels:read and groups:read.
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
        var (keys, missing) = await Keyring.Open(inquiry.Room, ["token"], means.Reveal, afresh: false, stop);
        if (keys is null) return new([], missing.Match(made: _ => "", later: later => later.Why, refused: refused => refused.Why));
        // Slack reads by a channel's id alone; each reference holds it.
        var channel = inquiry.Reference.Split('/') is [{ Length: > 0 } id, _] ? id : IdOf(inquiry.Room);
        if (channel is null)
        {
            await Pages(means, keys, "users.conversations", [("types", "public_channel,private_channel"), ("exclude_archived", "true")], within, body =>
            {
                foreach (var each in body["channels"u8].Items)
                {
                    if (each["name"u8].Text is { } name && name == inquiry.Room["channel"]?.TrimStart('#')) channel = each["id"u8].Text;
                }
                return channel is not null;
            }, stop);
        }
        if (channel is null) return new([], "the channel's id is known from its first message on") { NeedsReference = true };

        var since = (inquiry.Since.ToUnixTimeMilliseconds() / 1000.0).ToString("F6", CultureInfo.InvariantCulture);
        (string, string)[] fields = [("channel", channel), ("include_all_metadata", "true"), ("oldest", since)];
        if (inquiry.IsThread) fields = [.. fields, ("ts", inquiry.Reference.Split('/')[1])];
        var why = await Pages(means, keys, inquiry.IsThread ? "conversations.replies" : "conversations.history", fields, within, body =>
        {
            foreach (var message in body["messages"u8].Items)
            {
                if (Post(message, channel) is { } post) found.Add(post);
            }
            return false;
        }, stop);
        return new([.. found], why);
    }

    /// <summary>Reads pages until enough was seen.</summary>
    /// <returns>Why not all of them could be read; null when they were, or enough was seen.</returns>
    private static async Task<string?> Pages(
        Means means, Keyring keys, string method, (string Name, string Value)[] fields, TimeSpan within, Func<Json, bool> isEnough, CancellationToken stop)
    {
        var address = $"{(keys["api"] ?? "https://slack.com/api").TrimEnd('/')}/{method}";
        for (var (page, cursor) = (0, ""); page < MostPages; page++)
        {
            var form = string.Join('&', fields.Append(("limit", $"{PageSize}")).Append(("cursor", cursor)).Where(field => field.Item2.Length > 0)
                .Select(field => $"{field.Item1}={Uri.EscapeDataString(field.Item2)}"));
            var letter = Letter.To("api", address, Encoding.UTF8.GetBytes(form)).Authorized("Bearer", keys["token"]);
            letter = letter with { Type = "application/x-www-form-urlencoded", LongestAnswer = LongestPage };
            if (letter.Address is null) return letter.Fault;
            var answer = await means.Send(letter, within, stop);
            if (answer is not Answer.Came came) return answer.Match(_ => "", none => none.Why);
            var body = Verdict.Body(came);
            if (body["ok"u8].Kind is not JsonKind.True) return Fault(came, body);
            cursor = body["response_metadata"u8]["next_cursor"u8].Text ?? "";
            if (isEnough(body) || cursor.Length is 0) return null;
        }
        return $"more than {MostPages * PageSize} messages were written meanwhile";
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
