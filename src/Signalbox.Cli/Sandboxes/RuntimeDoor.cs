using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Signalbox.Cli.Sandboxes;

/// <summary>What a function said of its only call, or of its start.</summary>
/// <param name="Body">Its answer, or its error as JSON.</param>
/// <param name="IsError">True for an error.</param>
/// <param name="IsOfStart">True when it could not start.</param>
/// <param name="At">When the whole of it was there, in ticks of the stopwatch.</param>
internal sealed record LocalAnswer(byte[] Body, bool IsError, bool IsOfStart, long At);

/// <summary>Lambda's side of the Runtime API for one call, on a port of this machine that only it can reach.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html</remarks>
internal sealed class RuntimeDoor : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource askedAgain = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource given = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LocalAnswer> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] payload;
    private readonly (string, string)[] headers;
    private readonly string requestId;
    private int turns;

    /// <summary>Opens the door.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="requestId">Lambda's id of the call.</param>
    /// <param name="arn">The ARN that the function would have.</param>
    /// <param name="trace">The X-Ray trace.</param>
    public RuntimeDoor(byte[] payload, string requestId, string arn, string trace)
    {
        this.payload = payload;
        this.requestId = requestId;
        headers = [("Lambda-Runtime-Aws-Request-Id", requestId), ("Lambda-Runtime-Invoked-Function-Arn", arn), ("Lambda-Runtime-Trace-Id", trace)];
        listener.Start();
        _ = Task.Run(Listen);
    }

    /// <summary>What the function finds in <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string Address => listener.LocalEndpoint.ToString()!;

    /// <summary>When the call must have ended; set before <see cref="Give"/>.</summary>
    public DateTimeOffset Deadline { get; set; }

    /// <summary>Done when the function asks for its first call: it has started.</summary>
    public Task Asked => asked.Task;

    /// <summary>Done when it asks for a second one: it has nothing left to do for the first.</summary>
    public Task AskedAgain => askedAgain.Task;

    /// <summary>Done when it has answered, or said that it cannot.</summary>
    public Task<LocalAnswer> Answered => answered.Task;

    /// <summary>Hands the event over.</summary>
    public void Give() => given.TrySetResult();

    public void Dispose()
    {
        stopping.Cancel();
        listener.Dispose();
    }

    private async Task Listen()
    {
        try
        {
            while (true) _ = Serve(await listener.AcceptSocketAsync(stopping.Token));
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The call is over.
            return;
        }
    }

    private async Task Serve(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            await using var buffered = new BufferedStream(stream);
            while (await HttpTurn.Read(buffered, stream, stopping.Token) is { } turn)
            {
                await Answer(stream, turn);
                if (turn.Headers.TryGetValue("Connection", out var connection) && connection.Equals("close", StringComparison.OrdinalIgnoreCase)) return;
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The function went away, or the call is over: whoever waits for it sees that by itself.
            return;
        }
    }

    private async Task Answer(NetworkStream stream, HttpTurn turn)
    {
        switch (turn.Path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            case ["2018-06-01", "runtime", "invocation", "next"] when turn.Method is "GET":
                if (Interlocked.Increment(ref turns) > 1)
                {
                    askedAgain.TrySetResult();
                    await Task.Delay(Timeout.Infinite, stopping.Token);
                }
                asked.TrySetResult();
                await given.Task.WaitAsync(stopping.Token);
                var deadline = Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
                await HttpTurn.Answer(stream, 200, payload, stopping.Token, [.. headers, ("Lambda-Runtime-Deadline-Ms", deadline)]);
                break;
            case ["2018-06-01", "runtime", "invocation", var id, "response" or "error"] when turn.Method is "POST" && id == requestId:
                await Take(stream, new(turn.Body, turn.Path.EndsWith("error", StringComparison.Ordinal), false, System.Diagnostics.Stopwatch.GetTimestamp()));
                break;
            case ["2018-06-01", "runtime", "init", "error"] when turn.Method is "POST":
                await Take(stream, new(turn.Body, true, true, System.Diagnostics.Stopwatch.GetTimestamp()));
                break;
            default:
                await HttpTurn.Answer(stream, 404, """{"errorMessage":"no such call","errorType":"NotFound"}"""u8.ToArray(), stopping.Token);
                break;
        }
    }

    private async Task Take(NetworkStream stream, LocalAnswer answer)
    {
        await HttpTurn.Answer(stream, 202, """{"status":"OK"}"""u8.ToArray(), stopping.Token);
        answered.TrySetResult(answer);
    }
}
