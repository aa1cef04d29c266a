namespace Signalbox;

/// <summary>How Slack wants to be told whom to ring; <c>@name</c> in a text rings nobody.</summary>
internal static class SlackMention
{
    private static readonly ValueList<string> Everybody = ["here", "channel", "everyone"];

    /// <summary>What is wrong with a mention, or null when every part of it rings.</summary>
    public static string? Fault(string mention)
    {
        foreach (var part in mention.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Rings(part))
            {
                return Sentence.Of("a Slack mention (<!here>, <!channel>, <!everyone>, <@U…> or <!subteam^S…>)", $"\"{part}\"",
                    Advice(part));
            }
        }
        return null;
    }

    private static bool Rings(string part)
    {
        if (part is not ['<', .., '>']) return false;
        var inside = part[1..^1];
        var id = inside.Split('|')[0];
        return Everybody.Any(word => inside == "!" + word)
            || id.Length > 3 && (id.StartsWith("@U", StringComparison.Ordinal) || id.StartsWith("@W", StringComparison.Ordinal))
                && IsId(id[1..])
            || id.StartsWith("!subteam^S", StringComparison.Ordinal) && id.Length > 10 && IsId(id[9..]);
    }

    private static string Advice(string part)
    {
        var name = part.Trim('@', '<', '>', '!');
        if (Nearest.To(name, Everybody) is { } word) return $"Did you mean \"<!{word}>\"?";
        if (name.StartsWith("subteam^", StringComparison.Ordinal)) name = name[8..];
        if (name.Length >= 3 && IsId(name) && name[0] is 'S') return $"Did you mean \"<!subteam^{name}>\"?";
        if (name.Length >= 3 && IsId(name) && name[0] is 'U' or 'W') return $"Did you mean \"<@{name}>\"?";
        return "Slack rings people and groups by id: copy it from the profile of the person or group.";
    }

    private static bool IsId(string text) => text.All(unit => char.IsAsciiLetterUpper(unit) || char.IsAsciiDigit(unit));
}
