using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Deploy;

/// <summary>A published version.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="State">What it is, as <see cref="Of"/> says: equal for versions that do the same.</param>
public sealed record FunctionVersion(int Number, string State)
{
    /// <summary>The state of a version: a hash, because its environment may hold secrets.</summary>
    /// <param name="function">Its configuration.</param>
    /// <param name="code">Its code.</param>
    public static string Of(Piece function, Piece code)
    {
        var text = string.Join('\n', from trait in (Trait[])[.. function.Traits, .. code.Traits] orderby trait.Name select $"{trait.Name}={trait.Value}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    /// <summary>The version that an alias goes back to: the last one before the one that it names; null for none.</summary>
    public static int? Before(ValueList<int> numbers, int live) => numbers.Where(number => number < live).Select(number => (int?)number).Max();

    /// <summary>The versions that go: those that no alias names, but for the newest few.</summary>
    /// <param name="numbers">All there are.</param>
    /// <param name="named">Those that an alias names, when everything else is done.</param>
    /// <param name="kept">How many stay besides.</param>
    public static ValueList<int> Old(ValueList<int> numbers, ValueList<int> named, int kept) =>
        [.. numbers.Except(named).OrderDescending().Skip(Math.Max(0, kept)).Order()];

    internal string Text => Number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>An alias that was found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version that it names.</param>
/// <param name="Others">Versions that it sends some calls to besides.</param>
public sealed record FunctionAlias(string Name, int Version, ValueList<int> Others);

/// <summary>What was found of a function in AWS.</summary>
/// <param name="Pieces">The things.</param>
/// <param name="Versions">Published versions, the oldest first.</param>
/// <param name="Aliases">Its aliases.</param>
public sealed record Found(ValueList<Piece> Pieces, ValueList<FunctionVersion> Versions, ValueList<FunctionAlias> Aliases)
{
    /// <summary>Nothing.</summary>
    public static readonly Found Nothing = new([], [], []);

    /// <summary>The newest published version; null when there is none.</summary>
    public FunctionVersion? Last => Versions.Count > 0 ? Versions[^1] : null;

    /// <summary>A thing; null when there is none.</summary>
    public Piece? this[PieceKind kind, string name] => Pieces.FirstOrDefault(piece => piece.Kind == kind && piece.Name == name);
}
