using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Signalbox;

/// <summary>What events write for machines (codes, ARNs, instants, lists) as people say it.</summary>
internal static class Phrase
{
    /// <summary>A code as words in lower case: "IN_PROGRESS", "inProgress" and "In-Progress" are one, "RDSInstance" is "rds instance".</summary>
    [return: NotNullIfNotNull(nameof(code))]
    public static string? Of(string? code)
    {
        if (code is null) return null;
        var words = new StringBuilder(code.Length + 8);
        for (var at = 0; at < code.Length && words.Length < 120; at++)
        {
            var unit = code[at];
            var isBlank = unit is '_' or '-' or ' ' or '.' or ':' or '/';
            if ((isBlank || BeginsWord(code, at)) && words.Length > 0 && words[^1] is not ' ') words.Append(' ');
            if (!isBlank) words.Append(char.ToLowerInvariant(unit));
        }
        return Cut.OneLine(words.ToString());
    }

    /// <summary>The same, of at most so many UTF-16 units.</summary>
    public static string Of(string code, int limit) => Cut.Line(Of(code), limit);

    /// <summary>The same of a member that may not be there.</summary>
    public static string? Of(Json code) => Of(code.Words);

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

    /// <summary>A text that begins a sentence.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Capital(string? text) => string.IsNullOrEmpty(text) ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A sentence from an event, made fit to be shown; null for the placeholders that AWS writes for none.</summary>
    public static string? Sentence(string? text) =>
        string.IsNullOrWhiteSpace(text) || text is "null" or "NULL" or "N/A" or "None" or "[]" or ": " ? null : Cut.Readable(text).Trim();

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

    /// <summary>What a person calls a thing that is given by its ARN or by its name.</summary>
    [return: NotNullIfNotNull(nameof(arnOrName))]
    public static string? Name(string? arnOrName) => arnOrName is null ? null
        : Arn.Read(arnOrName.Trim()) is not { Name: { Length: > 0 } name } arn ? arnOrName.Trim()
        // Of a function with a version or an alias the function, and not "$LATEST".
        : arn.Service is "lambda" && arn.Resource.Split(':') is ["function", { Length: > 0 } function, _] ? function : name;

    /// <summary>Who an ARN of IAM or STS means: "jane", "deployer (role ci)"; any other text as it is.</summary>
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

    /// <summary>A name that leaves room in a title.</summary>
    public static string Short(string name) => Cut.Line(name, 40);

    /// <summary>The beginning of a commit's or image's hash, by which people know it.</summary>
    public static string? Hash(string? hash)
    {
        if (hash is null) return null;
        var digits = hash.StartsWith("sha256:", StringComparison.Ordinal) ? hash["sha256:".Length..] : hash;
        foreach (var unit in digits)
        {
            if (!char.IsAsciiLetterOrDigit(unit)) return hash;
        }
        return digits.Length > 20 ? digits[..12] : digits;
    }

    /// <summary>A part of a title that is left out when there is nothing to say: " in web", or nothing.</summary>
    public static string With(string before, string? name, int limit) => name is null ? "" : before + Cut.Line(name, limit);

    /// <summary>A title in which one name gives way to the rest: it takes the room that is left, and at least that of a few letters.</summary>
    public static string Around(string before, string name, string after) =>
        Cut.Line($"{before}{Cut.Line(name, int.Clamp(80 - before.Length - after.Length, 8, 80))}{after}", 80);

    /// <summary>The same of a name at the end, which goes when there is no room to know it by.</summary>
    public static string Before(string rest, string between, string? name) =>
        name is null || rest.Length + between.Length > 70 ? Cut.Line(rest, 80) : Around(rest + between, name, "");

    /// <summary>A path as a title has room for it: its last part when long.</summary>
    [return: NotNullIfNotNull(nameof(path))]
    public static string? Tail(string? path, int limit) =>
        path is null ? null : Cut.Line(path.Length > limit && path.LastIndexOf('/') is var slash and > 0 ? path[(slash + 1)..] : path, 36);

    /// <summary>"a, b and 3 more"; null for none.</summary>
    public static string? List(List<string> texts, int most = 4) =>
        texts.Count <= most ? Joined(texts, 0) : Joined(texts.GetRange(0, most), texts.Count - most);

    /// <summary>The scalars of an array as "a, b and 3 more"; a scalar as it is; null when there is nothing.</summary>
    public static string? List(Json values, int most = 4)
    {
        if (!values.IsArray) return values.Scalar is { } one && !string.IsNullOrWhiteSpace(one) ? one : null;
        var texts = new List<string>();
        foreach (var value in values.Items)
        {
            if (value.Scalar is { } text && !string.IsNullOrWhiteSpace(text)) texts.Add(Cut.Line(text, 80));
        }
        return List(texts, most);
    }

    /// <summary>The items of an array by what is said of each: "a, b and 3 more", of which nothing may be said; null when nothing is said at all.</summary>
    public static string? List(Json array, int most, Func<Json, string?> say)
    {
        var said = new List<string>();
        var count = 0;
        foreach (var item in array.Items)
        {
            count++;
            if (said.Count < most && say(item) is { } text) said.Add(text);
        }
        return Joined(said, count - said.Count);
    }

    /// <summary>How many of which: "3 failed, 1 skipped"; null when there is none of any.</summary>
    public static string? Counts(params ReadOnlySpan<(Json Count, string Word)> counts)
    {
        var said = new List<string>();
        foreach (var (count, word) in counts)
        {
            if (said.Count < 8 && count.Number is { } number and > 0) said.Add($"{Quantity.Of(number)} {word}");
        }
        return Joined(said, 0);
    }

    /// <summary>The same of an object whose members are counts by name.</summary>
    public static string? Counts(Json counts)
    {
        var list = new List<(Json, string)>();
        foreach (var (name, count) in counts.Members) list.Add((count, Of(name.Text!, 40)));
        return Counts([.. list]);
    }

    /// <summary>An instant with its zone: "2024-06-06 12:00 UTC"; null for none.</summary>
    [return: NotNullIfNotNull(nameof(instant))]
    public static string? At(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>How long it took, to the nearest second; null unless both ends are known and in order.</summary>
    public static string? Between(DateTimeOffset? start, DateTimeOffset? end) => Span(start, end) is { } span ? Whole(span.TotalSeconds) : null;

    /// <summary>The same with the parts of a second, for what is mostly over in less than one.</summary>
    public static string? Exactly(DateTimeOffset? start, DateTimeOffset? end) => Span(start, end) is { } span ? Quantity.Duration(span) : null;

    /// <summary>A number of seconds as a duration; null when it is none.</summary>
    public static string? Seconds(Json seconds) => seconds.Number is { } number and >= 0 and < 1e9 ? Whole(number) : null;

    private static TimeSpan? Span(DateTimeOffset? start, DateTimeOffset? end) => end >= start ? end - start : null;

    private static string Whole(double seconds) => Quantity.Duration(TimeSpan.FromSeconds(Math.Round(seconds)));

    private static string? Joined(List<string> said, int more) =>
        said.Count == 0 ? null : more == 0 ? string.Join(", ", said) : $"{string.Join(", ", said)} and {more} more";

    /// <summary>A capital after a small letter or digit, or the last of several before a small letter.</summary>
    private static bool BeginsWord(string code, int at) =>
        at > 0 && char.IsUpper(code[at])
        && (char.IsLower(code[at - 1]) || char.IsDigit(code[at - 1]) || (char.IsUpper(code[at - 1]) && at + 1 < code.Length && char.IsLower(code[at + 1])));
}
