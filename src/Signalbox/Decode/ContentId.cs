using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Signalbox;

/// <summary>The id of an event that has none of its own: equal bodies get equal ids, and differ in "body-" from real ids.</summary>
internal static class ContentId
{
    private const ulong First = 0x9E3779B185EBCA87;
    private const ulong Second = 0xC2B2AE3D27D4EB4F;

    /// <summary>The id of a body: JSON, or text when there is one.</summary>
    public static string Of(Json body, string? text) => $"body-{Hash(text is null ? body.Raw : Encoding.UTF8.GetBytes(text)):x16}";

    /// <summary>
    /// Four lanes of eight bytes at a time, mixed as XXH64 mixes them: byte by byte, the id of a body of 3 KB took longer than its JSON.
    /// </summary>
    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        Span<ulong> lanes = [(ulong)bytes.Length, 1, 2, 3];
        Span<byte> rest = stackalloc byte[32];
        bytes[^(bytes.Length % 32)..].CopyTo(rest);
        for (; bytes.Length >= 32; bytes = bytes[32..]) Take(bytes, lanes);
        Take(rest, lanes);
        var hash = 0UL;
        foreach (var lane in lanes) hash = Mix(hash, lane);
        hash = unchecked((hash ^ (hash >> 33)) * Second);
        hash = unchecked((hash ^ (hash >> 29)) * First);
        return hash ^ (hash >> 32);
    }

    private static void Take(ReadOnlySpan<byte> bytes, Span<ulong> lanes)
    {
        lanes[0] = Mix(lanes[0], BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        lanes[1] = Mix(lanes[1], BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
        lanes[2] = Mix(lanes[2], BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]));
        lanes[3] = Mix(lanes[3], BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));
    }

    private static ulong Mix(ulong lane, ulong bits) => unchecked(BitOperations.RotateLeft(lane + bits * Second, 31) * First);
}
