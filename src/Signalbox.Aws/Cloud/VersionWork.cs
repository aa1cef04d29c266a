using System.Globalization;
using Signalbox.Deploy;

namespace Signalbox.Aws.Cloud;

/// <summary>Published versions of a function, and the aliases that name them.</summary>
internal static class VersionWork
{
    /// <summary>All versions, the oldest first.</summary>
    public static async Task<ValueList<FunctionVersion>> Versions(Hand hand)
    {
        var versions = new List<FunctionVersion>();
        foreach (var item in await All(hand, "ListVersionsByFunction", "/versions", "Versions"))
        {
            if (!int.TryParse(item["Version"u8].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) continue;
            var (function, code) = FunctionWork.Configuration(hand.Function, item);
            versions.Add(new(number, FunctionVersion.Of(function, code)));
        }
        return [.. versions.OrderBy(version => version.Number)];
    }

    /// <summary>All aliases.</summary>
    public static async Task<ValueList<FunctionAlias>> Aliases(Hand hand)
    {
        var aliases = new List<FunctionAlias>();
        foreach (var item in await All(hand, "ListAliases", "/aliases", "Aliases"))
        {
            var others = new List<int>();
            foreach (var (version, _) in item["RoutingConfig"u8]["AdditionalVersionWeights"u8].Members) others.Add(Compared.Whole(version.Text ?? "0"));
            if (int.TryParse(item["FunctionVersion"u8].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var named))
                aliases.Add(new(item["Name"u8].Text ?? "", named, [.. others]));
        }
        return [.. aliases];
    }

    /// <summary>Publishes what is there; Lambda answers the last version when nothing changed since.</summary>
    /// <returns>The version.</returns>
    public static async Task<string> Publish(Hand hand)
    {
        await FunctionWork.Settled(hand);
        var answer = await hand.Do(Call(hand, "PublishVersion", "POST", "/versions", json => json.WriteString("CodeSha256", hand.Release.Zip.Sha256)));
        return answer.Json["Version"u8].Text ?? throw new CloudException("", "lambda PublishVersion: its answer names no version.");
    }

    /// <summary>Has an alias name a version, whether it is there or not.</summary>
    public static async Task Name(Hand hand, string alias, string version, bool isNew)
    {
        if (isNew)
        {
            await hand.Make(Call(hand, "CreateAlias", "POST", "/aliases", json =>
            {
                json.WriteString("Name", alias);
                json.WriteString("FunctionVersion", version);
            }));
            return;
        }
        await hand.Do(Call(hand, "UpdateAlias", "PUT", $"/aliases/{Uri.EscapeDataString(alias)}", json => json.WriteString("FunctionVersion", version)));
    }

    public static Task DeleteVersion(Hand hand, string number) =>
        hand.Find(Call(hand, "DeleteFunction", "DELETE", "", null, new Fact("Qualifier", number)));

    private static async Task<List<Json>> All(Hand hand, string operation, string below, string list)
    {
        var all = new List<Json>();
        for (string? next = ""; next is not null;)
        {
            Fact[] from = next.Length > 0 ? [new("Marker", next)] : [];
            var page = (await hand.Do(Call(hand, operation, "GET", below, null, from))).Json;
            foreach (var item in page[System.Text.Encoding.UTF8.GetBytes(list)].Items) all.Add(item);
            next = page["NextMarker"u8].Text is { Length: > 0 } marker ? marker : null;
        }
        return all;
    }

    private static CloudCall Call(
        Hand hand, string operation, string method, string below, Action<System.Text.Json.Utf8JsonWriter>? members = null, params Fact[] query) =>
        LambdaCalls.Of(hand.Places.Lambda, operation, method, hand.Function, below, members, query);
}
