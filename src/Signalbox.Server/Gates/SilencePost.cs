using Signalbox.Server.Admission;
using Signalbox.Server.Alerting;
using Signalbox.Server.Ingest;

namespace Signalbox.Server.Gates;

/// <summary>Where amtool makes and changes silences.</summary>
internal static class SilencePost
{
    /// <summary>Answers with the id when the silence is in the store.</summary>
    public static readonly Gate Row = new("POST", "/api/v2/silences", Door.Key, async (http, station) =>
    {
        var refusal = Forbidden(http);
        var bytes = Array.Empty<byte>();
        if (refusal is null) (bytes, refusal) = await Body.Read(http);
        var (form, fault) = refusal is null ? SilenceForm.Read(Json.Parse(bytes).Value, station.Now.World.Now()) : default;
        if (fault is not null) refusal = new(400, fault);
        var known = await station.Store.Documents(SilenceForm.Kind, http.RequestAborted);
        if (form is { Id.Length: > 0 } && !known.Any(document => document.Name == form.Id)) refusal = new(404, "there is no silence of that id");
        if (refusal is not null)
        {
            await AlertView.Refuse(http, station, refusal);
            return;
        }
        var id = form!.Id.Length > 0 ? form.Id : Guid.NewGuid().ToString();
        await station.Store.Keep(SilenceForm.Kind, id, form.WriteMatchers(), http.RequestAborted);
        await station.Now.Engine.Silence(new(id, form.Condition, form.StartsAt, form.EndsAt, null, form.By, form.Comment), http.RequestAborted);
        station.Journal.Says("silenced", ("silence", id), ("by", form.By), ("key", Keys.Of(http)?.Name ?? ""), ("until", form.EndsAt.ToString("O")));
        await AlertView.Answer(http, 200, json =>
        {
            json.WriteStartObject();
            json.WriteString("silenceID", id);
            json.WriteEndObject();
        });
    });

    /// <summary>Why a key may not silence; null when it may.</summary>
    public static Refusal? Forbidden(HttpContext http) => Keys.Of(http) is { MaySilence: false } key
        ? new(403, $"the key {key.Name} may bring events and not silence: give it silences: true")
        : null;
}
