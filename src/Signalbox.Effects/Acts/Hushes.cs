namespace Signalbox.Effects;

/// <summary>What is silenced.</summary>
internal static class Hushes
{
    public static readonly Act Row = new("silences", "silences", "list what is held back, until when and by whom", Changes: false, Do);

    private static async Task<string> Do(Asked asked, string rest, CancellationToken stop)
    {
        var moment = asked.World.Moment;
        var lines = (await asked.Engine.Silences(stop)).Where(silence => silence.Until is not { } end || end > moment.Now).Select(silence =>
        {
            var hours = silence.Hours is { } week ? $", {week.Text}" : "";
            var why = silence.Comment.Length > 0 ? $": {silence.Comment}" : "";
            var when = $"{(silence.Holds(moment) ? "holds" : "waits")} until {Hush.Shown(silence.Until, asked)}{hours}";
            return $"• {silence.Id} {when}: {silence.Text} (by {silence.By}{why})";
        }).ToList();
        return lines.Count is 0 ? "Nothing is silenced." : string.Join('\n', lines);
    }
}
