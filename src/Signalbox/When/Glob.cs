namespace Signalbox;

/// <summary>Patterns with <c>*</c> for any run of characters and <c>?</c> for one; case does not matter.</summary>
internal static class Glob
{
    /// <summary>True when the pattern covers the whole text. Takes at most pattern × text steps and allocates nothing.</summary>
    public static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int at = 0, inText = 0, star = -1, resume = 0;
        while (inText < text.Length)
        {
            if (at < pattern.Length && pattern[at] is '*')
            {
                star = at++;
                resume = inText;
            }
            else if (at < pattern.Length && (pattern[at] is '?' || Same(pattern[at], text[inText])))
            {
                at++;
                inText++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                inText = ++resume;
            }
            else
            {
                return false;
            }
        }
        return pattern[at..].TrimStart('*').IsEmpty;
    }

    /// <summary>True when the text is a pattern at all.</summary>
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    private static bool Same(char left, char right) => left == right || char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
