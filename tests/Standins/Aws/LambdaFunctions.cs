using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Signalbox.Standins;

/// <summary>Functions: what they are made of.</summary>
public sealed partial class LambdaStandin
{
    private static readonly string[] Runtimes =
        ["provided.al2023", "provided.al2", "nodejs18.x", "nodejs20.x", "nodejs22.x", "nodejs24.x", "python3.10", "python3.11", "python3.12", "python3.13", "python3.14", "java17", "java21", "dotnet8", "dotnet10", "ruby3.3"];

    private static readonly string[] Reserveds =
        ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_RUNTIME_API",
         "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "_HANDLER", "LAMBDA_TASK_ROOT",
         "LAMBDA_RUNTIME_DIR", "AWS_LAMBDA_INITIALIZATION_TYPE", "_X_AMZN_TRACE_ID", "AWS_EXECUTION_ENV"];

    /// <summary>The members of the configuration that are as they were written.</summary>
    private static readonly string[] Plain = ["Role", "Handler", "Runtime", "Description", "Timeout", "MemorySize", "KMSKeyArn"];

    private void AddFunctions(Dictionary<string, AwsOperation> operations)
    {
        operations["CreateFunction"] = Create;
        operations["GetFunction"] = Get;
        operations["GetFunctionConfiguration"] = call => Seen(FoundVersion(call) is var (function, version, qualifier) ? version : throw call.Missing("FunctionName"), function, qualifier);
        operations["UpdateFunctionCode"] = UpdateCode;
        operations["UpdateFunctionConfiguration"] = UpdateConfiguration;
        operations["DeleteFunction"] = Delete;
        operations["ListFunctions"] = ListFunctions;
        operations["PutFunctionConcurrency"] = Reserve;
        operations["DeleteFunctionConcurrency"] = call => Nothing(() => Found(call).Function.Reserved = null);
        operations["GetFunctionConcurrency"] = call => Found(call).Function.Reserved is { } reserved ? new JsonObject { ["ReservedConcurrentExecutions"] = reserved } : [];
    }

    private JsonObject? Create(AwsCall call)
    {
        var (arn, _) = Meant(call);
        if (Functions.ContainsKey(arn)) throw Conflict($"Function already exist: {arn.Split(':')[6]}");
        var zip = Zip(call, call.Input["Code"] as JsonObject ?? throw call.Missing("Code"));
        if (call.Text("PackageType") is null or "Zip")
        {
            if (call.Text("Runtime") is null) throw BadValue("Runtime is mandatory for functions created with deployment packages.");
            if (call.Text("Handler") is null) throw BadValue("Handler is mandatory for functions created with deployment packages.");
        }
        call.Need("Role");
        var configuration = new JsonObject
        {
            ["FunctionName"] = arn.Split(':')[6],
            ["FunctionArn"] = arn,
            ["Description"] = "",
            ["Timeout"] = 3,
            ["MemorySize"] = 128,
            ["Version"] = "$LATEST",
            ["TracingConfig"] = new JsonObject { ["Mode"] = "PassThrough" },
            ["PackageType"] = "Zip",
            ["Architectures"] = call.Input["Architectures"]?.DeepClone() ?? new JsonArray("x86_64"),
            ["EphemeralStorage"] = new JsonObject { ["Size"] = 512 },
            ["SnapStart"] = new JsonObject { ["ApplyOn"] = "None", ["OptimizationStatus"] = "Off" },
            ["LoggingConfig"] = new JsonObject { ["LogFormat"] = "Text", ["LogGroup"] = $"/aws/lambda/{arn.Split(':')[6]}" },
            ["State"] = "Pending",
            ["StateReason"] = "The function is being created.",
            ["StateReasonCode"] = "Creating",
        };
        var latest = new LambdaVersion { Number = "$LATEST", Configuration = configuration, Zip = zip, Unsettled = SettlesAfter };
        Configure(call, latest);
        Coded(call, latest, zip);
        var function = new LambdaFunction { Name = arn.Split(':')[6], Arn = arn, Latest = latest };
        foreach (var (key, value) in call.Map("Tags")) function.Tags[key] = value;
        Functions[arn] = function;
        return Shown(call.Flag("Publish") is true ? Publish(call, function, call.Text("Description")) : latest, function, null);
    }

    private JsonObject? Get(AwsCall call)
    {
        var (function, version, qualifier) = FoundVersion(call);
        return new()
        {
            ["Configuration"] = Seen(version, function, qualifier),
            ["Code"] = new JsonObject { ["RepositoryType"] = "S3", ["Location"] = $"{aws.Address}/_code/{Uri.EscapeDataString(function.Arn)}/{Uri.EscapeDataString(version.Number)}" },
            ["Tags"] = function.Tags.Count > 0 ? Tags(function.Tags) : null,
            ["Concurrency"] = function.Reserved is { } reserved ? new JsonObject { ["ReservedConcurrentExecutions"] = reserved } : null,
        };
    }

    private JsonObject? UpdateCode(AwsCall call)
    {
        var function = Found(call).Function;
        Changing(call, function);
        var zip = Zip(call, call.Input);
        if (call.Flag("DryRun") is true) return Shown(function.Latest, function, null);
        if (call.Input["Architectures"] is { } architectures) function.Latest.Configuration["Architectures"] = architectures.DeepClone();
        Coded(call, function.Latest, zip);
        Begun(function.Latest);
        return Shown(call.Flag("Publish") is true ? Publish(call, function, null) : function.Latest, function, null);
    }

    private JsonObject? UpdateConfiguration(AwsCall call)
    {
        var function = Found(call).Function;
        Changing(call, function);
        Configure(call, function.Latest);
        Begun(function.Latest);
        return Shown(function.Latest, function, null);
    }

    private JsonObject? Delete(AwsCall call)
    {
        var (function, qualifier) = Found(call);
        if (qualifier is null)
        {
            Functions.Remove(function.Arn);
            return null;
        }
        if (qualifier is "$LATEST") throw BadValue("$LATEST version cannot be deleted without deleting the function.");
        var version = function.Versions.Find(one => one.Number == qualifier) ?? throw NotFound($"Function not found: {function.Arn}:{qualifier}");
        var aliases = function.Aliases.Where(alias => alias.Value["FunctionVersion"]!.GetValue<string>() == qualifier).Select(alias => alias.Key).ToList();
        if (aliases.Count > 0) throw Conflict($"Unable to delete version because the following aliases reference it: [{string.Join(", ", aliases)}]");
        function.Versions.Remove(version);
        return null;
    }

    private JsonObject? ListFunctions(AwsCall call)
    {
        var all = Functions.Values.Where(function => function.Arn.StartsWith(call.Arn("lambda", "function:"), StringComparison.Ordinal))
            .SelectMany(function => call.Text("FunctionVersion") is "ALL"
                ? function.Versions.Select(version => Shown(version, function, version.Number)).Prepend(Shown(function.Latest, function, "$LATEST"))
                : [Shown(function.Latest, function, null)]).ToList();
        var (items, next) = Page(all, call.Text("Marker"), Math.Min(call.Number("MaxItems") ?? 50, 50));
        return new() { ["Functions"] = new JsonArray([.. items.Select(Listed)]), ["NextMarker"] = next };
    }

    private JsonObject? Reserve(AwsCall call)
    {
        var function = Found(call).Function;
        var wanted = call.Number("ReservedConcurrentExecutions") ?? throw call.Missing("ReservedConcurrentExecutions");
        if (Unreserved(function) - wanted < 100)
            throw BadValue("Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].");
        function.Reserved = wanted;
        return new() { ["ReservedConcurrentExecutions"] = wanted };
    }

    /// <summary>Lists do not show the state.</summary>
    private static JsonObject Listed(JsonObject shown)
    {
        foreach (var name in (string[])["State", "StateReason", "StateReasonCode", "LastUpdateStatus", "LastUpdateStatusReason", "LastUpdateStatusReasonCode"]) shown.Remove(name);
        return shown;
    }

    /// <summary>The configuration as it is said, with the ARN that was asked for; a look that lets it settle.</summary>
    private static JsonObject Seen(LambdaVersion version, LambdaFunction function, string? qualifier)
    {
        var shown = Shown(version, function, qualifier);
        Touched(version);
        return shown;
    }

    private static JsonObject Shown(LambdaVersion version, LambdaFunction function, string? qualifier)
    {
        var shown = (JsonObject)version.Configuration.DeepClone();
        shown["FunctionArn"] = qualifier is not null ? $"{function.Arn}:{qualifier}" : version.Number is "$LATEST" ? function.Arn : $"{function.Arn}:{version.Number}";
        return shown;
    }

    /// <summary>Fails while an earlier change is not done.</summary>
    private static void Changing(AwsCall call, LambdaFunction function)
    {
        var latest = function.Latest;
        if (call.Text("RevisionId") is { } revision && revision != latest.Text("RevisionId"))
            throw new AwsFault(412, "PreconditionFailedException", "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id");
        if (latest.Unsettled is 0) return;
        var state = latest.Text("State");
        Touched(latest);
        throw Conflict(state is "Pending"
            ? $"The operation cannot be performed at this time. The function is currently in the following state: {state}"
            : $"The operation cannot be performed at this time. An update is in progress for resource: {function.Arn}");
    }

    private static void Touched(LambdaVersion version)
    {
        if (version.Unsettled is 0 || --version.Unsettled > 0) return;
        foreach (var name in (string[])["StateReason", "StateReasonCode", "LastUpdateStatusReason", "LastUpdateStatusReasonCode"]) version.Configuration.Remove(name);
        (version.Configuration["State"], version.Configuration["LastUpdateStatus"]) = ("Active", "Successful");
    }

    private void Begun(LambdaVersion version)
    {
        version.Unsettled = SettlesAfter + 1;
        (version.Configuration["LastUpdateStatus"], version.Configuration["LastUpdateStatusReason"], version.Configuration["LastUpdateStatusReasonCode"]) =
            ("InProgress", "The function is being created.", "Creating");
        Touched(version);
    }

    private byte[] Zip(AwsCall call, JsonObject code)
    {
        if (call.Request.Body.Length > 70_167_211)
            throw new AwsFault(413, "RequestEntityTooLargeException", $"Request must be smaller than 70167211 bytes for the {call.Operation} operation");
        byte[]? zip = null;
        if (code["ZipFile"]?.GetValue<string>() is { } text) zip = Convert.FromBase64String(text);
        if (zip is null && code["S3Bucket"]?.GetValue<string>() is { } bucket)
        {
            zip = Stored?.Invoke(bucket, code["S3Key"]?.GetValue<string>() ?? "")
                ?? throw BadValue("Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.");
        }
        if (zip is null) throw BadValue("Please provide a source for function code.");
        if (zip.Length is 0) throw BadValue("Uploaded file must be a non-empty zip");
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip));
            if (archive.Entries.Sum(entry => entry.Length) > 262_144_000) throw BadValue("Unzipped size must be smaller than 262144000 bytes");
        }
        catch (InvalidDataException)
        {
            throw BadValue("Could not unzip uploaded file. Please check your file, then try to upload again.");
        }
        return zip;
    }

    /// <summary>What S3 holds, for code that is named by bucket and key.</summary>
    internal Func<string, string, byte[]?>? Stored { get; set; }

    private static void Coded(AwsCall call, LambdaVersion version, byte[] zip)
    {
        version.Zip = zip;
        version.Configuration["CodeSize"] = zip.Length;
        version.Configuration["CodeSha256"] = Convert.ToBase64String(SHA256.HashData(zip));
        Stamped(call, version);
    }

    private static void Stamped(AwsCall call, LambdaVersion version)
    {
        version.Configuration["LastModified"] = call.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);
        version.Configuration["RevisionId"] = Guid.NewGuid().ToString();
    }

    private void Configure(AwsCall call, LambdaVersion version)
    {
        if (call.Text("Role") is { } role) Assumed(call, role);
        if (call.Text("Runtime") is { } runtime && !Runtimes.Contains(runtime))
        {
            throw BadValue($"Value {runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", Runtimes)}] or be a valid ARN");
        }
        Within(call, "Timeout", 1, 900);
        Within(call, "MemorySize", 128, 10_240);
        Environment(call);
        if (call.Texts("Layers").Count > 5) throw BadValue("You cannot reference more than 5 layers.");
        if (call.Text("KMSKeyArn") is "") version.Configuration.Remove("KMSKeyArn");
        foreach (var name in Plain)
        {
            if (call.Input[name] is { } value && !(name is "KMSKeyArn" && call.Text(name) is "")) version.Configuration[name] = value.DeepClone();
        }
        if (call.Input["Environment"] is JsonObject environment)
        {
            if (environment["Variables"] is JsonObject { Count: > 0 }) version.Configuration["Environment"] = environment.DeepClone();
            else version.Configuration.Remove("Environment");
        }
        if (call.Input["EphemeralStorage"]?["Size"] is { } size)
        {
            if (size.GetValue<int>() is < 512 or > 10_240) throw BadValue("EphemeralStorage.Size must be between 512 and 10240");
            version.Configuration["EphemeralStorage"] = new JsonObject { ["Size"] = size.DeepClone() };
        }
        if (call.Input["TracingConfig"] is { } tracing) version.Configuration["TracingConfig"] = tracing.DeepClone();
        if (call.Input["DeadLetterConfig"] is JsonObject dead) DeadLetter(call, version, dead);
        if (call.Input["Layers"] is JsonArray layers)
        {
            version.Configuration["Layers"] = new JsonArray([.. layers.Select(layer => new JsonObject { ["Arn"] = layer!.DeepClone(), ["CodeSize"] = 1 })]);
            if (layers.Count is 0) version.Configuration.Remove("Layers");
        }
        if (call.Input["VpcConfig"] is JsonObject vpc)
        {
            var shown = (JsonObject)vpc.DeepClone();
            shown["VpcId"] = vpc["SubnetIds"] is JsonArray { Count: > 0 } ? "vpc-0a1b2c3d" : "";
            version.Configuration["VpcConfig"] = shown;
        }
        if (call.Input["LoggingConfig"] is JsonObject logging)
        {
            var merged = (JsonObject)version.Configuration["LoggingConfig"]!.DeepClone();
            foreach (var (name, value) in logging) merged[name] = value?.DeepClone();
            if (merged["LogFormat"]?.GetValue<string>() is "Text" && (logging["ApplicationLogLevel"] ?? logging["SystemLogLevel"]) is not null)
                throw BadValue("You cannot specify ApplicationLogLevel or SystemLogLevel when LogFormat is Text");
            version.Configuration["LoggingConfig"] = merged;
        }
        Stamped(call, version);
    }

    private void Assumed(AwsCall call, string arn)
    {
        if (!Regex.IsMatch(arn, "^arn:aws[a-zA-Z-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+$"))
            throw call.Invalid($"1 validation error detected: Value '{arn}' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{{12}}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");
        if (arn.Split(':')[4] != call.Account) throw new AwsFault(403, "AccessDeniedException", "Cross-account pass role is not allowed.");
        if (aws.Trouble.IsDenied("iam:PassRole"))
            throw new AwsFault(403, "AccessDeniedException", $"User: {call.Caller.Arn} is not authorized to perform: iam:PassRole on resource: {arn} because no identity-based policy allows the iam:PassRole action");
        var role = aws.Iam.ByArn(arn);
        var isKnown = role is { Unknown: 0 } && role.Trust.Contains("lambda.amazonaws.com", StringComparison.Ordinal);
        if (role is { Unknown: > 0 }) role.Unknown--;
        if (!isKnown) throw BadValue("The role defined for the function cannot be assumed by Lambda.");
    }

    private void DeadLetter(AwsCall call, LambdaVersion version, JsonObject dead)
    {
        version.Configuration.Remove("DeadLetterConfig");
        if (dead["TargetArn"]?.GetValue<string>() is not { Length: > 0 } target) return;
        var (action, words) = target.Split(':')[2] is "sqs" ? ("sqs:SendMessage", "SendMessage on SQS") : ("sns:Publish", "Publish on SNS");
        if (!aws.Iam.Allows(call.Text("Role") ?? version.Text("Role"), action, target)) throw BadValue($"The provided execution role does not have permissions to call {words}");
        version.Configuration["DeadLetterConfig"] = dead.DeepClone();
    }

    private static void Environment(AwsCall call)
    {
        if (call.Input["Environment"]?["Variables"] is not JsonObject variables) return;
        var reserved = variables.Select(pair => pair.Key).Where(Reserveds.Contains).ToList();
        const string unable = "Lambda was unable to configure your environment variables because the environment variables you have provided ";
        if (reserved.Count > 0) throw BadValue($"{unable}contains reserved keys that are currently not supported for modification. Reserved keys used in this request: {string.Join(", ", reserved)}");
        if (variables.Select(pair => pair.Key).FirstOrDefault(name => !Regex.IsMatch(name, "^[a-zA-Z]([a-zA-Z0-9_])+$")) is { } odd)
            throw call.Invalid($"1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+] ({odd})");
        if (Encoding.UTF8.GetByteCount(variables.ToJsonString(Loose)) > 4096) throw BadValue($"{unable}exceeded the 4KB limit. String measured: {variables.ToJsonString(Loose)[..32]}");
    }

    private static readonly System.Text.Json.JsonSerializerOptions Loose = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static void Within(AwsCall call, string name, int least, int most)
    {
        if (call.Number(name) is not { } value || (value >= least && value <= most)) return;
        var camel = $"{char.ToLowerInvariant(name[0])}{name[1..]}";
        throw call.Invalid($"1 validation error detected: Value '{value}' at '{camel}' failed to satisfy constraint: Member must have value {(value < least ? $"greater than or equal to {least}" : $"less than or equal to {most}")}");
    }
}
