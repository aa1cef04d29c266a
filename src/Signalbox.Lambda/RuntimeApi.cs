using System.Globalization;

namespace Signalbox.Lambda;

/// <summary>One call of the function.</summary>
/// <param name="RequestId">Lambda's id of the call.</param>
/// <param name="Event">The event as it came.</param>
/// <param name="Deadline">When Lambda stops waiting; null when it did not say.</param>
/// <param name="Trace">The X-Ray trace it belongs to, or null.</param>
internal sealed record Invocation(string RequestId, byte[] Event, DateTimeOffset? Deadline, string? Trace);

/// <summary>Why a call, or the start of the function, failed: what Lambda shows and stores.</summary>
/// <param name="Type">Category and reason: "Signalbox.DeliveryFailed".</param>
/// <param name="Message">The reason for people, without any secret.</param>
internal sealed record Failure(string Type, string Message);

/// <summary>The Lambda Runtime API: three calls over plain HTTP inside the sandbox.</summary>
/// <param name="host">Host and port, as in AWS_LAMBDA_RUNTIME_API.</param>
internal sealed class RuntimeApi(string host) : IDisposable
{
    private readonly string runtime = $"http://{host}/2018-06-01/runtime/";
    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
    });

    public void Dispose() => client.Dispose();

    /// <summary>Waits for the next call, for as long as it takes: the process may be frozen meanwhile.</summary>
    public async Task<Invocation> Next(CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, runtime + "invocation/next");
        using var response = await client.SendAsync(request, stop);
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"the Runtime API answered {(int)response.StatusCode}");

        string? Header(string name) => response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
        return new(
            Header("Lambda-Runtime-Aws-Request-Id") ?? "",
            await response.Content.ReadAsByteArrayAsync(stop),
            Instant(Header("Lambda-Runtime-Deadline-Ms")),
            Header("Lambda-Runtime-Trace-Id"));
    }

    private static DateTimeOffset? Instant(string? milliseconds) =>
        long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var since)
        && since <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(since)
            : null;

    /// <summary>Hands back the answer to a call.</summary>
    public Task Respond(Invocation invocation, byte[] body, CancellationToken stop) =>
        Post($"invocation/{invocation.RequestId}/response", body, null, stop);

    /// <summary>Says that a call failed, so that whoever sent the event sends it again.</summary>
    public Task Fail(Invocation invocation, Failure failure, CancellationToken stop) =>
        Post($"invocation/{invocation.RequestId}/error", Replies.Error(failure), failure.Type, stop);

    /// <summary>Says that the function cannot start.</summary>
    public Task FailToStart(Failure failure, CancellationToken stop) => Post("init/error", Replies.Error(failure), failure.Type, stop);

    private async Task Post(string path, byte[] body, string? errorType, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, runtime + path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        if (errorType is not null) request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", errorType);
        using var response = await client.SendAsync(request, stop);
        await response.Content.ReadAsByteArrayAsync(stop);
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"the Runtime API answered {(int)response.StatusCode}");
    }
}
