using System.Text.Json;
using Signalbox.Deploy;

namespace Signalbox.Aws.Cloud;

/// <summary>A function: its configuration, code, tags and reserved concurrency.</summary>
internal static class FunctionWork
{
    private static readonly TimeSpan Upload = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private const int MostLooks = 300;

    /// <summary>The function and what is part of it; none when it is not there.</summary>
    public static async Task<IEnumerable<Piece>> Read(Hand hand)
    {
        if (await hand.Find(Call(hand, "GetFunction", "GET", "")) is not { } answer) return [];
        var tags = Compared.TagMap(answer.Json["Tags"u8]);
        var (function, code) = Configuration(hand.Function, answer.Json["Configuration"u8]);
        return
        [
            function with { Others = hand.Others(tags) }, code,
            new(PieceKind.Concurrency, hand.Function, [new("reserved", answer.Json["Concurrency"u8]["ReservedConcurrentExecutions"u8].Scalar ?? "")]),
            new(PieceKind.Tags, hand.Function, [.. Wanted.Tagged(tags)]),
            .. from tag in tags
               where tag.Name.StartsWith(Marks.Queue, StringComparison.Ordinal)
               select new Piece(PieceKind.Ledger, tag.Name[Marks.Queue.Length..], []),
        ];
    }

    /// <summary>The qualities of a function, or of one of its versions, as Lambda describes them.</summary>
    public static (Piece Function, Piece Code) Configuration(string name, Json json)
    {
        var variables = new List<Fact>();
        foreach (var (variable, value) in json["Environment"u8]["Variables"u8].Members) variables.Add(new(variable.Text ?? "", value.Text ?? ""));
        var layers = new List<string>();
        foreach (var layer in json["Layers"u8].Items) layers.Add(layer["Arn"u8].Text ?? "");
        var function = new Piece(PieceKind.Function, name,
        [
            new("description", json["Description"u8].Text ?? ""), new("runtime", json["Runtime"u8].Text ?? ""), new("handler", json["Handler"u8].Text ?? ""),
            new("memory", json["MemorySize"u8].Scalar ?? ""), new("timeout", json["Timeout"u8].Scalar ?? ""),
            new("storage", json["EphemeralStorage"u8]["Size"u8].Scalar ?? "512"), new("role", json["Role"u8].Text ?? ""),
            new("environment", Wanted.EnvironmentOf(variables), IsHidden: true), new("layers", Wanted.Joined(layers, sorted: false)),
            new("subnets", Wanted.Joined(Compared.Texts(json["VpcConfig"u8]["SubnetIds"u8]))),
            new("security groups", Wanted.Joined(Compared.Texts(json["VpcConfig"u8]["SecurityGroupIds"u8]))),
            new("key", json["KMSKeyArn"u8].Text ?? ""), new("dead letters", json["DeadLetterConfig"u8]["TargetArn"u8].Text ?? ""),
            new("log format", json["LoggingConfig"u8]["LogFormat"u8].Text ?? "Text"),
        ]);
        var architecture = json["Architectures"u8][0].Text ?? "x86_64";
        return (function, new(PieceKind.Code, name, [new("sha256", json["CodeSha256"u8].Text ?? ""), new("architecture", architecture)]));
    }

    public static async Task Apply(Hand hand, Change change)
    {
        switch (change.Kind, change.Doing)
        {
            case (PieceKind.Function, Doing.Make):
                await hand.Make(LambdaCalls.Of(hand.Places.Lambda, "CreateFunction", "POST", "", "", json => Create(hand, json)) with { Within = Upload });
                await Settled(hand);
                break;
            case (PieceKind.Function, Doing.Alter):
                await hand.Do(Call(hand, "UpdateFunctionConfiguration", "PUT", "/configuration", json => Configure(json, change.Wanted)));
                await Settled(hand);
                break;
            case (PieceKind.Function, _):
                await hand.Find(Call(hand, "DeleteFunction", "DELETE", ""));
                break;
            case (PieceKind.Code, _):
                await hand.Do(Call(hand, "UpdateFunctionCode", "PUT", "/code", json =>
                {
                    json.WriteBase64String("ZipFile", hand.Zip().Span);
                    Compared.WriteTexts(json, "Architectures", [change.Wanted["architecture"]]);
                }) with
                { Within = Upload });
                await Settled(hand);
                break;
            case (PieceKind.Concurrency, _) when change.Wanted["reserved"] is { Length: > 0 } reserved:
                await hand.Do(Call(hand, "PutFunctionConcurrency", "PUT", "/concurrency",
                    json => json.WriteNumber("ReservedConcurrentExecutions", Compared.Whole(reserved))));
                break;
            case (PieceKind.Concurrency, _):
                await hand.Find(Call(hand, "DeleteFunctionConcurrency", "DELETE", "/concurrency"));
                break;
            case (PieceKind.Tags, _):
                await Tag(hand, [.. hand.Release.AllTags, new(Marks.Roads, hand.Release.Roads)]);
                break;
            case (PieceKind.Ledger, Doing.Remove):
                await hand.Find(LambdaCalls.Tags(hand.Places.Lambda, "UntagResource", "DELETE", hand.Site.Function(hand.Function), null,
                    new Fact("tagKeys", Marks.Queue + change.Wanted.Name)));
                break;
            default:
                await Tag(hand, [new(Marks.Queue + change.Wanted.Name, "own")]);
                break;
        }
    }

    /// <summary>Waits until the function is as it was told to be.</summary>
    public static async Task Settled(Hand hand)
    {
        for (var looks = 0; looks < MostLooks; looks++)
        {
            var json = (await hand.Do(Call(hand, "GetFunctionConfiguration", "GET", "/configuration"))).Json;
            var (state, update) = (json["State"u8].Text ?? "Active", json["LastUpdateStatus"u8].Text ?? "Successful");
            if (state is "Failed" || update is "Failed")
            {
                throw new CloudException("Failed",
                    $"function {hand.Function} could not be changed: "
                    + $"{json["StateReason"u8].Text ?? json["LastUpdateStatusReason"u8].Text ?? "Lambda says no more"}.");
            }
            if (state is not "Pending" && update is not "InProgress") return;
            await hand.Cloud.Wait(Pause, hand.Stop);
        }
        throw new CloudException("", $"function {hand.Function} is still being changed after five minutes: try again.");
    }

    private static Task Tag(Hand hand, ValueList<Fact> tags) => hand.Do(LambdaCalls.Tags(hand.Places.Lambda, "TagResource", "POST",
        hand.Site.Function(hand.Function), json => Compared.WriteTagMap(json, "Tags", tags)));

    private static void Create(Hand hand, Utf8JsonWriter json)
    {
        var release = hand.Release;
        json.WriteString("FunctionName", hand.Function);
        Configure(json, Wanted.Function(release));
        json.WriteStartObject("Code");
        json.WriteBase64String("ZipFile", hand.Zip().Span);
        json.WriteEndObject();
        json.WriteString("PackageType", "Zip");
        Compared.WriteTexts(json, "Architectures", [release.Spec.Architecture]);
        Compared.WriteTagMap(json, "Tags",
            [.. release.AllTags, new(Marks.Roads, release.Roads), .. release.OwnQueues.Select(queue => new Fact(Marks.Queue + queue, "own"))]);
    }

    /// <summary>All of it, also what is empty: what is left out, Lambda leaves as it was.</summary>
    private static void Configure(Utf8JsonWriter json, Piece function)
    {
        json.WriteString("Description", function["description"]);
        json.WriteString("Runtime", function["runtime"]);
        json.WriteString("Handler", function["handler"]);
        json.WriteNumber("MemorySize", Compared.Whole(function["memory"]));
        json.WriteNumber("Timeout", Compared.Whole(function["timeout"]));
        json.WriteString("Role", function["role"]);
        json.WriteStartObject("EphemeralStorage");
        json.WriteNumber("Size", Compared.Whole(function["storage"]));
        json.WriteEndObject();
        json.WriteStartObject("Environment");
        json.WritePropertyName("Variables");
        json.WriteRawValue(function["environment"]);
        json.WriteEndObject();
        Compared.WriteTexts(json, "Layers", Compared.Split(function["layers"]));
        json.WriteStartObject("VpcConfig");
        Compared.WriteTexts(json, "SubnetIds", Compared.Split(function["subnets"]));
        Compared.WriteTexts(json, "SecurityGroupIds", Compared.Split(function["security groups"]));
        json.WriteEndObject();
        json.WriteString("KMSKeyArn", function["key"]);
        json.WriteStartObject("DeadLetterConfig");
        json.WriteString("TargetArn", function["dead letters"]);
        json.WriteEndObject();
        json.WriteStartObject("LoggingConfig");
        json.WriteString("LogFormat", function["log format"]);
        json.WriteEndObject();
    }

    private static CloudCall Call(Hand hand, string operation, string method, string below, Action<Utf8JsonWriter>? members = null) =>
        LambdaCalls.Of(hand.Places.Lambda, operation, method, hand.Function, below, members);
}
