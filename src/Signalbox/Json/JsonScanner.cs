using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Signalbox;

/// <summary>One value or member name on the tape of a parsed text.</summary>
/// <param name="Start">Offset of its first byte; for a text that is the opening quote, for the entry that ends a container the byte after it.</param>
/// <param name="Extent">
/// Length of a scalar in bytes without quotes, negative (complemented) when a text holds escapes.
/// Of a container: the index of the entry after the one that ends it.
/// </param>
internal readonly record struct JsonEntry(int Start, int Extent);

/// <summary>Walks a JSON text once and writes down where everything lies.</summary>
/// <remarks>
/// Refuses what RFC 8259 refuses, with two kindnesses that real publishers need: control characters inside a text,
/// and unknown escapes (<c>\'</c>), are taken as they stand. Never throws.
/// </remarks>
internal ref struct JsonScanner(ReadOnlySpan<byte> text, Span<JsonEntry> room)
{
    /// <summary>Nesting beyond this is refused; far above what any chat or AWS event nests.</summary>
    public const int MaxDepth = 512;

    private static readonly SearchValues<byte> EndOfRun = SearchValues.Create("\"\\"u8);

    private readonly ReadOnlySpan<byte> text = text;
    private Span<JsonEntry> entries = room;
    private JsonEntry[]? grown;
    private int count;
    private int at;

    /// <summary>Where the scan stands: after the value when it succeeded, at the offending byte when not.</summary>
    public readonly int At => at;

    /// <summary>What was expected where the scan stopped, or null when all is well.</summary>
    public string? Expected { get; private set; }

    /// <summary>The tape, as an array of its own: what it grew into is less than half empty.</summary>
    public readonly JsonEntry[] Tape() => grown ?? entries[..count].ToArray();

    /// <summary>Reads one value from an offset on, with the white space around it.</summary>
    /// <returns>True when a whole value was read.</returns>
    public bool ReadValue(int from)
    {
        at = from;
        Span<int> open = stackalloc int[MaxDepth];
        var depth = 0;

        while (true)
        {
            SkipWhiteSpace();
            if (at >= text.Length) return Fail("a value");
            var first = text[at];
            if (first is (byte)'{' or (byte)'[')
            {
                if (depth == MaxDepth) return Fail("at most 512 levels of nesting");
                // Whether a comma is followed by a name is asked at each: an array is complemented.
                open[depth++] = first is (byte)'{' ? count : ~count;
                Add(at, 0);
                at++;
                SkipWhiteSpace();
                if (at >= text.Length || text[at] != first + 2)
                {
                    if (first is (byte)'{' && !ReadName()) return false;
                    continue;
                }
            }
            else if (!ReadScalar(first))
            {
                return false;
            }

            if (!CloseWhatEnds(open, ref depth)) return false;
            if (depth == 0)
            {
                SkipWhiteSpace();
                return true;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool CloseWhatEnds(scoped ReadOnlySpan<int> open, ref int depth)
    {
        while (depth > 0)
        {
            SkipWhiteSpace();
            var container = open[depth - 1];
            var isObject = container >= 0;
            var here = at < text.Length ? text[at] : 0;
            if (here is (byte)',')
            {
                at++;
                SkipWhiteSpace();
                return !isObject || ReadName();
            }
            if (here != (isObject ? (byte)'}' : (byte)']')) return FailToClose(isObject);
            at++;
            Add(at, 0);
            if (!isObject) container = ~container;
            entries[container] = new(entries[container].Start, count);
            depth--;
        }
        return true;
    }

    private bool FailToClose(bool isObject) =>
        Fail((isObject, at < text.Length) switch { (true, true) => "',' or '}'", (true, false) => "'}'", (false, true) => "',' or ']'", _ => "']'" });

    private bool ReadName()
    {
        if (at >= text.Length || text[at] is not (byte)'"') return Fail("a member name in double quotes");
        if (!ReadText()) return false;
        SkipWhiteSpace();
        if (at >= text.Length || text[at] is not (byte)':') return Fail("':'");
        at++;
        return true;
    }

    private bool ReadScalar(byte first) => first switch
    {
        (byte)'"' => ReadText(),
        (byte)'t' => ReadLiteral("true"u8),
        (byte)'f' => ReadLiteral("false"u8),
        (byte)'n' => ReadLiteral("null"u8),
        (byte)'-' or (>= (byte)'0' and <= (byte)'9') => ReadNumber(),
        _ => Fail("a value"),
    };

    /// <summary>Most texts, and nearly all names, end within sixteen bytes and hold no escape.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool ReadText()
    {
        var start = at;
        if (text.Length - start > Vector128<byte>.Count)
        {
            var here = Vector128.Create(text.Slice(start + 1, Vector128<byte>.Count));
            var quotes = Vector128.Equals(here, Vector128.Create((byte)'"')).ExtractMostSignificantBits();
            var slashes = Vector128.Equals(here, Vector128.Create((byte)'\\')).ExtractMostSignificantBits();
            if (quotes != 0 && (slashes & (quotes - 1) & ~quotes) == 0) return EndText(start, start + 1 + BitOperations.TrailingZeroCount(quotes), false);
        }
        return ReadLongerText();
    }

    /// <summary>Many bytes at a time, without a turn for each escape: in JSON inside a JSON text they stand close together.</summary>
    private bool ReadLongerText()
    {
        var text = this.text;
        var (start, from) = (at, at + 1);
        var (seen, behind) = (0UL, 0UL);
        for (var plain = 0; plain < 2 && text.Length - from >= Vector256<byte>.Count; from += Vector256<byte>.Count)
        {
            var here = Vector256.Create(text.Slice(from, Vector256<byte>.Count));
            ulong quotes = Vector256.Equals(here, Vector256.Create((byte)'"')).ExtractMostSignificantBits();
            ulong slashes = Vector256.Equals(here, Vector256.Create((byte)'\\')).ExtractMostSignificantBits();
            var ends = quotes & ~Escaped(slashes, ref behind);
            seen |= ends == 0 ? slashes : slashes & (ends - 1) & ~ends;
            if (ends != 0) return EndText(start, from + BitOperations.TrailingZeroCount(ends), seen != 0);
            plain = (quotes | slashes) == 0 ? plain + 1 : 0;
        }
        return ReadLongText(start, from + (int)behind, seen != 0);
    }

    /// <summary>Which of so many bytes are escaped: behind a backslash that is not escaped itself.</summary>
    /// <param name="slashes">A bit for each that is a backslash.</param>
    /// <param name="behind">One when the first is escaped; afterwards the same of the first of those that follow.</param>
    /// <remarks>In a run of backslashes every second one escapes: a subtraction walks all runs at once, as simdjson does (Langdale and Lemire, 2019).</remarks>
    private static ulong Escaped(ulong slashes, ref ulong behind)
    {
        const ulong Odd = 0xAAAA_AAAA_AAAA_AAAA;
        var may = slashes & ~behind;
        // A bit for each backslash that escapes, and for what ends each run.
        var codes = (((may << 1) | Odd) - may) ^ Odd;
        var escaped = codes ^ (slashes | behind);
        behind = (codes & slashes) >> (Vector256<byte>.Count - 1);
        return escaped;
    }

    private bool ReadLongText(int start, int from, bool escaped)
    {
        while (true)
        {
            var step = from <= text.Length ? text[from..].IndexOfAny(EndOfRun) : -1;
            if (step < 0) return Fail("'\"'", text.Length);
            from += step;
            if (text[from] is (byte)'"') return EndText(start, from, escaped);
            escaped = true;
            from += 2;
        }
    }

    private bool EndText(int start, int end, bool escaped)
    {
        var length = end - start - 1;
        Add(start, escaped ? ~length : length);
        at = end + 1;
        return true;
    }

    private bool ReadLiteral(ReadOnlySpan<byte> literal)
    {
        if (!text[at..].StartsWith(literal)) return Fail("a value");
        Add(at, literal.Length);
        at += literal.Length;
        return EndsHere();
    }

    private bool ReadNumber()
    {
        var start = at;
        if (text[at] is (byte)'-') at++;
        if (at < text.Length && text[at] is (byte)'0') at++;
        else if (!SkipDigits()) return Fail("a digit");
        if (at < text.Length && text[at] is (byte)'.')
        {
            at++;
            if (!SkipDigits()) return Fail("a digit");
        }
        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            at++;
            if (at < text.Length && text[at] is (byte)'+' or (byte)'-') at++;
            if (!SkipDigits()) return Fail("a digit");
        }
        Add(start, at - start);
        return EndsHere();
    }

    private bool SkipDigits()
    {
        var digits = text[at..];
        var count = 0;
        while (count < digits.Length && digits[count] is >= (byte)'0' and <= (byte)'9') count++;
        at += count;
        return count > 0;
    }

    private bool EndsHere() =>
        at >= text.Length || text[at] is (byte)',' or (byte)']' or (byte)'}' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'
            ? true
            : Fail("the end of the value");

    /// <summary>Between most values of most events there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipWhiteSpace()
    {
        if ((uint)at < (uint)text.Length && text[at] <= (byte)' ') SkipBlanks();
    }

    private void SkipBlanks()
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
    }

    private bool Fail(string expected, int? where = null)
    {
        Expected = expected;
        at = where ?? at;
        return false;
    }

    private void Add(int start, int extent)
    {
        if (count == entries.Length) Grow();
        entries[count] = new(start, extent);
        count++;
    }

    /// <summary>What is still to come is as dense as what was, and a little more.</summary>
    private void Grow()
    {
        var all = (long)count * text.Length / int.Max(at, 1);
        grown = new JsonEntry[(int)long.Clamp(all + all / 8, count + count / 4 + 16, 4L * count)];
        entries.CopyTo(grown);
        entries = grown;
    }
}
