namespace Signalbox;

/// <summary>What a member holds in Base64: the bytes of an event, some in gzip.</summary>
internal static class Packed
{
    /// <summary>The event's bytes as UTF-8; null when the member is no text in Base64.</summary>
    public static byte[]? Bytes(Json data)
    {
        if (data.Text is not { } text) return null;
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) return null;
        // zlib, which begins as a text may, is left as it is.
        var unpacked = bytes is [0x1F, 0x8B, ..] ? Gunzip.Read(bytes.AsSpan(0, length)) : null;
        return Decode.Clean(unpacked ?? bytes[..length]);
    }
}
