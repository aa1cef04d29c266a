namespace Signalbox.Deploy;

/// <summary>What AWS asks, in US dollars: us-east-1, on demand, without the free tier, as its price pages said in 2025.</summary>
/// <seealso href="https://aws.amazon.com/lambda/pricing/"/>
/// <seealso href="https://aws.amazon.com/sqs/pricing/"/>
/// <seealso href="https://aws.amazon.com/sns/pricing/"/>
/// <seealso href="https://aws.amazon.com/cloudwatch/pricing/"/>
/// <seealso href="https://aws.amazon.com/dynamodb/pricing/on-demand/"/>
public static class Prices
{
    /// <summary>What people have to know who read a cost.</summary>
    public const string About = "prices of us-east-1 as AWS's price pages said in 2025, without the free tier";

    /// <summary>A second of Lambda with 1 GB on x86_64.</summary>
    public const double GigabyteSecondX86 = 0.0000166667;

    /// <summary>A second of Lambda with 1 GB on arm64.</summary>
    public const double GigabyteSecondArm = 0.0000133334;

    /// <summary>A call of a function.</summary>
    public const double Invocation = 0.20 / Million;

    /// <summary>A request to SQS.</summary>
    public const double QueueRequest = 0.40 / Million;

    /// <summary>A message published to a topic.</summary>
    public const double Publish = 0.50 / Million;

    /// <summary>A GB of logs.</summary>
    public const double LogGigabyte = 0.50;

    /// <summary>A write request unit of DynamoDB.</summary>
    public const double TableWrite = 0.625 / Million;

    /// <summary>A read request unit of DynamoDB.</summary>
    public const double TableRead = 0.125 / Million;

    /// <summary>Bytes of the GB that logs are paid by.</summary>
    public const double Gigabyte = 1_000_000_000;

    private const double Million = 1_000_000;

    /// <summary>A second of Lambda with 1 GB.</summary>
    /// <param name="architecture">x86_64 or arm64.</param>
    public static double GigabyteSecond(string architecture) => architecture is "arm64" ? GigabyteSecondArm : GigabyteSecondX86;
}
