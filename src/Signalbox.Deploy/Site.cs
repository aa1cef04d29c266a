namespace Signalbox.Deploy;

/// <summary>Where functions are deployed: what every ARN begins with.</summary>
/// <param name="Partition">aws, aws-cn or aws-us-gov.</param>
/// <param name="Region">The region: "eu-west-1".</param>
/// <param name="Account">Twelve digits.</param>
public sealed record Site(string Partition, string Region, string Account)
{
    /// <summary>A role of IAM, which belongs to no region.</summary>
    public string Role(string name) => $"arn:{Partition}:iam::{Account}:role/{name}";

    /// <summary>A function, without a version.</summary>
    public string Function(string name) => Arn("lambda", $"function:{name}");

    /// <summary>An alias of a function.</summary>
    public string Alias(string name, string alias) => $"{Function(name)}:{alias}";

    /// <summary>The log group that Lambda writes to.</summary>
    public string LogGroup(string function) => Arn("logs", $"log-group:{LogGroupName(function)}");

    /// <summary>Its name.</summary>
    public static string LogGroupName(string function) => $"/aws/lambda/{function}";

    /// <summary>A queue: by its ARN, or by its name here.</summary>
    public string Queue(string queue) => IsArn(queue) ? queue : Arn("sqs", queue);

    /// <summary>A topic: by its ARN, or by its name here.</summary>
    public string Topic(string topic) => IsArn(topic) ? topic : Arn("sns", topic);

    /// <summary>A rule of EventBridge on a bus, which is a name here or an ARN.</summary>
    public string Rule(string bus, string name)
    {
        var at = Signalbox.Arn.Read(bus);
        var busName = at?.Name ?? bus;
        return Arn("events", busName is "default" ? $"rule/{name}" : $"rule/{busName}/{name}");
    }

    /// <summary>A table of DynamoDB, here or in another region.</summary>
    public string Table(string name, string? region) => $"arn:{Partition}:dynamodb:{region ?? Region}:{Account}:table/{name}";

    /// <summary>True for a text that begins like an ARN.</summary>
    public static bool IsArn(string text) => text.StartsWith("arn:", StringComparison.Ordinal);

    private string Arn(string service, string resource) => $"arn:{Partition}:{service}:{Region}:{Account}:{resource}";
}
