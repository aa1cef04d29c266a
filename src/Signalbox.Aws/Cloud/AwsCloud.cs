using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Signalbox.Aws.Asking;
using Signalbox.Deploy;
using Signalbox.Effects;

namespace Signalbox.Aws.Cloud;

/// <summary>An account and a region, with the keys to them.</summary>
public sealed class AwsCloud
{
    private readonly Func<CancellationToken, Task<AwsKeys>> keys;
    private readonly Uri? endpoint;
    private readonly CloudWorld world;

    private AwsCloud(
        Calls calls, Site site, string caller, Func<CancellationToken, Task<AwsKeys>> keys, Uri? endpoint, CloudWorld world) =>
        (Calls, Site, Caller, Places, this.keys, this.endpoint, this.world) = (calls, site, caller, CloudPlaces.Of(site), keys, endpoint, world);

    /// <summary>Where it is.</summary>
    public Site Site { get; }

    /// <summary>Who we are there: an ARN.</summary>
    public string Caller { get; }

    /// <summary>Waits.</summary>
    internal Task Wait(TimeSpan time, CancellationToken stop) => world.Wait(time, stop);

    internal Calls Calls { get; }

    internal CloudPlaces Places { get; }

    /// <summary>Finds out whose keys they are.</summary>
    /// <param name="world">What calls need of the world.</param>
    /// <param name="finder">Finds keys.</param>
    /// <param name="region">The region.</param>
    /// <param name="endpoint">Where everything is sent instead of to AWS; null for AWS.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="CloudException">There are no keys, or AWS does not know them.</exception>
    public static async Task<AwsCloud> Open(CloudWorld world, KeyFinder finder, string region, Uri? endpoint, CancellationToken stop)
    {
        var partition = ApiPlace.Partition(region);
        var places = new CloudPlaces(partition, region);
        var keys = finder.Open(world, places, endpoint);
        var calls = new Calls(world, keys, endpoint);
        var answer = await calls.Do(CloudCall.Form(places.Sts, "GetCallerIdentity", "2011-06-15"), stop);
        if (answer.Text("Account") is not { Length: > 0 } account) throw new CloudException("", "sts GetCallerIdentity: its answer names no account.");
        return new(calls, new(partition, region, account), answer.Text("Arn") ?? "", keys, endpoint, world);
    }

    /// <summary>Settings of a function that lie outside of its package, read with our keys and not with its own.</summary>
    /// <param name="place">Where; not in AppConfig, which speaks with a function's extension only.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<RemoteOutcome> Settings(SettingsPlace place, CancellationToken stop)
    {
        var found = await keys(stop);
        string? Variable(string name) => name switch
        {
            "AWS_ACCESS_KEY_ID" => found.Id,
            "AWS_SECRET_ACCESS_KEY" => found.Secret,
            "AWS_SESSION_TOKEN" => found.SessionToken,
            "AWS_REGION" => Site.Region,
            "AWS_ENDPOINT_URL" => endpoint?.AbsoluteUri,
            _ => null,
        };
        return await new RemoteSettings(place, world.Now, Variable).Look(world.Send, TimeSpan.FromSeconds(10), stop);
    }

    /// <summary>A client of DynamoDB with the same keys, for a region.</summary>
    internal async Task<AmazonDynamoDBClient> Dynamo(string region, CancellationToken stop)
    {
        var found = await keys(stop);
        AWSCredentials credentials = found.SessionToken is { } token
            ? new SessionAWSCredentials(found.Id, found.Secret, token)
            : new BasicAWSCredentials(found.Id, found.Secret);
        var config = new AmazonDynamoDBConfig { Timeout = TimeSpan.FromSeconds(10), RetryMode = RequestRetryMode.Standard };
        if (endpoint is not null) (config.ServiceURL, config.AuthenticationRegion) = (endpoint.AbsoluteUri, region);
        else config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region);
        return new(credentials, config);
    }
}
