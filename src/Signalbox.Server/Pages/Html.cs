using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Signalbox.Server.Pages;

/// <summary>A piece of HTML. Whatever goes into one as text is escaped; only another piece goes in as it is.</summary>
/// <param name="Text">The markup.</param>
internal readonly record struct Html(string Text)
{
    /// <summary>Nothing.</summary>
    public static readonly Html None = new("");

    /// <summary>A piece from a template: <c>Html.Of($"&lt;b&gt;{name}&lt;/b&gt;")</c>.</summary>
    public static Html Of(ref HtmlTemplate template) => new(template.ToString());

    /// <summary>Pieces one after the other.</summary>
    public static Html All(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Text)));

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>Puts values into markup: texts escaped for elements and quoted attributes, numbers plainly, pieces as they are.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlTemplate
{
    private readonly StringBuilder text;

    public HtmlTemplate(int literalLength, int formattedCount) => text = new(literalLength + 16 * formattedCount);

    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted(Html piece) => text.Append(piece.Text);

    public void AppendFormatted(IEnumerable<Html> pieces)
    {
        foreach (var piece in pieces) text.Append(piece.Text);
    }

    public void AppendFormatted(string? value) => text.Append(WebUtility.HtmlEncode(value));

    public void AppendFormatted(int value) => text.Append(value.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(double value) => text.Append(value.ToString("0.###", CultureInfo.InvariantCulture));

    public override string ToString() => text.ToString();
}
