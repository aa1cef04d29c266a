using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Signalbox.Server.Alerting;

/// <summary>Alerts as the interface of Alertmanager shows them.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="SilencedBy">The silences that hold it back.</param>
internal sealed record AlertView(PostedAlert Alert, ValueList<string> SilencedBy)
{
    /// <summary>The one receiver that there is: who hears of an alert is decided by routes, for each alert anew.</summary>
    public const string Receiver = "signalbox";

    /// <summary>Answers with a list made of the alerts that a query asks for, or says what is wrong with it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="station">Where the alerts are.</param>
    /// <param name="write">Writes the items of the list.</param>
    public static async Task List(HttpContext http, Station station, Action<Utf8JsonWriter, ValueList<AlertView>> write)
    {
        var (alerts, fault) = await Asked(http, station);
        if (fault is not null)
        {
            await Refuse(http, station, new(400, fault));
            return;
        }
        await Answer(http, 200, json =>
        {
            json.WriteStartArray();
            write(json, alerts);
            json.WriteEndArray();
        });
    }

    /// <summary>The alerts that hold now and that a query asks for, by their labels.</summary>
    private static async Task<(ValueList<AlertView> Alerts, string? Fault)> Asked(HttpContext http, Station station)
    {
        var query = http.Request.Query;
        var (matchers, fault) = MatchersOf(query["filter"]);
        if (fault is not null) return ([], fault);
        var (now, moment) = (station.Now.World.Now(), station.Now.World.Moment);
        var silences = await station.Now.Engine.Silences(http.RequestAborted);
        var holding = silences.Where(silence => silence.Holds(moment)).ToValueList();
        var views =
            from alert in station.Inlet.Alerts.All
            where !alert.IsResolved(now)
            let labels = Json.Parse(alert.Labels.ToArray()).Value
            where matchers.All(matcher => matcher.Takes(labels[Encoding.UTF8.GetBytes(matcher.Name)].Text ?? ""))
            let view = new AlertView(alert, holding.Count is 0 ? [] : Silencing(alert, holding, now))
            where view.SilencedBy.Count > 0 ? Flag(query["silenced"]) : Flag(query["active"])
            orderby labels["alertname"u8].Text, alert.Fingerprint
            select view;
        return (query["receiver"] is [{ Length: > 0 } receiver] && !new Matcher("receiver", receiver, true, true).Takes(Receiver) ? [] : [.. views], null);
    }

    /// <summary>Every matcher of a query.</summary>
    public static (ValueList<Matcher> Matchers, string? Fault) MatchersOf(Microsoft.Extensions.Primitives.StringValues filters)
    {
        var all = new List<Matcher>();
        foreach (var filter in filters)
        {
            var (matchers, fault) = Matcher.Read(filter ?? "");
            if (fault is not null) return ([], fault);
            all.AddRange(matchers);
        }
        return ([.. all], null);
    }

    /// <summary>Writes it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        Alert.Members(json);
        json.WriteString("updatedAt", Alert.UpdatedAt);
        json.WriteString("fingerprint", Alert.Fingerprint);
        json.WriteStartArray("receivers");
        WriteReceiver(json);
        json.WriteEndArray();
        json.WriteStartObject("status");
        json.WriteString("state", SilencedBy.Count > 0 ? "suppressed" : "active");
        json.WriteStartArray("silencedBy");
        foreach (var id in SilencedBy) json.WriteStringValue(id);
        json.WriteEndArray();
        json.WriteStartArray("inhibitedBy");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes the receiver.</summary>
    public static void WriteReceiver(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Receiver);
        json.WriteEndObject();
    }

    /// <summary>Answers with JSON.</summary>
    public static Task Answer(HttpContext http, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        return Reply.Json(http, status, buffer.WrittenMemory);
    }

    /// <summary>Answers with a refusal as Alertmanager writes one: a text of JSON.</summary>
    public static Task Refuse(HttpContext http, Station station, Refusal refusal)
    {
        refusal.Log(http, station);
        return Answer(http, refusal.Status, json => json.WriteStringValue(refusal.Why));
    }

    private static ValueList<string> Silencing(PostedAlert alert, ValueList<Silence> silences, DateTimeOffset now)
    {
        var notices = Pipeline.Read(Pipeline.Decode(alert.Arrival(false, now).Body.ToArray())[0]).Notices;
        return [.. from silence in silences where notices.Any(silence.When.Holds) select silence.Id];
    }

    private static bool Flag(Microsoft.Extensions.Primitives.StringValues value) => value is not ["false"];
}
