namespace Signalbox;

/// <summary>One event with its wrappings taken off, and what the wrappings said about it.</summary>
public sealed record Envelope
{
    private readonly string? account;
    private readonly string? region;

    /// <summary>Identity of the event, the same on every repeat: EventBridge id, else SNS message id, else SQS message id, else a hash of the body.</summary>
    public required string Id { get; init; }

    /// <summary>The wrappings from outside in, parted by "/": "sqs/sns/eventbridge"; "bare" when there were none.</summary>
    public required string Transport { get; init; }

    /// <summary>ARN of the SNS topic it came through, else of the queue.</summary>
    public string? Topic { get; init; }

    /// <summary>Subject of the SNS message or of the direct event.</summary>
    public string? Subject { get; init; }

    /// <summary>When the wrapping says it was sent.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Who publishes: "aws.rds" of an EventBridge event, "aws:s3" of a notification record. Null when the wrapping does not say.</summary>
    public string? Publisher { get; init; }

    /// <summary>The detail-type of an EventBridge event.</summary>
    public string? DetailType { get; init; }

    /// <summary>Account named by the wrapping, else the topic's.</summary>
    public string? Account { get => account ?? Arn.AccountOf(Topic); init => account = value; }

    /// <summary>Region named by the wrapping, else the topic's.</summary>
    public string? Region { get => region ?? Arn.RegionOf(Topic); init => region = value; }

    /// <summary>The resources that an EventBridge event lists.</summary>
    public ValueList<string> Resources { get; init; }

    /// <summary>Message attributes, or HTTP headers in lower case.</summary>
    public ValueList<Fact> Attributes { get; init; }

    /// <summary>The webhook that a direct event names for itself. Only a direct invocation may.</summary>
    public string? Webhook { get; init; }

    /// <summary>The SQS record that carried it, to be handed back when it could not be delivered.</summary>
    public string? Record { get; init; }

    /// <summary>How often SQS has handed it out, counted from 1. Zero when the wrapping does not count.</summary>
    public int Attempt { get; init; }

    /// <summary>The event as JSON; missing when it is text.</summary>
    public Json Body { get; init; }

    /// <summary>The event as text; null when it is JSON.</summary>
    public string? Text { get; init; }
}
