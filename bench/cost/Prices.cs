namespace Signalbox.Bench.Cost;

/// <summary>What AWS asks in us-east-1, in dollars, without any free tier: as its price pages said in 2025. Look them up before you count on a sum.</summary>
internal static class Prices
{
    /// <summary>A GB of memory for a second, x86_64; arm64 is a fifth less. The start of a function is billed too.</summary>
    public const double LambdaGbSecond = 0.0000166667;

    public const double LambdaCall = 0.20 / 1e6;

    /// <summary>An event published; its way on to a queue costs nothing.</summary>
    public const double SnsPublish = 0.50 / 1e6;

    /// <summary>A request to a standard queue: sending one message, receiving or deleting up to ten.</summary>
    public const double SqsRequest = 0.40 / 1e6;

    /// <summary>A GB of log lines taken in.</summary>
    public const double LogsGb = 0.50;

    /// <summary>An item of up to 1 KB written to a table on demand.</summary>
    public const double DynamoWrite = 0.625 / 1e6;
}
