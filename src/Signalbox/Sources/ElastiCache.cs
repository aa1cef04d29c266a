namespace Signalbox;

/// <summary>Caches: nodes, clusters, replication groups, snapshots.</summary>
/// <remarks>
/// Input: the SNS form, an object whose one member is the event itself (<c>{"ElastiCache:FailoverComplete":"my-cluster"}</c>; the value is
/// the name of the cluster or a sentence), the same of MemoryDB, and the older <c>{SourceType, SourceIdentifier, Message, Date}</c>.
/// Severity by the event's name: failed is an error, a failover, a reboot or a replacement a warning, all else info.
/// </remarks>
public static class ElastiCache
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "elasticache",
        [
            new Key.Prefix("ElastiCache"),
            new Key.Prefix("MemoryDB"),
            new Key.Members("SourceType", ["SourceIdentifier", "Message"], "cache-cluster"),
            new Key.Members("SourceType", ["SourceIdentifier", "Message"], "replication-group"),
        ],
        Read,
        "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ElastiCacheSNS.html");

    private readonly record struct Meaning(Severity Severity, Status Status, string Family, string Phrase);

    private static Parsed Read(Envelope envelope)
    {
        if (envelope.Body["SourceType"u8].Exists) return ReadOld(envelope, envelope.Body);
        var notices = new List<Notice>();
        foreach (var (name, value) in envelope.Body.Members)
        {
            if (name.Text is not { } text) continue;
            if (text.StartsWith("ElastiCache:", StringComparison.Ordinal)) notices.Add(Tell(envelope, text["ElastiCache:".Length..], value.Words));
            else if (text.StartsWith("MemoryDB:", StringComparison.Ordinal))
                notices.Add(Tell(envelope, text["MemoryDB:".Length..], value.Words) with { Links = MemoryDbPage(envelope.Region) });
        }
        return notices.Count > 0 ? new Parsed.Told([.. notices]) : Statement.Lacks(envelope, "the first member", "a name that begins with \"ElastiCache:\"");
    }

    private static Notice Tell(Envelope envelope, string name, string? value)
    {
        var cluster = value is null || value.Contains(' ', StringComparison.Ordinal) ? ClusterIn(value) : value;
        var meaning = Of(Cause(name, out var cause));
        var title = $"{Phrase.Short(cluster ?? "A cache")} {meaning.Phrase}";
        return Statement.Of(envelope, "elasticache", "cache-cluster", (meaning.Severity, meaning.Status), title) with
        {
            Summary = cluster != value && value is not null ? Cut.Readable(value) : cause,
            Subject = cluster,
            Thread = meaning.Status is Status.Stated ? null : $"elasticache/{envelope.Account}/{envelope.Region}/{cluster}/{meaning.Family}",
            Facts = Known.Facts(("Event", name)),
            Links = PageOf(envelope.Region),
        };
    }

    private static Parsed.Told ReadOld(Envelope envelope, Json body)
    {
        var cluster = body["SourceIdentifier"u8].Words;
        var message = body["Message"u8].Words;
        var title = $"{Phrase.Short(cluster ?? "A cache")}: {message}";
        var notice = Statement.Of(envelope, "elasticache", "cache-cluster", (Severity.Info, Status.Stated), title);
        return Statement.Told(notice with
        {
            Summary = Phrase.Beyond(notice.Title, message),
            Subject = cluster,
            At = Instants.Read(body["Date"u8]) ?? envelope.At,
            Facts = Known.Facts(("What", body["SourceType"u8].Words is { } type ? Phrase.Of(type) : null)),
            Links = PageOf(envelope.Region),
        });
    }

    private static Meaning Of(string name) => name switch
    {
        "FailoverComplete" => new(Severity.Warning, Status.Stated, "", "failed over to a replica"),
        "CacheNodesRebooted" => new(Severity.Warning, Status.Stated, "", "had nodes rebooted"),
        "CacheNodeReplaceStarted" => new(Severity.Warning, Status.Raised, "replacement", "is having a node replaced"),
        "CacheNodeReplaceComplete" => new(Severity.Info, Status.Cleared, "replacement", "had a node replaced"),
        "NodeReplacementScheduled" => new(Severity.Warning, Status.Ongoing, "replacement", "will have a node replaced"),
        "NodeReplacementRescheduled" => new(Severity.Warning, Status.Ongoing, "replacement", "will have a node replaced at another time"),
        "NodeReplacementCanceled" => new(Severity.Info, Status.Cleared, "replacement", "keeps its node: the replacement is cancelled"),
        "ServiceUpdateAvailableForNode" => new(Severity.Info, Status.Stated, "", "has a service update to apply"),
        "CertificateRenewalComplete" => new(Severity.Info, Status.Stated, "", "has a new certificate"),
        "CacheClusterParametersChanged" => new(Severity.Info, Status.Stated, "", "has other parameters"),
        "CacheClusterSecurityGroupModified" => new(Severity.Info, Status.Stated, "", "has other security groups"),
        "AddCacheNodeComplete" => new(Severity.Info, Status.Cleared, "nodes", "has its new nodes"),
        "AddCacheNodeFailed" => new(Severity.Error, Status.Raised, "nodes", "could not add nodes"),
        "RemoveCacheNodeComplete" => new(Severity.Info, Status.Stated, "", "has fewer nodes"),
        "CacheClusterProvisioningComplete" => new(Severity.Info, Status.Cleared, "creation", "was created"),
        "CacheClusterProvisioningFailed" => new(Severity.Error, Status.Raised, "creation", "could not be created"),
        "CreateReplicationGroupComplete" => new(Severity.Info, Status.Cleared, "creation", "was created"),
        "CreateReplicationGroupFailed" => new(Severity.Error, Status.Raised, "creation", "could not be created"),
        "DeleteCacheClusterComplete" => new(Severity.Warning, Status.Stated, "", "was deleted"),
        "CacheClusterScalingComplete" or "ReplicationGroupScalingComplete" => new(Severity.Info, Status.Cleared, "scaling", "was scaled"),
        "CacheClusterScalingFailed" or "ReplicationGroupScalingFailed" => new(Severity.Error, Status.Raised, "scaling", "could not be scaled"),
        "ReplicationGroupIncreaseReplicaCountStarted" => new(Severity.Info, Status.Ongoing, "replicas", "is getting more replicas"),
        "ReplicationGroupIncreaseReplicaCountFinished" => new(Severity.Info, Status.Cleared, "replicas", "has its new replicas"),
        "DeleteReplicationGroupComplete" or "DeleteClusterComplete" => new(Severity.Warning, Status.Stated, "", "was deleted"),
        "ReplicationGroupDecreaseReplicaCountStarted" => new(Severity.Info, Status.Ongoing, "replicas", "is getting fewer replicas"),
        "ReplicationGroupDecreaseReplicaCountFinished" => new(Severity.Info, Status.Cleared, "replicas", "has fewer replicas"),
        "SnapshotComplete" => new(Severity.Info, Status.Cleared, "snapshot", "took a snapshot"),
        "SnapshotFailed" => new(Severity.Error, Status.Raised, "snapshot", "could not take a snapshot"),
        _ => ByEnding(name),
    };

    /// <summary>Names that are newer than the table end in the state that they report.</summary>
    private static Meaning ByEnding(string name)
    {
        ReadOnlySpan<(string, Severity, Status)> endings =
        [
            ("Failed", Severity.Error, Status.Raised), ("Started", Severity.Info, Status.Ongoing),
            ("Complete", Severity.Info, Status.Cleared), ("Finished", Severity.Info, Status.Cleared),
        ];
        foreach (var (ending, severity, status) in endings)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal) && name.Length > ending.Length)
                return new(severity, status, Phrase.Of(name[..^ending.Length]), $"reports: {Phrase.Of(name)}");
        }
        return new(Severity.Info, Status.Stated, "", $"reports: {Phrase.Of(name)}");
    }

    /// <summary>Some names go on: "AddCacheNodeFailed due to insufficient free IP addresses".</summary>
    private static string Cause(string name, out string? cause)
    {
        var blank = name.IndexOf(' ', StringComparison.Ordinal);
        cause = blank < 0 ? null : Phrase.Capital(name[(blank + 1)..]);
        return blank < 0 ? name : name[..blank];
    }

    /// <summary>The name in "… Cache Cluster ID: NAME, Node ID: …" and "… cache cluster with ID 'NAME'".</summary>
    private static string? ClusterIn(string? sentence)
    {
        foreach (var (mark, ends) in (ReadOnlySpan<(string, string)>)[("Cache Cluster ID: ", " ,"), ("cache cluster with ID '", "'")])
        {
            if (sentence is null || sentence.IndexOf(mark, StringComparison.Ordinal) is not (var at and >= 0)) continue;
            var rest = sentence.AsSpan(at + mark.Length);
            var end = rest.IndexOfAny(ends);
            return end < 0 ? rest.ToString() : end > 0 ? rest[..end].ToString() : null;
        }
        return null;
    }

    private static ValueList<Link> MemoryDbPage(string? region) => Known.Links(ConsolePage.Link("Open MemoryDB", region, "memorydb/home", "/clusters"));

    private static ValueList<Link> PageOf(string? region) => Known.Links(ConsolePage.Link("Open ElastiCache", region, "elasticache/home", "/"));
}
