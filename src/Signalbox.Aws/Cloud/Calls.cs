using Signalbox.Effects;

namespace Signalbox.Aws.Cloud;

/// <summary>What signed calls need of the world.</summary>
public sealed record CloudWorld
{
    /// <summary>Sends a request.</summary>
    public required Send Send { get; init; }

    /// <summary>The time, which a signature holds.</summary>
    public Now Now { get; init; } = () => DateTimeOffset.UtcNow;

    /// <summary>Waits.</summary>
    public Func<TimeSpan, CancellationToken, Task> Wait { get; init; } = Task.Delay;

    /// <summary>Chance, from 0 to 1, that keeps many from coming back at the same moment.</summary>
    public Func<double> Chance { get; init; } = Random.Shared.NextDouble;
}

/// <summary>The one way to every service: signed, tried again as the services' rules say, and with errors in words.</summary>
/// <param name="world">What it needs of the world.</param>
/// <param name="keys">Finds access keys; throws <see cref="CloudException"/> where there are none.</param>
/// <param name="endpoint">Where everything is sent instead of to AWS; null for AWS.</param>
internal sealed class Calls(CloudWorld world, Func<CancellationToken, Task<AwsKeys>> keys, Uri? endpoint)
{
    private const int LongestAnswer = 8 * 1024 * 1024;
    private const int MostTries = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>How long something may be not ready that was just made: a role is known everywhere within seconds, a queue's name is free after 60 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Makes a call.</summary>
    /// <exception cref="CloudException">The service said no, or did not answer.</exception>
    public async Task<CloudAnswer> Do(CloudCall call, CancellationToken stop)
    {
        var began = world.Now();
        for (var tries = 1; ; tries++)
        {
            var letter = Letter(call);
            var answer = await world.Send(SigV4.Sign(letter, await keys(stop), call.Place.Region, call.Place.Service, world.Now()), call.Within, stop);
            var (done, pause, fault) = answer.Match(
                came => came.Status is >= 200 and < 300
                    ? (new CloudAnswer(came.Body, came.Headers), null, null)
                    : Failed(call, CloudFault.Read(came), came.RetryAfter, tries, world.Now() - began),
                missing => (null, missing.MayPass && call.MayRepeat && tries < MostTries ? Backoff(tries) : null,
                    new CloudException("", $"{CloudFault.Named(call)}: {missing.Why}. Is {letter.Address!.Host} reachable from here?")));
            if (done is not null) return done;
            if (pause is not { } length) throw fault!;
            await world.Wait(length, stop);
        }
    }

    /// <summary>Makes a call; null when what it asks about is not there.</summary>
    public async Task<CloudAnswer?> Find(CloudCall call, CancellationToken stop)
    {
        try
        {
            return await Do(call, stop);
        }
        catch (CloudException fault) when (fault.IsNotThere)
        {
            return null;
        }
    }

    /// <summary>Makes something; that it is there already, from a call whose answer was lost, is fine.</summary>
    public async Task Make(CloudCall call, CancellationToken stop)
    {
        try
        {
            await Do(call, stop);
        }
        catch (CloudException fault) when (fault.IsThereAlready)
        {
            return;
        }
    }

    private (CloudAnswer?, TimeSpan?, CloudException?) Failed(CloudCall call, CloudFault fault, TimeSpan? after, int tries, TimeSpan spent)
    {
        TimeSpan? pause = fault.Remedy switch
        {
            Remedy.SlowDown when tries < MostTries => after is { } asked && asked < Longest ? asked : Backoff(tries),
            Remedy.Wait when spent < Patience => TimeSpan.FromSeconds(Math.Min(5, 0.5 * tries) * (0.75 + (0.5 * world.Chance()))),
            _ => null,
        };
        return (null, pause, new CloudException(fault.Code, fault.Words(call)));
    }

    private TimeSpan Backoff(int tries) => TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, 0.25 * Math.Pow(2, tries)) * world.Chance());

    private Letter Letter(CloudCall call)
    {
        var root = endpoint is null ? $"https://{call.Place.Host}" : endpoint.GetLeftPart(UriPartial.Authority) + endpoint.AbsolutePath.TrimEnd('/');
        return new(new($"{root}{call.Path}{(call.Query.Length > 0 ? $"?{call.Query}" : "")}"), call.Body)
        {
            Method = call.Method,
            Type = call.Type,
            LongestAnswer = LongestAnswer,
            Headers = [.. call.Target is { } target ? (Fact[])[new("x-amz-target", target)] : [], .. call.Headers],
            Wants = ["x-amzn-errortype", .. call.Wants],
        };
    }
}
