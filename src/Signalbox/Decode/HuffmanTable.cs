namespace Signalbox;

/// <summary>A canonical code of deflate (RFC 1951, 3.2.2) as a table: the next bits of the packed text are the place of what they mean.</summary>
/// <remarks>
/// An entry says all that its symbol needs, so that nothing is looked up twice: bits 0–5 how long the code is, so that it shifts as it is; 8 a literal;
/// 9 the end; 12–15 how many bits follow it; 16–31 the byte, or the length or distance to which the following bits are added. It is 0 where there is no code.
/// Behind the table lie how many codes there are of each length, and all entries in the order of their codes, for the rare codes that are longer
/// than the table's index.
/// </remarks>
internal static class HuffmanTable
{
    /// <summary>How many bits the tables of literals and distances are read by. More means fewer long codes but more to fill for each block.</summary>
    public const int LiteralBits = 10;

    /// <inheritdoc cref="LiteralBits"/>
    public const int DistanceBits = 8;

    /// <summary>Set in the entry of a literal.</summary>
    public const uint IsLiteral = 1 << 8;

    /// <summary>Set in the entry that ends a block.</summary>
    public const uint IsEnd = 1 << 9;

    private const int Longest = 15;
    private const int Lengths = Longest + 1;

    /// <summary>What the symbols for literals, the end and lengths mean; nothing for the two that no text may use.</summary>
    public static readonly uint[] Literals =
    [
        .. Enumerable.Range(0, 256).Select(unit => ((uint)unit << 16) | IsLiteral), IsEnd,
        .. Enumerable.Range(3, 8).Select(length => Meaning(length, 0)),
        .. Enumerable.Range(0, 20).Select(step => Meaning(3 + ((4 + step % 4) << (1 + step / 4)), 1 + step / 4)),
        Meaning(258, 0), 0, 0,
    ];

    /// <summary>What the symbols for distances mean.</summary>
    public static readonly uint[] Distances =
        [Meaning(1, 0), Meaning(2, 0), .. Enumerable.Range(0, 28).Select(step => Meaning(1 + ((2 + step % 2) << (step / 2)), step / 2))];

    /// <summary>How many entries a table needs.</summary>
    public static int Room(int indexBits, int symbols) => (1 << indexBits) + Lengths + symbols;

    /// <summary>Makes the table.</summary>
    /// <param name="lengths">How long the code of each symbol is, 0 to 15; 0 for a symbol without one.</param>
    /// <param name="meanings">What the symbols mean; none when they mean themselves.</param>
    /// <param name="indexBits">How many bits the table is read by.</param>
    /// <param name="table">Where to make it.</param>
    /// <returns>False when there are more codes than their lengths have room for.</returns>
    public static bool Build(ReadOnlySpan<byte> lengths, ReadOnlySpan<uint> meanings, int indexBits, Span<uint> table)
    {
        var counts = table.Slice(1 << indexBits, Lengths);
        var inOrder = table[((1 << indexBits) + Lengths)..];
        counts.Clear();
        foreach (var size in lengths) counts[size]++;
        counts[0] = 0;

        Span<int> next = stackalloc int[Lengths + 1];
        for (int size = 1, free = 1; size <= Longest; size++)
        {
            free = (free << 1) - (int)counts[size];
            if (free < 0) return false;
            next[size + 1] = next[size] + (int)counts[size];
        }
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] is not 0 and var size)
                inOrder[next[size]++] = meanings.IsEmpty ? ((uint)symbol << 16) | size : meanings[symbol] is not 0 and var meaning ? meaning | size : 0;
        }

        // Each length doubles the table, so that a short code stands wherever the bits begin with it. A code is sent from its highest bit on, so it
        // counts up from there.
        table[0] = 0;
        for (int size = 1, code = 0, at = 0; size <= indexBits; size++)
        {
            var half = 1 << (size - 1);
            table[..half].CopyTo(table[half..]);
            for (var count = counts[size]; count > 0; count--)
            {
                table[code] = inOrder[at++];
                var bit = half;
                while ((code & bit) != 0) bit >>= 1;
                code = (code & (bit - 1)) | bit;
            }
        }
        return true;
    }

    /// <summary>The entry of a code that is too long for the table, or of one that there is not: then nothing.</summary>
    /// <param name="bits">The next bits.</param>
    /// <param name="behind">What lies behind the table.</param>
    public static uint Long(ulong bits, ReadOnlySpan<uint> behind)
    {
        for (uint size = 1, code = 0, first = 0, at = Lengths; size <= Longest; size++, bits >>= 1)
        {
            code = (code << 1) | (uint)(bits & 1);
            first <<= 1;
            var count = behind[(int)size];
            if (code - first < count) return behind[(int)(at + code - first)];
            at += count;
            first += count;
        }
        return 0;
    }

    private static uint Meaning(int least, int following) => ((uint)least << 16) | ((uint)following << 12);
}
