using System.Globalization;
using System.Text.Json;

namespace Signalbox.EngineTests;

/// <summary>A Slack that posts for bots and tells what it was told: <c>chat.postMessage</c>, <c>conversations.history</c> and <c>conversations.replies</c>;
/// and webhooks beside it.</summary>
/// <remarks>It has a message before it answers, as Slack has: whoever is killed while he waits has posted.</remarks>
internal sealed class BotSlack : IDisposable
{
    private static readonly TimeSpan Thinks = TimeSpan.FromMilliseconds(5);
    private readonly Standin server;
    private readonly List<Message> messages = [];
    private readonly Lock guard = new();
    private long last;
    private int asked;

    public BotSlack() => server = new(Answer);

    /// <summary>A message as it stands in a channel.</summary>
    /// <param name="Channel">Its id.</param>
    /// <param name="Time">Its time, which is its id; empty for one of a webhook, which has none.</param>
    /// <param name="Thread">The message that it answers; null for none.</param>
    /// <param name="Metadata">What it carries; null for nothing.</param>
    /// <param name="Body">How it came.</param>
    public sealed record Message(string Channel, string Time, string? Thread, string? Metadata, string Body);

    public string Address => server.Address;

    public IReadOnlyList<Message> Messages
    {
        get { lock (guard) return [.. messages]; }
    }

    /// <summary>How often it was asked what was said.</summary>
    public int Asked => Volatile.Read(ref asked);

    public void Dispose() => server.Dispose();

    private async Task<Said> Answer(Heard heard)
    {
        switch (heard.Path)
        {
            case "/chat.postMessage":
                var said = Post(JsonDocument.Parse(heard.Body).RootElement, heard.Body);
                await Task.Delay(Thinks);
                return said;
            case "/users.conversations":
                return Said.Http(200, $$"""{"ok":true,"channels":[{{string.Join(',', Enumerable.Range(0, 9).Select(room => $$"""{"id":"CROOM{{room}}","name":"room{{room}}"}"""))}}]}""");
            case "/conversations.history" or "/conversations.replies":
                Interlocked.Increment(ref asked);
                return Tell(heard.Body.Split('&').Select(field => field.Split('=')).ToDictionary(field => field[0], field => Uri.UnescapeDataString(field[1])));
            default:
                lock (guard) messages.Add(new(heard.Path, "", null, null, heard.Body));
                return Said.Http(200, "ok");
        }
    }

    private Said Post(JsonElement message, string body)
    {
        var name = message.GetProperty("channel").GetString()!;
        var channel = name.StartsWith('#') ? $"C{name[1..].ToUpperInvariant()}" : name;
        lock (guard)
        {
            last = Math.Max(last + 1, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000);
            var time = string.Create(CultureInfo.InvariantCulture, $"{last / 1_000_000}.{last % 1_000_000:000000}");
            var thread = message.TryGetProperty("thread_ts", out var parent) ? parent.GetString() : null;
            var metadata = message.TryGetProperty("metadata", out var carried) ? carried.GetRawText() : null;
            messages.Add(new(channel, time, thread, metadata, body));
            return Said.Http(200, $$"""{"ok":true,"channel":"{{channel}}","ts":"{{time}}"}""");
        }
    }

    /// <summary>A page of a channel, the newest first, or of a thread, the oldest first.</summary>
    private Said Tell(Dictionary<string, string> asks)
    {
        var oldest = double.Parse(asks["oldest"], CultureInfo.InvariantCulture);
        var (limit, begin) = (int.Parse(asks["limit"], CultureInfo.InvariantCulture), int.Parse(asks.GetValueOrDefault("cursor", "0"), CultureInfo.InvariantCulture));
        var thread = asks.GetValueOrDefault("ts");
        List<Message> found;
        lock (guard)
        {
            found = messages.FindAll(message => message.Channel == asks["channel"] && message.Time.Length > 0
                && (thread is null ? message.Thread is null : message.Time == thread || message.Thread == thread)
                && double.Parse(message.Time, CultureInfo.InvariantCulture) > oldest);
        }
        if (thread is null) found.Reverse();
        var page = string.Join(',', found.Skip(begin).Take(limit).Select(Json));
        var next = begin + limit < found.Count ? $"{begin + limit}" : "";
        return Said.Http(200, $$$"""{"ok":true,"messages":[{{{page}}}],"response_metadata":{"next_cursor":"{{{next}}}"}}""");
    }

    private static string Json(Message message)
    {
        var thread = message.Thread is null ? "" : $",\"thread_ts\":\"{message.Thread}\"";
        var metadata = message.Metadata is null ? "" : $",\"metadata\":{message.Metadata}";
        return $$"""{"type":"message","ts":"{{message.Time}}"{{thread}}{{metadata}} }""";
    }
}
