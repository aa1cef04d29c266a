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
        var (from, to) = (0, 0);
        while (true)
        {
            // What stands before the next backslash, sixteen bytes at a time: JSON inside a JSON text has one every few characters.
            var step = Vector128<byte>.Count;
            while (step == Vector128<byte>.Count && raw.Length - from >= Vector128<byte>.Count)
            {
                var here = Vector128.Create(raw.Slice(from, Vector128<byte>.Count));
                here.CopyTo(into.Slice(to, Vector128<byte>.Count));
                var ends = Vector128.Equals(here, Vector128.Create((byte)'\\')).ExtractMostSignificantBits();
                step = int.Min(BitOperations.TrailingZeroCount(ends), Vector128<byte>.Count);
                (from, to) = (from + step, to + step);
            }
            while (from < raw.Length && raw[from] is not (byte)'\\') into[to++] = raw[from++];
            if (from >= raw.Length - 1)
            {
                if (from < raw.Length) into[to++] = raw[from];
                return to;
            }
            var sign = raw[from + 1];
            from += 2;
            if (sign is (byte)'u' && Hex(raw[from..]) is { } unit)
            {
                var rest = raw[(from + 4)..];
                to += Encode(unit, ref rest, into[to..]);
                from = raw.Length - rest.Length;
            }
            else
            {
                // A broken escape keeps the byte after the backslash, which may begin a longer character.
                into[to++] = sign switch
                {
                    (byte)'n' => (byte)'\n',
                    (byte)'t' => (byte)'\t',
                    (byte)'r' => (byte)'\r',
                    (byte)'b' => (byte)'\b',
                    (byte)'f' => (byte)'\f',
                    _ => sign,
                };
            }
        }
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
