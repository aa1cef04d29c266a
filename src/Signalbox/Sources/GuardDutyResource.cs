namespace Signalbox;

/// <summary>The thing that a GuardDuty finding is about, whatever shape it has.</summary>
internal static class GuardDutyResource
{
    /// <summary>What a person calls it: instance, user, bucket, cluster, pod, database, function.</summary>
    public static string? NameOf(Json resource)
    {
        var name = resource.Cased("resourceType"u8).Words switch
        {
            "AccessKey" => resource.Cased("accessKeyDetails"u8).Cased("userName"u8).Words,
            "S3Bucket" => Buckets(resource),
            "EKSCluster" or "KubernetesCluster" => Workload(resource) ?? resource.Cased("eksClusterDetails"u8).Cased("name"u8).Words,
            "RDSDBInstance" => resource.Cased("rdsDbInstanceDetails"u8).Cased("dbInstanceIdentifier"u8).Words,
            "Lambda" => resource.Cased("lambdaDetails"u8).Cased("functionName"u8).Words,
            "ECSCluster" => resource.Cased("ecsClusterDetails"u8).Cased("name"u8).Words,
            "Container" => resource.Cased("containerDetails"u8).Cased("name"u8).Words,
            "Instance" => Instance(resource),
            _ => null,
        };
        return name
            ?? Instance(resource)
            ?? Buckets(resource)
            ?? Workload(resource)
            ?? resource.Cased("eksClusterDetails"u8).Cased("name"u8).Words
            ?? resource.Cased("rdsDbInstanceDetails"u8).Cased("dbInstanceIdentifier"u8).Words
            ?? resource.Cased("rdsLimitlessDbDetails"u8).Cased("dbShardGroupIdentifier"u8).Words
            ?? resource.Cased("lambdaDetails"u8).Cased("functionName"u8).Words
            ?? resource.Cased("ecsClusterDetails"u8).Cased("name"u8).Words
            ?? resource.Cased("accessKeyDetails"u8).Cased("userName"u8).Words;
    }

    /// <summary>The first thing, else the first person, in a sequence of attacks, which names no resource of its own.</summary>
    public static string? NameIn(Json sequence)
    {
        var thing = sequence.Cased("resources"u8)[0];
        return thing.Cased("name"u8).Words ?? Phrase.Name(thing.Cased("uid"u8).Words) ?? sequence.Cased("actors"u8)[0].Cased("user"u8).Cased("name"u8).Words;
    }

    /// <summary>What kind of thing it is, as people say it.</summary>
    public static string? TypeOf(Json resource) => resource.Cased("resourceType"u8).Words switch
    {
        "Instance" => "EC2 instance",
        "AccessKey" => "access key of",
        "S3Bucket" => "S3 bucket",
        "S3Object" => "file in S3 bucket",
        "AttackSequence" => "several, first",
        "EKSCluster" => "EKS",
        "KubernetesCluster" => "Kubernetes",
        "RDSDBInstance" => "RDS database",
        "RDSLimitlessDB" => "RDS Limitless database",
        "Lambda" => "Lambda function",
        "ECSCluster" => "ECS cluster",
        var other => Phrase.Of(other),
    };

    /// <summary>The tags of the thing; GuardDuty lists them as key and value.</summary>
    public static ValueList<Tag> TagsOf(Json resource)
    {
        foreach (var (_, details) in resource.Members)
        {
            var one = details.IsArray ? details[0] : details;
            if (one.Cased("tags"u8) is not { IsArray: true } tags) continue;
            var list = new List<Tag>();
            foreach (var tag in tags.Items)
            {
                if (tag.Cased("key"u8).Words is { } key) list.Add(new(key, tag.Cased("value"u8).Words ?? ""));
            }
            if (list.Count > 0) return [.. list];
        }
        return [];
    }

    private static string? Instance(Json resource) => resource.Cased("instanceDetails"u8).Cased("instanceId"u8).Words;

    private static string? Buckets(Json resource)
    {
        var names = new List<string>();
        foreach (var bucket in resource.Cased("s3BucketDetails"u8).Items)
        {
            if (bucket.Cased("name"u8).Words is { } name) names.Add(name);
        }
        return Phrase.List(names, 2);
    }

    private static string? Workload(Json resource)
    {
        var workload = resource.Cased("kubernetesDetails"u8).Cased("kubernetesWorkloadDetails"u8);
        return workload.Cased("name"u8).Words is { } name ? workload.Cased("namespace"u8).Words is { } space ? $"{space}/{name}" : name : null;
    }
}
