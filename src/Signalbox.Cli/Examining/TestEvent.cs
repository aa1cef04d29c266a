using System.Globalization;
using System.Text;
using Signalbox.Aws.Cloud;
using Signalbox.Deploy;
using Signalbox.Effects;

namespace Signalbox.Cli.Examining;

/// <summary>Sends an event the way that events come, and follows it through the log of the function into the room.</summary>
/// <param name="cloud">Where.</param>
/// <param name="release">The function.</param>
/// <param name="now">The time.</param>
/// <param name="sheet">Where findings go.</param>
internal sealed class TestEvent(AwsCloud cloud, Release release, Now now, Sheet sheet)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2), Patience = TimeSpan.FromSeconds(90);

    /// <summary>Outcomes after which nothing more comes.</summary>
    private static readonly ValueList<string> Ends = ["made", "refused", "later", "quiet", "held", "repeat"];

    /// <summary>Sends it and says how it went on.</summary>
    public async Task Send(CancellationToken stop)
    {
        var (id, began) = (Guid.NewGuid().ToString(), now());
        var ids = new HashSet<string> { id };
        var examination = new Examination(cloud, stop);
        var message = Event(id, began);
        if (release.Spec.Topics is [var first, ..])
        {
            var topic = release.Site.Topic(first);
            ids.Add(await examination.Publish(topic, message));
            sheet.Note(Finding.Well("test event", $"{id} published to {topic}"));
        }
        else if (release.Spec.Queues is [var queue, ..])
        {
            ids.Add(await examination.Enqueue(release.Site.Queue(queue), message));
            sheet.Note(Finding.Well("test event", $"{id} sent to {release.Site.Queue(queue)}"));
        }
        else
        {
            var answer = await DeployedFunction.Invoke(cloud, new(release.Spec.DeployedName, release.Alias, Encoding.UTF8.GetBytes(message), false, false),
                stop);
            sheet.Note(answer.Fault is null ? Finding.Well("test event", $"{id} given to the function, which answered")
                : Finding.Wrong("test event", $"{id} given to the function, which failed: {Cut.Line(answer.Body, 300)}",
                    $"signalbox logs {release.Spec.Name} says more."));
            if (answer.Fault is not null) return;
        }
        ids.Remove("");
        await Followed(ids, began, stop);
    }

    /// <summary>Looks for lines that name the event until one says how it ended.</summary>
    private async Task Followed(HashSet<string> ids, DateTimeOffset began, CancellationToken stop)
    {
        var seen = new List<(LogEvent Line, Json Told)>();
        var question = new LogQuestion([(release.Spec.Name, release.Spec.DeployedName)], began - TimeSpan.FromSeconds(5),
            string.Join(' ', ids.Select(id => $"?\"{id}\"")));
        while (now() - began < Patience)
        {
            seen.Clear();
            await new LogReader(cloud, question, now).Read(lines => seen.AddRange(lines.Select(line => (line, Told(line)))), stop);
            if (seen.Any(line => Ends.Contains(line.Told["outcome"u8].Text ?? ""))) break;
            await new Examination(cloud, stop).Wait(Pause);
        }
        var ends = seen.Where(line => line.Told["outcome"u8].Exists).ToList();
        foreach (var (line, told) in ends) sheet.Note(Ended(line, told, began));
        if (ends.Count > 0) return;
        var lines = seen.Count > 0 ? $"{Quantity.Count(seen.Count, "line")} of the log name it, none says what became of it" : "no line of the log names it";
        sheet.Note(release.Settings is null && seen.Count is 0
            ? Finding.Doubtful("log", $"{lines} after {Quantity.Duration(Patience)}", "Only Signalbox's own log names events; this function has other code.")
            : Finding.Wrong("log", $"{lines} after {Quantity.Duration(Patience)}",
                $"See signalbox logs {release.Spec.Name}, and the findings above: where does its way end?"));
    }

    private static Finding Ended(LogEvent line, Json told, DateTimeOffset began)
    {
        var after = string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (line.At - began).TotalSeconds):0.0} s after it was sent");
        var (outcome, room) = (told["outcome"u8].Text ?? "", told["room"u8].Text);
        var took = told["ms"u8].Number is { } ms ? $", {Quantity.Of(ms)} ms" : "";
        var reason = told["reason"u8].Text ?? "";
        return outcome switch
        {
            "made" => Finding.Well("seen", $"in room {room}, {after}{took}"),
            "refused" => Finding.Wrong("refused", $"by room {room}, {after}: {reason}", "Mend the room, deploy, send again."),
            "later" => Finding.Wrong("later", $"room {room} did not take it, {after}: {reason}", "It is tried again; see signalbox logs -f."),
            _ => Finding.Doubtful(outcome, $"{(room is null ? "" : $"room {room}, ")}{after}: {reason}", outcome is "quiet" or "held"
                ? "signalbox explain says why for an event." : ""),
        };
    }

    private static Json Told(LogEvent line) => Json.Parse(Encoding.UTF8.GetBytes(line.Text.TrimEnd())).Value;

    /// <summary>An event as EventBridge writes them, of a source that no rule has: it goes where everything unknown goes.</summary>
    private string Event(string id, DateTimeOffset at) => CanonicalJson.Written(json =>
    {
        json.WriteStartObject();
        json.WriteString("version", "0");
        json.WriteString("id", id);
        json.WriteString("detail-type", "Signalbox test event");
        json.WriteString("source", "signalbox.doctor");
        json.WriteString("account", release.Site.Account);
        json.WriteString("time", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteString("region", release.Site.Region);
        json.WriteStartArray("resources");
        json.WriteEndArray();
        json.WriteStartObject("detail");
        json.WriteString("message", $"Somebody looks whether {release.Spec.Name} is well. Nothing is to be done.");
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
