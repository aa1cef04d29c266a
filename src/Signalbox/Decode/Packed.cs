using System.Buffers;
using System.Buffers.Text;

namespace Signalbox;

/// <summary>What a member holds in Base64: the bytes of an event, some in gzip.</summary>
internal static class Packed
{
    private const int LongestOnStack = 4096;

    /// <summary>The event's bytes as UTF-8, out of gzip where they are in it; null when the member is no text in Base64.</summary>
    public static byte[]? Bytes(Json data) => Read(data, mustBePacked: false) is { } bytes ? Decode.Clean(bytes) : null;

    /// <summary>What was packed, with gzip or zlib; null when the member is no text in Base64 or nothing was packed.</summary>
    public static byte[]? Unpacked(Json data) => Read(data, mustBePacked: true);

    private static byte[]? Read(Json data, bool mustBePacked)
    {
        if (!data.IsText) return null;
        // A publisher may write slashes with escapes.
        var base64 = data.Raw.Contains((byte)'\\') ? data.TextBytes() : data.Raw;
        var most = Base64.GetMaxDecodedFromUtf8Length(base64.Length);
        var decoded = most <= LongestOnStack ? stackalloc byte[most] : new byte[most];
        if (Base64.DecodeFromUtf8(base64, decoded, out _, out var length) is not OperationStatus.Done) return null;
        var bytes = decoded[..length];
        if (mustBePacked) return Gunzip.Read(bytes);
        // zlib, which begins as a text may, is left as it is.
        return (bytes is [0x1F, 0x8B, ..] ? Gunzip.Read(bytes) : null) ?? bytes.ToArray();
    }
}
