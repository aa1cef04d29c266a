namespace Signalbox;

/// <summary>Tells the same event by its content when it came twice under different ids.</summary>
public static class Fingerprint
{
    /// <summary>The same for the same news; null when the event does not say when it happened, so that the same words may be news again.</summary>
    public static string? Of(Notice notice)
    {
        if (notice.At is not { } at) return null;
        var facts = string.Join('\n', notice.Facts.Select(fact => $"{fact.Name}={fact.Value}"));
        return Hash(notice.Source, notice.Kind, notice.Thread ?? "", notice.Title, notice.Summary ?? "", notice.Arn ?? "", notice.Account ?? "",
            notice.Region ?? "",
            at.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture), facts, notice.Part?.Name ?? "");
    }

    private static string Hash(params ReadOnlySpan<string> texts)
    {
        var (first, second) = (14695981039346656037UL, 1099511628211UL);
        foreach (var text in texts)
        {
            foreach (var unit in text)
            {
                first = unchecked((first ^ unit) * 1099511628211UL);
                second = unchecked((second + unit) * 6364136223846793005UL + 1442695040888963407UL);
            }
            first = unchecked((first ^ 0x1F) * 1099511628211UL);
        }
        return $"{first:x16}{second:x16}";
    }
}
