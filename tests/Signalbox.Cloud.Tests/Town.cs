using System.Text;
using System.Text.Json.Nodes;
using Signalbox.Aws.Cloud;
using Signalbox.Deploy;
using Signalbox.Effects;

namespace Signalbox.CloudTests;

/// <summary>An AWS on the loopback, and deployments to it that can be cut short at any call.</summary>
internal sealed class Town : IDisposable
{
    public const string Region = "eu-west-1";

    public static readonly FunctionSpec Alerts = new() { Name = "alerts", DeployedName = "ops_alerts", Folder = "functions/alerts" };

    /// <summary>Everything that a function can have but a table.</summary>
    public static readonly FunctionSpec Full = Alerts with
    {
        Description = "Tells people",
        Topics = ["cloudformation"],
        Queues = ["events"],
        Rules = [new("health", """{"source":["aws.health"]}""", "default")],
        Schedules = [new("wake", "rate(1 minute)", """{"signalbox":"wake"}""")],
        Url = "none",
        ReservedConcurrency = 5,
        Environment = [new("TOKEN", "s3cret")],
        Tags = [new("team", "ops")],
    };

    private readonly Wire wire = new(new(Roots.Open(_ => null)));
    private TimeSpan waited;
    private int count;
    private int? last;
    private bool isDone;

    public Town()
    {
        Aws.Clock = Now;
        Aws.Lambda.SettlesAfter = 1;
        Topic("cloudformation");
    }

    public AwsStandin Aws { get; } = new();

    /// <summary>The settings of a Signalbox; null for another function.</summary>
    public Settings? Settings { get; init; }

    /// <summary>How many calls were made since the last <see cref="CutAfter"/>.</summary>
    public int Calls => count;

    public CloudWorld World => new()
    {
        Send = Send,
        Now = Now,
        Wait = (time, stop) =>
        {
            stop.ThrowIfCancellationRequested();
            waited += time;
            Aws.Pass(time);
            return Task.CompletedTask;
        },
        Chance = () => 0.5,
    };

    public TimeSpan Waited => waited;

    public void Topic(string name)
    {
        var arn = $"arn:aws:sns:{Region}:{AwsStandin.Account}:{name}";
        Aws.Locked(() => Aws.Sns.Topics[arn] = new() { Arn = arn });
    }

    /// <summary>The process ends with this call, counted from one: before it is sent, or after it was done and before its answer. Null: never.</summary>
    public void CutAfter(int? call, bool done = false) => (count, last, isDone) = (0, call, done);

    public async Task<AwsCloud> Open() => await AwsCloud.Open(
        World, new(null, null, name => Aws.Environment.GetValueOrDefault(name), null), Region, new(Aws.Address), default);

    public static Release Release(FunctionSpec spec, Site site, byte version = 1, string alias = "current")
    {
        var zip = Zip(version);
        return new("ops", null, spec, new(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(zip)), zip.Length), null, site, alias);
    }

    /// <summary>Deploys, and answers what was done; throws as a deployment would end.</summary>
    public async Task<ValueList<string>> Deploy(FunctionSpec spec, byte version = 1, string alias = "current")
    {
        var cloud = await Open();
        var deployment = new Deployment(cloud, () => Zip(version));
        var (release, found) = await deployment.Read(Release(spec, cloud.Site, version, alias) with { Settings = Settings }, default);
        var changes = Plan.Deploy(release, found).Match(steps => steps.Changes, refused => throw new InvalidOperationException(string.Join("; ", refused.Why)));
        await deployment.Take(release, changes, _ => { }, _ => { }, default);
        return [.. changes.Select(change => change.Words)];
    }

    public async Task<ValueList<string>> Delete(FunctionSpec spec, bool data = false)
    {
        var cloud = await Open();
        var deployment = new Deployment(cloud, () => default);
        var (release, found) = await deployment.Read(Release(spec, cloud.Site) with { Settings = Settings }, default);
        var changes = Plan.Delete(found, data);
        await deployment.Take(release, changes, _ => { }, _ => { }, default);
        return [.. changes.Select(change => change.Words)];
    }

    /// <summary>Everything that there is, without what differs from time to time: identifiers and moments.</summary>
    public string State() => Aws.Locked(() =>
    {
        var text = new StringBuilder();
        foreach (var role in Aws.Iam.Roles.Values) text.AppendLine($"role {role.Name} {Map(role.Tags)} {role.Trust} {Map(role.Policies)}");
        foreach (var group in Aws.Logs.Groups.Values) text.AppendLine($"log {group.Name} {group.Retention} {Map(group.Tags)}");
        foreach (var function in Aws.Lambda.Functions.Values)
        {
            text.AppendLine($"function {function.Name} {Map(function.Tags)} reserved {function.Reserved}");
            text.AppendLine($"  latest {Configuration(function.Latest)}");
            foreach (var version in function.Versions) text.AppendLine($"  version {version.Number} {Configuration(version)}");
            foreach (var (name, alias) in function.Aliases) text.AppendLine($"  alias {name} {alias["FunctionVersion"]}");
            foreach (var (name, policy) in function.Policies.Where(policy => policy.Value.Count > 0).OrderBy(pair => pair.Key, StringComparer.Ordinal))
                text.AppendLine($"  policy {name} {string.Join(' ', policy.Select(one => one.ToJsonString()).Order(StringComparer.Ordinal))}");
            foreach (var (name, config) in function.InvokeConfigs) text.AppendLine($"  async {name} {Steady(config)}");
            foreach (var (name, url) in function.Urls) text.AppendLine($"  url {name} {url["AuthType"]}");
        }
        foreach (var queue in Aws.Sqs.Queues.Values)
            text.AppendLine($"queue {queue.Name} {Map(queue.Tags)} {Map(queue.Attributes)}");
        foreach (var mapping in Aws.Lambda.Mappings.Where(one => one.Shown["State"]?.ToString() is not "Deleting")) text.AppendLine($"mapping {Steady(mapping.Shown)}");
        foreach (var rule in Aws.Events.Rules.Values)
        {
            text.AppendLine($"rule {rule.Arn} {rule.Pattern} {rule.Schedule} {rule.State} {Map(rule.Tags)} "
                + string.Join(' ', rule.Targets.Select(target => target.Value.ToJsonString())));
        }
        foreach (var line in Aws.Sns.Subscriptions.Values.Select(one => $"subscription {one.Topic} {one.Protocol} {one.Endpoint}").Order(StringComparer.Ordinal))
            text.AppendLine(line);
        return text.ToString();
    });

    public void Dispose()
    {
        wire.Dispose();
        Aws.Dispose();
    }

    private DateTimeOffset Now() => DateTimeOffset.UtcNow + waited;

    private async Task<Answer> Send(Letter letter, TimeSpan within, CancellationToken stop)
    {
        var number = Interlocked.Increment(ref count);
        if (number > last || (number == last && !isDone)) return new Answer.Missing("the process ended", MayPass: false);
        var answer = await wire.Send(letter, within, stop);
        return number == last ? new Answer.Missing("the process ended", MayPass: false) : answer;
    }

    private static byte[] Zip(byte version)
    {
        using var bytes = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(bytes, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = zip.CreateEntry("bootstrap");
            entry.LastWriteTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var stream = entry.Open();
            stream.Write([version, 2, 3]);
        }
        return bytes.ToArray();
    }

    private static string Map(IEnumerable<KeyValuePair<string, string>> map) => "{" + string.Join(", ", from pair in map
                                                                                                        orderby pair.Key
                                                                                                        where !pair.Key.EndsWith("Timestamp", StringComparison.Ordinal)
                                                                                                        select $"{pair.Key}={pair.Value}") + "}";

    private static string Configuration(LambdaVersion version) => Steady(version.Configuration);

    private static string Steady(JsonObject json) => string.Join(", ",
        from member in json
        where member.Key is not ("RevisionId" or "LastModified" or "UUID" or "StateTransitionReason" or "LastProcessingResult" or "EventSourceMappingArn" or "State")
        orderby member.Key
        select $"{member.Key}={member.Value?.ToJsonString()}");
}
