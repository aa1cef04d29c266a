using System.Buffers;
using System.Text;

namespace Signalbox;

/// <summary>Writes JSON as UTF-8 into room on the stack first: a payload costs one array, its own.</summary>
internal ref struct JsonOut(Span<byte> room)
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(unit => (char)unit), '"', '\\', '\u007f']);

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
            var run = text.IndexOfAny(Escaped);
            Utf8(run < 0 ? text : text[..run]);
            if (run < 0) return;
            Escape(text[run]);
            text = text[(run + 1)..];
        }
    }

    /// <summary>Takes back everything after a place, for a smaller try.</summary>
    public void BackTo(int length) => Length = length;

    /// <summary>The bytes written, as an array of their own.</summary>
    public readonly byte[] ToArray() => buffer[..Length].ToArray();

    private void Utf8(scoped ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return;
        Make(text.Length * 3);
        Length += Encoding.UTF8.GetBytes(text, buffer[Length..]);
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
