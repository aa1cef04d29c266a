using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Signalbox.Aws.Cloud;
using Signalbox.Effects;

namespace Signalbox.Aws.Dynamo;

/// <summary>How DynamoDB is reached: through our own doors, so that the first call does not load every root of the machine.</summary>
internal static class Reach
{
    private static readonly TimeSpan OneTry = TimeSpan.FromSeconds(5);
    private const int MoreTries = 4;

    /// <summary>Opens the way to a table.</summary>
    public static Table Table(DynamoAddress address, Doors doors)
    {
        var region = address.Region ?? Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION");
        if (region is null && address.Endpoint is null)
        {
            throw new StoreException(
                $"no region is known for the DynamoDB table {address.Table}: set AWS_REGION or write dynamodb://{address.Table}?region=REGION");
        }
        var config = new AmazonDynamoDBConfig
        {
            HttpClientFactory = new Through(doors),
            Timeout = OneTry,
            MaxErrorRetry = MoreTries,
            RetryMode = RequestRetryMode.Standard,
            ThrottleRetries = false,
        };
        if (address.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
            config.AuthenticationRegion = region ?? "us-east-1";
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }
        return new(new AmazonDynamoDBClient(Keys() ?? new Usual(doors, region ?? "us-east-1"), config), address.Table);
    }

    /// <summary>Keys of the environment, where a Lambda function has them; null sends us along the usual chain.</summary>
    private static AWSCredentials? Keys()
    {
        if ((Variable("AWS_ACCESS_KEY_ID"), Variable("AWS_SECRET_ACCESS_KEY")) is not ({ } id, { } secret)) return null;
        return Variable("AWS_SESSION_TOKEN") is { } token ? new SessionAWSCredentials(id, secret, token) : new BasicAWSCredentials(id, secret);
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Keys as everything else here finds them: the SDK alone cannot take a role that a profile names.</summary>
    private sealed class Usual : AWSCredentials
    {
        private readonly Func<CancellationToken, Task<AwsKeys>> keys;

        public Usual(Doors doors, string region)
        {
            // Only a role is asked for over it, and as long as the client lives.
            var wire = new Wire(doors);
            keys = KeyFinder.Usual(wire.Send, () => DateTimeOffset.UtcNow, Variable, region, null);
        }

        public override ImmutableCredentials GetCredentials() => GetCredentialsAsync().GetAwaiter().GetResult();

        public override async Task<ImmutableCredentials> GetCredentialsAsync()
        {
            try
            {
                var found = await keys(CancellationToken.None);
                return new(found.Id, found.Secret, found.SessionToken);
            }
            catch (CloudException fault)
            {
                throw new AmazonClientException(fault.Message, fault);
            }
        }
    }

    private sealed class Through(Doors doors) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(doors.Handler()) { Timeout = OneTry };

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
