using System.Text;
using Signalbox.Effects;

namespace Signalbox.StoreTests;

/// <summary>What every store must do. An engine is put under it by a class that says how to open an empty one.</summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    protected static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>As many of everything as there are.</summary>
    protected const int Every = 10_000;

    private Store? store;

    protected Store Store => store ?? throw new InvalidOperationException("not opened yet");

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Opens a store with nothing in it, or skips the test with a reason.</summary>
    protected abstract Task<Store> Fresh();

    public async ValueTask InitializeAsync() => store = await Fresh();

    public virtual async ValueTask DisposeAsync()
    {
        if (store is { } open) await open.Close();
        GC.SuppressFinalize(this);
    }

    protected static DateTimeOffset At(double seconds) => Noon.AddSeconds(seconds);

    protected static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    protected static Place Place(string thread = "alarm 5xx", string room = "ops") => new(room, thread);

    protected static Arrival Event(string id, double seconds = 0, string body = "{}", int part = 0) => new(id, Bytes(body), part, At(seconds));

    protected static Revision Revise(Place place, long expected, string state = "raised") => new(place, expected, Bytes(state));

    protected static Order Say(string words, int priority = 5, Place? place = null) => new(place ?? Place(), priority, Bytes(words));

    protected static HistoryLine Line(string body, double seconds = 0, string id = "", Place? place = null, string what = "told") =>
        new(At(seconds), id, place ?? new("", ""), what, Bytes(body));

    protected static Lease LeaseOf(string worker, double at = 0, double seconds = 30) => new(worker, At(at), At(at + seconds));

    protected Task<ValueList<bool>> Accept(params Arrival[] arrivals) => Store.Accept([.. arrivals], Stop);

    protected async Task<List<string>> Claim(string worker, double at = 0, int most = Every) =>
        [.. from arrival in await Store.Claim(LeaseOf(worker, at), most, Stop) select arrival.Id];

    protected async Task<Saved> Load(Place place) => (await Store.Load([place], Stop))[0];

    protected Task<bool> Commit(Change change) => Store.Commit(change, Stop);

    protected Task<bool> Save(params Revision[] revisions) => Commit(new() { At = Noon, Revisions = [.. revisions] });

    protected Task<bool> Post(params Order[] orders) => Commit(new() { At = Noon, Orders = [.. orders] });

    protected async Task<List<Waiting>> Waiting(string room = "ops", double now = 0, int most = Every) => [.. await Store.Waiting(room, At(now), most, Stop)];

    protected async Task<List<string>> Words(string room = "ops", double now = 0, int most = Every) =>
        [.. from waiting in await Waiting(room, now, most) select Text(waiting.Order.Body)];

    protected Task Settle(params Settlement[] settlements) => Store.Settle([.. settlements], Stop);

    protected static Settlement Made(Waiting waiting, string? reference = null) =>
        new(waiting.Id, waiting.Order.Place, Noon) { Reference = reference };

    protected async Task<List<string>> History(HistoryQuery? query = null) =>
        [.. from line in await Store.History(query ?? new HistoryQuery(), Stop) select Text(line.Body)];
}
