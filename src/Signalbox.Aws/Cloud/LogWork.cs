using System.Text.Json;
using Signalbox.Deploy;

namespace Signalbox.Aws.Cloud;

/// <summary>The log group of a function.</summary>
/// <remarks>Lambda makes one by itself at the first call when nobody did, without an end to what it keeps: so one that is there is taken over.</remarks>
internal static class LogWork
{
    public static async Task<IEnumerable<Piece>> Read(Hand hand)
    {
        var name = Site.LogGroupName(hand.Function);
        var answer = await hand.Do(Call(hand, "DescribeLogGroups", json => json.WriteString("logGroupNamePrefix", name)));
        foreach (var group in answer.Json["logGroups"u8].Items)
        {
            if (group["logGroupName"u8].Text != name) continue;
            var tags = await hand.Do(Call(hand, "ListTagsForResource", json => json.WriteString("resourceArn", hand.Site.LogGroup(hand.Function))));
            return
            [
                new(PieceKind.LogGroup, name,
                    [new("retention", group["retentionInDays"u8].Scalar ?? ""), .. Wanted.Tagged(Compared.TagMap(tags.Json["tags"u8]))]),
            ];
        }
        return [];
    }

    public static async Task Apply(Hand hand, Change change)
    {
        var name = change.Wanted.Name;
        if (change.Doing is Doing.Remove)
        {
            await hand.Find(Call(hand, "DeleteLogGroup", json => json.WriteString("logGroupName", name)));
            return;
        }
        if (change.Doing is Doing.Make)
        {
            await hand.Make(Call(hand, "CreateLogGroup", json =>
            {
                json.WriteString("logGroupName", name);
                Compared.WriteTagMap(json, "tags", hand.Release.AllTags);
            }));
        }
        else if (change.Wanted.Differs(change.Found!).Any(trait => trait.Name.StartsWith("tag ", StringComparison.Ordinal)))
        {
            await hand.Do(Call(hand, "TagResource", json =>
            {
                json.WriteString("resourceArn", hand.Site.LogGroup(hand.Function));
                Compared.WriteTagMap(json, "tags", hand.Release.AllTags);
            }));
        }
        var retention = change.Wanted["retention"];
        if (retention == (change.Found?["retention"] ?? "")) return;
        await hand.Do(retention.Length is 0
            ? Call(hand, "DeleteRetentionPolicy", json => json.WriteString("logGroupName", name))
            : Call(hand, "PutRetentionPolicy", json =>
            {
                json.WriteString("logGroupName", name);
                json.WriteNumber("retentionInDays", Compared.Whole(retention));
            }));
    }

    private static CloudCall Call(Hand hand, string operation, Action<Utf8JsonWriter> members) =>
        CloudCall.Json(hand.Places.Logs, "Logs_20140328", operation, "1.1", members);
}
