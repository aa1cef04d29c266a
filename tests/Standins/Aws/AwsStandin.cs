using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>An operation: its input in, its output out; null where it has nothing to say. Faults of AWS are thrown.</summary>
internal delegate JsonNode? AwsOperation(AwsCall call);

/// <summary>A service: how it is spoken with, what it can do, and what a call is about.</summary>
/// <param name="Protocols">The protocols it takes, any of them.</param>
/// <param name="Operations">Its operations by name.</param>
/// <param name="Resource">The ARN that a call is about, as IAM sees it.</param>
internal sealed record AwsService(AwsProtocol[] Protocols, Dictionary<string, AwsOperation> Operations, Func<AwsCall, string> Resource);

/// <summary>
/// AWS on the loopback, one endpoint for all services: the scope of the signature says which one is meant. What it holds can be read and changed by tests.
/// Signatures are checked, and so is each request, by AWS's own description of its services where that is on the machine.
/// </summary>
public sealed partial class AwsStandin : IDisposable
{
    /// <summary>The keys of somebody who may do everything.</summary>
    public const string AccessKey = "AKIAIOSFODNN7EXAMPLE", SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    /// <summary>The account that those keys are of.</summary>
    public const string Account = "123456789012";

    private readonly AwsWire wire;
    private readonly Lock gate = new();
    private long passed;
    private readonly ConcurrentQueue<AwsDone> calls = new();
    private readonly Dictionary<string, AwsService> services;

    public AwsStandin()
    {
        Add(new(AccessKey, SecretKey, Account, $"arn:aws:iam::{Account}:user/deployer"));
        (Iam, Sts, Lambda, Sns, Sqs) = (new(this), new(this), new(this), new(this), new(this));
        (Events, Logs, Metrics, Stores, S3, Tagging) = (new(this), new(this), new(this), new(), new(), new(this));
        Lambda.Stored = S3.Bytes;
        services = new()
        {
            ["lambda"] = Lambda.Service,
            ["iam"] = Iam.Service,
            ["sts"] = Sts.Service,
            ["sns"] = Sns.Service,
            ["sqs"] = Sqs.Service,
            ["events"] = Events.Service,
            ["logs"] = Logs.Service,
            ["monitoring"] = Metrics.Service,
            ["ssm"] = Stores.Parameters,
            ["secretsmanager"] = Stores.Secrets,
            ["kms"] = Stores.Keys,
            ["s3"] = S3.Service,
            ["tagging"] = Tagging.Service,
        };
        wire = new(Answer);
    }

    /// <summary>Where it is.</summary>
    public string Address => $"http://127.0.0.1:{wire.Port}";

    /// <summary>The time that signatures are held to.</summary>
    public Func<DateTimeOffset> Clock { get; set; } = () => DateTimeOffset.UtcNow;

    /// <summary>The time of everything else: messages come back and logs are written by it.</summary>
    public DateTimeOffset Now() => DateTimeOffset.UtcNow + TimeSpan.FromTicks(Interlocked.Read(ref passed));

    /// <summary>Lets time pass at once for everything but signatures: messages in flight come back.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref passed, time.Ticks);

    /// <summary>Who has keys, by the key's id.</summary>
    public ConcurrentDictionary<string, AwsIdentity> Identities { get; } = new();

    /// <summary>Faults on demand.</summary>
    public AwsTrouble Trouble { get; } = new();

    /// <summary>Every call that was made, oldest first.</summary>
    public IReadOnlyList<AwsDone> Calls => [.. calls];

    /// <summary>Where DynamoDB is; calls of it are handed on as they came. Null for nowhere.</summary>
    public string? Dynamo { get; set; }

    /// <summary>IAM: roles and their policies.</summary>
    public IamStandin Iam { get; }

    /// <summary>STS: identities and sessions.</summary>
    public StsStandin Sts { get; }

    /// <summary>Lambda: functions, versions, aliases, mappings.</summary>
    public LambdaStandin Lambda { get; }

    /// <summary>SNS: topics and subscriptions.</summary>
    public SnsStandin Sns { get; }

    /// <summary>SQS: queues and messages.</summary>
    public SqsStandin Sqs { get; }

    /// <summary>EventBridge: rules, targets, events.</summary>
    public EventsStandin Events { get; }

    /// <summary>CloudWatch Logs: groups, streams, lines.</summary>
    public LogsStandin Logs { get; }

    /// <summary>CloudWatch: metrics and alarms.</summary>
    public MetricsStandin Metrics { get; }

    /// <summary>Systems Manager's parameters, Secrets Manager's secrets, and KMS.</summary>
    public StoresStandin Stores { get; }

    /// <summary>S3: objects.</summary>
    public S3Standin S3 { get; }

    /// <summary>Tags of all of it.</summary>
    public TaggingStandin Tagging { get; }

    /// <summary>The environment that leads a program of AWS here.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["AWS_ACCESS_KEY_ID"] = AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = SecretKey,
        ["AWS_REGION"] = "eu-west-1",
        ["AWS_DEFAULT_REGION"] = "eu-west-1",
        ["AWS_ENDPOINT_URL"] = Address,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        ["AWS_PAGER"] = "",
    };

    /// <summary>Somebody gets keys.</summary>
    public AwsIdentity Add(AwsIdentity identity) => Identities[identity.Key] = identity;

    /// <summary>Does something with what it holds while nothing else does.</summary>
    public T Locked<T>(Func<T> work)
    {
        lock (gate) return work();
    }

    /// <summary>The same for what answers nothing.</summary>
    public void Locked(Action work)
    {
        lock (gate) work();
    }

    public void Dispose()
    {
        wire.Dispose();
        Lambda.Dispose();
    }

    private async Task<AwsReply?> Answer(AwsRequest request)
    {
        var id = Guid.NewGuid().ToString();
        if (Lambda.Called(request) is { } hooked) return await hooked;
        var signed = AwsSignature.Read(request);
        var name = signed?.Service ?? (request.Text.Contains("Action=AssumeRoleWithWebIdentity", StringComparison.Ordinal) ? "sts" : null);
        if (name is "dynamodb" or "streams.dynamodb" && Dynamo is not null) return await Forward(request);
        if (name is null || !services.TryGetValue(name, out var service))
            return new(403, "application/json", AwsProtocol.Bytes($$"""{"message":"{{(name is null ? "Missing Authentication Token" : $"There is no service {name} here")}}"}"""));

        var protocol = service.Protocols[0];
        try
        {
            foreach (var candidate in service.Protocols)
            {
                if (candidate.Read(request) is not { } read) continue;
                protocol = candidate;
                return await Do(service, protocol, request, signed, name, read.Operation, read.Input);
            }
            throw new AwsFault(name is "lambda" ? 404 : 400, "UnknownOperationException", "");
        }
        catch (AwsFault fault)
        {
            return protocol.Fail(id, fault);
        }
    }

    private async Task<AwsReply?> Do(
        AwsService service, AwsProtocol protocol, AwsRequest request, SignedAs? signed, string name, string operation, JsonObject input)
    {
        var caller = "nobody";
        var kept = (JsonObject)input.DeepClone();
        AwsReply? Note(string outcome, AwsReply? reply)
        {
            calls.Enqueue(new(name, operation, kept, signed?.Region ?? "us-east-1", caller, outcome));
            return reply;
        }
        try
        {
            var identity = Authenticated(request, signed, name, operation);
            caller = identity.Arn;
            var call = new AwsCall(this, request, name, operation, input, identity, signed?.Region ?? "us-east-1") { IsQuery = (IsForm(name) || name is "sqs") && request.Header("x-amz-target") is null && !request.Path.StartsWith("/service/", StringComparison.Ordinal) };
            switch (Trouble.Next(call))
            {
                case AwsTrouble.Happening.Drops: return Note("dropped before", null);
                case AwsTrouble.Happening.DropsAfter:
                    await Done(service, call);
                    return Note("dropped after", null);
            }
            return Note("ok", protocol.Write(call, await Done(service, call)));
        }
        catch (AwsFault fault)
        {
            return Note(fault.Code, protocol.Fail(Guid.NewGuid().ToString(), fault));
        }
        catch (Exception bug) when (bug is not AwsFault)
        {
            // A slip of the stand-in itself has to be seen where the test fails.
            return Note($"bug: {bug}", protocol.Fail("", new(500, "InternalFailure", $"The stand-in has a bug: {bug}")));
        }
    }

    private async Task<JsonNode?> Done(AwsService service, AwsCall call)
    {
        if (!service.Operations.TryGetValue(call.Operation, out var operation))
        {
            throw new AwsFault(400, call.IsQuery ? "InvalidAction" : "UnknownOperationException",
                $"Could not find operation {call.Operation}. The stand-in knows: {string.Join(", ", service.Operations.Keys.Order())}");
        }
        AwsModel.Of(call.Service)?.Validate(call);
        var resource = Locked(() => service.Resource(call));
        Authorize(call, resource);
        if (call.Operation is "Invoke" && call.Service is "lambda") return await Lambda.Invoked(call);
        if (call.Operation is "ReceiveMessage" && call.Service is "sqs") return await Sqs.Received(call);
        return Locked(() => operation(call));
    }

}
