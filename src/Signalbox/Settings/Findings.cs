namespace Signalbox;

/// <summary>What checking has found so far, and what the checks must know of the rest of the file.</summary>
/// <param name="Rooms">Every room with its chat, to check names against.</param>
/// <param name="Accounts">Names that a <c>when</c> may use.</param>
/// <param name="Defaults">What <c>defaults</c> says.</param>
internal sealed record Findings(ValueList<(string Name, Chat? Chat)> Rooms, ValueList<Account> Accounts, Tree? Defaults)
{
    /// <summary>Everything found, in the order of finding.</summary>
    public List<Problem> Problems { get; } = [];

    /// <summary>Texts that no message may show.</summary>
    public HashSet<string> Secrets { get; } = [];

    /// <summary>Something other than what was expected.</summary>
    public void Expected(string expected, Tree found, string? help = null, string? shown = null) =>
        Says(found, Sentence.Of(expected, shown ?? found.Shown, help));

    /// <summary>Something in words of its own.</summary>
    public void Says(Tree at, string says, bool isWarning = false) =>
        Problems.Add(new(at.At, says) { Length = LengthOf(at), IsWarning = isWarning });

    /// <summary>Something about a place inside a text.</summary>
    public void Inside(Tree.Scalar scalar, WhenFault fault) =>
        Problems.Add(new(scalar.At, fault.Says) { Inside = scalar, Offset = fault.At, Length = fault.Length });

    private static int LengthOf(Tree at) =>
        at is Tree.Scalar { IsNull: false } scalar && !scalar.Text.Contains('\n') ? scalar.Text.Length + (scalar.Quoted ? 2 : 0) : 1;
}
