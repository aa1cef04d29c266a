namespace Signalbox;

/// <summary>What the names of S3 events mean.</summary>
internal static class S3Events
{
    /// <param name="Severity">How much it matters.</param>
    /// <param name="Status">Whether something begins or ends with it.</param>
    /// <param name="Family">What begins or ends.</param>
    /// <param name="Phrase">What stands between the object and its bucket.</param>
    /// <param name="More">What stands after the bucket.</param>
    internal readonly record struct Meaning(Severity Severity, Status Status, string Family, string Phrase, string More = "");

    private static readonly Meaning Hidden = new(Severity.Info, Status.Stated, "", "was deleted from", ", its versions kept in");

    /// <summary>By the name in a notification record, without "s3:".</summary>
    public static Meaning OfRecord(string name) => name switch
    {
        "ObjectRemoved:DeleteMarkerCreated" => Hidden,
        "ObjectRestore:Post" => new(Severity.Info, Status.Ongoing, "restore", "is being restored in"),
        "ObjectRestore:Completed" => new(Severity.Info, Status.Cleared, "restore", "was restored in"),
        "ObjectRestore:Delete" => Said("is no longer restored in"),
        "ReducedRedundancyLostObject" => new(Severity.Error, Status.Stated, "", "was lost in"),
        "Replication:OperationFailedReplication" => new(Severity.Error, Status.Raised, "replication", "could not be replicated in"),
        "Replication:OperationMissedThreshold" => new(Severity.Warning, Status.Raised, "replication", "is late to be replicated in"),
        "Replication:OperationReplicatedAfterThreshold" => new(Severity.Info, Status.Cleared, "replication", "was replicated late in"),
        "Replication:OperationNotTracked" => new(Severity.Warning, Status.Stated, "", "is no longer tracked for replication in"),
        "LifecycleTransition" => Said("moved to another storage class in"),
        "ObjectAcl:Put" => Said("has another access list in"),
        _ when name.StartsWith("ObjectCreated", StringComparison.Ordinal) => Said("was created in"),
        _ when name.StartsWith("ObjectRemoved", StringComparison.Ordinal) => Said("was deleted from"),
        _ when name.StartsWith("LifecycleExpiration", StringComparison.Ordinal) => Said("expired in"),
        _ when name.StartsWith("IntelligentTiering", StringComparison.Ordinal) => Said("moved to another access tier in"),
        "ObjectTagging:Delete" => Said("lost its tags in"),
        _ when name.StartsWith("ObjectTagging", StringComparison.Ordinal) => Said("has other tags in"),
        _ => Said($"({Phrase.Of(name.Replace(':', ' '))}) in"),
    };

    /// <summary>By the detail-type of an EventBridge event.</summary>
    public static Meaning OfDetailType(string type, string? deletion, bool expired) => type.ToLowerInvariant() switch
    {
        "object created" => Said("was created in"),
        "object deleted" when expired => Said("expired in"),
        "object deleted" => deletion is "Delete Marker Created" ? Hidden : Said("was deleted from"),
        "object restore initiated" => new(Severity.Info, Status.Ongoing, "restore", "is being restored in"),
        "object restore completed" => new(Severity.Info, Status.Cleared, "restore", "was restored in"),
        "object restore expired" => Said("is no longer restored in"),
        "object storage class changed" => Said("moved to another storage class in"),
        "object access tier changed" => Said("moved to another access tier in"),
        "object acl updated" => Said("has another access list in"),
        "object tags added" => Said("has other tags in"),
        "object tags deleted" => Said("lost its tags in"),
        _ => Said($"({Phrase.Of(type)}) in"),
    };

    private static Meaning Said(string phrase) => new(Severity.Info, Status.Stated, "", phrase);
}
