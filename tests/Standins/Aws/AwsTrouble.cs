using System.Collections.Concurrent;

namespace Signalbox.Standins;

/// <summary>Faults on demand. Calls are counted from one, from the moment that it was said.</summary>
public sealed class AwsTrouble
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, Func<AwsCall, Happening>> planned = [];
    private readonly Dictionary<(string Service, string Operation), int> throttled = [];
    private readonly ConcurrentDictionary<string, bool> denied = new();
    private int count;

    internal enum Happening
    {
        Nothing,
        Drops,
        DropsAfter,
    }

    /// <summary>The call with this number from now fails so, and is not done.</summary>
    public void Fail(int call, AwsFault fault) => Plan(call, _ => throw fault);

    /// <summary>The connection of the call with this number is cut: before it is done, or after it was done and before its answer.</summary>
    public void Drop(int call, bool done) => Plan(call, _ => done ? Happening.DropsAfter : Happening.Drops);

    /// <summary>The next calls of an operation are throttled; "*" stands for every operation of the service.</summary>
    public void Throttle(string service, string operation, int times)
    {
        lock (gate) throttled[(service, operation)] = times;
    }

    /// <summary>Nobody may do this any longer: "iam:CreateRole".</summary>
    public void Deny(string action) => denied[action] = true;

    /// <summary>Everybody may again.</summary>
    public void Allow(string action) => denied.TryRemove(action, out _);

    /// <summary>All of it is over.</summary>
    public void Clear()
    {
        lock (gate)
        {
            planned.Clear();
            throttled.Clear();
            denied.Clear();
            count = 0;
        }
    }

    internal bool IsDenied(string action) => denied.ContainsKey(action);

    internal Happening Next(AwsCall call)
    {
        Func<AwsCall, Happening>? happens;
        lock (gate)
        {
            count++;
            planned.Remove(count, out happens);
            foreach (var key in ((string, string)[])[(call.Service, call.Operation), (call.Service, "*")])
            {
                if (throttled.GetValueOrDefault(key) is not (> 0 and var left)) continue;
                throttled[key] = left - 1;
                throw Throttled(call);
            }
        }
        return happens?.Invoke(call) ?? Happening.Nothing;
    }

    private static AwsFault Throttled(AwsCall call) => call.Service switch
    {
        "lambda" => new(429, "TooManyRequestsException", "Rate exceeded") { Headers = [("Retry-After", "1")] },
        "sqs" => new(call.IsQuery ? 403 : 400, "RequestThrottled", "Request is throttled.") { QueryCode = "RequestThrottled" },
        "s3" => new(503, "SlowDown", "Please reduce your request rate."),
        "iam" or "sts" or "sns" or "monitoring" => new(400, "Throttling", "Rate exceeded"),
        _ => new(400, "ThrottlingException", "Rate exceeded"),
    };

    private void Plan(int call, Func<AwsCall, Happening> happens)
    {
        lock (gate) planned[count + call] = happens;
    }
}
