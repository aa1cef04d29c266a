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
                open[depth++] = count;
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

    private bool CloseWhatEnds(scoped ReadOnlySpan<int> open, ref int depth)
    {
        while (depth > 0)
        {
            SkipWhiteSpace();
            var container = open[depth - 1];
            var opener = text[entries[container].Start];
            if (at >= text.Length) return Fail(opener is (byte)'{' ? "'}'" : "']'");
            if (text[at] == opener + 2)
            {
                at++;
                Add(at, 0);
                entries[container] = new(entries[container].Start, count);
                depth--;
            }
            else if (text[at] is (byte)',')
            {
                at++;
                SkipWhiteSpace();
                return opener is (byte)'[' || ReadName();
            }
            else
            {
                return Fail(opener is (byte)'{' ? "',' or '}'" : "',' or ']'");
            }
        }
        return true;
    }

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

    private bool ReadText()
    {
        var start = at++;
        var escaped = false;
        var plain = 0;
        // Names are short, and in JSON inside a JSON text escapes stand close together: sixteen bytes at a time, without a call for each.
        while (plain < 4 && text.Length - at >= Vector128<byte>.Count)
        {
            var here = Vector128.Create(text.Slice(at, Vector128<byte>.Count));
            var signs = Vector128.Equals(here, Vector128.Create((byte)'"')) | Vector128.Equals(here, Vector128.Create((byte)'\\'));
            var ends = signs.ExtractMostSignificantBits();
            plain = ends == 0 ? plain + 1 : 0;
            while (ends != 0)
            {
                var step = BitOperations.TrailingZeroCount(ends);
                if (text[at + step] is (byte)'"')
                {
                    at += step;
                    return EndText(start, escaped);
                }
                escaped = true;
                if (step == Vector128<byte>.Count - 1) at++;
                ends &= uint.MaxValue << (step + 2);
            }
            at += Vector128<byte>.Count;
        }
        while (true)
        {
            var step = at <= text.Length ? text[at..].IndexOfAny(EndOfRun) : -1;
            if (step < 0) return Fail("'\"'", text.Length);
            at += step;
            if (text[at] is (byte)'"') return EndText(start, escaped);
            escaped = true;
            at += 2;
        }
    }

    private bool EndText(int start, bool escaped)
    {
        var length = at - start - 1;
        Add(start, escaped ? ~length : length);
        at++;
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
        var from = at;
        while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9') at++;
        return at > from;
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
