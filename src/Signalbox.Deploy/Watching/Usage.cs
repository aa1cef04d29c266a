namespace Signalbox.Deploy;

/// <summary>What a function used in a time, as CloudWatch counted it.</summary>
public sealed record Usage
{
    /// <summary>Calls.</summary>
    public double Invocations { get; init; }

    /// <summary>Milliseconds that all calls ran together.</summary>
    public double Milliseconds { get; init; }

    /// <summary>MB that it has.</summary>
    public required int Memory { get; init; }

    /// <summary>x86_64 or arm64.</summary>
    public required string Architecture { get; init; }

    /// <summary>Requests to its own queues, counted one for each message that was sent, received or deleted, and for each look that found none.</summary>
    public double QueueRequests { get; init; }

    /// <summary>Messages published to its topics.</summary>
    public double Publishes { get; init; }

    /// <summary>Bytes that it logged.</summary>
    public double LogBytes { get; init; }

    /// <summary>Write units of its table.</summary>
    public double TableWrites { get; init; }

    /// <summary>Read units of its table.</summary>
    public double TableReads { get; init; }

    /// <summary>What each of them costs in US dollars, those that cost nothing left out; by <see cref="Prices"/>.</summary>
    public ValueList<(string Name, double Dollars)> Costs
    {
        get
        {
            ValueList<(string, double)> all =
            [
                ("compute", Milliseconds / 1000 * Memory / 1024 * Prices.GigabyteSecond(Architecture)),
                ("calls", Invocations * Prices.Invocation),
                ("queues", QueueRequests * Prices.QueueRequest),
                ("topics", Publishes * Prices.Publish),
                ("log", LogBytes / Prices.Gigabyte * Prices.LogGigabyte),
                ("table", (TableWrites * Prices.TableWrite) + (TableReads * Prices.TableRead)),
            ];
            return [.. all.Where(part => part.Item2 > 0)];
        }
    }

    /// <summary>What all of it costs in US dollars.</summary>
    public double Cost => Costs.Sum(part => part.Dollars);

    /// <summary>What thirty days cost that are as this time was.</summary>
    /// <param name="span">How long this time was; more than zero.</param>
    public double Projected(TimeSpan span) => Cost * (TimeSpan.FromDays(30) / span);

    /// <summary>Dollars as people read them: two digits behind the point, or two that tell something.</summary>
    public static string Dollars(double amount) => amount is > 0 and < 0.000_001
        ? "less than $0.000001"
        : "$" + amount.ToString(amount is 0 or >= 0.1 ? "#,0.00" : amount >= 0.01 ? "0.000" : amount >= 0.000_1 ? "0.00000" : "0.000000",
            System.Globalization.CultureInfo.InvariantCulture);
}
