using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Signalbox;

/// <summary>Writes JSON as UTF-8 into room on the stack first: a payload costs one array, its own.</summary>
internal ref struct JsonOut(Span<byte> room)
{
    private Span<byte> buffer = room;

    /// <summary>How many bytes are written.</summary>
    public int Length { get; private set; }

    /// <summary>JSON that is right as it stands.</summary>
    public void Raw(scoped ReadOnlySpan<byte> json)
    {
        Make(json.Length);
        json.CopyTo(buffer[Length..]);
        Length += json.Length;
    }

    /// <summary>Begins the next value or member: with a comma before it where one is due.</summary>
    public void Next(scoped ReadOnlySpan<byte> json)
    {
        if (Length > 0 && buffer[Length - 1] is not ((byte)'{' or (byte)'[' or (byte)':')) Raw(","u8);
        Raw(json);
    }

    /// <summary>A member whose value is a text, with a comma before it where one is due.</summary>
    /// <param name="name">The name, which needs no escape.</param>
    /// <param name="text">The text.</param>
    public void Pair(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<char> text)
    {
        Next("\""u8);
        Raw(name);
        Raw("\":"u8);
        Text(text);
    }

    /// <summary>A text in quotes.</summary>
    public void Text(scoped ReadOnlySpan<char> text)
    {
        Raw("\""u8);
        Inner(text);
        Raw("\""u8);
    }

    /// <summary>Part of a text: the quotes around it are the caller's.</summary>
    public void Inner(scoped ReadOnlySpan<char> text)
    {
        while (true)
        {
            text = text[Common(text)..];
            if (text.IsEmpty) return;
            if (IsPlain(text[0])) continue;
            if (text[0] <= '\u007f') Escape(text[0]);
            text = text[(text[0] <= '\u007f' ? 1 : Beyond(text))..];
        }
    }

    /// <summary>Takes back everything after a place, for a smaller try.</summary>
    public void BackTo(int length) => Length = length;

    /// <summary>The bytes written, as an array of their own.</summary>
    public readonly byte[] ToArray() => buffer[..Length].ToArray();

    /// <summary>
    /// Writes what stands in front, sixteen characters at a time: what needs no escape, of ASCII, and quotes and backslashes, of which a text that is
    /// JSON itself has one every few characters. Ends sooner when there is no more room.
    /// </summary>
    /// <returns>How much that is.</returns>
    private int Common(scoped ReadOnlySpan<char> text)
    {
        Make(text.Length + Vector128<byte>.Count);
        var into = buffer[Length..];
        var (at, to) = (0, 0);
        while (text.Length - at >= Vector128<byte>.Count && into.Length - to >= Vector128<byte>.Count)
        {
            var units = MemoryMarshal.Cast<char, ushort>(text[at..]);
            var here = Vector128.Narrow(AtMostOneByte(Vector128.Create(units)), AtMostOneByte(Vector128.Create(units[Vector128<ushort>.Count..])));
            here.CopyTo(into[to..]);
            // What is beyond ASCII is negative.
            var ends = (Vector128.LessThan(here.AsSByte(), Vector128.Create((sbyte)' ')).AsByte() | Vector128.Equals(here, Vector128.Create((byte)0x7f))
                | Vector128.Equals(here, Vector128.Create((byte)'"')) | Vector128.Equals(here, Vector128.Create((byte)'\\'))).ExtractMostSignificantBits();
            var step = int.Min(BitOperations.TrailingZeroCount(ends), Vector128<byte>.Count);
            (at, to) = (at + step, to + step);
            if (ends == 0) continue;
            if (text[at] is not ('"' or '\\') || into.Length - to < 2) break;
            into[to] = (byte)'\\';
            into[to + 1] = (byte)text[at];
            (at, to) = (at + 1, to + 2);
        }
        while (at < text.Length && to < into.Length && IsPlain(text[at])) into[to++] = (byte)text[at++];
        Length += to;
        return at;
    }

    private static Vector128<ushort> AtMostOneByte(Vector128<ushort> units) => Vector128.Min(units, Vector128.Create((ushort)byte.MaxValue));

    private static bool IsPlain(char unit) => unit is >= ' ' and <= '~' and not ('"' or '\\');

    /// <summary>Writes what stands in front and is not ASCII.</summary>
    /// <returns>How much that is.</returns>
    private int Beyond(scoped ReadOnlySpan<char> text)
    {
        var run = text.IndexOfAnyInRange('\0', '\u007f');
        if (run < 0) run = text.Length;
        Make(run * 3);
        Length += Encoding.UTF8.GetBytes(text[..run], buffer[Length..]);
        return run;
    }

    private void Escape(char unit)
    {
        switch (unit)
        {
            case '"': Raw("\\\""u8); break;
            case '\\': Raw("\\\\"u8); break;
            case '\n': Raw("\\n"u8); break;
            case '\r': Raw("\\r"u8); break;
            case '\t': Raw("\\t"u8); break;
            default:
                Raw("\\u00"u8);
                Raw([Hex(unit >> 4), Hex(unit & 15)]);
                break;
        }
    }

    private static byte Hex(int digit) => (byte)"0123456789abcdef"[digit];

    private void Make(int more)
    {
        if (buffer.Length - Length >= more) return;
        var larger = new byte[int.Max(buffer.Length * 2, Length + more)];
        buffer[..Length].CopyTo(larger);
        buffer = larger;
    }
}
