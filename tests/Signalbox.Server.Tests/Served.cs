using System.Collections.Concurrent;
using System.Text;
using Signalbox.Server;

namespace Signalbox.ServerTests;

/// <summary>A server as a user has it, on a port of its own, with a store in memory and what it says in hand.</summary>
public sealed class Served : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<string> log = [];
    private Task<string?> running = Task.FromResult<string?>(null);

    /// <summary>What it keeps.</summary>
    public Store Store { get; private init; } = MemoryStore.Open();

    /// <summary>Where it is.</summary>
    public HttpClient Http { get; } = new();

    /// <summary>Every line that it has logged.</summary>
    public IReadOnlyList<string> Log => [.. log];

    /// <summary>Starts one.</summary>
    /// <param name="yaml">Its settings; empty for none.</param>
    /// <param name="change">What else is different.</param>
    /// <param name="store">A store other than one in memory.</param>
    public static async Task<Served> With(string yaml = "", Func<Options, Options>? change = null, Store? store = null)
    {
        var settings = yaml.Length is 0 ? Settings.None : SettingsOf(yaml);
        var served = new Served { Store = store ?? MemoryStore.Open() };
        var started = new TaskCompletionSource<string>();
        var options = new Options
        {
            Listen = "127.0.0.1:0",
            Settings = settings,
            Store = served.Store,
            Open = some => Outside.Open(some, Roots.Open(_ => null), _ => { }),
            Log = line => served.log.Enqueue(Encoding.UTF8.GetString(line.Span).TrimEnd()),
            Started = started.SetResult,
            Worker = $"test/{Guid.NewGuid():n}",
            Grace = TimeSpan.FromSeconds(5),
        };
        served.running = Host.Run(change?.Invoke(options) ?? options, served.stopping.Token);
        if (await Task.WhenAny((Task)started.Task, served.running) == served.running) throw new InvalidOperationException(await served.running);
        served.Http.BaseAddress = new(await started.Task);
        return served;
    }

    /// <summary>Settings as they would stand in a file.</summary>
    public static Settings SettingsOf(string yaml)
    {
        var path = Path.Combine(Path.GetTempPath(), $"signalbox-{Guid.NewGuid():n}.yaml");
        File.WriteAllText(path, yaml);
        try
        {
            var loaded = SettingsFile.Load(path, "signalbox.yaml");
            return loaded.Settings ?? throw new InvalidOperationException(string.Join("\n", loaded.Problems));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Waits until something holds, for thirty seconds at most.</summary>
    public static async Task Until(Func<Task<bool>> holds)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            if (await holds()) return;
            await Task.Delay(50);
        }
        Assert.Fail("it did not come to hold within thirty seconds");
    }

    /// <summary>Posts a body and answers with status and text.</summary>
    public async Task<(int Status, string Text)> Post(string path, string body, string type = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await Http.PostAsync(new Uri(path, UriKind.Relative), content);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Fetches and answers with status and text.</summary>
    public async Task<(int Status, string Text)> Get(string path)
    {
        using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What the forms of a page prove themselves by, for this browser.</summary>
    public async Task<string> Token(string path)
    {
        const string before = "name=\"csrf\" value=\"";
        var page = (await Get(path)).Text;
        var at = page.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return page[at..page.IndexOf('"', at)];
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        Http.Dispose();
        stopping.Dispose();
    }
}
