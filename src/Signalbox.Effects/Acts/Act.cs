namespace Signalbox.Effects;

/// <summary>What somebody asks Signalbox to do, in a room of a chat or in the browser: one verb, one file and one row.</summary>
/// <param name="Name">The word that it begins with.</param>
/// <param name="Usage">How it is written.</param>
/// <param name="About">What it does, in a few words.</param>
/// <param name="Changes">True when it changes something, and so needs somebody who may.</param>
/// <param name="Do">Does it; gets what stands behind the word. Answers in plain words.</param>
public sealed record Act(string Name, string Usage, string About, bool Changes, Func<Asked, string, CancellationToken, Task<string>> Do);

/// <summary>Something that somebody asks for.</summary>
/// <param name="Text">What they typed: "ack payments-db".</param>
/// <param name="By">Who, as others know them.</param>
/// <param name="Engine">Does it.</param>
/// <param name="Settings">The settings in force.</param>
/// <param name="World">The clock and the zones.</param>
/// <param name="Store">What is open and what was said.</param>
public sealed record Asked(string Text, string By, Engine Engine, Settings Settings, World World, Store Store)
{
    /// <summary>The room in which they are; null for none.</summary>
    public string? Room { get; init; }

    /// <summary>The thread of the message that they answer; null for none.</summary>
    public string? Thread { get; init; }

    /// <summary>Their time zone; UTC when nobody knows.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>What they may do, in the words of whoever let them in; empty when nobody asks for roles.</summary>
    public string Role { get; init; } = "";

    /// <summary>Where they are: an address, or the name of a chat; empty when nobody knows.</summary>
    public string From { get; init; } = "";

    /// <summary>False for somebody who may look and not touch.</summary>
    public bool MayChange { get; init; } = true;
}

/// <summary>Everything that can be asked for.</summary>
public static class Acts
{
    /// <summary>The rows, in the order of help.</summary>
    public static readonly ValueList<Act> All = [Ack.Row, Hush.Row, Unhush.Row, Hushes.Row, Standing.Row, Who.Row, Usage.Row];

    /// <summary>The longest text that is looked at.</summary>
    public const int MostText = 2_000;

    /// <summary>Does what somebody asks for, and answers in plain words. What changed something is in history, with who asked for it.</summary>
    public static async Task<string> Do(Asked asked, CancellationToken stop)
    {
        var text = Cut.OneLine(asked.Text.Length > MostText ? asked.Text[..MostText] : asked.Text).Trim();
        var end = text.IndexOf(' ', StringComparison.Ordinal);
        var (word, rest) = end < 0 ? (text, "") : (text[..end], text[end..].Trim());
        if (Named(word) is not { } act) return Unknown(word);
        if (act.Changes && !asked.MayChange) return $"You may look but not change anything, so {act.Name} is not for you: ask for the role of a responder.";
        var answer = await act.Do(asked, rest, stop);
        if (act.Changes)
        {
            var (place, now) = (new Place(asked.Room ?? "", asked.Thread ?? ""), asked.World.Now());
            var doer = new Doer(asked.By, asked.Role, asked.From);
            await asked.Store.Commit(new() { At = now, History = [doer.Did(text, place, answer, now)] }, stop);
        }
        return answer;
    }

    private static Act? Named(string word) => All.FirstOrDefault(act => string.Equals(act.Name, word, StringComparison.OrdinalIgnoreCase));

    private static string Unknown(string word)
    {
        ValueList<string> names = [.. All.Select(act => act.Name)];
        var hint = Nearest.Hint(word.ToLowerInvariant(), names) is { } near ? $" {near}" : "";
        return word.Length is 0 ? $"Say what to do: {string.Join(", ", names)}." : $"There is no \"{word}\": expected {Sentence.Or(names)}.{hint}";
    }
}
