using System.Text.Json;
using Signalbox.Deploy;

namespace Signalbox.Aws.Cloud;

/// <summary>Who calls an alias: permissions, its address, queues that feed it, and what becomes of asynchronous calls that fail.</summary>
internal static class CallerWork
{
    public static async Task<IEnumerable<Piece>> Read(Hand hand)
    {
        var found = new List<Piece>();
        var alias = hand.Release.Roads;
        if (await hand.Find(Call(hand, "GetPolicy", "GET", "/policy")) is { } policy) found.AddRange(Permissions(alias, policy.Json["Policy"u8].Text ?? ""));
        if (await hand.Find(Call(hand, "GetFunctionUrlConfig", "GET", "/url")) is { } url)
            found.Add(new(PieceKind.Url, alias, [new("auth", url.Json["AuthType"u8].Text ?? "")]) { At = url.Json["FunctionUrl"u8].Text ?? "" });
        if (await hand.Find(Call(hand, "GetFunctionEventInvokeConfig", "GET", "/event-invoke-config")) is { } calls)
        {
            found.Add(new(PieceKind.AsyncCalls, alias,
            [
                new("tries again", calls.Json["MaximumRetryAttempts"u8].Scalar ?? "2"),
                new("on failure", calls.Json["DestinationConfig"u8]["OnFailure"u8]["Destination"u8].Text ?? ""),
            ]));
        }
        found.AddRange(await Mappings(hand));
        return found;
    }

    public static Task Apply(Hand hand, Change change) => (change.Kind, change.Doing) switch
    {
        (PieceKind.Permission, Doing.Remove) =>
            hand.Find(Call(hand, "RemovePermission", "DELETE", $"/policy/{Uri.EscapeDataString(change.Wanted.Name)}")),
        (PieceKind.Permission, _) => hand.Make(Call(hand, "AddPermission", "POST", "/policy", json => Permit(hand, json, change.Wanted))),
        (PieceKind.Url, Doing.Remove) => hand.Find(Call(hand, "DeleteFunctionUrlConfig", "DELETE", "/url")),
        (PieceKind.Url, Doing.Make) => hand.Make(Call(hand, "CreateFunctionUrlConfig", "POST", "/url", json => Auth(json, change.Wanted))),
        (PieceKind.Url, _) => hand.Do(Call(hand, "UpdateFunctionUrlConfig", "PUT", "/url", json => Auth(json, change.Wanted))),
        (PieceKind.AsyncCalls, Doing.Remove) => hand.Find(Call(hand, "DeleteFunctionEventInvokeConfig", "DELETE", "/event-invoke-config")),
        (PieceKind.AsyncCalls, _) => hand.Do(Call(hand, "PutFunctionEventInvokeConfig", "PUT", "/event-invoke-config", json => Calls(json, change.Wanted))),
        (_, Doing.Remove) => hand.Find(LambdaCalls.Mapping(hand.Places.Lambda, "DeleteEventSourceMapping", "DELETE", change.Wanted.At)),
        (_, Doing.Make) => hand.Make(LambdaCalls.Mapping(hand.Places.Lambda, "CreateEventSourceMapping", "POST", "", json => Feed(json, change.Wanted, true))),
        _ => hand.Do(LambdaCalls.Mapping(hand.Places.Lambda, "UpdateEventSourceMapping", "PUT", change.Wanted.At, json => Feed(json, change.Wanted, false))),
    };

    private static void Auth(Utf8JsonWriter json, Piece url) => json.WriteString("AuthType", url["auth"]);

    private static IEnumerable<Piece> Permissions(string alias, string policy)
    {
        var found = new List<Piece>();
        foreach (var statement in Compared.Parse(policy)["Statement"u8].Items)
        {
            if (statement["Sid"u8].Text is not { } sid || !sid.StartsWith(Grant.Prefix, StringComparison.Ordinal)) continue;
            var (principal, condition) = (statement["Principal"u8], statement["Condition"u8]);
            var source = condition["ArnLike"u8]["AWS:SourceArn"u8].Text ?? condition["ArnLike"u8]["aws:SourceArn"u8].Text ?? "";
            var auth = condition["StringEquals"u8]["lambda:FunctionUrlAuthType"u8].Text
                ?? (condition["Bool"u8]["lambda:InvokedViaFunctionUrl"u8].Exists ? "via url" : "");
            found.Add(new(PieceKind.Permission, sid,
            [
                new("action", statement["Action"u8].Text ?? ""), new("source", source), new("url auth", auth),
                new("principal", principal["Service"u8].Text ?? principal["AWS"u8].Text ?? principal.Text ?? ""),
            ])
            {
                At = alias,
                Called = source.Length > 0 ? source : "whoever knows its address",
            });
        }
        return found;
    }

    private static async Task<IEnumerable<Piece>> Mappings(Hand hand)
    {
        var found = new List<Piece>();
        for (string? next = ""; next is not null;)
        {
            Fact[] query = [new("FunctionName", hand.Release.Called), .. next.Length > 0 ? (Fact[])[new("Marker", next)] : []];
            if (await hand.Find(LambdaCalls.Mapping(hand.Places.Lambda, "ListEventSourceMappings", "GET", "", null, query)) is not { } page) return [];
            foreach (var mapping in page.Json["EventSourceMappings"u8].Items)
            {
                if (mapping["State"u8].Text is not { } state || state is "Deleting") continue;
                found.Add(new(PieceKind.Mapping, mapping["EventSourceArn"u8].Text ?? "",
                [
                    new("function", mapping["FunctionArn"u8].Text ?? ""), new("batch", mapping["BatchSize"u8].Scalar ?? ""),
                    new("window", mapping["MaximumBatchingWindowInSeconds"u8].Scalar ?? "0"),
                    new("failures", Wanted.Joined(Compared.Texts(mapping["FunctionResponseTypes"u8]))),
                    new("state", state is "Disabled" or "Disabling" ? "off" : "on"),
                ])
                {
                    At = mapping["UUID"u8].Text ?? "",
                });
            }
            next = page.Json["NextMarker"u8].Text is { Length: > 0 } marker ? marker : null;
        }
        return found;
    }

    private static void Permit(Hand hand, Utf8JsonWriter json, Piece permission)
    {
        json.WriteString("StatementId", permission.Name);
        json.WriteString("Action", permission["action"]);
        json.WriteString("Principal", permission["principal"]);
        if (permission["source"] is { Length: > 0 } source) json.WriteString("SourceArn", source);
        if (permission["url auth"] is "NONE") json.WriteString("FunctionUrlAuthType", "NONE");
        if (permission["url auth"] is "via url") json.WriteBoolean("InvokedViaFunctionUrl", true);
        // A topic of another account is known by its ARN; a rule is always our own.
        if (permission["principal"] is "events.amazonaws.com") json.WriteString("SourceAccount", hand.Site.Account);
    }

    private static void Calls(Utf8JsonWriter json, Piece wanted)
    {
        json.WriteNumber("MaximumRetryAttempts", Compared.Whole(wanted["tries again"]));
        if (wanted["on failure"] is not { Length: > 0 } destination) return;
        json.WriteStartObject("DestinationConfig");
        json.WriteStartObject("OnFailure");
        json.WriteString("Destination", destination);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Feed(Utf8JsonWriter json, Piece wanted, bool isNew)
    {
        if (isNew) json.WriteString("EventSourceArn", wanted.Name);
        json.WriteString("FunctionName", wanted["function"]);
        json.WriteNumber("BatchSize", Compared.Whole(wanted["batch"]));
        json.WriteNumber("MaximumBatchingWindowInSeconds", Compared.Whole(wanted["window"]));
        json.WriteBoolean("Enabled", true);
        Compared.WriteTexts(json, "FunctionResponseTypes", Compared.Split(wanted["failures"]));
    }

    private static CloudCall Call(Hand hand, string operation, string method, string below, Action<Utf8JsonWriter>? members = null) =>
        LambdaCalls.Of(hand.Places.Lambda, operation, method, hand.Function, below, members, new Fact("Qualifier", hand.Release.Roads));
}
