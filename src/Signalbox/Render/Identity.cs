namespace Signalbox;

/// <summary>Identities that are the same for the same thing every time, in a form that every chat takes.</summary>
public static class Identity
{
    /// <summary>What all messages about one thing have in common: its thread, else its ARN where it has a life, else the very statement.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="limit">The most characters that the chat takes, 40 or more.</param>
    public static string Of(Notice notice, int limit)
    {
        var key = notice.Thread ?? (notice.Status is Status.Stated ? null : notice.Arn)
            ?? $"{notice.Source}/{notice.Kind}/{notice.Subject ?? notice.Arn}/{notice.Title}/{notice.At?.ToUnixTimeMilliseconds()}";
        key = Cut.OneLine(key);
        if (key.Length == 0) key = Hash(notice.Source, notice.Title);
        return key.Length <= limit ? key : $"{key[..Cut.BetweenCharacters(key, limit - 17)]}-{Hash(key)}";
    }

    /// <summary>Sixteen hexadecimal digits, the same for the same texts.</summary>
    public static string Hash(params ReadOnlySpan<string> texts)
    {
        var hash = 14695981039346656037UL;
        foreach (var text in texts)
        {
            foreach (var unit in text) hash = unchecked((hash ^ unit) * 1099511628211UL);
            hash = unchecked((hash ^ 0x1F) * 1099511628211UL);
        }
        return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }
}
