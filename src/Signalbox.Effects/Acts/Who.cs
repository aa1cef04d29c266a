namespace Signalbox.Effects;

/// <summary>Who is in charge of something.</summary>
internal static class Who
{
    public static readonly Act Row = new("who", "who owns NAME", "tell who is in charge of a thing, and why", Changes: false, Do);

    private static async Task<string> Do(Asked asked, string text, CancellationToken stop)
    {
        var name = text.StartsWith("owns ", StringComparison.OrdinalIgnoreCase) ? text["owns ".Length..].Trim() : text;
        if (name.Length is 0 && asked.Thread is { } thread) name = thread;
        if (name.Length is 0) return "Say of what: who owns payments-db";
        var arn = Arn.Read(name);
        var known = await asked.Engine.Find(name, stop);
        // What is open has the tags that its event brought; of anything else only its name is known, and what the settings and the world say.
        var notice = known.Count > 0 ? known[0].State.Notice : new Notice
        {
            Source = arn?.Service ?? "",
            Kind = "",
            Severity = Severity.Info,
            Status = Status.Stated,
            Title = name,
            Subject = arn?.Name ?? name,
            Arn = arn is null ? null : name,
            Account = arn?.Account,
            Region = arn?.Region,
        };
        var envelope = new Envelope { Id = "who", Transport = "bare" };
        var answers = await asked.World.FindOut(new(envelope, notice.Source, "", Outcome.Told, "", [notice]), asked.Settings, stop);
        var owned = Pipeline.Own(notice, envelope, answers, asked.Settings);
        var why = owned.Because.Length > 0 ? $" ({owned.Because})" : "";
        if (owned.Owner is not { } owner)
        {
            return owned.Notice.Owners.Count > 0
                ? $"{string.Join(", ", owned.Notice.Owners)}: the event names them."
                : $"Nobody is in charge of {Cut.OneLine(name)} as far as the settings say{(known.Count > 0 ? "" : "; its tags are not known here")}.";
        }
        var rooms = owner.Rooms.Count > 0 ? $", in {string.Join(", ", owner.Rooms.Select(room => room.Name))}" : "";
        return $"{owner.Name} is in charge of {Cut.OneLine(name)}{why}{rooms}.";
    }
}
