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
        var (first, second, third, fourth) = ((ulong)bytes.Length, 1UL, 2UL, 3UL);
        Span<byte> rest = stackalloc byte[32];
        bytes[^(bytes.Length % 32)..].CopyTo(rest);
        while (true)
        {
            var block = bytes.Length >= 32 ? bytes[..32] : rest;
            first = Mix(first, BinaryPrimitives.ReadUInt64LittleEndian(block));
            second = Mix(second, BinaryPrimitives.ReadUInt64LittleEndian(block[8..]));
            third = Mix(third, BinaryPrimitives.ReadUInt64LittleEndian(block[16..]));
            fourth = Mix(fourth, BinaryPrimitives.ReadUInt64LittleEndian(block[24..]));
            if (bytes.Length < 32) break;
            bytes = bytes[32..];
        }
        var hash = Mix(Mix(Mix(Mix(0, first), second), third), fourth);
        hash = unchecked((hash ^ (hash >> 33)) * Second);
        hash = unchecked((hash ^ (hash >> 29)) * First);
        return hash ^ (hash >> 32);
    }

    private static ulong Mix(ulong lane, ulong bits) => unchecked(BitOperations.RotateLeft(lane + bits * Second, 31) * First);
}
