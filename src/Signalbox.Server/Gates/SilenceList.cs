using Signalbox.Server.Alerting;

namespace Signalbox.Server.Gates;

/// <summary>The silences, as <c>amtool silence query</c> asks for them.</summary>
internal static class SilenceList
{
    /// <summary>Answers with a list. A filter asks for silences with a matcher of that name whose value fits.</summary>
    public static readonly Gate Row = new("GET", "/api/v2/silences", Door.Key, async (http, station) =>
    {
        var (filters, fault) = AlertView.MatchersOf(http.Request.Query["filter"]);
        if (fault is not null)
        {
            await AlertView.Refuse(http, station, new(400, fault));
            return;
        }
        var silences = await SilenceForm.All(station, http.RequestAborted);
        await AlertView.Answer(http, 200, json =>
        {
            json.WriteStartArray();
            foreach (var (form, state) in silences)
            {
                if (filters.All(filter => form.Matchers.Any(matcher => matcher.Name == filter.Name && filter.Takes(matcher.Value)))) form.Write(json, state);
            }
            json.WriteEndArray();
        });
    });
}
