using System.Text;

namespace Signalbox;

/// <summary>Words out of what events write for machines.</summary>
internal static class Wording
{
    /// <summary>"IN_PROGRESS", "InProgress" and "in-progress" as people say them: "in progress".</summary>
    public static string Plain(string word)
    {
        var plain = new StringBuilder(word.Length + 4);
        for (var at = 0; at < word.Length && at < 120; at++)
        {
            var unit = word[at];
            if (unit is '_' or '-' or ' ' or '.')
            {
                if (plain.Length > 0 && plain[^1] is not ' ') plain.Append(' ');
            }
            else
            {
                if (char.IsUpper(unit) && at > 0 && char.IsLower(word[at - 1])) plain.Append(' ');
                plain.Append(char.ToLowerInvariant(unit));
            }
        }
        return Cut.OneLine(plain.ToString());
    }

    /// <summary>"Node Retirement" and "KMS Key Inaccessible" as part of a sentence: "node retirement", "KMS key inaccessible".</summary>
    public static string Inside(string title)
    {
        var words = title.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var at = 0; at < words.Length; at++)
        {
            var word = words[at];
            if (word.Length > 1 && char.IsUpper(word[0]) && !word.AsSpan(1).ContainsAnyInRange('A', 'Z')) words[at] = word.ToLowerInvariant();
        }
        return string.Join(' ', words);
    }

    /// <summary>The sentence, or null when every longer word of it stands in the title already.</summary>
    public static string? Beyond(string title, string? sentence)
    {
        if (sentence is null) return null;
        if (sentence.Length > 160) return Cut.Readable(sentence);
        foreach (var range in sentence.AsSpan().SplitAny(" .,;:'\"()"))
        {
            var word = sentence.AsSpan()[range];
            if (word.Length > 3 && !title.AsSpan().Contains(word, StringComparison.OrdinalIgnoreCase)) return Cut.Readable(sentence);
        }
        return null;
    }

    /// <summary>The same with a capital at its beginning.</summary>
    public static string Capital(string word) => First(Plain(word));

    /// <summary>A sentence with a capital at its beginning.</summary>
    public static string First(string sentence) => sentence.Length == 0 ? sentence : char.ToUpperInvariant(sentence[0]) + sentence[1..];

    /// <summary>A name that leaves room in a title.</summary>
    public static string Short(string name) => Cut.Line(name, 40);

    /// <summary>Who an ARN of IAM or STS means: "jane", "deployer (session of role ci)"; any other text as it is.</summary>
    public static string? Who(string? principal)
    {
        if (Arn.Read(principal) is not { } arn) return principal;
        var resource = arn.Resource;
        if (resource is "root") return "the root user";
        if (!resource.StartsWith("assumed-role/", StringComparison.Ordinal)) return arn.Name;
        var rest = resource["assumed-role/".Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash <= 0 || slash == rest.Length - 1 ? rest : $"{rest[(slash + 1)..]} (role {rest[..slash]})";
    }

    /// <summary>"a, b, c and 4 more".</summary>
    public static string? List(Json texts, int shown = 3)
    {
        if (texts.Words is { } one) return one;
        var list = new StringBuilder();
        var count = 0;
        foreach (var item in texts.Items)
        {
            if (item.Scalar is not { } text) continue;
            if (count++ < shown) list.Append(list.Length > 0 ? ", " : "").Append(text);
        }
        return count == 0 ? null : count <= shown ? list.ToString() : $"{list} and {count - shown} more";
    }

    /// <summary>An instant as facts show it: "2024-06-01 12:00 UTC"; null for none.</summary>
    public static string? Time(DateTimeOffset? at) =>
        at?.ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>How long from one instant to the other; null unless both are known and in that order.</summary>
    public static string? Between(DateTimeOffset? from, DateTimeOffset? to) =>
        from is { } start && to is { } end && end >= start ? Quantity.Duration(end - start) : null;
}
