using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>What becomes of events.</summary>
public sealed partial class EventsStandin
{
    private JsonObject? PutEvents(AwsCall call)
    {
        var entries = call.List("Entries").Cast<JsonObject>().ToList();
        if (entries.Count is 0 or > 10) throw call.Invalid("1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10");
        var answers = entries.Select(entry =>
        {
            JsonObject Failed(string why) => new() { ["ErrorCode"] = "InvalidArgument", ["ErrorMessage"] = why };
            foreach (var name in (string[])["Source", "DetailType", "Detail"])
            {
                if (entry[name] is null) return Failed($"Parameter {name} is not valid. Reason: {name} is a required argument.");
            }
            if (EventPattern.Parsed(entry["Detail"]!.GetValue<string>()) is not JsonObject detail) return new JsonObject { ["ErrorCode"] = "MalformedDetail", ["ErrorMessage"] = "Detail is malformed." };
            if (entry["Source"]!.GetValue<string>().StartsWith("aws.", StringComparison.Ordinal)) return new JsonObject { ["ErrorCode"] = "NotAuthorizedForSourceException", ["ErrorMessage"] = "Not authorized for the source." };
            var id = Guid.NewGuid().ToString();
            var said = Event(id, entry["Source"]!.GetValue<string>(), entry["DetailType"]!.GetValue<string>(), call.Account, call.Region, entry["Resources"] as JsonArray ?? [], detail);
            Route(said, (entry["EventBusName"]?.GetValue<string>() ?? "default").Split('/')[^1]);
            return new JsonObject { ["EventId"] = id };
        }).ToList();
        return new() { ["FailedEntryCount"] = answers.Count(answer => answer["ErrorCode"] is not null), ["Entries"] = new JsonArray([.. answers]) };
    }

    /// <summary>An event happens on a bus, as a service of AWS would put it there: the whole event as JSON.</summary>
    public void Happens(string json, string bus = "default") => aws.Locked(() => Route((JsonObject)JsonNode.Parse(json)!, bus));

    /// <summary>The time of a rule's schedule has come.</summary>
    public void Strike(string rule) => aws.Locked(() =>
    {
        var found = Rules.Values.First(one => one.Name == rule && one.Schedule is not null);
        if (found.State is not "ENABLED") return;
        var parts = found.Arn.Split(':');
        Send(found, Event(Guid.NewGuid().ToString(), "aws.events", "Scheduled Event", parts[4], parts[3], new JsonArray(found.Arn), []));
    });

    private JsonObject Event(string id, string source, string kind, string account, string region, JsonArray resources, JsonObject detail) => new()
    {
        ["version"] = "0",
        ["id"] = id,
        ["detail-type"] = kind,
        ["source"] = source,
        ["account"] = account,
        ["time"] = aws.Now().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["region"] = region,
        ["resources"] = resources.DeepClone(),
        ["detail"] = detail.DeepClone(),
    };

    private void Route(JsonObject said, string bus)
    {
        foreach (var rule in Rules.Values.Where(rule => rule.Bus == bus && rule.State is "ENABLED" && rule.Pattern is { } pattern && EventPattern.Matches((JsonObject)JsonNode.Parse(pattern)!, said)).ToList()) Send(rule, said);
    }

    private void Send(EventsRule rule, JsonObject said)
    {
        foreach (var target in rule.Targets.Values)
        {
            var text = target["Input"]?.GetValue<string>() ?? (target["InputPath"]?.GetValue<string>() is { } path ? At(said, path)?.ToJsonString() ?? "null" : said.ToJsonString());
            var arn = Target(target)!;
            var isTaken = arn.Split(':')[2] switch
            {
                "sqs" => aws.Sqs.Put(arn, text, "events.amazonaws.com", rule.Arn),
                "lambda" => aws.Lambda.Hand(arn, "events.amazonaws.com", rule.Arn, Encoding.UTF8.GetBytes(text)),
                "sns" => aws.Sns.Publish(arn, null, text).Length > 0,
                _ => true,
            };
            if (!isTaken && target["DeadLetterConfig"]?["Arn"]?.GetValue<string>() is { } dead) aws.Sqs.Put(dead, text, "events.amazonaws.com", rule.Arn);
        }
    }

    private static JsonNode? At(JsonNode said, string path)
    {
        JsonNode? at = said;
        foreach (var part in path.Split('.').Skip(1)) at = at?[part];
        return at;
    }
}
