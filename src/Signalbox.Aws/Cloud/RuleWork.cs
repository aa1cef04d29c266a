using System.Text.Json;
using Signalbox.Deploy;

namespace Signalbox.Aws.Cloud;

/// <summary>Rules of EventBridge and where they lead.</summary>
/// <seealso href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html"/>
internal static class RuleWork
{
    private const string TargetId = "signalbox";

    public static async Task<IEnumerable<Piece>> Read(Hand hand, string arn)
    {
        var (bus, name) = BusAndName(arn);
        var found = await hand.Find(Call(hand, "DescribeRule", json =>
        {
            json.WriteString("Name", name);
            json.WriteString("EventBusName", bus);
        }));
        if (found is null) return [];
        var rule = found.Json;
        var tagged = await hand.Find(Call(hand, "ListTagsForResource", json => json.WriteString("ResourceARN", arn)));
        var tags = tagged is null ? [] : Compared.TagList(tagged.Json["Tags"u8]);
        var others = hand.Others(tags);
        var piece = new Piece(PieceKind.Rule, arn,
        [
            new("pattern", rule["EventPattern"u8].Text is { Length: > 0 } pattern ? Compared.Json(pattern) : ""),
            new("schedule", rule["ScheduleExpression"u8].Text ?? ""), new("state", rule["State"u8].Text ?? ""), .. Wanted.Tagged(tags),
        ])
        {
            At = bus,
            Called = name,
            Others = others,
        };
        var targets = await hand.Find(Call(hand, "ListTargetsByRule", json =>
        {
            json.WriteString("Rule", name);
            json.WriteString("EventBusName", bus);
        }));
        if (targets is null) return [piece];
        foreach (var target in targets.Json["Targets"u8].Items)
        {
            if (target["Id"u8].Text is not TargetId) continue;
            var input = target["Input"u8].Text is { Length: > 0 } text ? Compared.Json(text) : "";
            return
            [
                piece,
                new(PieceKind.Target, arn, [new("to", target["Arn"u8].Text ?? ""), new("input", input)]) { At = bus, Called = name, Others = others },
            ];
        }
        return [piece];
    }

    public static async Task Apply(Hand hand, Change change)
    {
        var (bus, name) = BusAndName(change.Wanted.Name);
        if (change.Doing is Doing.Remove)
        {
            await hand.Find(Call(hand, "DeleteRule", json => Named(json, "Name", name, bus)));
            return;
        }
        if (change.Doing is Doing.Make && await IsMade(hand, change.Wanted)) return;
        await hand.Do(Put(hand, change.Wanted, []));
        await hand.Do(Call(hand, "TagResource", json =>
        {
            json.WriteString("ResourceARN", change.Wanted.Name);
            Compared.WriteTagList(json, "Tags", hand.Release.AllTags);
        }));
    }

    public static async Task ApplyTarget(Hand hand, Change change)
    {
        var (bus, name) = BusAndName(change.Wanted.Name);
        var call = change.Doing is Doing.Remove
            ? Call(hand, "RemoveTargets", json =>
            {
                Named(json, "Rule", name, bus);
                Compared.WriteTexts(json, "Ids", [TargetId]);
            })
            : Call(hand, "PutTargets", json =>
            {
                Named(json, "Rule", name, bus);
                json.WriteStartArray("Targets");
                json.WriteStartObject();
                json.WriteString("Id", TargetId);
                json.WriteString("Arn", change.Wanted["to"]);
                if (change.Wanted["input"] is { Length: > 0 } input) json.WriteString("Input", input);
                json.WriteEndObject();
                json.WriteEndArray();
            });
        var answer = change.Doing is Doing.Remove ? await hand.Find(call) : await hand.Do(call);
        // These two answer 200 also when they did nothing.
        if (answer?.Json["FailedEntries"u8][0] is not { Exists: true } failed) return;
        var code = failed["ErrorCode"u8].Text ?? "";
        throw new CloudException(code, $"{CloudFault.Named(call)}: {code}: {failed["ErrorMessage"u8].Text}");
    }

    /// <summary>Makes a rule with its tags; false when there is one already, from a call whose answer was lost: such a one takes no tags so.</summary>
    private static async Task<bool> IsMade(Hand hand, Piece rule)
    {
        try
        {
            await hand.Do(Put(hand, rule, hand.Release.AllTags));
            return true;
        }
        catch (CloudException fault) when (fault.Code is "ValidationException" && fault.Message.Contains("TagResource", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static CloudCall Put(Hand hand, Piece rule, ValueList<Fact> tags) => Call(hand, "PutRule", json =>
    {
        var (bus, name) = BusAndName(rule.Name);
        Named(json, "Name", name, bus);
        if (rule["pattern"] is { Length: > 0 } pattern) json.WriteString("EventPattern", pattern);
        if (rule["schedule"] is { Length: > 0 } schedule) json.WriteString("ScheduleExpression", schedule);
        json.WriteString("State", "ENABLED");
        json.WriteString("Description", $"Function {hand.Function}");
        if (tags.Count > 0) Compared.WriteTagList(json, "Tags", tags);
    });

    /// <summary>Bus and name out of <c>rule/NAME</c> or <c>rule/BUS/NAME</c>.</summary>
    private static (string Bus, string Name) BusAndName(string arn) => (Arn.Read(arn)?.Resource ?? arn).Split('/') switch
    {
        [_, var bus, var name] => (bus, name),
        var parts => ("default", parts[^1]),
    };

    private static void Named(Utf8JsonWriter json, string key, string name, string bus)
    {
        json.WriteString(key, name);
        json.WriteString("EventBusName", bus);
    }

    private static CloudCall Call(Hand hand, string operation, Action<Utf8JsonWriter> members) =>
        CloudCall.Json(hand.Places.Events, "AWSEvents", operation, "1.1", members);
}
