namespace Signalbox;

/// <summary>What is worth showing of an event that nobody described to us.</summary>
internal static class AsItCameFacts
{
    /// <summary>At most eight: states and resources first; what the rest of the message says already is left out.</summary>
    public static ValueList<Fact> Of(List<Scalar> scalars, ReadOnlySpan<string?> said)
    {
        var facts = new List<Fact>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var ranks = new int[scalars.Count];
        for (var at = 0; at < ranks.Length; at++) ranks[at] = (Rank(scalars[at]) << 16) + at;
        Array.Sort(ranks);
        foreach (var rank in ranks)
        {
            if (facts.Count == 8) break;
            var scalar = scalars[rank & 0xFFFF];
            if (said.Contains(scalar.Value) || Array.IndexOf(Telling.Pages, scalar.Plain) >= 0 || IsHeader(scalar)) continue;
            var label = LabelOf(scalar);
            if (said[1] == $"{label}: {scalar.Value}") continue;
            if (!names.Add(label))
            {
                label = Telling.Label($"{scalar.Parent} {scalar.Name}");
                if (scalar.Parent.Length == 0 || !names.Add(label)) continue;
            }
            facts.Add(new(label, Shown(scalar)));
        }
        return [.. facts];
    }

    /// <summary>The values of a form that a web page sent: "subject=Contact+form&amp;name=Tim"; none for any other text.</summary>
    public static ValueList<Fact> OfForm(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal) || !text.Contains('&', StringComparison.Ordinal) || text.AsSpan().ContainsAny(" \n\t<{")) return [];
        var facts = new List<Fact>();
        foreach (var pair in text.Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) return [];
            var name = Plain(pair[..equals]);
            var scalar = new Scalar(name, Telling.Plain(name), "", Plain(pair[(equals + 1)..]), 0);
            if (facts.Count < 8 && scalar.Value.Length > 0) facts.Add(new(Telling.Label(name), Shown(scalar)));
        }
        return [.. facts];
    }

    /// <summary>What a person calls a resource: of an ARN the last part that is no UUID ("orders" of "cluster/orders/4d5fc12e-…"); else itself.</summary>
    public static string? NameOf(string? resource)
    {
        if (Arn.Read(resource) is not { Name: { Length: > 0 } last } arn) return resource;
        var parts = arn.Resource.Split(['/', ':'], StringSplitOptions.RemoveEmptyEntries);
        for (var at = parts.Length - 1; at > 0; at--)
        {
            if (!IsBareId(parts[at])) return parts[at];
        }
        return last;
    }

    /// <summary>A UUID behind a name only tells generations of one thing apart.</summary>
    private static bool IsBareId(string part) =>
        part.Length >= 36 && part[8] is '-' && part[13] is '-' && part.All(unit => char.IsAsciiHexDigit(unit) || unit is '-');

    /// <summary>A value as people read it: no secret, an ARN by its name, a time by the minute.</summary>
    public static string Shown(Scalar scalar)
    {
        if (Telling.IsSecret(scalar)) return "(not shown)";
        if (Arn.Read(scalar.Value) is not null) return Cut.Line(NameOf(scalar.Value)!, 200);
        return LooksLikeTime(scalar.Value) && Instants.Read(scalar.Value) is { } at ? Phrase.At(at) : Cut.Line(scalar.Value, 200);
    }

    /// <summary>States and resources first, then what is near the top; long values and bare ids last.</summary>
    private static int Rank(Scalar scalar)
    {
        if (scalar.Depth <= 1)
        {
            if (Array.IndexOf(Telling.States, scalar.Plain) >= 0 || Array.IndexOf(Telling.Severities, scalar.Plain) >= 0) return 0;
            if (Array.IndexOf(Telling.Resources, scalar.Plain) >= 0) return 1;
        }
        return 2 + scalar.Depth + (scalar.Value.Length > 120 ? 4 : 0)
            + (scalar.Plain is "id" or "version" or "requestid" or "eventid" or "uuid" or "schemaversion" || scalar.Value is "null" ? 3 : 0);
    }

    /// <summary>Accounts, regions and the time of the event stand at the foot of every message.</summary>
    private static bool IsHeader(Scalar scalar) => scalar.Depth == 0
        && (scalar.Plain is "time" or "timestamp" or "eventtime"
            || Array.IndexOf(Telling.Accounts, scalar.Plain) >= 0 || Array.IndexOf(Telling.Regions, scalar.Plain) >= 0);

    /// <summary>"clusterArn" is a cluster, now that its name is shown.</summary>
    private static string LabelOf(Scalar scalar)
    {
        var label = Telling.Label(scalar.Name);
        return label.Length > 4 && label.EndsWith(" arn", StringComparison.OrdinalIgnoreCase) && Arn.Read(scalar.Value) is not null ? label[..^4] : label;
    }

    private static bool LooksLikeTime(string value) => value.Length >= 19 && value[4] is '-' && value[7] is '-' && value[10] is 'T' or ' ';

    private static string Plain(string encoded) => Uri.UnescapeDataString(encoded.Replace('+', ' '));
}
