using System.Globalization;
using System.Text;

namespace Signalbox.Cli.Sandboxes;

/// <summary>One request of HTTP/1.1 as it came over a connection: enough of HTTP for a function's runtime, and no more.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Without the query.</param>
/// <param name="Headers">Names in any case.</param>
/// <param name="Body">What came with it.</param>
internal sealed record HttpTurn(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private const int MostHead = 64 * 1024;

    /// <summary>Lambda takes answers of 6 MB; more is read so far that it can be refused in words.</summary>
    private const int MostBody = 64 * 1024 * 1024;

    /// <summary>Reads the next request; null at the end of the connection, and for what is no HTTP.</summary>
    /// <param name="stream">Where it comes from.</param>
    /// <param name="back">Where a sender that waits for leave to go on hears of it.</param>
    /// <param name="stop">Ends the waiting.</param>
    public static async Task<HttpTurn?> Read(Stream stream, Stream back, CancellationToken stop)
    {
        if (await Line(stream, stop) is not { } first || first.Split(' ') is not [var method, var target, _]) return null;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var size = first.Length; ;)
        {
            if (await Line(stream, stop) is not { } line || (size += line.Length) > MostHead) return null;
            if (line.Length is 0) break;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) headers[line[..colon]] = line[(colon + 1)..].Trim();
        }
        if (headers.TryGetValue("Expect", out var expected) && expected.Equals("100-continue", StringComparison.OrdinalIgnoreCase))
            await back.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), stop);
        var isChunked = headers.TryGetValue("Transfer-Encoding", out var coding) && coding.Contains("chunked", StringComparison.OrdinalIgnoreCase);
        var body = isChunked ? await Chunks(stream, stop) : await Exactly(stream, Length(headers), stop);
        return body is null ? null : new(method, target.Split('?')[0], headers, body);
    }

    /// <summary>Writes an answer; the connection stays open.</summary>
    public static async Task Answer(Stream stream, int status, byte[] body, CancellationToken stop, params (string Name, string Value)[] headers)
    {
        var head = new StringBuilder($"HTTP/1.1 {status} {(status < 300 ? "OK" : "Error")}\r\nContent-Type: application/json\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        foreach (var (name, value) in headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body], stop);
    }

    private static int Length(Dictionary<string, string> headers) =>
        headers.TryGetValue("Content-Length", out var text) ? Number(text, NumberStyles.None) : 0;

    private static int Number(string text, NumberStyles style) =>
        int.TryParse(text, style, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= MostBody ? number : -1;

    private static async Task<byte[]?> Chunks(Stream stream, CancellationToken stop)
    {
        using var whole = new MemoryStream();
        while (await Line(stream, stop) is { } size)
        {
            var length = Number(size.Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier);
            if (length is 0)
            {
                // Trailers end with an empty line.
                while (await Line(stream, stop) is { Length: > 0 }) continue;
                return whole.ToArray();
            }
            if (whole.Length + length > MostBody || await Exactly(stream, length, stop) is not { } chunk) return null;
            whole.Write(chunk);
            await Line(stream, stop);
        }
        return null;
    }

    private static async Task<byte[]?> Exactly(Stream stream, int length, CancellationToken stop)
    {
        if (length < 0) return null;
        var bytes = new byte[length];
        return await stream.ReadAtLeastAsync(bytes, length, throwOnEndOfStream: false, stop) == length ? bytes : null;
    }

    private static async Task<string?> Line(Stream stream, CancellationToken stop)
    {
        var bytes = new List<byte>(64);
        var one = new byte[1];
        while (bytes.Count < MostHead && await stream.ReadAsync(one, stop) is 1)
        {
            if (one[0] is (byte)'\n') return Encoding.Latin1.GetString([.. bytes]).TrimEnd('\r');
            bytes.Add(one[0]);
        }
        return null;
    }
}
