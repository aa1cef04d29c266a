namespace Signalbox;

/// <summary>The buttons under a message in Slack: what people can do while something is wrong.</summary>
/// <remarks>Each button carries the thread key. Slack takes values of 2,000 characters, but four of them share the room of all blocks: a longer key goes
/// as its hash, and is found again among what is open; so does one with characters that a chat may change.</remarks>
public static class SlackButtons
{
    /// <summary>Somebody takes care of it.</summary>
    public const string Acknowledge = "signalbox-ack";

    /// <summary>It is held back for an hour.</summary>
    public const string SilenceHour = "signalbox-silence-1h";

    /// <summary>It is held back until tomorrow morning.</summary>
    public const string SilenceTomorrow = "signalbox-silence-tomorrow";

    /// <summary>Its event is shown to whoever asks.</summary>
    public const string ShowEvent = "signalbox-show";

    private const int LongestKey = 300;
    private const string HashMark = "hash:";

    /// <summary>What a button carries for a thread.</summary>
    public static string Value(string thread) => thread.Length <= LongestKey && thread.Trim().Length > 0 && Cut.OneLine(thread) == thread
        ? thread : HashMark + Identity.Hash(thread);

    /// <summary>True when a button carries this for that thread.</summary>
    public static bool IsOf(string value, string thread) => value == thread || value == HashMark + Identity.Hash(thread);

    /// <summary>Writes them, where there is something to do.</summary>
    internal static void Write(ref JsonOut json, Notice notice)
    {
        if (notice is not { Offers: { } offers, Thread: { Length: > 0 } thread }) return;
        var value = Value(thread);
        json.Raw("{\"type\":\"actions\",\"elements\":["u8);
        if (offers.HasFlag(Offers.Acknowledge)) WriteButton(ref json, Acknowledge, "Acknowledge", value, isMain: true);
        if (offers.HasFlag(Offers.Silence))
        {
            WriteButton(ref json, SilenceHour, "Silence 1 h", value);
            WriteButton(ref json, SilenceTomorrow, "Silence until tomorrow", value);
        }
        WriteButton(ref json, ShowEvent, "Show event", value);
        json.Raw("]},"u8);
    }

    private static void WriteButton(ref JsonOut json, string id, string text, string value, bool isMain = false)
    {
        json.Next("{\"type\":\"button\",\"action_id\":"u8);
        json.Text(id);
        if (isMain) json.Raw(",\"style\":\"primary\""u8);
        json.Raw(",\"text\":{\"type\":\"plain_text\",\"text\":"u8);
        json.Text(text);
        json.Raw("},\"value\":"u8);
        json.Text(value);
        json.Raw("}"u8);
    }
}
