using System.Runtime.InteropServices;

namespace Signalbox.Sql;

/// <summary>Bytes as drivers take them.</summary>
internal static class Blob
{
    /// <summary>An array of these bytes: without a copy where there is one that holds nothing else.</summary>
    public static byte[] Of(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment is { Offset: 0, Array: { } array } && array.Length == segment.Count
            ? array
            : bytes.ToArray();
}
