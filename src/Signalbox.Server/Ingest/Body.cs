using System.IO.Compression;

namespace Signalbox.Server.Ingest;

/// <summary>The body of a request, within limits.</summary>
internal static class Body
{
    /// <summary>The most bytes that a packed body may unpack to.</summary>
    public const int MostUnpacked = 16 * 1024 * 1024;

    /// <summary>What is reserved ahead for a body, whatever its sender promises.</summary>
    private const int Ahead = 64 * 1024;

    /// <summary>The bytes as they were sent, for whoever checks a signature over them.</summary>
    public static async Task<byte[]> Raw(HttpContext http)
    {
        using var body = new MemoryStream((int)Math.Clamp(http.Request.ContentLength ?? 0, 0, Ahead));
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.Length == body.Capacity ? body.GetBuffer() : body.ToArray();
    }

    /// <summary>The bytes, unpacked when they are packed, or why they are not taken.</summary>
    public static async Task<(byte[] Bytes, Refusal? Refusal)> Read(HttpContext http)
    {
        var packing = http.Request.Headers.ContentEncoding.ToString().Trim();
        var isGzip = packing.Equals("gzip", StringComparison.OrdinalIgnoreCase);
        if (packing.Length > 0 && !isGzip && !packing.Equals("identity", StringComparison.OrdinalIgnoreCase))
            return ([], new(415, "the body may be packed with gzip, and with nothing else"));
        var raw = await Raw(http);
        if (isGzip && Unpack(raw, out raw) is { } refusal) return ([], refusal);
        return raw.AsSpan().Trim(" \t\r\n"u8).IsEmpty ? ([], new(400, "there is no event in it: the body is empty")) : (raw, null);
    }

    private static Refusal? Unpack(byte[] packed, out byte[] bytes)
    {
        bytes = [];
        var into = new MemoryStream(Math.Min(packed.Length * 4, Ahead * 4));
        var part = new byte[16 * 1024];
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            for (int length; (length = gzip.Read(part)) > 0;)
            {
                if (into.Length + length > MostUnpacked)
                    return new(413, $"the body unpacks to more than {MostUnpacked} bytes ({MostUnpacked / 1024 / 1024} MiB), the most that is taken");
                into.Write(part, 0, length);
            }
        }
        catch (InvalidDataException)
        {
            return new(400, "the body is not gzip, although its Content-Encoding says so");
        }
        bytes = into.ToArray();
        // A stream that breaks off unpacks to less than the length at its end says; several streams in a row unpack to more than the last says.
        var last = packed.Length >= 18 ? BitConverter.ToUInt32(packed, packed.Length - 4) : 0;
        return bytes.Length < last || packed.Length < 18 ? new(400, "the gzip of the body breaks off") : null;
    }
}
