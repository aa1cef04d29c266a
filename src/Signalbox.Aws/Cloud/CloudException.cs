namespace Signalbox.Aws.Cloud;

/// <summary>A service said no, or nothing: what it said, and how to mend it, in words without a secret.</summary>
/// <param name="code">AWS's code: "ResourceNotFoundException"; empty when there was no answer.</param>
/// <param name="words">What is wrong and how to mend it.</param>
public sealed class CloudException(string code, string words) : Exception(words)
{
    /// <summary>AWS's code.</summary>
    public string Code { get; } = code;

    /// <summary>True when what was asked for is not there.</summary>
    public bool IsNotThere => Code is "ResourceNotFoundException" or "NoSuchEntity" or "NotFound" or "NotFoundException" or "QueueDoesNotExist"
        or "AWS.SimpleQueueService.NonExistentQueue";

    /// <summary>True when what was to be made is there already.</summary>
    public bool IsThereAlready => Code is "ResourceConflictException" or "EntityAlreadyExists" or "ResourceAlreadyExistsException" or "QueueAlreadyExists"
        or "QueueNameExists" or "ResourceInUseException";
}
