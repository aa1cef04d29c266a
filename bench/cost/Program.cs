// What a million events cost on AWS, simulated with what the function was measured to take.
// Usage: Cost [FUNCTION=artifacts/lambda/bootstrap] [events=1000000]
using System.Globalization;
using Signalbox.Bench.Cost;
using Signalbox.Deploy;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var events = args.Where(arg => arg.StartsWith("events=", StringComparison.Ordinal)).Select(arg => int.Parse(arg[7..], CultureInfo.InvariantCulture)).FirstOrDefault(1_000_000);
var binary = Path.Combine(Measure.Root(), args.FirstOrDefault(arg => !arg.Contains('=', StringComparison.Ordinal)) ?? "artifacts/lambda/bootstrap");
var queued = Measure.Of(binary, 2_000);
// The best-known functions of this kind, as they were measured on a machine like this one before this project began: a fresh process, and warm events a second.
Handler[] all = [queued, queued with { Name = "Signalbox, SNS calls it", Batched = false }, new("best-known Node function", 222, 1e3 / 425, false), new("best-known Python function", 578, 1e3 / 136, false)];

Console.WriteLine($"\n{events:#,0} events over 30 days, 20 rooms, a Slack that takes everything:\n");
Console.WriteLine("| | MB | calls | starts | p50 s | p99 s | GB-seconds | $ |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
foreach (var handler in all)
{
    foreach (var memory in (int[])[128, 256, 512])
    {
        var world = new World(events, 30 * 24, 20, 1_000, memory, Throttled: false);
        var came = Simulation.Run(handler, world);
        Console.WriteLine($"| {handler.Name} | {memory} | {came.Calls:#,0} | {came.Starts:#,0} | {Age(came, 0.5):0.00} | {Age(came, 0.99):0.00} | "
            + $"{came.Billed * memory / 1_024:#,0} | {came.Dollars(handler, world):0.00} |");
    }
}

Console.WriteLine($"\n{events:#,0} events in one hour, 1,000 rooms, a Slack that takes everything, a queue in front, 128 MB:\n");
Table((int[])[1, 10, 100, 1_000], concurrency => new(events, 1, 1_000, concurrency, 128, Throttled: false));
Console.WriteLine($"\n{events:#,0} events over a day, 20 rooms (0.6 a second in each) that take one a second, a queue in front, 128 MB:\n");
Table((int[])[1, 2, 5, 10, 20, 100, 1_000], concurrency => new(events, 24, 20, concurrency, 128, Throttled: true));
Console.WriteLine($"\nthe same over six hours: 2.3 a second in each room, more than it takes:\n");
Table((int[])[1, 10, 20, 100, 1_000], concurrency => new(events, 6, 20, concurrency, 128, Throttled: true));
Console.WriteLine($"\nWith a table, fourteen items written for each event: $ {events * 14 * Prices.TableWrite:0.00} more.");

void Table(int[] concurrencies, Func<int, World> make)
{
    Console.WriteLine("| at once at most | most at once | calls | 429s | p50 s | p99 s | hours until the last | to the dead-letter queue | $ |");
    Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    foreach (var concurrency in concurrencies)
    {
        var world = make(concurrency);
        var came = Simulation.Run(queued, world);
        Console.WriteLine($"| {concurrency:#,0} | {came.MostAtOnce:#,0} | {came.Calls:#,0} | {came.Refused:#,0} | {Age(came, 0.5):#,0.0} | {Age(came, 0.99):#,0.0} | "
            + $"{came.Last / 3_600:0.0} | {came.Dead:#,0} | {came.Dollars(queued, world):0.00} |");
    }
}

static float Age(Outcome came, double part)
{
    came.Ages.Sort();
    return came.Ages.Count is 0 ? float.NaN : came.Ages[(int)(came.Ages.Count * part)];
}
