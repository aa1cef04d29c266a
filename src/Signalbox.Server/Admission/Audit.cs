namespace Signalbox.Server.Admission;

/// <summary>What people did: a line of history, which /audit shows, and a line of the log.</summary>
internal static class Audit
{
    /// <summary>Notes an act, whatever became of the request in which it came.</summary>
    /// <param name="station">Where it is noted.</param>
    /// <param name="person">Who.</param>
    /// <param name="what">What they did, in a few words without any secret: "redrive all".</param>
    /// <param name="place">The conversation that it was about; empty texts for none.</param>
    /// <param name="outcome">What became of it: "done", "there is no such thread".</param>
    public static async Task Note(Station station, Person person, string what, Place place, string outcome)
    {
        var now = station.Now.World.Now();
        var doer = new Doer(person.Name, People.Word(person.Role), person.From);
        Log(station, person, what, place, outcome);
        await station.Store.Commit(new() { At = now, History = [doer.Did(what, place, outcome, now)] }, CancellationToken.None);
    }

    /// <summary>The line of the log alone, for an act that has its line of history already.</summary>
    public static void Log(Station station, Person person, string what, Place place, string outcome) => station.Journal.Says("act",
        ("by", person.Name), ("act", Cut.Line(what, 500)), ("room", place.Room), ("thread", place.Thread),
        ("from", person.From), ("outcome", Cut.Line(outcome, 500)));
}
