namespace Signalbox;

/// <summary>The unit in which a metric's values read best.</summary>
internal static class MetricUnit
{
    /// <summary>The unit of a metric: what the alarm says, else what AWS documents for a metric of that name, else none.</summary>
    /// <param name="unit">CloudWatch's unit, often null: "Percent", "Bytes/Second".</param>
    /// <param name="nameSpace">"AWS/RDS".</param>
    /// <param name="metric">"FreeStorageSpace".</param>
    /// <param name="statistic">"Average", "p99", "SampleCount"; a sample count has no unit.</param>
    public static string Of(string? unit, string? nameSpace, string? metric, string? statistic)
    {
        if (statistic is "SampleCount") return "";
        return unit is null or "" or "None" ? ByName(nameSpace, metric ?? "") : ByUnit(unit);
    }

    private static string ByUnit(string unit) => unit switch
    {
        "Percent" => "%",
        "Seconds" => "s",
        "Milliseconds" => "ms",
        "Microseconds" => "µs",
        "Bytes" => "B",
        "Bytes/Second" => "B/s",
        "Kilobytes" => "KB",
        "Megabytes" => "MB",
        "Gigabytes" => "GB",
        "Terabytes" => "TB",
        "Bits" => "bit",
        "Bits/Second" => "bit/s",
        "Count" or "Count/Second" => unit is "Count" ? "" : "/s",
        _ => unit.Replace("/Second", "/s", StringComparison.Ordinal),
    };

    private static string ByName(string? nameSpace, string metric) => (nameSpace, metric) switch
    {
        (_, "EstimatedCharges") => "USD",
        ("AWS/ES", "FreeStorageSpace") => "MB",
        (_, "5xxErrorRate" or "4xxErrorRate" or "TotalErrorRate" or "CacheHitRate" or "401ErrorRate" or "403ErrorRate" or "404ErrorRate"
            or "502ErrorRate" or "503ErrorRate" or "504ErrorRate") => "%",
        (_, "SuccessPercent" or "BurstBalance" or "EBSIOBalance%" or "EBSByteBalance%" or "PercentIOLimit" or "disk_used_percent"
            or "mem_used_percent" or "HealthCheckPercentageHealthy" or "cpu_usage_idle" or "BufferCacheHitRatio") => "%",
        (_, _) when metric.EndsWith("Utilization", StringComparison.Ordinal) => "%",
        ("AWS/Lambda", "Duration" or "IteratorAge" or "PostRuntimeExtensionsDuration" or "OffsetLag") => "ms",
        ("AWS/ApiGateway", "Latency" or "IntegrationLatency") or ("AWS/States", "ExecutionTime") => "ms",
        (_, "ReplicationLatency" or "SuccessfulRequestLatency" or "AuroraReplicaLag" or "IteratorAgeMilliseconds") => "ms",
        ("AWS/RDS" or "AWS/DocDB" or "AWS/Neptune", "ReadLatency" or "WriteLatency" or "ReplicaLag" or "CommitLatency") => "s",
        (_, "TargetResponseTime" or "Latency" or "ReplicaLag" or "ReplicationLag" or "ApproximateAgeOfOldestMessage" or "VolumeTotalReadTime"
            or "VolumeTotalWriteTime" or "CDCLatencySource" or "CDCLatencyTarget" or "MaximumReplicationSlotLag") => "s",
        (_, "FreeStorageSpace" or "FreeableMemory" or "SwapUsage" or "BinLogDiskUsage" or "VolumeBytesUsed" or "BucketSizeBytes"
            or "NetworkIn" or "NetworkOut" or "DiskReadBytes" or "DiskWriteBytes" or "BytesUsedForCache" or "FreeLocalStorage"
            or "OldestReplicationSlotLag" or "TransactionLogsDiskUsage" or "ProcessedBytes") => "B",
        (_, "ReadThroughput" or "WriteThroughput" or "NetworkReceiveThroughput" or "NetworkTransmitThroughput") => "B/s",
        _ => "",
    };
}
