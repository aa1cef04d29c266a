using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Signalbox.Standins;

/// <summary>Versions and aliases.</summary>
public sealed partial class LambdaStandin
{
    /// <summary>What makes no other version.</summary>
    private static readonly string[] Passing =
        ["Version", "FunctionArn", "RevisionId", "LastModified", "Description", "State", "StateReason", "StateReasonCode", "LastUpdateStatus", "LastUpdateStatusReason", "LastUpdateStatusReasonCode"];

    private void AddVersions(Dictionary<string, AwsOperation> operations)
    {
        operations["PublishVersion"] = PublishVersion;
        operations["ListVersionsByFunction"] = ListVersions;
        operations["CreateAlias"] = CreateAlias;
        operations["GetAlias"] = call => FoundAlias(call).Alias.DeepClone();
        operations["UpdateAlias"] = UpdateAlias;
        operations["DeleteAlias"] = call => Nothing(() => DeleteAlias(call));
        operations["ListAliases"] = ListAliases;
    }

    private JsonObject? PublishVersion(AwsCall call)
    {
        var function = Found(call).Function;
        Changing(call, function);
        if (call.Text("CodeSha256") is { Length: > 0 } sha && sha != function.Latest.Text("CodeSha256"))
            throw BadValue($"CodeSHA256 ({sha}) is different from current CodeSHA256 in $LATEST ({function.Latest.Text("CodeSha256")}). Please try again with the CodeSHA256 in $LATEST.");
        return Shown(Publish(call, function, call.Text("Description")), function, null);
    }

    /// <summary>Nothing new is published when nothing has changed since the last version.</summary>
    private static LambdaVersion Publish(AwsCall call, LambdaFunction function, string? description)
    {
        static string Compared(LambdaVersion version)
        {
            var copy = (JsonObject)version.Configuration.DeepClone();
            foreach (var name in Passing) copy.Remove(name);
            return copy.ToJsonString();
        }
        if (function.Versions.LastOrDefault() is { } last && last.Number == $"{function.Published}" && Compared(last) == Compared(function.Latest)) return last;
        var version = new LambdaVersion
        {
            Number = $"{++function.Published}",
            Configuration = (JsonObject)function.Latest.Configuration.DeepClone(),
            Zip = function.Latest.Zip,
            Unsettled = function.Latest.Unsettled,
        };
        version.Configuration["Version"] = version.Number;
        if (description is { Length: > 0 }) version.Configuration["Description"] = description;
        version.Configuration["RevisionId"] = Guid.NewGuid().ToString();
        function.Versions.Add(version);
        _ = call;
        return version;
    }

    private JsonObject? ListVersions(AwsCall call)
    {
        var function = Found(call).Function;
        var all = function.Versions.Select(version => Shown(version, function, version.Number)).Prepend(Shown(function.Latest, function, "$LATEST")).ToList();
        var (items, next) = Page(all, call.Text("Marker"), Math.Min(call.Number("MaxItems") ?? 50, 50));
        return new() { ["Versions"] = new JsonArray([.. items.Select(Listed)]), ["NextMarker"] = next };
    }

    private JsonObject? CreateAlias(AwsCall call)
    {
        var (function, name) = (Found(call).Function, call.Need("Name"));
        if (!Regex.IsMatch(name, "^(?!^[0-9]+$)([a-zA-Z0-9-_]{1,128})$"))
            throw call.Invalid($"1 validation error detected: Value '{name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)");
        var arn = $"{function.Arn}:{name}";
        if (function.Aliases.ContainsKey(name)) throw Conflict($"Alias already exists: {arn}");
        var alias = new JsonObject { ["AliasArn"] = arn, ["Name"] = name, ["FunctionVersion"] = Existing(function, call.Need("FunctionVersion")), ["Description"] = call.Text("Description") ?? "" };
        if (call.Input["RoutingConfig"] is { } routing) alias["RoutingConfig"] = routing.DeepClone();
        alias["RevisionId"] = Guid.NewGuid().ToString();
        function.Aliases[name] = alias;
        return (JsonObject)alias.DeepClone();
    }

    private JsonObject? UpdateAlias(AwsCall call)
    {
        var (function, alias) = FoundAlias(call);
        if (call.Text("RevisionId") is { } revision && revision != alias["RevisionId"]!.GetValue<string>())
            throw new AwsFault(412, "PreconditionFailedException", "The RevisionId provided does not match the latest RevisionId. Call the GetFunction/GetAlias API to retrieve the latest Revision Id");
        if (call.Text("FunctionVersion") is { } version) alias["FunctionVersion"] = Existing(function, version);
        if (call.Text("Description") is { } description) alias["Description"] = description;
        if (call.Input["RoutingConfig"] is { } routing) alias["RoutingConfig"] = routing.DeepClone();
        alias["RevisionId"] = Guid.NewGuid().ToString();
        return (JsonObject)alias.DeepClone();
    }

    private void DeleteAlias(AwsCall call)
    {
        // An alias that is not there is deleted as well.
        var (function, name) = (Found(call).Function, call.Need("Name"));
        function.Aliases.Remove(name);
        function.Policies.Remove(name);
        function.InvokeConfigs.Remove(name);
        function.Urls.Remove(name);
    }

    private JsonObject? ListAliases(AwsCall call)
    {
        var function = Found(call).Function;
        var all = function.Aliases.Values.Where(alias => call.Text("FunctionVersion") is not { } version || alias["FunctionVersion"]!.GetValue<string>() == version).ToList();
        var (items, next) = Page(all, call.Text("Marker"), call.Number("MaxItems") ?? 50);
        return new() { ["Aliases"] = new JsonArray([.. items.Select(alias => alias.DeepClone())]), ["NextMarker"] = next };
    }

    private (LambdaFunction Function, JsonObject Alias) FoundAlias(AwsCall call)
    {
        var function = Found(call).Function;
        return function.Aliases.TryGetValue(call.Need("Name"), out var alias) ? (function, alias) : throw NotFound($"Cannot find alias arn: {function.Arn}:{call.Text("Name")}");
    }

    private static string Existing(LambdaFunction function, string number) => number is "$LATEST" || function.Versions.Exists(version => version.Number == number)
        ? number : throw NotFound($"Function not found: {function.Arn}:{number}");
}
