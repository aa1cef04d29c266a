using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>Short stand-ins for long texts, for indexes: the beginning of SHA-256 over their UTF-16.</summary>
/// <remarks>They are written into tables: another function needs a migration.</remarks>
internal static class Hash
{
    /// <summary>64 bits. Two texts may share them: compare the texts too.</summary>
    public static long Short(string text) => BinaryPrimitives.ReadInt64LittleEndian(Of(text, stackalloc byte[32]));

    /// <summary>64 bits of a place. Two places may share them: compare the places too.</summary>
    public static long Short(Place place) => BinaryPrimitives.ReadInt64LittleEndian(Of(Both(place), stackalloc byte[32]));

    /// <summary>128 bits, which no two texts share in practice, nor can anybody make two that do.</summary>
    public static Guid Long(string text) => new(Of(text, stackalloc byte[32])[..16]);

    /// <summary>128 bits of a place, which no two places share in practice.</summary>
    public static Guid Long(Place place) => new(Of(Both(place), stackalloc byte[32])[..16]);

    // The length keeps "a", "bc" apart from "ab", "c".
    private static string Both(Place place) => $"{place.Room.Length}:{place.Room}{place.Thread}";

    private static Span<byte> Of(string text, Span<byte> hash) => hash[..SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash)];
}
