using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Text;

namespace Signalbox.Effects;

/// <summary>The one pooled HTTP client for all chats.</summary>
public sealed class Wire(Doors doors) : IDisposable
{
    private readonly HttpMessageInvoker client = new(doors.Handler());

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    /// <inheritdoc cref="Effects.Send"/>
    public async Task<Answer> Send(Letter letter, TimeSpan within, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(within);
        try
        {
            using var request = Request(letter);
            using var response = await client.SendAsync(request, patience.Token);
            return new Answer.Came((int)response.StatusCode, RetryAfter(response), await Body(response, letter.LongestAnswer, patience.Token))
            {
                Headers =
                [
                    .. from name in letter.Wants
                       where response.Headers.Contains(name)
                       select new Fact(name, string.Join(", ", response.Headers.GetValues(name))),
                ],
            };
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Answer.Missing(FormattableString.Invariant($"no answer within {within.TotalSeconds:0.#} s"), MayPass: true);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or SocketException or AuthenticationException)
        {
            return new Answer.Missing(Reason(fault), MayPass: CertificateFault(fault) is null);
        }
    }

    /// <inheritdoc cref="Effects.Dial"/>
    public async Task<WebSocket> Dial(Uri address, CancellationToken stop)
    {
        var socket = new ClientWebSocket();
        // A peer that is gone without a word is noticed.
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(20);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(20);
        try
        {
            await socket.ConnectAsync(address, client, stop);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static HttpRequestMessage Request(Letter letter)
    {
        var request = new HttpRequestMessage(HttpMethod.Parse(letter.Method), letter.Address) { Content = new ReadOnlyMemoryContent(letter.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", letter.Type);
        request.Headers.TryAddWithoutValidation("User-Agent", "signalbox");
        foreach (var (name, value) in letter.Headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static async Task<string> Body(HttpResponseMessage response, int most, CancellationToken stop)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(stop);
        var body = new byte[(int)Math.Min(most, response.Content.Headers.ContentLength ?? most)];
        var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, stop);
        return Encoding.UTF8.GetString(body, 0, length);
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("Retry-After", out HeaderStringValues values)
            && !((int)response.StatusCode is 429 && response.Headers.NonValidated.TryGetValues("X-RateLimit-Reset-After", out values)))
        {
            return null;
        }
        var text = values.ToString().Trim();
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        var wait = double.TryParse(text, Plain, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? (at - DateTimeOffset.UtcNow).TotalSeconds
                : double.NaN;
        return double.IsNaN(wait) ? null : TimeSpan.FromSeconds(Math.Clamp(wait, 0, TimeSpan.SecondsPerDay));
    }

    /// <summary>The fault in our own words: the exceptions' would name the address.</summary>
    internal static string Reason(Exception fault)
    {
        if (CertificateFault(fault) is { } untrusted) return untrusted.Message;
        if (Inner<SocketException>(fault) is { } socket) return Reason(socket.SocketErrorCode);
        return fault switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its host name cannot be resolved",
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "its host cannot be reached",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } or AuthenticationException =>
                "a secure connection could not be made",
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => "its answer is not HTTP",
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the proxy did not let it through",
            _ => "the connection ended before the answer was whole",
        };
    }

    private static Untrusted? CertificateFault(Exception fault) => Inner<Untrusted>(fault);

    private static T? Inner<T>(Exception? fault)
        where T : Exception
    {
        while (fault is not null and not T) fault = fault.InnerException;
        return (T?)fault;
    }

    private static string Reason(SocketError error) => error switch
    {
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery =>
            "its host name cannot be resolved",
        SocketError.ConnectionRefused => "the connection was refused",
        SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted => "the connection was reset",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown => "its host cannot be reached",
        SocketError.TimedOut => "the connection timed out",
        _ => "the connection failed",
    };
}
