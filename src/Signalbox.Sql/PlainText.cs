using System.Globalization;
using System.Text;

namespace Signalbox.Sql;

/// <summary>Texts as databases can keep them: none of them keeps every text that C# can hold.</summary>
/// <remarks>PostgreSQL takes no NUL, UTF-8 has no halves of surrogate pairs. Such a character, and the escape character itself, is written as the
/// escape character and four hexadecimal digits. All other texts stay as they are, so that people can read the tables.</remarks>
internal static class PlainText
{
    private const char Escape = '\u001b';

    /// <summary>The text as it is written into a column.</summary>
    public static string Write(string text)
    {
        var first = 0;
        while (first < text.Length && !IsOdd(text, first)) first++;
        if (first == text.Length) return text;
        var written = new StringBuilder(text, 0, first, text.Length + 16);
        for (var at = first; at < text.Length; at++)
        {
            if (IsOdd(text, at)) written.Append(Escape).Append(CultureInfo.InvariantCulture, $"{(int)text[at]:x4}");
            else written.Append(text[at]);
        }
        return written.ToString();
    }

    /// <summary>The text as it was before it was written. What was written otherwise stays as it is.</summary>
    public static string Read(string written)
    {
        if (!written.Contains(Escape)) return written;
        var text = new StringBuilder(written.Length);
        for (var at = 0; at < written.Length; at++)
        {
            if (written[at] == Escape && at + 5 <= written.Length
                && ushort.TryParse(written.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                at += 4;
            }
            else
            {
                text.Append(written[at]);
            }
        }
        return text.ToString();
    }

    private static bool IsOdd(string text, int at) => text[at] switch
    {
        '\0' or Escape => true,
        var high when char.IsHighSurrogate(high) => at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]),
        var low when char.IsLowSurrogate(low) => at == 0 || !char.IsHighSurrogate(text[at - 1]),
        _ => false,
    };
}
