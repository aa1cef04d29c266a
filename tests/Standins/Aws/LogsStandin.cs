using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Signalbox.Standins;

/// <summary>A line of a log.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="At">Its time, in milliseconds since 1970.</param>
/// <param name="Text">What it says.</param>
/// <param name="Id">Its id.</param>
public sealed record LogsLine(string Stream, long At, string Text, string Id);

/// <summary>A group of logs.</summary>
public sealed class LogsGroup
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its ARN, without the star at its end.</summary>
    public required string Arn { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>For how many days it keeps lines; null for ever.</summary>
    public int? Retention { get; set; }

    /// <summary>Its tags.</summary>
    public Dictionary<string, string> Tags { get; } = [];

    /// <summary>Its streams, with the time when each was made.</summary>
    public SortedDictionary<string, DateTimeOffset> Streams { get; } = new(StringComparer.Ordinal);

    /// <summary>Its lines, as they came.</summary>
    public List<LogsLine> Lines { get; } = [];
}

/// <summary>CloudWatch Logs: groups, streams, lines.</summary>
public sealed partial class LogsStandin
{
    private static readonly int[] Days = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
    private readonly AwsStandin aws;
    private long written;

    internal LogsStandin(AwsStandin aws)
    {
        this.aws = aws;
        Service = new([AwsProtocol.Json("Logs_20140328", "1.1")], new()
        {
            ["CreateLogGroup"] = Create,
            ["DeleteLogGroup"] = call => Nothing(() => Groups.Remove(Group(call).Arn)),
            ["DescribeLogGroups"] = Describe,
            ["PutRetentionPolicy"] = call => Nothing(() => Retain(call)),
            ["DeleteRetentionPolicy"] = call => Nothing(() => Group(call).Retention = null),
            ["CreateLogStream"] = call => Nothing(() => CreateStream(call)),
            ["DescribeLogStreams"] = Streams,
            ["PutLogEvents"] = Put,
            ["FilterLogEvents"] = Filter,
            ["TagResource"] = call => Nothing(() => { foreach (var (key, value) in call.Map("tags")) Tagged(call).Tags[key] = value; }),
            ["UntagResource"] = call => Nothing(() => { foreach (var key in call.Texts("tagKeys")) Tagged(call).Tags.Remove(key); }),
            ["ListTagsForResource"] = call => new JsonObject { ["tags"] = new JsonObject(Tagged(call).Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))) },
        }, call => call.Text("resourceArn") ?? call.Text("logGroupIdentifier") ?? (call.Text("logGroupName") is { } name ? $"{call.Arn("logs", $"log-group:{name}")}:{(call.Text("logStreamName") is { } stream ? $"log-stream:{stream}" : "*")}" : "*"));
    }

    internal AwsService Service { get; }

    /// <summary>The groups by ARN.</summary>
    public SortedDictionary<string, LogsGroup> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>How many lines or groups a page has at most.</summary>
    public int PageSize { get; set; } = 50;

    /// <summary>True to have the first page of lines empty, with a token: CloudWatch Logs answers so when it has not looked far enough yet.</summary>
    public bool EmptyPages { get; set; }

    /// <summary>The group with this name in the tests' account, in any region; fails when there is none.</summary>
    public LogsGroup this[string name] => Groups.Values.First(group => group.Name == name);

    /// <summary>Writes a line.</summary>
    public void Write(LogsGroup group, string stream, string text) => aws.Locked(() =>
    {
        group.Streams.TryAdd(stream, aws.Now());
        group.Lines.Add(new(stream, aws.Now().ToUnixTimeMilliseconds(), text, $"{++written:d56}"));
    });

    internal LogsGroup Made(string arn) => Groups.TryGetValue(arn, out var group) ? group : Groups[arn] = new() { Name = arn.Split(':', 7)[6], Arn = arn, Created = aws.Now() };

    private JsonObject? Create(AwsCall call)
    {
        var name = call.Need("logGroupName");
        if (!Regex.IsMatch(name, @"^[.\-_/#A-Za-z0-9]{1,512}$"))
            throw call.Invalid($"1 validation error detected: Value '{name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+");
        var arn = call.Arn("logs", $"log-group:{name}");
        if (Groups.ContainsKey(arn)) throw new AwsFault(400, "ResourceAlreadyExistsException", "The specified log group already exists");
        var group = new LogsGroup { Name = name, Arn = arn, Created = call.Now };
        foreach (var (key, value) in call.Map("tags")) group.Tags[key] = value;
        Groups[arn] = group;
        return null;
    }

    private JsonObject? Describe(AwsCall call)
    {
        var all = Groups.Values.Where(group => group.Arn.StartsWith(call.Arn("logs", $"log-group:{call.Text("logGroupNamePrefix") ?? ""}"), StringComparison.Ordinal)).ToList();
        var (items, next) = LambdaStandin.Page(all, call.Text("nextToken"), Math.Min(call.Number("limit") ?? 50, PageSize));
        var answer = new JsonObject
        {
            ["logGroups"] = new JsonArray([.. items.Select(group =>
            {
                var shown = new JsonObject
                {
                    ["logGroupName"] = group.Name, ["creationTime"] = group.Created.ToUnixTimeMilliseconds(), ["metricFilterCount"] = 0, ["arn"] = $"{group.Arn}:*", ["storedBytes"] = 0,
                    ["logGroupClass"] = "STANDARD", ["logGroupArn"] = group.Arn,
                };
                if (group.Retention is { } days) shown["retentionInDays"] = days;
                return shown;
            })]),
        };
        if (next is not null) answer["nextToken"] = next;
        return answer;
    }

    private void Retain(AwsCall call)
    {
        var days = call.Number("retentionInDays") ?? throw call.Missing("retentionInDays");
        if (!Days.Contains(days)) throw new AwsFault(400, "InvalidParameterException", $"1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", Days)}]");
        Group(call).Retention = days;
    }

    private void CreateStream(AwsCall call)
    {
        if (!Group(call).Streams.TryAdd(call.Need("logStreamName"), call.Now)) throw new AwsFault(400, "ResourceAlreadyExistsException", "The specified log stream already exists");
    }

    private JsonObject? Streams(AwsCall call)
    {
        var group = Group(call);
        long? Last(string stream) => group.Lines.FindLast(line => line.Stream == stream)?.At;
        var all = group.Streams.Where(stream => stream.Key.StartsWith(call.Text("logStreamNamePrefix") ?? "", StringComparison.Ordinal)).ToList();
        if (call.Text("orderBy") is "LastEventTime") all = [.. all.OrderBy(stream => Last(stream.Key) ?? 0)];
        if (call.Flag("descending") is true) all.Reverse();
        var (items, next) = LambdaStandin.Page(all, call.Text("nextToken"), Math.Min(call.Number("limit") ?? 50, PageSize));
        var answer = new JsonObject
        {
            ["logStreams"] = new JsonArray([.. items.Select(stream =>
            {
                var shown = new JsonObject { ["logStreamName"] = stream.Key, ["creationTime"] = stream.Value.ToUnixTimeMilliseconds(), ["arn"] = $"{group.Arn}:log-stream:{stream.Key}", ["storedBytes"] = 0 };
                if (Last(stream.Key) is { } last) (shown["firstEventTimestamp"], shown["lastEventTimestamp"]) = (group.Lines.Find(line => line.Stream == stream.Key)!.At, last);
                return shown;
            })]),
        };
        if (next is not null) answer["nextToken"] = next;
        return answer;
    }

    private JsonObject? Put(AwsCall call)
    {
        var (group, stream) = (Group(call), call.Need("logStreamName"));
        if (!group.Streams.ContainsKey(stream)) throw new AwsFault(400, "ResourceNotFoundException", "The specified log stream does not exist.");
        foreach (var line in call.List("logEvents")) group.Lines.Add(new(stream, line!["timestamp"]!.GetValue<long>(), line["message"]!.GetValue<string>(), $"{++written:d56}"));
        return new() { ["nextSequenceToken"] = $"{written:d56}" };
    }

    private JsonObject? Filter(AwsCall call)
    {
        var group = Group(call);
        long Time(string name, long otherwise) => call.Text(name) is { } text ? long.Parse(text, null) : otherwise;
        var (from, until, streams, prefix) = (Time("startTime", 0), Time("endTime", long.MaxValue), call.Texts("logStreamNames"), call.Text("logStreamNamePrefix"));
        var wanted = Terms(call.Text("filterPattern") ?? "");
        var all = group.Lines.Where(line => line.At >= from && line.At < until && (streams.Count is 0 || streams.Contains(line.Stream))
            && (prefix is null || line.Stream.StartsWith(prefix, StringComparison.Ordinal)) && wanted(line.Text)).OrderBy(line => line.At).ToList();
        if (EmptyPages && call.Text("nextToken") is null) return new() { ["events"] = new JsonArray(), ["searchedLogStreams"] = new JsonArray(), ["nextToken"] = "page-0" };
        var (items, next) = LambdaStandin.Page(all, call.Text("nextToken"), Math.Min(call.Number("limit") ?? 10_000, PageSize));
        var answer = new JsonObject
        {
            ["events"] = new JsonArray([.. items.Select(line => new JsonObject
            {
                ["logStreamName"] = line.Stream, ["timestamp"] = line.At, ["message"] = line.Text, ["ingestionTime"] = line.At, ["eventId"] = line.Id,
            })]),
            ["searchedLogStreams"] = new JsonArray(),
        };
        if (next is not null) answer["nextToken"] = next;
        return answer;
    }

    /// <summary>Words that all have to be there; ?word is one of several, -word must not be. Patterns over JSON are not known here.</summary>
    private static Func<string, bool> Terms(string pattern)
    {
        if (pattern.TrimStart().StartsWith('{')) throw new AwsFault(400, "InvalidParameterException", "Invalid filter pattern: the stand-in knows patterns of words only");
        var terms = Regex.Matches(pattern, "([?-]?)(?:\"([^\"]*)\"|(\\S+))").Select(match => (Kind: match.Groups[1].Value, Word: match.Groups[2].Success ? match.Groups[2].Value : match.Groups[3].Value)).ToList();
        return text => terms.Where(term => term.Kind is "").All(term => text.Contains(term.Word, StringComparison.Ordinal))
            && terms.Where(term => term.Kind is "-").All(term => !text.Contains(term.Word, StringComparison.Ordinal))
            && (terms.TrueForAll(term => term.Kind is not "?") || terms.Where(term => term.Kind is "?").Any(term => text.Contains(term.Word, StringComparison.Ordinal)));
    }

    private LogsGroup Group(AwsCall call)
    {
        var named = call.Text("logGroupName") ?? call.Text("logGroupIdentifier") ?? throw call.Missing("logGroupName");
        var arn = named.StartsWith("arn:", StringComparison.Ordinal) ? named : call.Arn("logs", $"log-group:{named}");
        return Groups.GetValueOrDefault(arn) ?? throw new AwsFault(400, "ResourceNotFoundException", "The specified log group does not exist.");
    }

    private LogsGroup Tagged(AwsCall call) => Groups.GetValueOrDefault(call.Need("resourceArn")) ?? throw new AwsFault(400, "ResourceNotFoundException", "The specified resource does not exist.");

    private static JsonObject? Nothing(Action work)
    {
        work();
        return null;
    }
}
