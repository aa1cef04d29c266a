using System.Buffers;

namespace Signalbox;

/// <summary>The parts of a card as texts of one chat: clean, escaped and cut. Nothing of it is empty, and no line breaks where none may be.</summary>
/// <param name="Card">The card.</param>
/// <param name="Escape">How the chat's texts are escaped.</param>
/// <param name="Room">How many characters the summary may take; values get a quarter of it.</param>
internal readonly record struct CardParts(Card Card, Func<string, string> Escape, int Room)
{
    private const int MostFacts = 16;
    private const int MostLinks = 5;
    private static readonly SearchValues<char> OfAddresses =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    /// <summary>The title without its mark.</summary>
    public string Title(int limit = 250) =>
        Escaping.Fit(Cut.Line(Card.Notice.Title, 250) is { Length: > 0 } words ? words : "(no title)", limit, Escape);

    /// <summary>The summary, lines kept; null when there is none.</summary>
    public string? Summary => SummaryAs(Escape);

    /// <summary>The facts, most telling first.</summary>
    public IEnumerable<Fact> Facts => FactsAs(Escape);

    /// <summary>The facts, their values escaped in a way of their own.</summary>
    public IEnumerable<Fact> FactsAs(Func<string, string> escape)
    {
        var (own, room) = (Escape, int.Max(8, Room / 4));
        return from fact in Card.Notice.Facts.Take(MostFacts)
               let name = Cut.Line(fact.Name, 60)
               let value = Cut.Readable(fact.Value).Trim()
               select new Fact(
                   name.Length == 0 ? "—" : Escaping.Fit(name, 120, own),
                   value.Length == 0 ? "—" : Escaping.Fit(value, room, escape));
    }

    /// <summary>The facts as members of an object: of several with one name the first. Broken characters count as the one that stands for them all.</summary>
    public IEnumerable<Fact> Members => Facts.DistinctBy(fact => string.Concat(fact.Name.EnumerateRunes()));

    /// <summary>The pages, as far as they are http or https and not longer than the room; texts are escaped, addresses written as addresses are.</summary>
    public IEnumerable<Link> Links
    {
        get
        {
            var (own, longest) = (Escape, int.Min(2000, Room));
            return (from link in Card.Notice.Links
                    where link.Url.Length <= longest && IsPage(link.Url)
                    let url = Address(link.Url)
                    where url.Length <= longest
                    select new Link(Cut.Line(link.Text, 60) is { Length: > 0 } text ? Escaping.Fit(text, 90, own) : "Open", url)).Take(MostLinks);
        }
    }

    /// <summary>The series as a line; empty when there is none.</summary>
    public string Spark => Card.Spark.Length > 0 ? Escaping.Fit(Cut.Line(Card.Spark, 150), 300, Escape) : "";

    /// <summary>Where, and by whom.</summary>
    public string Where => Escaping.Fit(
        Cut.Line(Card.Notice.Actor is { Length: > 0 } actor ? $"{Cut.Line(Card.Where, 300)} · by {Cut.Line(actor, 100)}" : Card.Where, 400), 500, Escape);

    /// <summary>Where, by whom, and when in UTC.</summary>
    public string Foot => Card.When.Length > 0 ? $"{Where} · {Card.When}" : Where;

    /// <summary>The summary, escaped in a way of its own.</summary>
    public string? SummaryAs(Func<string, string> escape) =>
        Card.Notice.Summary is { } summary && Cut.Readable(summary).Trim() is { Length: > 0 } text ? Escaping.Fit(text, Room, escape) : null;

    /// <summary>A value this short can stand beside another.</summary>
    public static bool IsNarrow(Fact fact) => fact.Value.Length <= 60 && !fact.Value.Contains('\n');

    /// <summary>An address as addresses are written; one that is written so already is left alone.</summary>
    public static string Address(string url) => url.AsSpan().ContainsAnyExcept(OfAddresses) ? new Uri(url).AbsoluteUri : url;

    /// <summary>True for an http or https address without anything that misleads.</summary>
    public static bool IsPage(string url) =>
        !url.Contains(' ') && Cut.OneLine(url) == url && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
