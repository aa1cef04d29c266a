namespace Signalbox.Tests;

/// <summary>The unit in which a metric is read, and the page of a service that no row knows: tables of which samples show a row or two.</summary>
public class UnitsAndPages
{
    [Theory]
    [InlineData("Percent", "%")]
    [InlineData("Seconds", "s")]
    [InlineData("Milliseconds", "ms")]
    [InlineData("Microseconds", "µs")]
    [InlineData("Bytes", "B")]
    [InlineData("Bytes/Second", "B/s")]
    [InlineData("Kilobytes", "KB")]
    [InlineData("Megabytes", "MB")]
    [InlineData("Gigabytes", "GB")]
    [InlineData("Terabytes", "TB")]
    [InlineData("Bits", "bit")]
    [InlineData("Bits/Second", "bit/s")]
    [InlineData("Count", "")]
    [InlineData("Count/Second", "/s")]
    [InlineData("Kilobytes/Second", "Kilobytes/s")]
    public void A_unit_is_short(string unit, string shortly)
    {
        Assert.Equal(shortly, MetricUnit.Of(unit, "AWS/EC2", "CPUUtilization", "Average"));
        Assert.Equal("", MetricUnit.Of(unit, "AWS/EC2", "CPUUtilization", "SampleCount"));
    }

    [Theory]
    [InlineData("USD", "AWS/Billing", "EstimatedCharges")]
    [InlineData("MB", "AWS/ES", "FreeStorageSpace")]
    [InlineData("B", "AWS/RDS", "FreeStorageSpace FreeableMemory SwapUsage BinLogDiskUsage VolumeBytesUsed FreeLocalStorage OldestReplicationSlotLag TransactionLogsDiskUsage")]
    [InlineData("B", "AWS/EC2", "NetworkIn NetworkOut DiskReadBytes DiskWriteBytes")]
    [InlineData("B", "AWS/S3", "BucketSizeBytes BytesUsedForCache ProcessedBytes")]
    [InlineData("%", "AWS/CloudFront", "5xxErrorRate 4xxErrorRate TotalErrorRate CacheHitRate 401ErrorRate 403ErrorRate 404ErrorRate 502ErrorRate 503ErrorRate 504ErrorRate")]
    [InlineData("%", "CWAgent", "disk_used_percent mem_used_percent cpu_usage_idle")]
    [InlineData("%", "AWS/EC2", "SuccessPercent BurstBalance EBSIOBalance% EBSByteBalance% PercentIOLimit HealthCheckPercentageHealthy BufferCacheHitRatio CPUUtilization")]
    [InlineData("ms", "AWS/Lambda", "Duration IteratorAge PostRuntimeExtensionsDuration OffsetLag")]
    [InlineData("", "AWS/Other", "Duration IteratorAge PostRuntimeExtensionsDuration OffsetLag IntegrationLatency ExecutionTime ReadLatency WriteLatency CommitLatency Errors")]
    [InlineData("ms", "AWS/ApiGateway", "Latency IntegrationLatency")]
    [InlineData("ms", "AWS/States", "ExecutionTime")]
    [InlineData("ms", "AWS/DynamoDB", "ReplicationLatency SuccessfulRequestLatency AuroraReplicaLag IteratorAgeMilliseconds")]
    [InlineData("s", "AWS/RDS", "ReadLatency WriteLatency ReplicaLag CommitLatency MaximumReplicationSlotLag")]
    [InlineData("s", "AWS/DocDB", "ReadLatency")]
    [InlineData("s", "AWS/Neptune", "WriteLatency")]
    [InlineData("s", "AWS/ELB", "TargetResponseTime Latency ReplicaLag ReplicationLag ApproximateAgeOfOldestMessage VolumeTotalReadTime VolumeTotalWriteTime CDCLatencySource CDCLatencyTarget")]
    [InlineData("B/s", "AWS/RDS", "ReadThroughput WriteThroughput NetworkReceiveThroughput NetworkTransmitThroughput")]
    public void A_metric_without_a_unit_has_the_one_that_AWS_documents(string unit, string nameSpace, string metrics) =>
        Assert.All(metrics.Split(' '), metric => Assert.All(new[] { null, "", "None" }, none => Assert.Equal(unit, MetricUnit.Of(none, nameSpace, metric, null))));

    [Theory]
    [InlineData("Systems Manager, systems-manager", "ssm")]
    [InlineData("Ssm-incidents, systems-manager", "ssm-incidents")]
    [InlineData("ES, aos", "es")]
    [InlineData("Aoss, aos", "aoss")]
    [InlineData("Osis, aos", "osis")]
    [InlineData("CloudWatch, cloudwatch", "monitoring")]
    [InlineData("CloudWatch, cloudwatch", "logs")]
    [InlineData("Autoscaling, ec2", "autoscaling")]
    [InlineData("EBS, ec2", "ebs")]
    [InlineData("Elasticloadbalancing, ec2", "elasticloadbalancing")]
    [InlineData("Ec2fleet, ec2", "ec2fleet")]
    [InlineData("Ec2spotfleet, ec2", "ec2spotfleet")]
    [InlineData("Elasticfilesystem, efs", "elasticfilesystem")]
    [InlineData("MSK, msk", "kafka")]
    [InlineData("Dynamodb, dynamodbv2", "dynamodb")]
    [InlineData("Redshift, redshiftv2", "redshift")]
    [InlineData("Redshift-data, redshiftv2", "redshift-data")]
    [InlineData("Redshift-serverless, redshiftv2", "redshift-serverless")]
    [InlineData("DMS, dms/v2", "dms")]
    [InlineData("Inspector2, inspector/v2", "inspector2")]
    [InlineData("Codebuild, codesuite/codebuild", "codebuild")]
    [InlineData("Codepipeline, codesuite/codepipeline", "codepipeline")]
    [InlineData("Codecommit, codesuite/codecommit", "codecommit")]
    [InlineData("Codedeploy, codesuite/codedeploy", "codedeploy")]
    [InlineData("Codeartifact, codesuite/codeartifact", "codeartifact")]
    [InlineData("CE, costmanagement", "ce")]
    [InlineData("Budgets, costmanagement", "budgets")]
    [InlineData("Savingsplans, costmanagement", "savingsplans")]
    [InlineData("TAG, resource-groups", "tag")]
    [InlineData("Resource-groups, resource-groups", "resource-groups")]
    [InlineData("Networkmanager, vpcconsole", "networkmanager")]
    [InlineData("VPN, vpcconsole", "vpn")]
    [InlineData("Direct Connect, directconnect/v2", "directconnect")]
    [InlineData("Signin, iam", "signin")]
    [InlineData("IAM, iam", "iam")]
    [InlineData("STS, iam", "sts")]
    [InlineData("Step Functions, states", "states")]
    [InlineData("EventBridge, events", "events")]
    [InlineData("EventBridge, scheduler", "scheduler")]
    [InlineData("EventBridge, pipes", "pipes")]
    [InlineData("Secrets Manager, secretsmanager", "secretsmanager")]
    [InlineData("IoT, iot", "iot")]
    [InlineData("Panorama, panorama", "panorama")]
    public void A_service_that_no_row_knows_has_a_page(string page, string service)
    {
        var link = ConsoleHome.Of(service, "eu-west-1");
        Assert.Equal($"Open {page.Split(", ")[0]}", link?.Text);
        Assert.Contains($"/{page.Split(", ")[1]}/home", link!.Value.Url, StringComparison.Ordinal);
        Assert.Null(ConsoleHome.Of(service, null));
    }
}
