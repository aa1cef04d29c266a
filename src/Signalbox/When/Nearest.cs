namespace Signalbox;

/// <summary>Finds what somebody probably meant.</summary>
public static class Nearest
{
    /// <summary>"Did you mean …?" for the nearest known word, or null when none is near.</summary>
    public static string? Hint(string word, IReadOnlyCollection<string> known) =>
        To(word, known) is { } near ? $"Did you mean \"{near}\"?" : null;

    /// <summary>The known word that begins with the word, else the one that is few changes away; case does not count.</summary>
    public static string? To(string word, IReadOnlyCollection<string> known)
    {
        var lower = word.ToLowerInvariant();
        var longer = known.FirstOrDefault(candidate => candidate.StartsWith(lower, StringComparison.OrdinalIgnoreCase));
        if (lower.Length >= 3 && longer is not null) return longer;
        var best = known
            .Select(candidate => (candidate, Distance: Distance(lower, candidate.ToLowerInvariant())))
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault();
        return best.candidate is { } near && best.Distance <= Math.Max(1, Math.Max(word.Length, near.Length) / 3) ? near : null;
    }

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other.</summary>
    public static int Distance(string from, string to)
    {
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= to.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var change = rows[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(change, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[from.Length, to.Length];
    }
}
