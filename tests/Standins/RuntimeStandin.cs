using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Signalbox.Standins;

/// <summary>What the function told the Runtime API about one call, or about its start.</summary>
public sealed record Told(string Kind, string RequestId, string Body, string? ErrorType);

/// <summary>AWS Lambda's side of the Runtime API.</summary>
public sealed class RuntimeStandin : IDisposable
{
    private readonly ConcurrentQueue<byte[]> events = new();
    private readonly SemaphoreSlim ready = new(0);
    private readonly BlockingCollection<Told> told = [];
    private readonly Standin server;
    private int calls;

    public RuntimeStandin() => server = new(Answer);

    /// <summary>The time that each call has.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(9);

    /// <summary>Called before the function hears that its answer has come in.</summary>
    public Action<Told> OnTold { get; init; } = _ => { };

    public string Host => $"127.0.0.1:{server.Port}";

    public void Invoke(string text) => Invoke(Encoding.UTF8.GetBytes(text));

    public void Invoke(byte[] bytes)
    {
        events.Enqueue(bytes);
        ready.Release();
    }

    /// <summary>The next thing that the function says about a call.</summary>
    public Told Take() =>
        told.TryTake(out var next, TimeSpan.FromSeconds(30)) ? next : throw new TimeoutException("the function said nothing");

    public void Dispose()
    {
        server.Dispose();
        told.Dispose();
        ready.Dispose();
    }

    private async Task<Said> Answer(Heard heard)
    {
        var parts = heard.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        switch (parts)
        {
            case ["2018-06-01", "runtime", "invocation", "next"]:
                await ready.WaitAsync();
                events.TryDequeue(out var body);
                var deadline = DateTimeOffset.UtcNow.Add(Timeout).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
                var head = Said.Http(200, "", ("Lambda-Runtime-Aws-Request-Id", $"request-{Interlocked.Increment(ref calls)}"),
                    ("Lambda-Runtime-Deadline-Ms", deadline), ("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700"));
                var text = Encoding.UTF8.GetString(head.Bytes);
                var whole = text.Replace("Content-Length: 0", $"Content-Length: {body!.Length}", StringComparison.Ordinal);
                return new([.. Encoding.UTF8.GetBytes(whole), .. body], Ending.StaysOpen);
            case ["2018-06-01", "runtime", "invocation", var id, "response" or "error"]:
                return Note(new(parts[^1], id, heard.Body, heard.Headers.GetValueOrDefault("lambda-runtime-function-error-type")));
            case ["2018-06-01", "runtime", "init", "error"]:
                return Note(new("init", "", heard.Body, heard.Headers.GetValueOrDefault("lambda-runtime-function-error-type")));
            default:
                return Said.Http(404, "");
        }
    }

    private Said Note(Told saying)
    {
        OnTold(saying);
        told.Add(saying);
        return Said.Http(202, "{\"status\":\"OK\"}");
    }
}
