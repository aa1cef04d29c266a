using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>The Resource Groups Tagging API: the tags of everything that the stand-in holds, and of what tests say there is.</summary>
public sealed class TaggingStandin
{
    private readonly AwsStandin aws;

    internal TaggingStandin(AwsStandin aws)
    {
        this.aws = aws;
        Service = new([AwsProtocol.Json("ResourceGroupsTaggingAPI_20170126", "1.1")], new() { ["GetResources"] = Resources }, _ => "*");
    }

    internal AwsService Service { get; }

    /// <summary>Tags of resources of services that are not here, by ARN.</summary>
    public Dictionary<string, Dictionary<string, string>> Others { get; } = [];

    private JsonObject? Resources(AwsCall call)
    {
        var (named, kinds) = (call.Texts("ResourceARNList"), call.Texts("ResourceTypeFilters"));
        var filters = call.List("TagFilters").Select(filter => (Key: filter!["Key"]!.GetValue<string>(), Values: filter["Values"] is JsonArray values ? values.Select(value => value!.GetValue<string>()).ToList() : [])).ToList();
        if (named.Count > 0 && (kinds.Count > 0 || filters.Count > 0)) throw new AwsFault(400, "InvalidParameterException", "ResourceARNList cannot be used with other filters");
        var all = All().Where(one => one.Tags.Count > 0 && one.Arn.Split(':') is var parts && (parts[3] == call.Region || parts[3].Length is 0) && (named.Count is 0 || named.Contains(one.Arn))
            && (kinds.Count is 0 || kinds.Any(kind => kind.Split(':') is [var service] ? parts[2] == service : $"{parts[2]}:{parts[5].Split('/')[0]}" == kind || (parts.Length is 6 && kind == parts[2])))
            && filters.TrueForAll(filter => one.Tags.TryGetValue(filter.Key, out var value) && (filter.Values.Count is 0 || filter.Values.Contains(value)))).OrderBy(one => one.Arn, StringComparer.Ordinal).ToList();
        var (items, next) = LambdaStandin.Page(all, call.Text("PaginationToken") is { Length: > 0 } token ? token : null, call.Number("ResourcesPerPage") ?? 50);
        return new()
        {
            ["PaginationToken"] = next ?? "",
            ["ResourceTagMappingList"] = new JsonArray([.. items.Select(one => new JsonObject
            {
                ["ResourceARN"] = one.Arn, ["Tags"] = new JsonArray([.. one.Tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]),
            })]),
        };
    }

    private IEnumerable<(string Arn, Dictionary<string, string> Tags)> All() =>
    [
        .. Others.Select(one => (one.Key, one.Value)), .. aws.Lambda.Functions.Values.Select(one => (one.Arn, one.Tags)), .. aws.Sns.Topics.Values.Select(one => (one.Arn, one.Tags)),
        .. aws.Sqs.Queues.Values.Select(one => (one.Arn, one.Tags)), .. aws.Events.Rules.Values.Select(one => (one.Arn, one.Tags)), .. aws.Logs.Groups.Values.Select(one => (one.Arn, one.Tags)),
    ];
}
