namespace Signalbox;

/// <summary>Reads text of <c>Key='value'</c> lines in place. Values are not escaped: they may span lines and hold quotes.</summary>
/// <remarks>
/// A value ends only where a quote, a line break and another known key with <c>='</c> follow, or where the text ends. The order of the keys
/// does not matter. A closing quote or line break missing at the very end is forgiven.
/// </remarks>
internal ref struct QuotedLines
{
    private readonly ReadOnlySpan<char> text;
    private readonly ReadOnlySpan<string> keys;
    private readonly Span<Range> values;

    /// <summary>Finds the values of the known keys.</summary>
    /// <param name="text">The text.</param>
    /// <param name="keys">The known keys.</param>
    /// <param name="values">Room for one range for each key.</param>
    public QuotedLines(ReadOnlySpan<char> text, ReadOnlySpan<string> keys, Span<Range> values)
    {
        this.text = text;
        this.keys = keys;
        this.values = values;
        values[..keys.Length].Fill(0..0);

        var open = -1;
        var from = 0;
        for (var line = 0; line < text.Length;)
        {
            if (KeyAt(text[line..]) is var key and >= 0)
            {
                if (open >= 0) values[open] = Value(from, line);
                open = key;
                from = line + keys[key].Length + 2;
            }
            var end = text[line..].IndexOf('\n');
            line = end < 0 ? text.Length : line + end + 1;
        }
        if (open >= 0) values[open] = Value(from, text.Length);
    }

    /// <summary>The value of a known key; null when the key is absent, its value empty or the word "null".</summary>
    public readonly string? this[string key]
    {
        get
        {
            var value = text[values[keys.IndexOf(key)]];
            return value.Length == 0 || value is "null" ? null : value.ToString();
        }
    }

    private readonly int KeyAt(ReadOnlySpan<char> line)
    {
        for (var key = 0; key < keys.Length; key++)
        {
            if (line.StartsWith(keys[key]) && line[keys[key].Length..] is ['=', '\'', ..]) return key;
        }
        return -1;
    }

    private readonly Range Value(int from, int end)
    {
        while (end > from && text[end - 1] is '\n' or '\r') end--;
        if (end > from && text[end - 1] is '\'') end--;
        return from..end;
    }
}
