using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;

namespace Signalbox.Tests;

/// <summary>Our unpacking is held against the one of the platform.</summary>
public class GunzipTests
{
    [Theory, InlineData(CompressionLevel.NoCompression), InlineData(CompressionLevel.Fastest), InlineData(CompressionLevel.SmallestSize)]
    public void What_the_platform_packs_is_unpacked_to_the_same_bytes(CompressionLevel level) =>
        Check.One(Searches.Of(300), Prop.ForAll(Bytes, plain => Gunzip.Read(Pack(plain, level)).AsSpan().SequenceEqual(plain)));

    [Fact]
    public void A_long_text_with_far_repetitions_is_unpacked()
    {
        var plain = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 30_000).Select(at => $"line {at % 977} of the log\n")));
        Assert.Equal(plain, Gunzip.Read(Pack(plain, CompressionLevel.Optimal)));
    }

    [Fact]
    public void A_bomb_stops_at_its_limit() => Assert.Null(Gunzip.Read(Pack(new byte[50_000_000], CompressionLevel.SmallestSize)));

    [Fact]
    public void Damage_anywhere_ends_in_an_answer_and_never_in_an_exception()
    {
        var packed = Pack(System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(at => $"line {at * at} "))), CompressionLevel.Optimal);
        for (var at = 0; at < packed.Length; at++)
        {
            _ = Gunzip.Read(packed.AsSpan(0, at));
            for (var bit = 0; bit < 8; bit++)
            {
                byte[] damaged = [.. packed];
                damaged[at] ^= (byte)(1 << bit);
                _ = Gunzip.Read(damaged);
            }
        }
        Assert.Null(Gunzip.Read(packed.AsSpan(0, packed.Length / 2)));
    }

    [Fact]
    public void What_is_packed_by_zlib_is_unpacked_too()
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal)) zlib.Write("a line of the log"u8);
        Assert.Equal("a line of the log"u8.ToArray(), Gunzip.Read(packed.ToArray()));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(5_000), InlineData(int.MaxValue)]
    public void What_its_end_says_of_its_length_is_no_more_than_a_hint(int length)
    {
        var plain = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 3_000).Select(at => $"line {at * at} ")));
        var packed = Pack(plain, CompressionLevel.Optimal);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(packed.Length - 4), length);
        Assert.Equal(plain, Gunzip.Read(packed));
    }

    [Fact]
    public void Codes_longer_than_the_table_are_found_too()
    {
        // Each unit is half as frequent as the one before, so that codes get as long as deflate allows.
        var random = new Random(1);
        var plain = Enumerable.Range(0, 60_000).Select(_ => (byte)(System.Numerics.BitOperations.TrailingZeroCount(random.Next(1, 1 << 18)) * 13)).ToArray();
        Assert.Equal(plain, Gunzip.Read(Pack(plain, CompressionLevel.Optimal)));
    }

    private static Arbitrary<byte[]> Bytes =>
        Gen.Choose(0, 36).SelectMany(kinds => Gen.ArrayOf(Gen.Choose(0, kinds).Select(unit => (byte)(unit * 7)), 2000)).ToArbitrary();

    private static byte[] Pack(byte[] plain, CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level)) gzip.Write(plain);
        return packed.ToArray();
    }
}
