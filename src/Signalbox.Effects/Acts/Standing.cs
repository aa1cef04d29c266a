namespace Signalbox.Effects;

/// <summary>How things stand.</summary>
internal static class Standing
{
    public static readonly Act Row = new("status", "status [NAME]", "list what is open here, or tell how one thing stands", Changes: false, Do);

    private static async Task<string> Do(Asked asked, string name, CancellationToken stop)
    {
        if (name.Length is 0)
        {
            var open = await asked.Engine.OpenIn(asked.Room, stop);
            return open.Count > 0 ? Titles.Of(open, asked) : asked.Room is null ? "Nothing is open." : "Nothing is open in this room.";
        }
        var found = await asked.Engine.Find(name, stop);
        if (found.Count is 0) return $"Nothing open has one name like \"{name}\".";
        var state = found[0].State;
        var rooms = string.Join(", ", found.Select(each => each.Place.Room));
        var summary = state.Notice.Summary is { Length: > 0 } says ? $"\n{Cut.Line(says, 400)}" : "";
        var failure = state.Failure is { } fault ? $"\nFirst to fail: {fault.Name}: {Cut.Line(fault.Value, 300)}" : "";
        var owners = state.Notice.Owners.Count > 0 ? $"\nIn charge: {string.Join(", ", state.Notice.Owners)}" : "";
        return $"{Titles.Of([found[0]], asked)}{summary}{failure}{owners}\nTold in: {rooms}";
    }
}
