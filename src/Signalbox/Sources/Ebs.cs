namespace Signalbox;

/// <summary>Volumes and snapshots of EBS: made, attached, changed, copied, shared, archived, restored.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.ec2 whose detail-type begins with EBS. The outcome is <c>result</c> (of fast restore <c>state</c>).
/// Severity: failed is an error, everything else info. Status: failed raises, the end of the work clears; one conversation for each thing and
/// kind of work. Summary: <c>cause</c>.
/// Errors: garbled when there is neither an event nor a result nor a state.
/// </remarks>
public static class Ebs
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "ebs",
        [
            new Key.Event("aws.ec2", "EBS Volume Notification"),
            new Key.Event("aws.ec2", "EBS Snapshot Notification"),
            new Key.Event("aws.ec2", "EBS Multi-Volume Snapshots Completion Status"),
            new Key.Event("aws.ec2", "EBS Fast Snapshot Restore State-change Notification"),
        ],
        Read,
        "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-cloud-watch-events.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var work = detail["event"u8].Words ?? (detail["state"u8].Exists ? "fastRestore" : null);
        var result = detail["result"u8].Words ?? detail["state"u8].Words;
        if (work is null && result is null) return Statement.Lacks(envelope, "detail", "event or result");

        var isVolume = envelope.DetailType is { } type && type.Contains("Volume Notification", StringComparison.OrdinalIgnoreCase);
        var arn = envelope.ArnOf(isVolume ? "volume/" : "snapshot/") ?? detail["snapshot_id"u8].Words ?? detail["snapshot-id"u8].Words
            ?? envelope.ArnOf();
        var many = detail["snapshots"u8].Count;
        var id = Phrase.Name(arn) ?? "of unknown id";
        var thing = many > 0 ? Quantity.Count(many, "snapshot") : $"{(isVolume ? "Volume" : "Snapshot")} {Cut.Line(id, 30)}";
        var (severity, status) = StandingOf(result);
        var region = envelope.Region;
        return new Parsed.Told([
            new()
            {
                Source = "ebs",
                Kind = isVolume ? "volume" : "snapshot",
                Severity = severity,
                Status = status,
                Title = Cut.Line($"{thing} {PhraseOf(work ?? "", result ?? "", severity is Severity.Error, status, many > 1)}", 80),
                Summary = Phrase.Sentence(detail["cause"u8].Words) ?? Phrase.Sentence(detail["message"u8].Words),
                Subject = id,
                Arn = Arn.Read(arn) is null ? null : arn,
                Account = envelope.Account,
                Region = region,
                At = envelope.At,
                Thread = status is Status.Stated ? null : $"ebs/{id}/{work}",
                Facts = Known.Facts(
                    ("Source", Phrase.Name(detail["source"u8].Words)),
                    ("From region", work is "copySnapshot" && RegionIn(detail["source"u8].Words) is { } from && from != region ? from : null),
                    ("Snapshots", Phrase.List(detail["snapshots"u8], 5, one => $"{Phrase.Name(one["snapshot_id"u8].Words)} ({one["status"u8].Words ?? "?"})")),
                    ("Key", Phrase.Name(envelope.ArnOf("key/"))),
                    ("Zone", detail["zone"u8].Words),
                    ("Took", Phrase.Between(Instants.Read(detail["startTime"u8]), Instants.Read(detail["endTime"u8]))),
                    ("Restored until", Phrase.At(Instants.Read(detail["restoreExpiryTime"u8])))),
                Links = Known.Links(isVolume
                    ? ConsolePage.Link("Open the volume", region, "ec2/home", "VolumeDetails:volumeId=", id)
                    : ConsolePage.Link("Open the snapshot", region, "ec2/home", "SnapshotDetails:snapshotId=", id)),
            },
        ]);
    }

    private static (Severity Severity, Status Status) StandingOf(string? result) => result?.ToLowerInvariant() switch
    {
        "failed" or "error" => (Severity.Error, Status.Raised),
        "enabling" or "optimizing" or "modifying" or "disabling" or "pending" or "in-progress" or "started" => (Severity.Info, Status.Ongoing),
        "succeeded" or "available" or "deleted" or "completed" or "enabled" or "disabled" or "success" or "attached" or "detached"
            => (Severity.Info, Status.Cleared),
        _ => (Severity.Info, Status.Stated),
    };

    private static string PhraseOf(string work, string result, bool failed, Status status, bool many)
    {
        var verb = work switch
        {
            "createVolume" or "createSnapshot" or "createSnapshots" => "created",
            "deleteVolume" or "deleteSnapshot" => "deleted",
            "attachVolume" => "attached",
            "reattachVolume" => "attached again",
            "detachVolume" => "detached",
            "modifyVolume" => "modified",
            "copySnapshot" => "copied",
            "shareSnapshot" => "shared",
            "archiveSnapshot" => "archived",
            "permanentRestoreSnapshot" => "restored from the archive",
            "temporaryRestoreSnapshot" => "restored from the archive for a while",
            "restoreExpiry" or "restoryExpiry" => null,
            "fastRestore" => "",
            _ => Phrase.Of(work, 30),
        };
        return (verb, status) switch
        {
            (null, _) => failed ? "could not go back into the archive" : "went back into the archive: its restore ended",
            ("", _) => $"{(failed ? "failed at" : "is")} {Phrase.Of(result, 20)} {(failed ? "" : "for ")}fast restore",
            (_, Status.Raised) => $"could not be {verb}",
            (_, Status.Ongoing) => $"{(many ? "are" : "is")} being {verb}",
            (_, Status.Cleared) => $"{(many ? "were" : "was")} {verb}",
            _ => $"{(many ? "are" : "is")} {Phrase.Of(result, 30)} ({verb})",
        };
    }

    /// <summary>The documented ARNs of snapshots hold the region where the account belongs.</summary>
    private static string? RegionIn(string? arn) =>
        Arn.Read(arn) is not { } read ? null : Regions.IsCode(read.Region) ? read.Region : Regions.IsCode(read.Account) ? read.Account : null;
}
