using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>A queue that feeds a function.</summary>
public sealed class LambdaMapping
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>As GetEventSourceMapping shows it.</summary>
    public required JsonObject Shown { get; init; }

    /// <summary>Its tags.</summary>
    public Dictionary<string, string> Tags { get; } = [];

    /// <summary>How many calls still see its change.</summary>
    public int Unsettled { get; set; }

    /// <summary>What it is when it has settled; null for gone.</summary>
    public string? Becomes { get; set; }

    /// <summary>The queue's ARN.</summary>
    public string Source => Shown["EventSourceArn"]!.GetValue<string>();

    /// <summary>The function's ARN, with a qualifier where it has one.</summary>
    public string Target => Shown["FunctionArn"]!.GetValue<string>();

    /// <summary>A member; null without it.</summary>
    public int? Number(string name) => Shown[name]?.GetValue<int>();
}

/// <summary>Event source mappings.</summary>
public sealed partial class LambdaStandin
{
    /// <summary>The mappings.</summary>
    public List<LambdaMapping> Mappings { get; } = [];

    private void AddMappings(Dictionary<string, AwsOperation> operations)
    {
        operations["CreateEventSourceMapping"] = CreateMapping;
        operations["GetEventSourceMapping"] = call => Seen(FoundMapping(call));
        operations["ListEventSourceMappings"] = ListMappings;
        operations["UpdateEventSourceMapping"] = UpdateMapping;
        operations["DeleteEventSourceMapping"] = DeleteMapping;
    }

    private JsonObject? CreateMapping(AwsCall call)
    {
        var (source, (function, version, qualifier)) = (call.Need("EventSourceArn"), FoundVersion(call));
        var target = qualifier is null ? function.Arn : $"{function.Arn}:{qualifier}";
        if (Mappings.Find(mapping => mapping.Source == source && mapping.Target == target && mapping.Becomes is not null) is { } same)
        {
            throw Conflict($"An event source mapping with SQS arn (\" {source} \") and function (\" {function.Name} \") already exists. "
                + $"Please update or delete the existing mapping with UUID {same.Id}");
        }
        Fits(call, source, version);
        var id = Guid.NewGuid().ToString();
        var isOn = call.Flag("Enabled") is not false;
        var shown = new JsonObject { ["UUID"] = id, ["BatchSize"] = 10, ["MaximumBatchingWindowInSeconds"] = 0, ["EventSourceArn"] = source, ["FunctionArn"] = target };
        Take(call, shown);
        (shown["State"], shown["StateTransitionReason"]) = ("Creating", "USER_INITIATED");
        var arn = call.Arn("lambda", $"event-source-mapping:{id}");
        shown["EventSourceMappingArn"] = arn;
        var mapping = new LambdaMapping { Id = id, Arn = arn, Shown = shown, Unsettled = SettlesAfter, Becomes = isOn ? "Enabled" : "Disabled" };
        foreach (var (key, value) in call.Map("Tags")) mapping.Tags[key] = value;
        Mappings.Add(mapping);
        Feed();
        return (JsonObject)shown.DeepClone();
    }

    private JsonObject? UpdateMapping(AwsCall call)
    {
        var mapping = FoundMapping(call);
        if (mapping.Unsettled > 0)
        {
            Settle(mapping);
            throw new AwsFault(400, "ResourceInUseException", "Cannot update the event source mapping because it is in use.");
        }
        var function = ByArn(mapping.Target);
        if (function is { } found) Fits(call, mapping.Source, found.Function.Qualified(found.Qualifier)!);
        Take(call, mapping.Shown);
        if (call.Text("FunctionName") is not null && FoundVersion(call) is var (other, _, qualifier)) mapping.Shown["FunctionArn"] = qualifier is null ? other.Arn : $"{other.Arn}:{qualifier}";
        var was = mapping.Shown["State"]!.GetValue<string>();
        (mapping.Unsettled, mapping.Becomes) = (SettlesAfter, call.Flag("Enabled") switch { true => "Enabled", false => "Disabled", null => was });
        mapping.Shown["State"] = mapping.Becomes == was ? "Updating" : mapping.Becomes is "Enabled" ? "Enabling" : "Disabling";
        return (JsonObject)mapping.Shown.DeepClone();
    }

    private JsonObject? DeleteMapping(AwsCall call)
    {
        var mapping = FoundMapping(call);
        if (mapping.Unsettled > 0)
        {
            Settle(mapping);
            throw new AwsFault(400, "ResourceInUseException", "Cannot delete the event source mapping because it is in use.");
        }
        (mapping.Shown["State"], mapping.Unsettled, mapping.Becomes) = ("Deleting", SettlesAfter, null);
        if (SettlesAfter is 0) Mappings.Remove(mapping);
        return (JsonObject)mapping.Shown.DeepClone();
    }

    private JsonObject? ListMappings(AwsCall call)
    {
        var arn = call.Text("FunctionName") is null ? null : Meant(call) is ({ } named, var qualifier) ? qualifier is null ? named : $"{named}:{qualifier}" : null;
        var all = Mappings.Where(mapping => (arn is null || mapping.Target == arn) && (call.Text("EventSourceArn") is not { } source || mapping.Source == source)).ToList();
        var (items, next) = Page(all, call.Text("Marker"), Math.Min(call.Number("MaxItems") ?? 100, 100));
        return new() { ["EventSourceMappings"] = new JsonArray([.. items.Select(Seen)]), ["NextMarker"] = next };
    }

    private JsonObject Seen(LambdaMapping mapping)
    {
        var shown = (JsonObject)mapping.Shown.DeepClone();
        Settle(mapping);
        return shown;
    }

    private void Settle(LambdaMapping mapping)
    {
        if (mapping.Unsettled is 0 || --mapping.Unsettled > 0) return;
        if (mapping.Becomes is { } state) mapping.Shown["State"] = state;
        else Mappings.Remove(mapping);
    }

    private void Fits(AwsCall call, string source, LambdaVersion version)
    {
        if (call.Number("BatchSize") is > 10 && call.Number("MaximumBatchingWindowInSeconds") is null or 0)
        {
            if (call.Number("BatchSize") is > 10) throw BadValue("MaximumBatchingWindowInSeconds must be greater than 0 if BatchSize is greater than 10");
        }
        if (call.Number("MaximumBatchingWindowInSeconds") is < 0 or > 300 || call.Number("BatchSize") is < 1 or > 10_000) throw call.Invalid("1 validation error detected: a number is out of its range");
        if (call.Input["ScalingConfig"]?["MaximumConcurrency"]?.GetValue<int>() is < 2 or > 1000)
            throw call.Invalid("1 validation error detected: Value at 'scalingConfig.maximumConcurrency' failed to satisfy constraint: Member must be between 2 and 1000");
        if (source.Split(':') is not [_, _, "sqs", ..]) throw BadValue("Unrecognized event source, must be kinesis, dynamodb stream or sqs. Unsupported source arn. (The stand-in knows sqs.)");
        foreach (var action in (string[])["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"])
        {
            if (!aws.Iam.Allows(version.Text("Role"), $"sqs:{action}", source)) throw BadValue($"The provided execution role does not have permissions to call {action} on SQS");
        }
        if (!aws.Sqs.Queues.TryGetValue(source, out var queue)) throw BadValue("Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.");
        if (queue.Visibility < int.Parse(version.Text("Timeout"), null))
            throw BadValue($"Queue visibility timeout: {queue.Visibility} seconds is less than Function timeout: {version.Text("Timeout")} seconds");
    }

    private static void Take(AwsCall call, JsonObject shown)
    {
        foreach (var name in (string[])["BatchSize", "MaximumBatchingWindowInSeconds", "FunctionResponseTypes", "ScalingConfig", "FilterCriteria"])
        {
            if (call.Input[name] is { } value) shown[name] = value.DeepClone();
        }
        shown["LastModified"] = call.Now.ToUnixTimeMilliseconds() / 1000.0;
    }

    private LambdaMapping FoundMapping(AwsCall call) => Mappings.Find(mapping => mapping.Id == call.Need("UUID")) ?? throw NotFound("The resource you requested does not exist.");
}
