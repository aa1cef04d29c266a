namespace Signalbox.Effects;

/// <summary>A silence ends early.</summary>
internal static class Unhush
{
    public static readonly Act Row = new("unsilence", "unsilence ID", "end a silence; what it held back and is still raised is told", Changes: true, Do);

    private static async Task<string> Do(Asked asked, string id, CancellationToken stop)
    {
        if (await asked.Engine.EndSilence(id, stop)) return $"Silence {id} is over.";
        return asked.Settings.Conduct.Silences.Any(silence => silence.Id == id)
            ? $"Silence {id} stands in the settings: take it out there."
            : $"There is no silence \"{id}\": silences lists them.";
    }
}
