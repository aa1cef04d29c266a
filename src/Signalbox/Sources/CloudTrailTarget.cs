using System.Collections.Frozen;

namespace Signalbox;

/// <summary>The thing that a call was about, found by parameters that only ever hold names.</summary>
/// <remarks>No other request parameter is ever shown: passwords, keys, user data and policies are among them.</remarks>
internal static class CloudTrailTarget
{
    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
    [
        "bucketName", "dBInstanceIdentifier", "dBClusterIdentifier", "dBSnapshotIdentifier", "functionName", "stackName", "instanceId", "clusterName",
        "groupId", "groupName", "userName", "roleName", "policyName", "policyArn", "keyId", "secretId", "trailName", "name", "domainName", "tableName",
        "queueName", "queueUrl", "topicArn", "vpcId", "subnetId", "volumeId", "snapshotId", "repositoryName", "clusterIdentifier", "cluster", "service",
        "serviceName", "loadBalancerName", "loadBalancerArn", "autoScalingGroupName", "hostedZoneId", "distributionId", "detectorId", "environmentName",
        "environmentId", "databaseName", "catalogId", "provisionedProductName", "productId", "accountName", "accountId", "certificateArn", "ruleName",
        "logGroupName", "restApiId", "fileSystemId", "cacheClusterId", "replicationGroupId", "streamName", "stateMachineArn", "resourceArn", "target",
        "serialNumber", "analyzerName", "webACLId", "id", "parameterName", "documentName", "keyName", "imageId", "targetId",
        "permissionSetArn", "instanceArn", "allocationId", "routeTableId", "clusterArn", "connectorArn", "connectorName", "connectionId", "connectionName",
        "virtualInterfaceId", "directConnectGatewayId", "quotaCode", "ipamId", "ipamPoolId", "networkInsightsPathId", "serviceIdentifier",
        "serviceNetworkIdentifier", "transitGatewayId", "responsePlanArn", "contactId", "contactChannelId", "licenseConfigurationArn",
        "natGatewayId", "flowLogId", "vpcEndpointId", "launchTemplateId", "launchTemplateName",
    ], StringComparer.OrdinalIgnoreCase);

    /// <summary>What a person calls the thing; null when the record does not name it.</summary>
    public static string? Of(Json record)
    {
        var parameters = record["requestParameters"u8];
        if (Instances(parameters["instancesSet"u8]["items"u8]) is { } instances) return instances;
        if (Records(parameters["changeBatch"u8]["changes"u8]) is { } records) return records;
        if (record["responseElements"u8]["requestedQuota"u8]["quotaName"u8].Words is { } quota) return Cut.Line(quota, 120);
        foreach (var (name, value) in parameters.Members)
        {
            if (value.Words is { Length: <= 2048 } text && Names.Contains(name.Text!)) return Cut.Line(Short(text), 120);
            // EC2's younger calls have their parameters one level down: DeleteNatGatewayRequest.NatGatewayId, FlowLogId.content.
            if (!value.IsObject || !name.Text!.EndsWith("Request", StringComparison.Ordinal)) continue;
            foreach (var (inner, held) in value.Members)
            {
                if ((held.Words ?? held["content"u8].Words) is { Length: <= 200 } id && Names.Contains(inner.Text!)) return Cut.Line(Short(id), 120);
            }
        }
        foreach (var resource in record["resources"u8].Items)
        {
            if ((resource["ARN"u8].Words ?? resource["arn"u8].Words) is { } arn) return Cut.Line(Short(arn), 120);
        }
        return null;
    }

    private static string Short(string text) => text switch
    {
        _ when text.StartsWith("arn:", StringComparison.Ordinal) => AsItCameFacts.NameOf(text)!,
        _ when text.StartsWith("https://", StringComparison.Ordinal) => text[(text.LastIndexOf('/') + 1)..],
        _ => text,
    };

    /// <summary>The names of DNS records that are changed: their zone is known by an id that nobody reads.</summary>
    private static string? Records(Json changes) =>
        Phrase.List(changes, 3, change => change["resourceRecordSet"u8]["name"u8].Words is { } name ? Cut.Line(name, 80).TrimEnd('.') : null);

    private static string? Instances(Json items)
    {
        if (!items.IsArray) return null;
        var ids = new List<string>();
        foreach (var item in items.Items)
        {
            if (item["instanceId"u8].Words is { } id) ids.Add(id);
        }
        return Phrase.List(ids, 3);
    }
}
