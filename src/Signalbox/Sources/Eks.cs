namespace Signalbox;

/// <summary>EKS: Fargate pods that are about to be ended for a patch of their host.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.eks. Other news of EKS comes by CloudTrail or Health, which have their own rows.
/// Severity: an ended pod that is announced is a warning, raised; everything else is told by its most telling fields.
/// </remarks>
public static class Eks
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("eks", [new Key.Event("aws.eks")], Read,
        "https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-patching.html");

    private static Parsed Read(Envelope envelope)
    {
        if (!string.Equals(envelope.DetailType, "EKS Fargate Pod Scheduled Termination", StringComparison.OrdinalIgnoreCase))
            return AsItCame.Told(envelope, "eks");
        var detail = envelope.Body;
        var arn = envelope.ArnOf("cluster/");
        var cluster = detail["clusterName"u8].Words ?? detail["EksClusterName"u8].Words ?? Phrase.Name(arn);
        var space = detail["podNamespace"u8].Words ?? detail["namespace"u8].Words;
        var pod = detail["podName"u8].Words ?? detail["pod"u8].Words ?? PodIn(envelope.Resources);
        return new Parsed.Told([
            new()
            {
                Source = "eks",
                Kind = "fargate-pod",
                Severity = Severity.Warning,
                Status = Status.Raised,
                Title = Cut.Line($"{(pod is null ? "A Fargate pod" : $"Pod {Cut.Line(pod, 36)}")}{Phrase.With(" in ", cluster, 24)} will be terminated", 80),
                Summary = Phrase.Sentence(detail["evictErrorMessage"u8].Words ?? detail["EvictErrorMessage"u8].Words ?? detail["message"u8].Words),
                Subject = pod ?? cluster,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = $"eks/{cluster}/{pod}",
                Facts = Known.Facts(
                    ("When", Phrase.At(Instants.Read(detail["scheduledTerminationTime"u8])) ?? detail["scheduledTerminationTime"u8].Words),
                    ("Namespace", space),
                    ("Cluster", cluster),
                    ("Profile", detail["fargateProfileName"u8].Words)),
                Links = Known.Links(cluster is null ? null
                    : ConsolePage.Link("Open the cluster", envelope.Region, $"eks/clusters/{ConsolePage.Escape(cluster)}")),
            },
        ]);
    }

    private static string? PodIn(ValueList<string> resources)
    {
        foreach (var resource in resources)
        {
            if (Arn.Read(resource) is null) return resource;
        }
        return null;
    }
}
