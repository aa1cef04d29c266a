using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace Signalbox;

/// <summary>Unpacks gzip and zlib (RFC 1950 to 1952) by plain arithmetic, for events that carry a packed text. Why it is ours: docs/decisions/0009.</summary>
/// <remarks>A header with optional fields is refused: no publisher of events writes one.</remarks>
internal ref struct Gunzip
{
    private const int Limit = 1 << 20;

    /// <summary>No packing makes more of a byte than this: what a damaged length at the end may make us set aside.</summary>
    private const long MostOfAByte = 1032;

    private static readonly byte[] Order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private readonly ReadOnlySpan<byte> packed;
    private byte[] text;
    private int at;
    private int length;
    private int held;
    private ulong bits;

    private Gunzip(ReadOnlySpan<byte> packed, int at, byte[] text)
    {
        this.packed = packed;
        this.at = at;
        this.text = text;
    }

    /// <summary>The unpacked bytes; null for what is neither, is damaged, or unpacks to more than 1 MiB.</summary>
    public static byte[]? Read(ReadOnlySpan<byte> gzip)
    {
        var isZlib = gzip is [0x78, var flags, ..] && (0x7800 + flags) % 31 == 0 && (flags & 0x20) == 0;
        var start = gzip is [0x1F, 0x8B, 8, 0, _, _, _, _, _, _, ..] ? 10 : isZlib ? 2 : 0;
        if (start == 0) return null;
        // gzip ends with the length of its text: taken as a hint, it saves growing and copying.
        var hint = isZlib || gzip.Length < 18 ? gzip.Length * 4L
            : long.Min(BinaryPrimitives.ReadUInt32LittleEndian(gzip[^4..]), gzip.Length * MostOfAByte);
        var unpacking = new Gunzip(gzip, start, GC.AllocateUninitializedArray<byte>((int)long.Clamp(hint, 16, Limit)));
        for (var last = false; !last;)
        {
            last = unpacking.Bits(1) == 1;
            if (!(unpacking.Bits(2) switch { 0 => unpacking.Stored(), 1 => unpacking.Fixed(), 2 => unpacking.Dynamic(), _ => false })) return null;
        }
        return unpacking.length == unpacking.text.Length ? unpacking.text : unpacking.text[..unpacking.length];
    }

    /// <summary>Takes in at least 56 bits, or all that are left.</summary>
    private void Fill()
    {
        if (at + 8 <= packed.Length)
        {
            // What does not fit any more is read again next time, and is the same then.
            bits |= BinaryPrimitives.ReadUInt64LittleEndian(packed[at..]) << held;
            at += (63 - held) >> 3;
            held |= 56;
            return;
        }
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

    /// <summary>True when so much more fits, after making room for it.</summary>
    private bool HasRoom(int count)
    {
        if (count <= text.Length - length) return true;
        if (count > Limit - length) return false;
        Array.Resize(ref text, int.Min(Limit, int.Max(length + count, length * 2)));
        return true;
    }

    private bool Stored()
    {
        at -= held >> 3;
        (bits, held) = (0, 0);
        if (at + 4 > packed.Length) return false;
        var count = BinaryPrimitives.ReadUInt16LittleEndian(packed[at..]);
        at += 4;
        if (count > packed.Length - at || !HasRoom(count)) return false;
        packed.Slice(at, count).CopyTo(text.AsSpan(length));
        at += count;
        length += count;
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
        for (var place = 0; place < ordered; place++) lengths[Order[place]] = (byte)(Bits(3) & 7);
        Span<uint> table = stackalloc uint[HuffmanTable.Room(7, 19)];
        if (!HuffmanTable.Build(lengths[..19], [], 7, table)) return false;
        lengths[..19].Clear();
        for (int place = 0, times; place < literals + distances; place += times)
        {
            if (held < 14) Fill();
            var entry = table[(int)(bits & 127)];
            var size = (int)(entry & 15);
            if (size == 0 || size > held) return false;
            bits >>= size;
            held -= size;
            var symbol = (int)(entry >> 16);
            if (symbol < 16)
            {
                lengths[place] = (byte)symbol;
                times = 1;
                continue;
            }
            (var repeated, times) = symbol switch
            {
                16 => (place > 0 ? lengths[place - 1] : -1, 3 + Bits(2)),
                17 => (0, 3 + Bits(3)),
                _ => (0, 11 + Bits(7)),
            };
            if (repeated < 0 || place + times > literals + distances) return false;
            lengths.Slice(place, times).Fill((byte)repeated);
        }
        return Codes(lengths[..literals], lengths.Slice(literals, distances));
    }

    /// <summary>One block of literals and repetitions.</summary>
    private bool Codes(scoped ReadOnlySpan<byte> literalLengths, scoped ReadOnlySpan<byte> distanceLengths)
    {
        Span<uint> literals = stackalloc uint[HuffmanTable.Room(HuffmanTable.LiteralBits, 288)];
        Span<uint> distances = stackalloc uint[HuffmanTable.Room(HuffmanTable.DistanceBits, 30)];
        return HuffmanTable.Build(literalLengths, HuffmanTable.Literals, HuffmanTable.LiteralBits, literals)
            && HuffmanTable.Build(distanceLengths, HuffmanTable.Distances, HuffmanTable.DistanceBits, distances)
            && Follow(literals, distances);
    }

    /// <summary>Does what the codes say until one of them ends the block.</summary>
    /// <remarks>What it costs for each of them is what unpacking costs: so it works on copies of the fields, which can stay in registers.</remarks>
    private bool Follow(scoped ReadOnlySpan<uint> literals, scoped ReadOnlySpan<uint> distances)
    {
        unchecked
        {
            const uint LiteralMask = (1 << HuffmanTable.LiteralBits) - 1;
            const uint DistanceMask = (1 << HuffmanTable.DistanceBits) - 1;
            var (bits, held, to, text) = (this.bits, this.held, length, this.text);
            while (true)
            {
                // A repetition is at most 48 bits: 15 and 5 for its length, 15 and 13 for its distance. Past the end there are zeros, which `held` tells.
                if (held < 48)
                {
                    (this.bits, this.held) = (bits, held);
                    Fill();
                    (bits, held) = (this.bits, this.held);
                }
                var entry = literals[(int)((uint)bits & LiteralMask)];
                if (entry == 0) entry = HuffmanTable.Long(bits, literals[(int)(LiteralMask + 1)..]);
                bits >>= (int)entry;
                held -= (int)(entry & 15);
                if ((entry & HuffmanTable.IsLiteral) != 0)
                {
                    if ((uint)to >= (uint)text.Length)
                    {
                        length = to;
                        if (!HasRoom(1)) return false;
                        text = this.text;
                    }
                    text[to++] = (byte)(entry >> 16);
                    if (held < 0) return false;
                    continue;
                }
                if (entry == 0 || held < 0) return false;
                if ((entry & HuffmanTable.IsEnd) != 0)
                {
                    (this.bits, this.held, length) = (bits, held, to);
                    return true;
                }
                var following = (int)(entry >> 12) & 15;
                var count = (int)(entry >> 16) + (int)((uint)bits & ((1u << following) - 1));
                bits >>= following;
                held -= following;

                entry = distances[(int)((uint)bits & DistanceMask)];
                if (entry == 0) entry = HuffmanTable.Long(bits, distances[(int)(DistanceMask + 1)..]);
                bits >>= (int)entry;
                following = (int)(entry >> 12) & 15;
                var distance = (int)(entry >> 16) + (int)((uint)bits & ((1u << following) - 1));
                bits >>= following;
                held -= (int)(entry & 15) + following;
                length = to;
                if (entry == 0 || held < 0 || distance > to || !HasRoom(count)) return false;
                text = this.text;
                if (distance >= Vector128<byte>.Count && count + Vector128<byte>.Count <= text.Length - to)
                {
                    // Sixteen at a time, past the end too: what comes next writes over it.
                    for (var said = 0; said < count; said += Vector128<byte>.Count) Vector128.Create(text, to + said - distance).CopyTo(text, to + said);
                }
                else
                {
                    Repeat(distance, count);
                }
                to += count;
            }
        }
    }

    /// <summary>Says again what stood so far back; where that reaches into what is being said, it goes round.</summary>
    private readonly void Repeat(int distance, int count)
    {
        for (int said = distance, to = length; to < length + count; said *= 2)
        {
            var step = int.Min(said, length + count - to);
            text.AsSpan(to - said, step).CopyTo(text.AsSpan(to));
            to += step;
        }
    }
}
