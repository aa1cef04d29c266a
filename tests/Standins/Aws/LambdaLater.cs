using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>Asynchronous calls: tried again twice, then handed to whoever hears of failures. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html</summary>
public sealed partial class LambdaStandin
{
    private readonly CancellationTokenSource over = new();
    private int busy;

    /// <summary>How many times faster than in AWS waits between attempts pass: a minute is 60 ms.</summary>
    public double Pace { get; set; } = 1000;

    /// <summary>Waits until nothing is on its way any longer: no asynchronous call, no message that a mapping would take. Fails after a while.</summary>
    public async Task Idle(double seconds = 30)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var quiet = 0; quiet < 3;)
        {
            quiet = Volatile.Read(ref busy) is 0 && !aws.Locked(() => Mappings.Any(Waits)) ? quiet + 1 : 0;
            if (clock.Elapsed.TotalSeconds > seconds) throw new TimeoutException($"still busy after {seconds} s: {Volatile.Read(ref busy)} calls");
            await Task.Delay(20);
        }
    }

    public void Dispose()
    {
        over.Cancel();
        Sandboxes.Dispose();
        over.Dispose();
    }

    private void Later(LambdaInvocation invocation) => InBackground(() => Attempts(invocation));

    private void InBackground(Func<Task> work)
    {
        Interlocked.Increment(ref busy);
        _ = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            finally
            {
                Interlocked.Decrement(ref busy);
            }
        });
    }

    private async Task Attempts(LambdaInvocation invocation)
    {
        var config = aws.Locked(() => invocation.Function.InvokeConfigs.GetValueOrDefault(invocation.Arn == invocation.Function.Arn ? "$LATEST" : invocation.Arn.Split(':')[^1]));
        var (again, age) = (config?["MaximumRetryAttempts"]?.GetValue<int>() ?? 2, TimeSpan.FromSeconds(config?["MaximumEventAgeInSeconds"]?.GetValue<int>() ?? 21_600));
        var (waited, count) = (TimeSpan.Zero, 0);
        LambdaOutcome? outcome = null;
        async Task<bool> Wait(TimeSpan time)
        {
            if (waited + time > age) return false;
            waited += time;
            await Task.Delay(time / Pace, over.Token);
            return true;
        }
        var throttled = TimeSpan.FromSeconds(1);
        while (true)
        {
            try
            {
                outcome = await Now(invocation);
                count++;
                if (outcome.Error is null)
                {
                    Hear(invocation, config, "OnSuccess", "Success", count, outcome);
                    return;
                }
                if (count > again)
                {
                    Failed(invocation, config, "RetriesExhausted", count, outcome);
                    return;
                }
                if (await Wait(TimeSpan.FromMinutes(count))) continue;
            }
            catch (AwsFault fault) when (fault.Status is 429)
            {
                if (await Wait(throttled))
                {
                    throttled = throttled * 2 < TimeSpan.FromMinutes(5) ? throttled * 2 : TimeSpan.FromMinutes(5);
                    continue;
                }
            }
            Failed(invocation, config, "EventAgeExceeded", count, outcome);
            return;
        }
    }

    private void Failed(LambdaInvocation invocation, JsonObject? config, string condition, int count, LambdaOutcome? outcome)
    {
        Hear(invocation, config, "OnFailure", condition, count, outcome);
        aws.Locked(() =>
        {
            var (version, body) = (invocation.Version, Encoding.UTF8.GetString(invocation.Payload));
            if (version.Configuration["DeadLetterConfig"]?["TargetArn"]?.GetValue<string>() is not { } target) return;
            static JsonObject Attribute(string type, string value) => new() { ["DataType"] = type, ["StringValue"] = value };
            var words = outcome is null ? "" : EventPattern.Parsed(outcome.Text)?["errorMessage"]?.ToString() ?? "";
            var attributes = new JsonObject
            {
                ["RequestID"] = Attribute("String", invocation.Id),
                ["ErrorCode"] = Attribute("Number", outcome is null ? "429" : "200"),
                ["ErrorMessage"] = Attribute("String", words.Length > 1024 ? words[..1024] : words is "" ? "Rate Exceeded." : words),
            };
            if (target.Split(':')[2] is "sqs" && aws.Iam.Allows(version.Text("Role"), "sqs:SendMessage", target) && aws.Sqs.Queues.TryGetValue(target, out var queue)) aws.Sqs.Keep(queue, body, attributes, 0);
            else if (target.Split(':')[2] is "sns" && aws.Iam.Allows(version.Text("Role"), "sns:Publish", target)) aws.Sns.Publish(target, null, body);
            else aws.Metrics.Count("AWS/Lambda", "DeadLetterErrors", invocation.Function.Name, 1);
        });
    }

    /// <summary>The record of an asynchronous call for its destination.</summary>
    private void Hear(LambdaInvocation invocation, JsonObject? config, string which, string condition, int count, LambdaOutcome? outcome) => aws.Locked(() =>
    {
        if (config?["DestinationConfig"]?[which]?["Destination"]?.GetValue<string>() is not { Length: > 0 } target) return;
        var record = new JsonObject
        {
            ["version"] = "1.0",
            ["timestamp"] = aws.Now().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["requestContext"] = new JsonObject
            {
                ["requestId"] = invocation.Id,
                ["functionArn"] = invocation.Arn == invocation.Function.Arn ? $"{invocation.Arn}:$LATEST" : invocation.Arn,
                ["condition"] = condition,
                ["approximateInvokeCount"] = count,
            },
            ["requestPayload"] = JsonNode.Parse(invocation.Payload),
        };
        if (outcome is not null)
        {
            var response = new JsonObject { ["statusCode"] = 200, ["executedVersion"] = invocation.Version.Number };
            if (outcome.Error is { } error) response["functionError"] = error;
            (record["responseContext"], record["responsePayload"]) = (response, outcome.Payload.Length > 0 ? EventPattern.Parsed(outcome.Text) : null);
        }
        var role = invocation.Version.Text("Role");
        switch (target.Split(':')[2])
        {
            case "sqs" when aws.Iam.Allows(role, "sqs:SendMessage", target) && aws.Sqs.Queues.TryGetValue(target, out var queue): aws.Sqs.Keep(queue, record.ToJsonString(), [], 0); break;
            case "sns" when aws.Iam.Allows(role, "sns:Publish", target): aws.Sns.Publish(target, null, record.ToJsonString()); break;
            case "lambda" when aws.Iam.Allows(role, "lambda:InvokeFunction", target) && ByArn(target) is var (function, qualifier) && function.Qualified(qualifier) is { } version:
                Later(new(function, version, Encoding.UTF8.GetBytes(record.ToJsonString()), Guid.NewGuid().ToString(), target));
                break;
            default: aws.Metrics.Count("AWS/Lambda", "DestinationDeliveryFailures", invocation.Function.Name, 1); break;
        }
    });
}
