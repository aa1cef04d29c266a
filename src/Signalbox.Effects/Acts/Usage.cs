namespace Signalbox.Effects;

/// <summary>What can be asked for.</summary>
internal static class Usage
{
    public static readonly Act Row = new("help", "help", "show this", Changes: false, (_, _, _) => Task.FromResult(
        string.Join('\n', Acts.All.Select(act => $"• {act.Usage}: {act.About}"))));
}
