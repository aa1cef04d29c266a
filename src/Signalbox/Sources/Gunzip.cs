namespace Signalbox;

/// <summary>Unpacks gzip and zlib (RFC 1950 to 1952) by plain arithmetic, for events that carry a packed text. Why it is ours: docs/decisions/0009.</summary>
/// <remarks>A header with optional fields is refused: no publisher of events writes one.</remarks>
internal ref struct Gunzip
{
    private const int Limit = 1 << 20;
    private const int Short = 1 << 9;
    private static readonly ushort[] LengthBase =
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
    private static readonly ushort[] DistanceBase =
        [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
    private static readonly byte[] Order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private readonly ReadOnlySpan<byte> packed;
    private byte[] text;
    private int at;
    private int length;
    private int held;
    private ulong bits;

    private Gunzip(ReadOnlySpan<byte> packed, int at)
    {
        this.packed = packed;
        this.at = at;
        text = new byte[int.Clamp(packed.Length * 4, 256, Limit)];
    }

    /// <summary>The unpacked bytes; null for what is neither, is damaged, or unpacks to more than 1 MiB.</summary>
    public static byte[]? Read(ReadOnlySpan<byte> gzip)
    {
        var isZlib = gzip is [0x78, var flags, ..] && (0x7800 + flags) % 31 == 0 && (flags & 0x20) == 0;
        var start = gzip is [0x1F, 0x8B, 8, 0, _, _, _, _, _, _, ..] ? 10 : isZlib ? 2 : 0;
        if (start == 0) return null;
        var unpacking = new Gunzip(gzip, start);
        for (var last = false; !last;)
        {
            last = unpacking.Bits(1) == 1;
            if (!(unpacking.Bits(2) switch { 0 => unpacking.Stored(), 1 => unpacking.Fixed(), 2 => unpacking.Dynamic(), _ => false })) return null;
        }
        return unpacking.text[..unpacking.length];
    }

    /// <summary>Takes in what fits, so that any code and what follows it is at hand.</summary>
    private void Fill()
    {
        for (; held <= 56 && at < packed.Length; held += 8) bits |= (ulong)packed[at++] << held;
    }

    /// <summary>The next bits, lowest first; −1 past the end.</summary>
    private int Bits(int count)
    {
        if (held < count) Fill();
        if (held < count) return -1;
        var value = (int)(bits & ((1u << count) - 1));
        bits >>= count;
        held -= count;
        return value;
    }

    private bool Put(byte unit)
    {
        if (length == Limit) return false;
        if (length == text.Length) Array.Resize(ref text, int.Min(Limit, length * 2));
        text[length++] = unit;
        return true;
    }

    private bool Stored()
    {
        at -= held >> 3;
        (bits, held) = (0, 0);
        if (at + 4 > packed.Length) return false;
        var count = packed[at] | (packed[at + 1] << 8);
        at += 4;
        for (; count > 0; count--)
        {
            if (at >= packed.Length || !Put(packed[at++])) return false;
        }
        return true;
    }

    private bool Fixed()
    {
        Span<byte> lengths = stackalloc byte[288 + 30];
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..288].Fill(8);
        lengths[288..].Fill(5);
        return Codes(lengths[..288], lengths[288..]);
    }

    private bool Dynamic()
    {
        var (literals, distances, ordered) = (Bits(5) + 257, Bits(5) + 1, Bits(4) + 4);
        if (literals is < 257 or > 286 || distances is < 1 or > 30 || ordered < 4) return false;
        Span<byte> lengths = stackalloc byte[320];
        lengths.Clear();
        for (var place = 0; place < ordered; place++) lengths[Order[place]] = (byte)(Bits(3) & 7);
        Span<ushort> table = stackalloc ushort[Short + 16 + 19];
        Build(lengths[..19], table);
        for (int place = 0, times; place < literals + distances; place += times)
        {
            var symbol = Symbol(table);
            (var size, times) = symbol switch
            {
                < 16 => (symbol, 1),
                16 => (place > 0 ? lengths[place - 1] : -1, 3 + Bits(2)),
                17 => (0, 3 + Bits(3)),
                _ => (0, 11 + Bits(7)),
            };
            if (size < 0 || place + times > literals + distances) return false;
            lengths.Slice(place, times).Fill((byte)size);
        }
        return Codes(lengths[..literals], lengths.Slice(literals, distances));
    }

    /// <summary>
    /// A canonical code: the codes of up to nine bits by those bits as they come (symbol and length), then how many codes there are of each length,
    /// then the symbols in the order of their codes.
    /// </summary>
    private static void Build(ReadOnlySpan<byte> lengths, Span<ushort> table)
    {
        table.Clear();
        var counts = table[Short..];
        foreach (var size in lengths) counts[size]++;
        counts[0] = 0;
        Span<ushort> next = stackalloc ushort[17];
        Span<int> codes = stackalloc int[17];
        next.Clear();
        codes.Clear();
        for (var size = 1; size < 16; size++)
        {
            next[size + 1] = (ushort)(next[size] + counts[size]);
            codes[size + 1] = (codes[size] + counts[size]) << 1;
        }
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            int size = lengths[symbol];
            if (size == 0) continue;
            counts[16 + next[size]++] = (ushort)symbol;
            var code = codes[size]++;
            var turned = 0;
            for (var bit = 0; bit < size; bit++) turned |= ((code >> bit) & 1) << (size - 1 - bit);
            for (; size <= 9 && turned < Short; turned += 1 << size) table[turned] = (ushort)((symbol << 4) | size);
        }
    }

    private int Symbol(scoped ReadOnlySpan<ushort> table)
    {
        if (held < 15) Fill();
        int known = table[(int)(bits & (Short - 1))];
        if (known != 0 && (known & 15) <= held)
        {
            bits >>= known & 15;
            held -= known & 15;
            return known >> 4;
        }
        table = table[Short..];
        for (int size = 1, code = 0, first = 0, index = 0; size < 16; size++)
        {
            if (Bits(1) is not (var bit and >= 0)) return -1;
            code = (code << 1) | bit;
            first <<= 1;
            if (code - first < table[size]) return table[16 + index + code - first];
            index += table[size];
            first += table[size];
        }
        return -1;
    }

    private bool Codes(scoped ReadOnlySpan<byte> literalLengths, scoped ReadOnlySpan<byte> distanceLengths)
    {
        Span<ushort> literals = stackalloc ushort[Short + 16 + 288];
        Span<ushort> distances = stackalloc ushort[Short + 16 + 30];
        Build(literalLengths, literals);
        Build(distanceLengths, distances);
        int symbol;
        while ((symbol = Symbol(literals)) is not 256)
        {
            if (symbol is < 0 or > 285) return false;
            if (symbol < 256)
            {
                if (!Put((byte)symbol)) return false;
                continue;
            }
            var count = LengthBase[symbol - 257] + Bits(symbol is < 265 or 285 ? 0 : (symbol - 261) >> 2);
            var far = Symbol(distances);
            if (far is < 0 or > 29 || Bits(far < 2 ? 0 : (far >> 1) - 1) is not (var extra and >= 0)) return false;
            for (var from = length - DistanceBase[far] - extra; count > 0; count--)
            {
                if (from < 0 || !Put(text[from++])) return false;
            }
        }
        return true;
    }
}
