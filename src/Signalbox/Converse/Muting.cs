namespace Signalbox;

/// <summary>Things that keep other things quiet while they are raised: a composite alarm its children, a failed database its clients.</summary>
public static class Muting
{
    /// <summary>The keys of the memos that a notice may change as a cause, or that may keep it quiet.</summary>
    public static ValueList<string> Keys(Notice notice, Conduct conduct)
    {
        if (conduct.Mutes.Count is 0) return [];
        return
        [
            .. from number in Enumerable.Range(0, conduct.Mutes.Count)
               let mute = conduct.Mutes[number]
               where notice.Status is Status.Cleared || mute.While.Holds(notice) || mute.When.Holds(notice)
               select KeyOf(number, mute, notice),
        ];
    }

    /// <summary>What keeps a notice quiet; null for nothing. Nothing is kept quiet by itself.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="conduct">The mutes.</param>
    /// <param name="known">The memos of <see cref="Keys"/>.</param>
    public static (Hold Hold, string Key)? Of(Notice notice, Conduct conduct, Func<string, Memo?> known)
    {
        for (var number = 0; number < conduct.Mutes.Count; number++)
        {
            var mute = conduct.Mutes[number];
            if (!mute.When.Holds(notice)) continue;
            var key = KeyOf(number, mute, notice);
            foreach (var cause in known(key)?.Causes ?? [])
            {
                if (cause.Thread != notice.Thread) return (new($"a mute while \"{cause.Title}\"", null), key);
            }
        }
        return null;
    }

    /// <summary>The memos that a notice changes as a cause: it is in them while it is raised.</summary>
    public static ValueList<Remembered> Learned(Notice notice, Conduct conduct, Func<string, Memo?> known)
    {
        if (notice.Thread is not { } thread || notice.Status is not (Status.Raised or Status.Cleared)) return [];
        var learned = new List<Remembered>();
        for (var number = 0; number < conduct.Mutes.Count; number++)
        {
            var mute = conduct.Mutes[number];
            // What clears it may be of another severity and status than the cause was: its thread tells that it is over.
            if (notice.Status is Status.Raised && !mute.While.Holds(notice)) continue;
            var key = KeyOf(number, mute, notice);
            var memo = known(key) ?? Memo.Empty;
            var others = memo.Causes.Where(cause => cause.Thread != thread).ToValueList();
            ValueList<Cause> causes = notice.Status is Status.Raised ? [.. others, new(thread, Cut.Line(notice.Title, 80))] : others;
            if (causes != memo.Causes) learned.Add(new(key, memo with { Causes = causes }));
        }
        return [.. learned];
    }

    private static string KeyOf(int number, Mute mute, Notice notice) =>
        $"mute/{number}/{string.Join('/', mute.Same.Select(field => string.Join(',', Groups.Values(notice, field))))}";
}
