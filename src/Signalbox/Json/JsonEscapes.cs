using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;

namespace Signalbox;

/// <summary>Undoes the escapes of a JSON text. Total: a broken escape stands for the character after its backslash.</summary>
internal static class JsonEscapes
{
    /// <summary>The UTF-8 bytes that an escaped text stands for: never longer than the text.</summary>
    public static byte[] ToBytes(ReadOnlySpan<byte> raw)
    {
        var buffer = raw.Length <= 4096 ? stackalloc byte[raw.Length] : new byte[raw.Length];
        return buffer[..Undo(raw, buffer)].ToArray();
    }

    /// <summary>The text that an escaped text stands for.</summary>
    public static string ToText(ReadOnlySpan<byte> raw)
    {
        var buffer = raw.Length <= 4096 ? stackalloc byte[raw.Length] : new byte[raw.Length];
        return Encoding.UTF8.GetString(buffer[..Undo(raw, buffer)]);
    }

    private static int Undo(ReadOnlySpan<byte> raw, Span<byte> into)
    {
        var written = 0;
        while (true)
        {
            var run = CopyRun(raw, into[written..]);
            written += run;
            raw = raw[run..];
            if (raw.Length < 2)
            {
                raw.CopyTo(into[written..]);
                return written + raw.Length;
            }
            if (raw[1] is (byte)'u' && Hex(raw[2..]) is { } unit)
            {
                raw = raw[6..];
                written += Encode(unit, ref raw, into[written..]);
            }
            else
            {
                // A broken escape keeps the byte after the backslash, which may begin a longer character.
                into[written++] = raw[1] switch
                {
                    (byte)'n' => (byte)'\n',
                    (byte)'t' => (byte)'\t',
                    (byte)'r' => (byte)'\r',
                    (byte)'b' => (byte)'\b',
                    (byte)'f' => (byte)'\f',
                    var other => other,
                };
                raw = raw[2..];
            }
        }
    }

    /// <summary>Copies what stands before the next backslash, sixteen bytes at a time: JSON inside a JSON text has one every few characters.</summary>
    /// <returns>How much that is.</returns>
    private static int CopyRun(ReadOnlySpan<byte> raw, Span<byte> into)
    {
        var run = 0;
        for (; raw.Length - run >= Vector128<byte>.Count; run += Vector128<byte>.Count)
        {
            var here = Vector128.Create(raw[run..]);
            here.CopyTo(into[run..]);
            var ends = Vector128.Equals(here, Vector128.Create((byte)'\\')).ExtractMostSignificantBits();
            if (ends != 0) return run + BitOperations.TrailingZeroCount(ends);
        }
        for (; run < raw.Length && raw[run] is not (byte)'\\'; run++) into[run] = raw[run];
        return run;
    }

    private static int Encode(char unit, ref ReadOnlySpan<byte> rest, Span<byte> into)
    {
        if (char.IsHighSurrogate(unit) && rest is [(byte)'\\', (byte)'u', ..] && Hex(rest[2..]) is { } low && char.IsLowSurrogate(low))
        {
            rest = rest[6..];
            return new Rune(unit, low).EncodeToUtf8(into);
        }
        return (char.IsSurrogate(unit) ? Rune.ReplacementChar : new Rune(unit)).EncodeToUtf8(into);
    }

    private static char? Hex(ReadOnlySpan<byte> digits) =>
        digits.Length >= 4 && ushort.TryParse(digits[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
