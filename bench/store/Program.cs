using System.Diagnostics;
using System.Globalization;
using Signalbox.Bench.Stores;
using Signalbox.Effects;
using Signalbox.Sql;

// How many events a store accepts and how many decisions it commits per second, each durable when it is answered. The processor time is that of
// this process alone: a figure that others on the machine change little.
//   dotnet run -c Release --project bench/store -- sqlite:FILE|postgres://… [seconds for each figure, 5 by default]
// And how many go through a whole engine:
//   dotnet run -c Release --project bench/store -- engine sqlite:FILE|postgres://…|memory: [events, 20000 by default] [rooms, 1 by default]
if (args is ["engine", var engineSpec, .. var sizes])
{
    var engineStore = (await Stores.Open(engineSpec)).Store ?? throw new ArgumentException(engineSpec);
    await EngineRun.Measure(engineStore, sizes is [var events, ..] ? int.Parse(events, CultureInfo.InvariantCulture) : 20_000,
        sizes is [_, var rooms] ? int.Parse(rooms, CultureInfo.InvariantCulture) : 1);
    await engineStore.Close();
    return 0;
}
if (args is not [var spec, .. var more])
{
    Console.Error.WriteLine("usage: store sqlite:FILE|postgres://... [SECONDS]");
    return 2;
}
var seconds = more is [var given] ? double.Parse(given, CultureInfo.InvariantCulture) : 5;
var opened = await Stores.Open(spec);
if (opened.Store is not { } store)
{
    Console.Error.WriteLine(opened.Why);
    return 1;
}
// An id as SNS makes it, around the bytes of an RDS event in SNS.
var body = new byte[1_400];
new Random(1).NextBytes(body);
var run = Guid.NewGuid();

Console.WriteLine("| | callers | events before | per second | CPU µs each |");
Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
foreach (var (batch, callers) in new[] { (512, 1), (64, 1), (512, 4), (64, 8), (1, 1) })
    await Measure($"accept in batches of {batch}", callers, batch, _ => () => Accept(batch));
foreach (var callers in new[] { 1, 8, 64 })
    await Measure("accept, load and commit one conversation each", callers, 1, Worker);
await store.Close();
return 0;

async Task Accept(int batch) =>
    await store.Accept([.. Enumerable.Range(0, batch).Select(_ => new Arrival(Guid.NewGuid().ToString(), body, 0, DateTimeOffset.UtcNow))], default);

Func<Task> Worker(int caller)
{
    var place = new Place("ops", $"{run} {caller} {Guid.NewGuid()}");
    var state = new byte[600];
    return async () =>
    {
        var id = Guid.NewGuid().ToString();
        var now = DateTimeOffset.UtcNow;
        await store.Accept([new(id, body, 0, now)], default);
        var saved = (await store.Load([place], default))[0];
        var done = await store.Commit(
            new()
            {
                Event = id,
                At = now,
                Revisions = [new(place, saved.Version, state) { Wake = now.AddHours(1) }],
                Orders = [new(place, 5, state)],
                History = [new(now, id, place, "told", state.AsMemory(0, 200))],
            },
            default);
        if (!done) throw new InvalidOperationException("a commit that nobody competes with was turned down");
    };
}

async Task Measure(string what, int callers, int each, Func<int, Func<Task>> start)
{
    var acts = Enumerable.Range(0, callers).Select(start).ToList();
    await Task.WhenAll(acts.Select(act => act()));
    var before = (await store.Count(default)).Events;
    var cpu = Environment.CpuUsage.TotalTime;
    var clock = Stopwatch.StartNew();
    var done = await Task.WhenAll(acts.Select(act => Task.Run(async () =>
    {
        var count = 0L;
        for (; clock.Elapsed.TotalSeconds < seconds; count += each) await act();
        return count;
    })));
    var (all, passed, used) = (done.Sum(), clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {callers} | {before:N0} | {all / passed:N0} | {used / all:N1} |"));
}
