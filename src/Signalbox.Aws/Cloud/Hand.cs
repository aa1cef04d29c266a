using Signalbox.Deploy;

namespace Signalbox.Aws.Cloud;

/// <summary>What a step has at hand.</summary>
/// <param name="Cloud">Where it is done.</param>
/// <param name="Release">What is deployed.</param>
/// <param name="Zip">Reads the code.</param>
/// <param name="Stop">Stops it.</param>
internal sealed record Hand(AwsCloud Cloud, Release Release, Func<ReadOnlyMemory<byte>> Zip, CancellationToken Stop)
{
    public Site Site => Cloud.Site;

    public CloudPlaces Places => Cloud.Places;

    /// <summary>The function's name in AWS.</summary>
    public string Function => Release.Spec.DeployedName;

    public Task<CloudAnswer> Do(CloudCall call) => Cloud.Calls.Do(call, Stop);

    public Task<CloudAnswer?> Find(CloudCall call) => Cloud.Calls.Find(call, Stop);

    public Task Make(CloudCall call) => Cloud.Calls.Make(call, Stop);

    /// <summary>Why a thing with these tags is not ours; null when it is.</summary>
    public string? Others(ValueList<Fact> tags) => Marks.Others(Release.OwnTags, tags);
}
