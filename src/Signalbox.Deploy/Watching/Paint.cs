namespace Signalbox.Deploy;

/// <summary>How something is said on a terminal; without one all are the same.</summary>
public enum Tone
{
    /// <summary>As text is.</summary>
    Plain,

    /// <summary>Beside the point: grey.</summary>
    Quiet,

    /// <summary>Well: green.</summary>
    Good,

    /// <summary>Doubtful: yellow.</summary>
    Doubtful,

    /// <summary>Wrong: red.</summary>
    Bad,

    /// <summary>A name that the eye looks for: bold.</summary>
    Strong,
}

/// <summary>Part of a line.</summary>
/// <param name="Tone">How it is said.</param>
/// <param name="Text">What; no control characters.</param>
public readonly record struct Paint(Tone Tone, string Text)
{
    /// <summary>Text as it is.</summary>
    public static implicit operator Paint(string text) => new(Tone.Plain, text);

    /// <summary>A line without colours.</summary>
    public static string Plain(ValueList<Paint> line) => string.Concat(line.Select(part => part.Text)).TrimEnd();

    /// <summary>A text of others in which nothing moves the cursor or rings the bell.</summary>
    public static string Safe(string text) => text.Any(Moves) ? string.Concat(text.Select(unit => Moves(unit) ? '�' : unit)) : text;

    private static bool Moves(char unit) => char.IsControl(unit) && unit is not '\t';
}
