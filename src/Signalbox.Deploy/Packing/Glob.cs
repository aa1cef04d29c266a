namespace Signalbox.Deploy;

/// <summary>A pattern of file names as git matches them: * ? […] within a name, ** across folders.</summary>
internal sealed class Glob
{
    private enum Kind { Character, One, Star, Folders, Rest, Class }

    private sealed record Part(Kind Kind, char Character = '\0', Func<char, bool>? Fits = null);

    private static readonly Dictionary<string, Func<char, bool>> Classes = new()
    {
        ["alnum"] = char.IsAsciiLetterOrDigit,
        ["alpha"] = char.IsAsciiLetter,
        ["blank"] = unit => unit is ' ' or '\t',
        ["cntrl"] = unit => unit is < ' ' or '\x7f',
        ["digit"] = char.IsAsciiDigit,
        ["graph"] = unit => unit is > ' ' and < '\x7f',
        ["lower"] = char.IsAsciiLetterLower,
        ["print"] = unit => unit is >= ' ' and < '\x7f',
        ["punct"] = unit => unit is > ' ' and < '\x7f' && !char.IsAsciiLetterOrDigit(unit),
        ["space"] = unit => unit is ' ' or (>= '\t' and <= '\r'),
        ["upper"] = char.IsAsciiLetterUpper,
        ["xdigit"] = char.IsAsciiHexDigit,
    };

    private readonly List<Part> parts;

    private Glob(List<Part> parts) => this.parts = parts;

    /// <summary>Reads a pattern; null for one that can match nothing, as an open bracket.</summary>
    public static Glob? Read(string pattern)
    {
        var parts = new List<Part>();
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '\\' when at + 1 == pattern.Length:
                    return null;
                case '\\':
                    parts.Add(new(Kind.Character, pattern[++at]));
                    break;
                case '?':
                    parts.Add(new(Kind.One));
                    break;
                case '*':
                    at = Stars(pattern, at, parts);
                    break;
                case '[':
                    if (Bracket(pattern, ref at) is not { } part) return null;
                    parts.Add(part);
                    break;
                default:
                    parts.Add(new(Kind.Character, pattern[at]));
                    break;
            }
        }
        return new(parts);
    }

    /// <summary>True when the whole text matches. Takes time in the product of both lengths at most.</summary>
    public bool Matches(string text)
    {
        // From the end: what[i] says whether the parts from the current one on match the text from i on.
        var what = new bool[text.Length + 1];
        what[text.Length] = true;
        for (var place = parts.Count - 1; place >= 0; place--)
        {
            var part = parts[place];
            var next = new bool[text.Length + 1];
            var anyFolder = false;
            for (var at = text.Length; at >= 0; at--)
            {
                var isIn = at < text.Length;
                if (isIn && text[at] is '/' && what[at + 1]) anyFolder = true;
                next[at] = part.Kind switch
                {
                    Kind.Character => isIn && text[at] == part.Character && what[at + 1],
                    Kind.One => isIn && text[at] is not '/' && what[at + 1],
                    Kind.Class => isIn && text[at] is not '/' && part.Fits!(text[at]) && what[at + 1],
                    Kind.Star => what[at] || (isIn && text[at] is not '/' && next[at + 1]),
                    Kind.Rest => what[at] || (isIn && next[at + 1]),
                    _ => what[at] || anyFolder,
                };
            }
            what = next;
        }
        return what[0];
    }

    /// <summary>Two stars cross folders only where they stand alone between slashes; elsewhere they are one.</summary>
    private static int Stars(string pattern, int at, List<Part> parts)
    {
        var end = at;
        while (end < pattern.Length && pattern[end] is '*') end++;
        var isAlone = end - at == 2 && (at is 0 || pattern[at - 1] is '/');
        var isRest = isAlone && end == pattern.Length;
        var isFolders = isAlone && end < pattern.Length && pattern[end] is '/';
        parts.Add(new(isRest ? Kind.Rest : isFolders ? Kind.Folders : Kind.Star));
        return isFolders ? end : end - 1;
    }

    private static Part? Bracket(string pattern, ref int at)
    {
        var fits = new List<Func<char, bool>>();
        var i = at + 1;
        var isNegated = i < pattern.Length && pattern[i] is '!' or '^';
        if (isNegated) i++;
        for (var isFirst = true; ; isFirst = false)
        {
            if (i >= pattern.Length) return null;
            if (pattern[i] is ']' && !isFirst) break;
            if (NamedClass(pattern, i) is { } close)
            {
                if (!Classes.TryGetValue(pattern[(i + 2)..(close - 1)], out var named)) return null;
                fits.Add(named);
                i = close + 1;
                continue;
            }
            if (pattern[i] is '\\' && ++i >= pattern.Length) return null;
            var first = pattern[i++];
            var last = first;
            if (i + 1 < pattern.Length && pattern[i] is '-' && pattern[i + 1] is not ']')
            {
                i++;
                if (pattern[i] is '\\' && ++i >= pattern.Length) return null;
                last = pattern[i++];
            }
            fits.Add(unit => unit >= first && unit <= last);
        }
        at = i;
        return new(Kind.Class, Fits: unit => fits.Exists(fit => fit(unit)) != isNegated);
    }

    /// <summary>Where <c>[:alpha:]</c> ends, at its closing bracket; null where no such thing begins.</summary>
    private static int? NamedClass(string pattern, int at) =>
        pattern[at] is '[' && at + 1 < pattern.Length && pattern[at + 1] is ':'
        && pattern.IndexOf(']', at + 2) is var close && close >= at + 3 && pattern[close - 1] is ':'
            ? close
            : null;
}
