using System.Globalization;
using System.Text;

namespace Signalbox;

/// <summary>Codes, ARNs and instants of AWS as people say them.</summary>
internal static class Phrase
{
    /// <summary>A code as words in lower case: "SERVICE_TASK_START_IMPAIRED", "serviceTaskStartImpaired" and "Service-Task Start Impaired" are one.</summary>
    public static string Of(string code)
    {
        var words = new StringBuilder(code.Length + 8);
        for (var at = 0; at < code.Length && words.Length < 120; at++)
        {
            var unit = code[at];
            if (unit is '_' or '-' or ' ' or '.' or ':' or '/')
            {
                if (words.Length > 0 && words[^1] is not ' ') words.Append(' ');
                continue;
            }
            if (char.IsUpper(unit) && at > 0 && (char.IsLower(code[at - 1]) || char.IsDigit(code[at - 1]))) words.Append(' ');
            words.Append(char.ToLowerInvariant(unit));
        }
        return words.ToString().TrimEnd();
    }

    /// <summary>The same, of at most so many UTF-16 units.</summary>
    public static string Of(string code, int limit) => Cut.Line(Of(code), limit);

    /// <summary>The same of a member that may not be there.</summary>
    public static string? Of(Json code) => code.Words is { } words ? Of(words) : null;

    /// <summary>What a person calls a thing that is given by its ARN or by its name.</summary>
    public static string? Name(string? arnOrName) => arnOrName is null ? null
        : Arn.Read(arnOrName.Trim()) is { Name: { Length: > 0 } name } ? name : arnOrName.Trim();

    /// <summary>The first of the resources that is an ARN of this kind of thing ("instance/", "service/"), or of any.</summary>
    public static string? ArnOf(ValueList<string> resources, string kind = "")
    {
        foreach (var resource in resources)
        {
            if (Arn.Read(resource) is { } arn && arn.Resource.StartsWith(kind, StringComparison.Ordinal)) return resource;
        }
        return null;
    }

    /// <summary>The first few items of an array by what is said of each: "a, b and 3 more"; null when nothing is said.</summary>
    public static string? List(Json array, int most, Func<Json, string?> say)
    {
        var said = new List<string>();
        var count = 0;
        foreach (var item in array.Items)
        {
            count++;
            if (said.Count < most && say(item) is { } text) said.Add(text);
        }
        if (said.Count == 0) return null;
        var list = string.Join(", ", said);
        return count == said.Count ? list : $"{list} and {count - said.Count} more";
    }

    /// <summary>How many of which: "3 failed, 1 skipped"; null when there is none of any.</summary>
    public static string? Counts(params ReadOnlySpan<(Json Count, string Word)> counts)
    {
        var said = new List<string>();
        foreach (var (count, word) in counts)
        {
            if (said.Count < 8 && count.Number is { } number and > 0) said.Add($"{Quantity.Of(number)} {word}");
        }
        return said.Count == 0 ? null : string.Join(", ", said);
    }

    /// <summary>The same of an object whose members are counts by name.</summary>
    public static string? Counts(Json counts)
    {
        var list = new List<(Json, string)>();
        foreach (var (name, count) in counts.Members) list.Add((count, Of(name.Text!, 40)));
        return Counts([.. list]);
    }

    /// <summary>A part of a title that is left out when there is nothing to say: " in web", or nothing.</summary>
    public static string With(string before, string? name, int limit) => name is null ? "" : before + Cut.Line(name, limit);

    /// <summary>A number of seconds as a duration; null when it is none.</summary>
    public static string? Seconds(Json seconds) =>
        seconds.Number is { } number and >= 0 and < 1e9 ? Quantity.Duration(TimeSpan.FromSeconds(Math.Round(number))) : null;

    /// <summary>How long it took; null unless both ends are known and in order.</summary>
    public static string? Between(DateTimeOffset? start, DateTimeOffset? end) =>
        start is { } from && end is { } to && to >= from ? Quantity.Duration(TimeSpan.FromSeconds(Math.Round((to - from).TotalSeconds))) : null;

    /// <summary>An instant with its zone: "2024-06-06 12:00 UTC".</summary>
    public static string? At(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A sentence from an event, made fit to be shown; null for the placeholders that AWS writes for none.</summary>
    public static string? Sentence(string? text) =>
        string.IsNullOrWhiteSpace(text) || text is "null" or "NULL" or "N/A" or "None" or "[]" or ": " ? null : Cut.Readable(text).Trim();

    /// <summary>The beginning of a commit's or image's hash, by which people know it.</summary>
    public static string? Short(string? hash)
    {
        if (hash is null) return null;
        var digits = hash.StartsWith("sha256:", StringComparison.Ordinal) ? hash["sha256:".Length..] : hash;
        foreach (var unit in digits)
        {
            if (!char.IsAsciiLetterOrDigit(unit)) return hash;
        }
        return digits.Length > 20 ? digits[..12] : digits;
    }

    /// <summary>Says that the one thing is missing without which nothing can be said.</summary>
    public static Parsed.Garbled Lacks(string where, string expected, Json found) =>
        new(new(where, expected, found.Exists ? Cut.Line(found.ToString(), 60) : "nothing"));
}
