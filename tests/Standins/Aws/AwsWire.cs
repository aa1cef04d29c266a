using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Signalbox.Standins;

/// <summary>A request as it came over the wire: nothing decoded, nothing put in order.</summary>
/// <param name="Method">GET, POST, …</param>
/// <param name="Target">Path and query, as they were written.</param>
/// <param name="Headers">In their order, names in lower case, values without spaces around them.</param>
/// <param name="Body">Its bytes, after a chunked transfer was put together.</param>
public sealed record AwsRequest(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    /// <summary>What is before the question mark, still encoded.</summary>
    public string Path => Target.Split('?', 2)[0];

    /// <summary>What is after it, still encoded; empty without one.</summary>
    public string Query => Target.Split('?', 2) is [_, var query] ? query : "";

    /// <summary>A header's value; null without it.</summary>
    public string? Header(string name) => Headers.FirstOrDefault(header => header.Name == name).Value;

    /// <summary>The names and values of the query, decoded.</summary>
    public IEnumerable<(string Name, string Value)> Parameters => Pairs(Query);

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Names and values of a form or query, decoded.</summary>
    public static IEnumerable<(string Name, string Value)> Pairs(string form) =>
        from pair in form.Split('&', StringSplitOptions.RemoveEmptyEntries)
        let parts = pair.Split('=', 2)
        select (Plain(parts[0]), parts.Length is 2 ? Plain(parts[1]) : "");

    private static string Plain(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

/// <summary>What is answered.</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Type">The content's type; null for none.</param>
/// <param name="Body">The bytes.</param>
/// <param name="Headers">What else the head says.</param>
public sealed record AwsReply(int Status, string? Type, byte[] Body, params (string Name, string Value)[] Headers)
{
    /// <summary>The same with more to its head.</summary>
    public AwsReply With(params (string Name, string Value)[] more) => this with { Headers = [.. Headers, .. more] };
}

/// <summary>HTTP 1.1 on the loopback, which hands on requests as they came and drops the connection where there is no answer.</summary>
internal sealed class AwsWire : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly Func<AwsRequest, Task<AwsReply?>> answer;

    public AwsWire(Func<AwsRequest, Task<AwsReply?>> answer)
    {
        this.answer = answer;
        listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Dispose()
    {
        over.Cancel();
        listener.Stop();
    }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Serve(await listener.AcceptTcpClientAsync(over.Token));
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var mine = client;
        client.NoDelay = true;
        try
        {
            var stream = client.GetStream();
            var reader = new WireReader(stream, over.Token);
            while (await reader.Request() is { } request)
            {
                if (await answer(request) is not { } reply)
                {
                    client.Client.Close(0);
                    return;
                }
                await stream.WriteAsync(Head(reply, request.Method), over.Token);
                if (request.Method is not "HEAD") await stream.WriteAsync(reply.Body, over.Token);
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private static byte[] Head(AwsReply reply, string method)
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} {(HttpStatusCode)reply.Status}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Date: {DateTimeOffset.UtcNow:R}\r\n");
        if (reply.Type is not null) head.Append("Content-Type: ").Append(reply.Type).Append("\r\n");
        if (method is not "HEAD" && reply.Status is not 204) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {reply.Body.Length}\r\n");
        foreach (var (name, value) in reply.Headers) head.Append(name).Append(": ").Append(value).Append("\r\n");
        return Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());
    }
}

/// <summary>Reads one request after another.</summary>
internal sealed class WireReader(NetworkStream stream, CancellationToken stop)
{
    private readonly byte[] buffer = new byte[64 * 1024];
    private int from, until;

    /// <summary>The next one; null when the other side has gone.</summary>
    public async Task<AwsRequest?> Request()
    {
        var head = new List<string>();
        while (true)
        {
            if (await Line() is not { } line) return null;
            if (line.Length > 0) head.Add(line);
            else if (head.Count > 0) break;
        }
        var first = head[0].Split(' ');
        var headers = head.Skip(1).Select(line => line.Split(':', 2)).Select(parts => (parts[0].ToLowerInvariant(), parts[1].Trim())).ToList();
        string? Header(string name) => headers.FirstOrDefault(header => header.Item1 == name).Item2;
        if (Header("expect") is { } expected && expected.Equals("100-continue", StringComparison.OrdinalIgnoreCase))
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), stop);
        var body = Header("transfer-encoding") is { } transfer && transfer.Contains("chunked", StringComparison.OrdinalIgnoreCase)
            ? await Chunks()
            : await Bytes(int.Parse(Header("content-length") ?? "0", CultureInfo.InvariantCulture));
        return body is null ? null : new(first[0], first[1], headers, body);
    }

    private async Task<byte[]?> Chunks()
    {
        using var whole = new MemoryStream();
        while (true)
        {
            if (await Line() is not { } size) return null;
            var length = int.Parse(size.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length is 0) break;
            if (await Bytes(length) is not { } chunk) return null;
            whole.Write(chunk);
            await Line();
        }
        while (await Line() is { Length: > 0 }) { }
        return whole.ToArray();
    }

    private async Task<string?> Line()
    {
        var line = new List<byte>();
        while (true)
        {
            if (from == until && !await Fill()) return null;
            var next = buffer[from++];
            if (next is (byte)'\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(next);
        }
    }

    private async Task<byte[]?> Bytes(int count)
    {
        var bytes = new byte[count];
        for (var had = 0; had < count;)
        {
            if (from == until && !await Fill()) return null;
            var take = Math.Min(count - had, until - from);
            Buffer.BlockCopy(buffer, from, bytes, had, take);
            (had, from) = (had + take, from + take);
        }
        return bytes;
    }

    private async Task<bool> Fill()
    {
        (from, until) = (0, await stream.ReadAsync(buffer, stop));
        return until > 0;
    }
}
