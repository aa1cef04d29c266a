using System.Buffers;
using System.Text.Json;

namespace Signalbox.Server.Alerting;

/// <summary>A silence as the interface of Alertmanager writes it.</summary>
/// <param name="Id">Its id; empty for a new one.</param>
/// <param name="Matchers">The alerts that it holds back: those whose labels fit all of them.</param>
/// <param name="StartsAt">When it begins.</param>
/// <param name="EndsAt">When it ends.</param>
/// <param name="By">Who asks for it.</param>
/// <param name="Comment">Why.</param>
internal sealed record SilenceForm(string Id, ValueList<Matcher> Matchers, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string By, string Comment)
{
    /// <summary>The kind of document in which matchers are kept beside the silence, to be shown as they were written.</summary>
    public const string Kind = "silence-matchers";

    /// <summary>Reads one, or says why it is none.</summary>
    public static (SilenceForm? Form, string? Fault) Read(Json json, DateTimeOffset now)
    {
        var matchers = MatchersOf(json["matchers"u8]);
        if (matchers.FirstOrDefault(matcher => matcher.Fault is not null) is { } wrong) return (null, wrong.Fault);
        if (matchers.Count is 0) return (null, "expected at least one matcher in a silence, found none");
        if (matchers.All(matcher => matcher.Takes(""))) return (null, "expected a matcher that asks for a label to be there: this would silence everything");
        if (Instants.Read(json["startsAt"u8]) is not { } from || Instants.Read(json["endsAt"u8]) is not { } until)
            return (null, "expected startsAt and endsAt in a silence");
        if (until <= from || until <= now) return (null, $"expected a silence to end after its start and after now, found endsAt {until:O}");
        return json["createdBy"u8].Words is not { } by ? (null, "expected createdBy in a silence, found none")
            : (new(json["id"u8].Text ?? "", matchers, from < now ? now : from, until, Cut.Line(by, 100), Cut.Line(json["comment"u8].Text ?? "", 500)), null);
    }

    /// <summary>The same as a condition. Only alerts: a matcher that asks for a label not to be there would hold back all that is no alert.</summary>
    public string Condition => $"source = alertmanager and {string.Join(" and ", Matchers.Select(matcher => matcher.Condition))}";

    /// <summary>Every silence that there is; one that was asked for in other words shows them as one matcher.</summary>
    public static async Task<ValueList<(SilenceForm Form, string State)>> All(Station station, CancellationToken stop)
    {
        var now = station.Now.World.Now();
        var written = (await station.Store.Documents(Kind, stop)).ToDictionary(document => document.Name, document => document.Body);
        return [.. from silence in await station.Now.Engine.Silences(stop)
                   let known = written.TryGetValue(silence.Id, out var body) ? MatchersOf(Json.Parse(body.ToArray()).Value) : []
                   let form = new SilenceForm(silence.Id, known.Count > 0 ? known : [new("signalbox", silence.Text, false, true)],
                       silence.From ?? DateTimeOffset.UnixEpoch, silence.Until ?? now.AddYears(1), silence.By, silence.Comment)
                   select (form, form.EndsAt <= now ? "expired" : form.StartsAt > now ? "pending" : "active")];
    }

    /// <summary>The matchers as they are kept.</summary>
    public byte[] WriteMatchers()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) WriteMatchers(json);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes it.</summary>
    public void Write(Utf8JsonWriter json, string state)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteStartObject("status");
        json.WriteString("state", state);
        json.WriteEndObject();
        json.WriteString("updatedAt", StartsAt);
        json.WriteString("comment", Comment);
        json.WriteString("createdBy", By);
        json.WriteString("startsAt", StartsAt);
        json.WriteString("endsAt", EndsAt);
        json.WritePropertyName("matchers");
        WriteMatchers(json);
        json.WriteEndObject();
    }

    private void WriteMatchers(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var matcher in Matchers)
        {
            json.WriteStartObject();
            json.WriteString("name", matcher.Name);
            json.WriteString("value", matcher.Value);
            json.WriteBoolean("isRegex", matcher.IsPattern);
            json.WriteBoolean("isEqual", matcher.IsEqual);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static ValueList<Matcher> MatchersOf(Json json)
    {
        var matchers = new List<Matcher>();
        foreach (var item in json.Items)
        {
            matchers.Add(new(item["name"u8].Text ?? "", item["value"u8].Text ?? "",
                item["isRegex"u8].Kind is JsonKind.True, item["isEqual"u8].Kind is not JsonKind.False));
        }
        return [.. matchers];
    }
}
