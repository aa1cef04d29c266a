using System.Text;
using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>A call of a function.</summary>
/// <param name="Function">The function.</param>
/// <param name="Version">The version that runs.</param>
/// <param name="Payload">The event.</param>
/// <param name="Id">The id of the request.</param>
/// <param name="Arn">The ARN that was called.</param>
/// <param name="Context">The client's context; null without one.</param>
public sealed record LambdaInvocation(LambdaFunction Function, LambdaVersion Version, byte[] Payload, string Id, string Arn, string? Context = null);

/// <summary>What came of it.</summary>
/// <param name="Payload">The answer, or the error as the runtime wrote it.</param>
/// <param name="Error">Handled or Unhandled; null when it went well.</param>
/// <param name="Log">What it logged.</param>
public sealed record LambdaOutcome(byte[] Payload, string? Error, string Log)
{
    /// <summary>The payload as text.</summary>
    public string Text => Encoding.UTF8.GetString(Payload);
}

/// <summary>Calls of functions.</summary>
public sealed partial class LambdaStandin
{
    /// <summary>Runs a function: in a sandbox, until a test puts its own in.</summary>
    public Func<LambdaInvocation, Task<LambdaOutcome>> Run { get; set; }

    private static void AddInvocation(Dictionary<string, AwsOperation> operations) => operations["Invoke"] = _ => null;

    internal async Task<JsonNode?> Invoked(AwsCall call)
    {
        var invocation = aws.Locked(() =>
        {
            var (function, version, qualifier) = FoundVersion(call);
            if (version.Text("State") is "Pending")
            {
                Touched(version);
                throw Conflict($"The operation cannot be performed at this time. The function is currently in the following state: Pending");
            }
            if (call.Request.Body.Length > 6 * 1024 * 1024) throw new AwsFault(413, "RequestTooLargeException", $"{call.Request.Body.Length} byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)");
            if (call.Request.Body.Length > 0 && Unparsed(call.Request.Body)) throw new AwsFault(400, "InvalidRequestContentException", "Could not parse request body into json: Could not parse payload into json");
            return new LambdaInvocation(function, version, call.Request.Body.Length > 0 ? call.Request.Body : "{}"u8.ToArray(), call.Id, qualifier is null ? function.Arn : $"{function.Arn}:{qualifier}",
                call.Text("ClientContext"));
        });
        switch (call.Text("InvocationType"))
        {
            case "DryRun": return new JsonObject { ["Status"] = 204 };
            case "Event":
                if (call.Request.Body.Length > 1024 * 1024) throw new AwsFault(413, "RequestTooLargeException", $"{call.Request.Body.Length} byte payload is too large for the Event invocation type (limit 1048576 bytes)");
                Later(invocation);
                return new JsonObject { ["Status"] = 202 };
            case null or "RequestResponse": break;
            case var odd: throw call.Invalid($"1 validation error detected: Value '{odd}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [RequestResponse, Event, DryRun]");
        }
        var outcome = await Now(invocation);
        return new JsonObject
        {
            ["Status"] = 200,
            ["Payload"] = Convert.ToBase64String(outcome.Payload),
            ["Error"] = outcome.Error,
            ["Version"] = invocation.Version.Number,
            ["Log"] = call.Text("LogType") is "Tail" ? Convert.ToBase64String(Encoding.UTF8.GetBytes(outcome.Log)[^Math.Min(4096, Encoding.UTF8.GetByteCount(outcome.Log))..]) : null,
        };
    }

    /// <summary>Runs it now; throws where it is throttled.</summary>
    internal async Task<LambdaOutcome> Now(LambdaInvocation invocation)
    {
        aws.Locked(() =>
        {
            var limit = invocation.Function.Reserved ?? Unreserved(null);
            var running = invocation.Function.Reserved is null ? Functions.Values.Where(function => function.Reserved is null).Sum(function => function.Running) : invocation.Function.Running;
            if (running >= limit)
            {
                aws.Metrics.Count("AWS/Lambda", "Throttles", invocation.Function.Name, 1);
                throw new AwsFault(429, "TooManyRequestsException", "Rate Exceeded.");
            }
            invocation.Function.Running++;
            aws.Metrics.Count("AWS/Lambda", "Invocations", invocation.Function.Name, 1);
            aws.Metrics.Count("AWS/Lambda", "ConcurrentExecutions", invocation.Function.Name, invocation.Function.Running);
        });
        try
        {
            var outcome = await Run(invocation);
            if (outcome.Error is not null) aws.Metrics.Count("AWS/Lambda", "Errors", invocation.Function.Name, 1);
            return outcome;
        }
        finally
        {
            aws.Locked(() => invocation.Function.Running--);
        }
    }

    /// <summary>A service hands an event over, where the policy of the function lets it; false where it does not.</summary>
    internal bool Hand(string arn, string service, string source, byte[] payload)
    {
        if (ByArn(arn) is not var (function, qualifier) || function.Qualified(qualifier) is not { } version) return false;
        if (!IamPolicy.Lets(function.Policy(qualifier ?? ""), service, "lambda:InvokeFunction", source)) return false;
        Later(new(function, version, payload, Guid.NewGuid().ToString(), arn));
        return true;
    }

    private static bool Unparsed(byte[] body)
    {
        try
        {
            JsonNode.Parse(body);
            return false;
        }
        catch (System.Text.Json.JsonException)
        {
            return true;
        }
    }
}
