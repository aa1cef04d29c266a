namespace Signalbox.Deploy;

/// <summary>What became of a check.</summary>
public enum Mark
{
    /// <summary>As it has to be.</summary>
    Well,

    /// <summary>It works, or it could not be asked: somebody should know.</summary>
    Doubtful,

    /// <summary>It does not work.</summary>
    Wrong,
}

/// <summary>What a check found.</summary>
/// <param name="Mark">How bad it is.</param>
/// <param name="Check">What was looked at: "queue".</param>
/// <param name="Found">What was found, in words without a secret.</param>
/// <param name="Mend">What to do about it; empty when there is nothing to be done.</param>
public sealed record Finding(Mark Mark, string Check, string Found, string Mend = "")
{
    /// <summary>As it has to be.</summary>
    public static Finding Well(string check, string found) => new(Mark.Well, check, found);

    /// <summary>Somebody should know.</summary>
    public static Finding Doubtful(string check, string found, string mend = "") => new(Mark.Doubtful, check, found, mend);

    /// <summary>It does not work.</summary>
    public static Finding Wrong(string check, string found, string mend) => new(Mark.Wrong, check, found, mend);

    /// <summary>One line: ✓, ✗ or !, what was looked at, what was found, and how to mend it.</summary>
    public ValueList<Paint> Line
    {
        get
        {
            var (tone, sign) = Mark switch { Mark.Well => (Tone.Good, "✓"), Mark.Doubtful => (Tone.Doubtful, "!"), _ => (Tone.Bad, "✗") };
            var mend = Mend.Length > 0 ? $"  {Paint.Safe(Cut.OneLine(Mend))}" : "";
            return [new(tone, sign), $" {Check.PadRight(Math.Max(14, Check.Length + 2))}", Paint.Safe(Cut.OneLine(Found)), new(Tone.Quiet, mend)];
        }
    }
}
