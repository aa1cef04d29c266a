using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Signalbox.Standins;

/// <summary>A version of a function, $LATEST too.</summary>
public sealed class LambdaVersion
{
    /// <summary>$LATEST, or a number.</summary>
    public required string Number { get; init; }

    /// <summary>Its configuration, as GetFunctionConfiguration shows it.</summary>
    public required JsonObject Configuration { get; set; }

    /// <summary>Its zip.</summary>
    public required byte[] Zip { get; set; }

    /// <summary>How many calls still see it pending or in progress.</summary>
    public int Unsettled { get; set; }

    /// <summary>A member of the configuration.</summary>
    public string Text(string name) => Configuration[name]?.ToString() ?? "";

    /// <summary>Its environment, as it was set.</summary>
    public IReadOnlyDictionary<string, string> Environment => Configuration["Environment"]?["Variables"] is JsonObject map
        ? map.ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>()) : [];
}

/// <summary>A function.</summary>
public sealed class LambdaFunction
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its ARN, without a version.</summary>
    public required string Arn { get; init; }

    /// <summary>$LATEST.</summary>
    public required LambdaVersion Latest { get; init; }

    /// <summary>The published versions, oldest first.</summary>
    public List<LambdaVersion> Versions { get; } = [];

    /// <summary>The number of the newest version that was ever published.</summary>
    public int Published { get; set; }

    /// <summary>Its aliases, as GetAlias shows them.</summary>
    public SortedDictionary<string, JsonObject> Aliases { get; } = new(StringComparer.Ordinal);

    /// <summary>The statements of its policies, by qualifier; "" for none.</summary>
    public Dictionary<string, List<JsonObject>> Policies { get; } = [];

    /// <summary>What becomes of asynchronous calls, by qualifier.</summary>
    public Dictionary<string, JsonObject> InvokeConfigs { get; } = [];

    /// <summary>Its addresses, by qualifier; "" for none.</summary>
    public Dictionary<string, JsonObject> Urls { get; } = [];

    /// <summary>Its tags.</summary>
    public Dictionary<string, string> Tags { get; } = [];

    /// <summary>How many of it may run at once; null for the account's.</summary>
    public int? Reserved { get; set; }

    /// <summary>How many run now.</summary>
    public int Running { get; set; }

    /// <summary>The version that a qualifier means; null when there is none.</summary>
    public LambdaVersion? Qualified(string? qualifier)
    {
        var number = qualifier is not null && Aliases.TryGetValue(qualifier, out var alias) ? alias["FunctionVersion"]!.GetValue<string>() : qualifier;
        return number is null or "$LATEST" ? Latest : Versions.Find(version => version.Number == number);
    }

    /// <summary>The statements of the policy that holds for a qualifier, as a document; null for none.</summary>
    public string? Policy(string qualifier) => Policies.TryGetValue(qualifier, out var statements) && statements.Count > 0
        ? new JsonObject { ["Version"] = "2012-10-17", ["Id"] = "default", ["Statement"] = new JsonArray([.. statements.Select(one => one.DeepClone())]) }.ToJsonString()
        : null;
}

/// <summary>Lambda: functions, versions, aliases, mappings.</summary>
public sealed partial class LambdaStandin : IDisposable
{
    private readonly AwsStandin aws;

    internal LambdaStandin(AwsStandin aws)
    {
        this.aws = aws;
        Sandboxes = new(aws);
        Run = Sandboxes.Run;
        var operations = new Dictionary<string, AwsOperation>
        {
            ["ListTags"] = call => new JsonObject { ["Tags"] = Tags(Tagged(call)) },
            ["TagResource"] = call => Nothing(() => { foreach (var (key, value) in call.Map("Tags")) Tagged(call)[key] = value; }),
            ["UntagResource"] = call => Nothing(() => { foreach (var key in call.Texts("TagKeys")) Tagged(call).Remove(key); }),
            ["GetAccountSettings"] = _ => new JsonObject
            {
                ["AccountLimit"] = new JsonObject
                {
                    ["TotalCodeSize"] = 80530636800,
                    ["CodeSizeUnzipped"] = 262144000,
                    ["CodeSizeZipped"] = 52428800,
                    ["ConcurrentExecutions"] = Concurrency,
                    ["UnreservedConcurrentExecutions"] = Unreserved(null),
                },
                ["AccountUsage"] = new JsonObject { ["TotalCodeSize"] = Functions.Values.Sum(function => function.Latest.Zip.Length), ["FunctionCount"] = Functions.Count },
            },
        };
        AddFunctions(operations);
        AddVersions(operations);
        AddPermissions(operations);
        AddMappings(operations);
        AddInvocation(operations);
        Service = new([LambdaRoutes.Protocol], operations, About);
    }

    internal AwsService Service { get; }

    internal SandboxPool Sandboxes { get; }

    /// <summary>How many sandboxes were started.</summary>
    public int SandboxesStarted => Sandboxes.Started;

    /// <summary>How many sandboxes there were at once, at most.</summary>
    public int MostSandboxes => Sandboxes.Most;

    /// <summary>The functions by ARN.</summary>
    public SortedDictionary<string, LambdaFunction> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>For how many calls that touch it a new or changed function is pending or in progress; the first of them is a read after the change.</summary>
    public int SettlesAfter { get; set; } = 1;

    /// <summary>How many may run at once in the account.</summary>
    public int Concurrency { get; set; } = 1000;

    /// <summary>The function with this name in the tests' account, in any region; fails when there is none.</summary>
    public LambdaFunction this[string name] => Functions.Values.First(function => function.Name == name);

    /// <summary>The function that an ARN with or without a qualifier means; null when there is none.</summary>
    internal (LambdaFunction Function, string? Qualifier)? ByArn(string arn)
    {
        var parts = arn.Split(':');
        return parts.Length >= 7 && Functions.TryGetValue(string.Join(':', parts[..7]), out var function) ? (function, parts.Length > 7 ? parts[7] : null) : null;
    }

    internal static AwsFault BadValue(string message) => new(400, "InvalidParameterValueException", message);

    internal static AwsFault NotFound(string message) => new(404, "ResourceNotFoundException", message);

    internal static AwsFault Conflict(string message) => new(409, "ResourceConflictException", message);

    /// <summary>The ARN that a name, a part of an ARN or an ARN means, and the qualifier that it or the call has.</summary>
    private static (string Arn, string? Qualifier) Meant(AwsCall call)
    {
        var match = Name().Match(call.Need("FunctionName"));
        if (!match.Success)
        {
            throw call.Invalid($"1 validation error detected: Value '{call.Text("FunctionName")}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: "
                + "(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
        }
        string Part(string name, string otherwise) => match.Groups[name] is { Success: true, Value: var value } ? value : otherwise;
        var qualifier = call.Text("Qualifier");
        var own = match.Groups["qualifier"] is { Success: true, Value: var written } ? written : null;
        if (qualifier is not null && own is not null && qualifier != own)
            throw BadValue("The derived qualifier from the function name does not match the specified qualifier.");
        return ($"arn:aws:lambda:{Part("region", call.Region)}:{Part("account", call.Account)}:function:{match.Groups["name"].Value}", qualifier ?? own);
    }

    private (LambdaFunction Function, string? Qualifier) Found(AwsCall call)
    {
        var (arn, qualifier) = Meant(call);
        return Functions.TryGetValue(arn, out var function) ? (function, qualifier) : throw NotFound($"Function not found: {arn}{(qualifier is null ? "" : $":{qualifier}")}");
    }

    /// <summary>The version that is meant, after it had its chance to settle.</summary>
    private (LambdaFunction Function, LambdaVersion Version, string? Qualifier) FoundVersion(AwsCall call)
    {
        var (function, qualifier) = Found(call);
        var version = function.Qualified(qualifier) ?? throw NotFound($"Function not found: {function.Arn}:{qualifier}");
        return (function, version, qualifier);
    }

    private Dictionary<string, string> Tagged(AwsCall call)
    {
        var arn = call.Text("Resource") ?? call.Need("ARN");
        if (Functions.TryGetValue(arn, out var function)) return function.Tags;
        if (Mappings.FirstOrDefault(mapping => mapping.Arn == arn) is { } found) return found.Tags;
        throw NotFound($"Function not found: {arn}");
    }

    private static JsonObject Tags(Dictionary<string, string> tags) => new(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));

    private static JsonObject? Nothing(Action work)
    {
        work();
        return null;
    }

    private int Unreserved(LambdaFunction? except) => Concurrency - Functions.Values.Where(function => function != except).Sum(function => function.Reserved ?? 0);

    private string About(AwsCall call) => call.Operation switch
    {
        "ListFunctions" or "GetAccountSettings" or "ListEventSourceMappings" or "CreateEventSourceMapping" => "*",
        _ when call.Text("UUID") is { } id => call.Arn("lambda", $"event-source-mapping:{id}"),
        _ when call.Text("Resource") is { } arn => arn,
        "Invoke" or "GetFunction" when Meant(call) is ({ } arn, { } qualifier) => $"{arn}:{qualifier}",
        _ => Meant(call).Arn,
    };

    /// <summary>One page of a list.</summary>
    internal static (IReadOnlyList<T> Items, string? Next) Page<T>(IReadOnlyList<T> all, string? marker, int size)
    {
        var from = marker is null ? 0 : int.TryParse(marker.Replace("page-", "", StringComparison.Ordinal), out var at) ? at : throw BadValue("Invalid marker");
        var items = all.Skip(from).Take(size).ToList();
        return (items, from + items.Count < all.Count ? $"page-{from + items.Count}" : null);
    }

    [GeneratedRegex(@"^(?:arn:aws[a-zA-Z-]*:lambda:(?<region>[a-z]{2}(?:-[a-z]+)+-\d):)?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[a-zA-Z0-9-_]{1,64})(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$")]
    private static partial Regex Name();
}
