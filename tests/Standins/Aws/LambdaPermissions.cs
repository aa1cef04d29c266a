using System.Globalization;
using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>Who may call a function, its addresses, and what becomes of asynchronous calls.</summary>
public sealed partial class LambdaStandin
{
    /// <summary>True to have the addresses of functions lead to the stand-in; else they are written as AWS writes them, and <see cref="Reachable"/> says where they are.</summary>
    public bool UrlsOnLoopback { get; set; }

    /// <summary>Where the address of a function is here.</summary>
    public string Reachable(string functionUrl) => $"{aws.Address}/_url/{new Uri(functionUrl).Host.Split('.')[0]}/";

    private void AddPermissions(Dictionary<string, AwsOperation> operations)
    {
        operations["AddPermission"] = AddPermission;
        operations["RemovePermission"] = call => Nothing(() => RemovePermission(call));
        operations["GetPolicy"] = GetPolicy;
        operations["CreateFunctionUrlConfig"] = CreateUrl;
        operations["GetFunctionUrlConfig"] = call => FoundUrl(call).DeepClone();
        operations["UpdateFunctionUrlConfig"] = UpdateUrl;
        operations["DeleteFunctionUrlConfig"] = call => Nothing(() => { FoundUrl(call); Found(call).Function.Urls.Remove(call.Text("Qualifier") ?? ""); });
        operations["PutFunctionEventInvokeConfig"] = call => PutInvokeConfig(call, fresh: true);
        operations["UpdateFunctionEventInvokeConfig"] = call => PutInvokeConfig(call, fresh: false);
        operations["GetFunctionEventInvokeConfig"] = call => FoundInvokeConfig(call).DeepClone();
        operations["DeleteFunctionEventInvokeConfig"] = call => Nothing(() => { FoundInvokeConfig(call); FoundVersion(call).Function.InvokeConfigs.Remove(call.Text("Qualifier") ?? "$LATEST"); });
    }

    private JsonObject? AddPermission(AwsCall call)
    {
        var (function, _, qualifier) = FoundVersion(call);
        var (sid, principal) = (call.Need("StatementId"), call.Need("Principal"));
        var statements = function.Policies.TryGetValue(qualifier ?? "", out var had) ? had : function.Policies[qualifier ?? ""] = [];
        if (statements.Exists(statement => statement["Sid"]!.GetValue<string>() == sid))
            throw Conflict($"The statement id ({sid}) provided already exists. Please provide a new statement id, or remove the existing statement.");
        if (!call.Need("Action").StartsWith("lambda:", StringComparison.Ordinal)) throw call.Invalid("1 validation error detected: Value at 'action' failed to satisfy constraint: Member must satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])");
        if (call.Text("FunctionUrlAuthType") is null && call.Need("Action") is "lambda:InvokeFunctionUrl") throw BadValue("FunctionUrlAuthType is required for lambda:InvokeFunctionUrl action");
        if (principal is not "*" && !principal.EndsWith(".amazonaws.com", StringComparison.Ordinal) && !principal.StartsWith("arn:", StringComparison.Ordinal) && !(principal.Length is 12 && principal.All(char.IsAsciiDigit)))
            throw BadValue("The provided principal was invalid. Please check the principal and try again.");
        var statement = new JsonObject
        {
            ["Sid"] = sid,
            ["Effect"] = "Allow",
            ["Principal"] = principal is "*" ? "*" : principal.EndsWith(".amazonaws.com", StringComparison.Ordinal) ? new JsonObject { ["Service"] = principal }
                : new JsonObject { ["AWS"] = principal.Length is 12 ? $"arn:aws:iam::{principal}:root" : principal },
            ["Action"] = call.Need("Action"),
            ["Resource"] = qualifier is null ? function.Arn : $"{function.Arn}:{qualifier}",
        };
        var equals = new JsonObject();
        if (call.Text("SourceAccount") is { } account) equals["AWS:SourceAccount"] = account;
        if (call.Text("FunctionUrlAuthType") is { } auth) equals["lambda:FunctionUrlAuthType"] = auth;
        var conditions = new JsonObject();
        if (equals.Count > 0) conditions["StringEquals"] = equals;
        if (call.Text("SourceArn") is { } source) conditions["ArnLike"] = new JsonObject { ["AWS:SourceArn"] = source };
        if (call.Flag("InvokedViaFunctionUrl") is { } via) conditions["Bool"] = new JsonObject { ["lambda:InvokedViaFunctionUrl"] = via ? "true" : "false" };
        if (conditions.Count > 0) statement["Condition"] = conditions;
        statements.Add(statement);
        return new() { ["Statement"] = statement.ToJsonString() };
    }

    private void RemovePermission(AwsCall call)
    {
        var (function, qualifier) = Found(call);
        var removed = function.Policies.TryGetValue(qualifier ?? "", out var statements) ? statements.RemoveAll(statement => statement["Sid"]!.GetValue<string>() == call.Text("StatementId")) : 0;
        if (removed is 0) throw NotFound($"Statement {call.Text("StatementId")} is not found in resource policy.");
    }

    private JsonObject? GetPolicy(AwsCall call)
    {
        var (function, _, qualifier) = FoundVersion(call);
        return function.Policy(qualifier ?? "") is { } policy ? new() { ["Policy"] = policy, ["RevisionId"] = function.Latest.Text("RevisionId") } : throw NotFound("The resource you requested does not exist.");
    }

    private JsonObject? CreateUrl(AwsCall call)
    {
        var (function, qualifier) = Found(call);
        if (qualifier is not null && !function.Aliases.ContainsKey(qualifier)) throw NotFound($"Function not found: {function.Arn}:{qualifier}");
        var arn = qualifier is null ? function.Arn : $"{function.Arn}:{qualifier}";
        if (function.Urls.ContainsKey(qualifier ?? "")) throw Conflict($"Failed to create function url config for [functionArn = {arn}]. Error message:  FunctionUrlConfig exists for this Lambda function");
        var id = Guid.NewGuid().ToString("N");
        var now = Stamp(call);
        var url = new JsonObject
        {
            ["FunctionUrl"] = UrlsOnLoopback ? $"{aws.Address}/_url/{id}/" : $"https://{id}.lambda-url.{call.Region}.on.aws/",
            ["FunctionArn"] = arn,
            ["AuthType"] = call.Need("AuthType"),
            ["CreationTime"] = now,
            ["LastModifiedTime"] = now,
            ["InvokeMode"] = call.Text("InvokeMode") ?? "BUFFERED",
        };
        if (call.Input["Cors"] is { } cors) url["Cors"] = cors.DeepClone();
        function.Urls[qualifier ?? ""] = url;
        return (JsonObject)url.DeepClone();
    }

    private JsonObject? UpdateUrl(AwsCall call)
    {
        var url = FoundUrl(call);
        foreach (var name in (string[])["AuthType", "Cors", "InvokeMode"])
        {
            if (call.Input[name] is { } value) url[name] = value.DeepClone();
        }
        url["LastModifiedTime"] = Stamp(call);
        return (JsonObject)url.DeepClone();
    }

    private JsonObject FoundUrl(AwsCall call) => Found(call) is var (function, qualifier) && function.Urls.TryGetValue(qualifier ?? "", out var url)
        ? url : throw NotFound("The resource you requested does not exist.");

    private JsonObject? PutInvokeConfig(AwsCall call, bool fresh)
    {
        var (function, version, qualifier) = FoundVersion(call);
        var config = !fresh && function.InvokeConfigs.TryGetValue(qualifier ?? "$LATEST", out var had) ? had : new JsonObject { ["FunctionArn"] = $"{function.Arn}:{qualifier ?? "$LATEST"}" };
        if (call.Number("MaximumRetryAttempts") is < 0 or > 2 || call.Number("MaximumEventAgeInSeconds") is < 60 or > 21_600) throw call.Invalid("1 validation error detected: a number is out of its range");
        foreach (var name in (string[])["MaximumRetryAttempts", "MaximumEventAgeInSeconds", "DestinationConfig"])
        {
            if (call.Input[name] is { } value) config[name] = value.DeepClone();
        }
        foreach (var (action, target) in Destinations(config))
        {
            if (!aws.Iam.Allows(version.Text("Role"), action, target))
                throw BadValue($"The function's execution role must have permissions to call {action.Split(':')[1]} on {action.Split(':')[0].ToUpperInvariant()}. Check the permissions of the role for {target}");
        }
        config["LastModified"] = call.Now.ToUnixTimeMilliseconds() / 1000.0;
        function.InvokeConfigs[qualifier ?? "$LATEST"] = config;
        return (JsonObject)config.DeepClone();
    }

    /// <summary>What the function's role has to be allowed for the destinations of its results.</summary>
    private static IEnumerable<(string Action, string Target)> Destinations(JsonObject config) =>
        from name in (string[])["OnSuccess", "OnFailure"]
        let target = config["DestinationConfig"]?[name]?["Destination"]?.GetValue<string>()
        where target is { Length: > 0 }
        select (target.Split(':')[2] switch { "sqs" => "sqs:SendMessage", "sns" => "sns:Publish", "events" => "events:PutEvents", _ => "lambda:InvokeFunction" }, target);

    private JsonObject FoundInvokeConfig(AwsCall call) => FoundVersion(call) is var (function, _, qualifier) && function.InvokeConfigs.TryGetValue(qualifier ?? "$LATEST", out var config)
        ? config : throw NotFound($"The function {Found(call).Function.Arn}:{call.Text("Qualifier") ?? "$LATEST"} doesn't have an EventInvokeConfig");

    private static string Stamp(AwsCall call) => call.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
