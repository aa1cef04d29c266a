using System.Text.Json;
using Signalbox.Aws.Dynamo;
using Signalbox.Deploy;
using Signalbox.Effects;
using Change = Signalbox.Deploy.Change;

namespace Signalbox.Aws.Cloud;

/// <summary>The table of a store. Several functions may share it, so it is no fault that it is there already.</summary>
internal static class TableWork
{
    public static async Task<IEnumerable<Piece>> Read(Hand hand)
    {
        if (hand.Release.Table is not { } named) return [];
        var region = named.Region ?? hand.Site.Region;
        if (await hand.Find(Call(hand, region, "DescribeTable", json => json.WriteString("TableName", named.Name))) is not { } found) return [];
        var table = found.Json["Table"u8];
        if (table["TableStatus"u8].Text is "DELETING") return [];
        var expiry = await Expiry(hand, region, named.Name);
        var arn = table["TableArn"u8].Text ?? "";
        var tags = await hand.Find(Call(hand, region, "ListTagsOfResource", json => json.WriteString("ResourceArn", arn)));
        var isOurs = tags is not null && hand.Others(Compared.TagList(tags.Json["Tags"u8])) is null;
        return [new(PieceKind.Table, named.Name, [new("expiry", expiry), new("ours", isOurs ? "true" : "")]) { At = region }];
    }

    public static async Task Apply(Hand hand, Change change)
    {
        if (change.Doing is Doing.Remove)
        {
            await hand.Find(Call(hand, change.Wanted.At, "DeleteTable", json => json.WriteString("TableName", change.Wanted.Name)));
            return;
        }
        using var table = new Table(await hand.Cloud.Dynamo(change.Wanted.At, hand.Stop), change.Wanted.Name);
        try
        {
            await Setup.Make(table, hand.Release.AllTags, hand.Stop);
        }
        catch (StoreException trouble)
        {
            throw new CloudException("", $"{trouble.Message}.");
        }
    }

    /// <summary>The attribute by which items expire; a stand-in that expires nothing is as good as one that does.</summary>
    private static async Task<string> Expiry(Hand hand, string region, string table)
    {
        try
        {
            var answer = await hand.Do(Call(hand, region, "DescribeTimeToLive", json => json.WriteString("TableName", table)));
            var described = answer.Json["TimeToLiveDescription"u8];
            return described["TimeToLiveStatus"u8].Text is "ENABLED" or "ENABLING" ? described["AttributeName"u8].Text ?? "" : "";
        }
        catch (CloudException fault) when (fault.Code is "UnknownOperationException")
        {
            return Column.Expiry;
        }
    }

    private static CloudCall Call(Hand hand, string region, string operation, Action<Utf8JsonWriter> members) =>
        CloudCall.Json(hand.Places.Dynamo(region), "DynamoDB_20120810", operation, "1.0", members);
}
