using System.Globalization;
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
            var run = raw.IndexOf((byte)'\\');
            if (run < 0 || run + 1 >= raw.Length)
            {
                raw.CopyTo(into[written..]);
                return written + raw.Length;
            }
            raw[..run].CopyTo(into[written..]);
            written += run;
            raw = raw[run..];
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
