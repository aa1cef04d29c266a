using Signalbox.Aws.Asking;
using Signalbox.Deploy;

namespace Signalbox.Aws.Cloud;

/// <summary>Where the services of a site are.</summary>
/// <param name="partition">The partition.</param>
/// <param name="region">The region.</param>
internal sealed class CloudPlaces(string partition, string region)
{
    public ApiPlace Iam => ApiPlace.Iam(partition);

    public ApiPlace Sts => ApiPlace.Of("sts", partition, region);

    public ApiPlace Lambda => ApiPlace.Of("lambda", partition, region);

    public ApiPlace Sqs => ApiPlace.Of("sqs", partition, region);

    public ApiPlace Logs => ApiPlace.Of("logs", partition, region);

    /// <summary>CloudWatch.</summary>
    public ApiPlace Metrics => ApiPlace.Of("monitoring", partition, region);

    public ApiPlace Events => ApiPlace.Of("events", partition, region);

    public ApiPlace Dynamo(string at) => ApiPlace.Of("dynamodb", partition, at);

    /// <summary>A topic may be in another region than those who hear it.</summary>
    public ApiPlace Sns(string topic) => ApiPlace.Of("sns", partition, Arn.RegionOf(topic) ?? region);

    public static CloudPlaces Of(Site site) => new(site.Partition, site.Region);
}
