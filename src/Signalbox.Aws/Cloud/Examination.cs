using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Signalbox.Aws.Asking;
using Signalbox.Deploy;
using Signalbox.Effects;

namespace Signalbox.Aws.Cloud;

/// <summary>How a function is, besides what its files say of it.</summary>
/// <param name="State">Active, Pending, Inactive or Failed, and why.</param>
/// <param name="Update">Successful, InProgress or Failed, and why.</param>
/// <param name="Updated">When it was changed; null when Lambda says nothing usable.</param>
public sealed record FunctionHealth(string State, string Update, DateTimeOffset? Updated);

/// <summary>How many messages a queue holds.</summary>
/// <param name="Waiting">Those that wait.</param>
/// <param name="Taken">Those that somebody took and has not deleted yet.</param>
public sealed record QueueDepth(long Waiting, long Taken);

/// <summary>Questions that only whoever looks for a fault asks. Nothing is changed.</summary>
/// <param name="cloud">Where.</param>
/// <param name="stop">Stops it.</param>
public sealed class Examination(AwsCloud cloud, CancellationToken stop)
{
    /// <summary>Most actions of one simulation.</summary>
    private const int MostActions = 40;

    /// <summary>How far this machine's clock is ahead of AWS's; null when the answer has no time.</summary>
    public async Task<TimeSpan?> ClockAhead(Now now)
    {
        var before = now();
        var answer = await cloud.Calls.Do(CloudCall.Form(cloud.Places.Sts, "GetCallerIdentity", "2011-06-15") with { Wants = ["Date"] }, stop);
        var after = now();
        return Instants.Read(answer.Header("Date")) is { } there ? before + ((after - before) / 2) - there : null;
    }

    /// <summary>What whoever deploys is not allowed.</summary>
    /// <returns>The rights that are missing; none when all are there.</returns>
    /// <exception cref="CloudException">IAM does not answer that for us.</exception>
    public async Task<ValueList<DeployRight>> Refused(IEnumerable<DeployRight> rights)
    {
        var who = await Principal();
        var refused = new List<DeployRight>();
        foreach (var some in rights.GroupBy(right => right.Resource).SelectMany(group => group.Chunk(MostActions)))
        {
            Fact[] actions = [.. some.Select((right, place) => new Fact(string.Create(CultureInfo.InvariantCulture, $"ActionNames.member.{place + 1}"),
                right.Action))];
            Fact[] fields = [new("PolicySourceArn", who), new("ResourceArns.member.1", some[0].Resource), .. actions];
            var answer = await cloud.Calls.Do(CloudCall.Form(cloud.Places.Iam, "SimulatePrincipalPolicy", "2010-05-08", fields), stop);
            var decided = AwsApi.Elements(answer.Body, "EvalActionName").Zip(AwsApi.Elements(answer.Body, "EvalDecision"))
                .Where(pair => pair.Second is not "allowed").Select(pair => pair.First).ToHashSet();
            refused.AddRange(some.Where(right => decided.Contains(right.Action)));
        }
        return [.. refused];
    }

    /// <summary>How a function is; null when it is not there.</summary>
    public async Task<FunctionHealth?> Health(string function)
    {
        var asked = LambdaCalls.Of(cloud.Places.Lambda, "GetFunctionConfiguration", "GET", function, "/configuration");
        if (await cloud.Calls.Find(asked, stop) is not { } answer) return null;
        var json = answer.Json;
        var updated = DateTimeOffset.TryParse(json["LastModified"u8].Text, CultureInfo.InvariantCulture, out var at) ? at : (DateTimeOffset?)null;
        return new(Said(json["State"u8].Text ?? "Active", json["StateReason"u8].Text), Said(json["LastUpdateStatus"u8].Text ?? "Successful",
            json["LastUpdateStatusReason"u8].Text), updated);

        static string Said(string state, string? why) => state is "Active" or "Successful" || why is not { Length: > 0 } ? state : $"{state}: {why}";
    }

    /// <summary>How many messages a queue of ours holds; null when it is not there.</summary>
    /// <param name="arn">The queue, of this region.</param>
    public async Task<QueueDepth?> Depth(string arn)
    {
        if (await Address(arn) is not { } url) return null;
        var answer = await cloud.Calls.Find(Sqs("GetQueueAttributes", json =>
        {
            json.WriteString("QueueUrl", url);
            Compared.WriteTexts(json, "AttributeNames", ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]);
        }), stop);
        if (answer is null) return null;
        var attributes = answer.Json["Attributes"u8];
        return new(Whole(attributes["ApproximateNumberOfMessages"u8].Scalar), Whole(attributes["ApproximateNumberOfMessagesNotVisible"u8].Scalar));
    }

    /// <summary>True when a topic is there.</summary>
    public async Task<bool> HasTopic(string topic) => await cloud.Calls.Find(Sns(topic, "GetTopicAttributes", new Fact("TopicArn", topic)), stop) is not null;

    /// <summary>The filter of a subscription, as JSON; empty for none.</summary>
    public async Task<string> FilterOf(string topic, string subscription) =>
        await cloud.Calls.Find(Sns(topic, "GetSubscriptionAttributes", new Fact("SubscriptionArn", subscription)), stop) is { } answer
            && AwsApi.Elements(answer.Body, "entry").FirstOrDefault(entry => AwsApi.Text(entry, "key") is "FilterPolicy") is { } filter
            ? AwsApi.Text(filter, "value") ?? "" : "";

    /// <summary>The endpoints that were asked to confirm their subscription to a topic and have not.</summary>
    public async Task<ValueList<string>> Unconfirmed(string topic)
    {
        var waiting = new List<string>();
        for (string? next = ""; next is not null;)
        {
            Fact[] from = next.Length > 0 ? [new("NextToken", next)] : [];
            if (await cloud.Calls.Find(Sns(topic, "ListSubscriptionsByTopic", [new("TopicArn", topic), .. from]), stop) is not { } page) break;
            waiting.AddRange(from member in AwsApi.Elements(page.Body, "member")
                             where AwsApi.Text(member, "SubscriptionArn") is "PendingConfirmation"
                             select AwsApi.Text(member, "Endpoint") ?? "");
            next = page.Text("NextToken") is { Length: > 0 } token ? token : null;
        }
        return [.. waiting];
    }

    /// <summary>All topics of the region, by ARN.</summary>
    public async Task<ValueList<string>> Topics()
    {
        var topics = new List<string>();
        for (string? next = ""; next is not null;)
        {
            Fact[] from = next.Length > 0 ? [new("NextToken", next)] : [];
            var page = await cloud.Calls.Do(Sns("", "ListTopics", from), stop);
            topics.AddRange(AwsApi.Elements(page.Body, "TopicArn"));
            next = page.Text("NextToken") is { Length: > 0 } token ? token : null;
        }
        return [.. topics.Order(StringComparer.Ordinal)];
    }

    /// <summary>Publishes an event to a topic.</summary>
    /// <returns>Its id there.</returns>
    public async Task<string> Publish(string topic, string message)
    {
        Fact[] order = IsFifo(topic) ? [new("MessageGroupId", Group), new("MessageDeduplicationId", Once(message))] : [];
        Fact[] fields = [new("TopicArn", topic), new("Message", message), new("Subject", "Signalbox test event"), .. order];
        return (await cloud.Calls.Do(Sns(topic, "Publish", fields) with { MayRepeat = false }, stop)).Text("MessageId") ?? "";
    }

    /// <summary>Sends an event to a queue.</summary>
    /// <returns>Its id there.</returns>
    public async Task<string> Enqueue(string arn, string message)
    {
        var url = await Address(arn) ?? throw new CloudException("QueueDoesNotExist", $"queue {arn} is not there.");
        var answer = await cloud.Calls.Do(Sqs("SendMessage", json =>
        {
            json.WriteString("QueueUrl", url);
            json.WriteString("MessageBody", message);
            if (!IsFifo(arn)) return;
            json.WriteString("MessageGroupId", Group);
            json.WriteString("MessageDeduplicationId", Once(message));
        }) with
        { MayRepeat = false }, stop);
        return answer.Json["MessageId"u8].Text ?? "";
    }

    private const string Group = "signalbox-doctor";

    private static bool IsFifo(string arn) => arn.EndsWith(".fifo", StringComparison.Ordinal);

    private static string Once(string message) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message)));

    /// <summary>Waits.</summary>
    public Task Wait(TimeSpan time) => cloud.Wait(time, stop);

    /// <summary>Who we are as IAM's policies know us: the role behind a session, with its path.</summary>
    private async Task<string> Principal()
    {
        var caller = cloud.Caller;
        if (Arn.Read(caller) is not { Service: "sts", Resource: var resource } || resource.Split('/') is not ["assumed-role", var role, ..]) return caller;
        var answer = await cloud.Calls.Find(CloudCall.Form(cloud.Places.Iam, "GetRole", "2010-05-08", new Fact("RoleName", role)), stop);
        return answer?.Text("Arn") ?? cloud.Site.Role(role);
    }

    private async Task<string?> Address(string arn) => Arn.Read(arn) is not { } queue ? null
        : (await cloud.Calls.Find(Sqs("GetQueueUrl", json =>
        {
            json.WriteString("QueueName", queue.Name);
            if (queue.Account != cloud.Site.Account) json.WriteString("QueueOwnerAWSAccountId", queue.Account);
        }), stop))?.Json["QueueUrl"u8].Text;

    private static long Whole(string? digits) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private CloudCall Sqs(string operation, Action<System.Text.Json.Utf8JsonWriter> members) => CloudCall.Json(cloud.Places.Sqs, "AmazonSQS", operation,
        "1.0", members);

    private CloudCall Sns(string topic, string operation, params Fact[] fields) => CloudCall.Form(cloud.Places.Sns(topic), operation, "2010-03-31", fields);
}
