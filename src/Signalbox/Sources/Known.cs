using System.Buffers;

namespace Signalbox;

/// <summary>Lists of what an event really says: what is absent, empty or a mere placeholder is left out.</summary>
internal static class Known
{
    private static readonly SearchValues<char> EndOfAddress = SearchValues.Create(" \t\r\n<>\"'`|");

    /// <summary>Facts with a value, in their order, at most eight.</summary>
    public static ValueList<Fact> Facts(params ReadOnlySpan<(string Name, string? Value)> facts)
    {
        Span<bool> known = stackalloc bool[facts.Length];
        var count = 0;
        for (var at = 0; at < facts.Length && count < 8; at++)
        {
            if (!string.IsNullOrWhiteSpace(facts[at].Value) && facts[at].Value is not "null")
            {
                known[at] = true;
                count++;
            }
        }
        var list = new Fact[count];
        for (int at = 0, to = 0; to < count; at++)
        {
            if (known[at]) list[to++] = new(facts[at].Name, facts[at].Value!.Trim());
        }
        return ValueList.Of(list);
    }

    /// <summary>What was told, with the whole name of a place whose title has no room for it.</summary>
    public static Parsed Placed(Parsed parsed, string name, string? place)
    {
        if (parsed is not Parsed.Told told || place is null) return parsed;
        var placed = new List<Notice>();
        foreach (var notice in told.Notices) placed.Add(IsPlaced(notice, place) ? notice : notice with { Facts = With(notice.Facts, new(name, place)) });
        return new Parsed.Told([.. placed]);
    }

    /// <summary>Links that lead somewhere, in their order.</summary>
    public static ValueList<Link> Links(params ReadOnlySpan<Link?> links)
    {
        var count = 0;
        foreach (var link in links)
        {
            if (link is not null) count++;
        }
        if (count == 0) return [];
        var list = new Link[count];
        count = 0;
        foreach (var link in links)
        {
            if (link is { } known) list[count++] = known;
        }
        return ValueList.Of(list);
    }

    /// <summary>A link to an address that an event carries; null unless it is one of the web without a login in it.</summary>
    public static Link? Page(string text, string? url) =>
        url is { Length: <= 2000 } && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            && address.UserInfo.Length == 0 && address.Host.Length > 0
            ? new(text, address.AbsoluteUri)
            : null;

    /// <summary>The first address that people wrote into a description: mostly the runbook. The button says where it leads.</summary>
    public static Link? PageIn(string? text)
    {
        if (text is null || text.IndexOf("https://", StringComparison.Ordinal) is not (var at and >= 0)) return null;
        var rest = text.AsSpan(at);
        var end = rest.IndexOfAny(EndOfAddress);
        var url = (end < 0 ? rest : rest[..end]).TrimEnd(".,;:!?)]}").ToString();
        return url.Length <= 2000 && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length == 0 && address.Host.Length > 0
            ? new($"Open {Cut.Line(address.Host, 60)}", address.AbsoluteUri)
            : null;
    }

    private static bool IsPlaced(Notice notice, string place)
    {
        if (notice.Subject != place || notice.Title.Contains(place, StringComparison.Ordinal)) return true;
        foreach (var fact in notice.Facts)
        {
            if (fact.Value == place) return true;
        }
        return false;
    }

    /// <summary>One fact before the others, still at most eight.</summary>
    private static ValueList<Fact> With(ValueList<Fact> facts, Fact first)
    {
        var list = new List<Fact> { first };
        foreach (var fact in facts)
        {
            if (list.Count < 8) list.Add(fact);
        }
        return [.. list];
    }

    /// <summary>The tags of an object whose members are tags.</summary>
    public static ValueList<Tag> Tags(Json tags)
    {
        if (!tags.IsObject || tags.Count == 0) return [];
        var list = new Tag[tags.Count];
        var count = 0;
        foreach (var (name, value) in tags.Members) list[count++] = new(name.Text!, value.AsWritten);
        return ValueList.Of(list);
    }
}
