namespace Signalbox;

/// <summary>Checks mentions part by part.</summary>
internal static class Mentions
{
    /// <summary>What is wrong with a mention of which each part, parted by blanks, must ring.</summary>
    public static string? Fault(string mention, Func<string, bool> rings, string expected, string help)
    {
        foreach (var part in mention.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!rings(part)) return Sentence.Of(expected, $"\"{part}\"", help);
        }
        return null;
    }

    /// <summary>For a chat that rings in its own way or not at all.</summary>
    public static Func<string, string?> None(string chat, string instead) =>
        mention => Sentence.Of($"no mention, since {chat} has none", $"\"{mention}\"", instead);

    /// <summary>The parts of a mention.</summary>
    public static string[] Of(Routed routed) => routed.Mention?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>True for a name of letters, digits and a few signs.</summary>
    public static bool IsName(ReadOnlySpan<char> name, string signs = "._-")
    {
        foreach (var unit in name)
        {
            if (!char.IsLetterOrDigit(unit) && !signs.Contains(unit)) return false;
        }
        return !name.IsEmpty;
    }

    /// <summary>True for a number.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
