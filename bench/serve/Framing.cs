using System.Globalization;
using System.Text;

namespace Signalbox.Bench.Serve;

/// <summary>HTTP/1.1 as far as a stand-in and a client on the loopback need it.</summary>
internal static class Framing
{
    /// <summary>The length of the first message when all of it is there, and of its head.</summary>
    public static (int Head, int Length)? Whole(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0) return null;
        var head = Encoding.ASCII.GetString(bytes[..end]);
        var at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        var length = at < 0 ? 0 : int.Parse(head.AsSpan(at + 16).ToString().Split('\r')[0], CultureInfo.InvariantCulture);
        return bytes.Length >= end + 4 + length ? (end + 4, end + 4 + length) : null;
    }
}
