using System.Buffers;

namespace Signalbox;

/// <summary>What is worth showing of an event that nobody described to us.</summary>
internal static class AsItCameFacts
{
    private static readonly SearchValues<char> Numbers = SearchValues.Create("0123456789./:");
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF-");

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
            if (said.Contains(scalar.Value) || IsWithin(scalar.Value, said[1]) || Telling.IsPage(scalar) || IsHeader(scalar)) continue;
            if (facts.Count > 0 && IsForMachines(scalar)) continue;
            if (Telling.IsOfThePast(scalar) && Telling.IsSentence(scalar)) continue;
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

    /// <summary>What a person calls a resource: of an ARN the last part that is a name ("orders" of "cluster/orders/4d5fc12e-…"), with the numbers behind it
    /// ("base-ami/1.0.3/1"); else itself.</summary>
    public static string? NameOf(string? resource)
    {
        if (Arn.Read(resource) is not { Name: { Length: > 0 } last } arn) return resource;
        var text = arn.Resource;
        string? unnamed = null;
        for (int start, end = text.Length; (start = text.AsSpan(0, end).LastIndexOfAny('/', ':') + 1) > 0; end = start - 1)
        {
            var part = text.AsSpan(start..end);
            if (part.IsEmpty || IsBareId(part)) continue;
            if (part.ContainsAnyInRange('a', 'z') || part.ContainsAnyInRange('A', 'Z'))
                return text.AsSpan(end).ContainsAnyExcept(Numbers) ? part.ToString() : text[start..].TrimEnd('/', ':');
            unnamed ??= part.ToString();
        }
        return unnamed ?? last;
    }

    /// <summary>True for what a machine made up and nobody reads: "EXPhjAXCGY78HV2a4A", "i-0123456789abcdef0", "1234567".</summary>
    public static bool IsOpaque(string name)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        if (IsBareId(name) || (dash is > 0 and < 10 && IsHex(name.AsSpan(dash + 1), 8))) return true;
        return name.AsSpan().ContainsAnyInRange('0', '9') && (name.Length >= 6 || !name.Any(char.IsLetter)) && name.All(char.IsAsciiLetterOrDigit);
    }

    /// <summary>A UUID or a hash behind a name only tells generations of one thing apart.</summary>
    private static bool IsBareId(ReadOnlySpan<char> part) => IsHex(part, 16) || (part.Length >= 36 && part[8] is '-' && part[13] is '-' && IsHex(part, 36));

    /// <summary>So many hexadecimal digits at least, and dashes.</summary>
    private static bool IsHex(ReadOnlySpan<char> text, int least) =>
        text.Length >= least && text.ContainsAnyInRange('0', '9') && !text.ContainsAnyExcept(Hex);

    /// <summary>A value as people read it: no secret, an ARN by its name, a time by the minute.</summary>
    public static string Shown(Scalar scalar)
    {
        if (Telling.IsSecret(scalar)) return "(not shown)";
        if (Arn.Read(scalar.Value) is not null) return Cut.Line(NameOf(scalar.Value)!, 200);
        return (LooksLikeTime(scalar.Value) || IsEpoch(scalar)) && Instants.Read(scalar.Value) is { } at ? Phrase.At(at) : Cut.Line(scalar.Value, 200);
    }

    /// <summary>States and resources first, then what is near the top; long values and bare ids last.</summary>
    private static int Rank(Scalar scalar)
    {
        if (scalar.Depth <= 1)
        {
            if (Array.IndexOf(Telling.States, scalar.Plain) >= 0 || Array.IndexOf(Telling.Severities, scalar.Plain) >= 0) return 0;
            if (Array.IndexOf(Telling.Resources, scalar.Plain) >= 0) return 1;
        }
        return 2 + scalar.Depth + (Telling.IsOfThePast(scalar) ? 4 : 0)
            + (scalar.Plain.EndsWith("id", StringComparison.Ordinal) && IsOpaque(scalar.Value) ? 2 : 0) + (scalar.Value.Length > 120 ? 4 : 0)
            + (scalar.Plain is "id" or "version" or "requestid" or "eventid" or "uuid" or "schemaversion" || scalar.Value is "null" ? 3 : 0);
    }

    /// <summary>Accounts, regions and the time of the event stand at the foot of every message.</summary>
    private static bool IsHeader(Scalar scalar) => scalar.Depth == 0
        && (scalar.Plain is "time" or "timestamp" or "eventtime"
            || Array.IndexOf(Telling.Accounts, scalar.Plain) >= 0 || Array.IndexOf(Telling.Regions, scalar.Plain) >= 0);

    /// <summary>True for words of the title.</summary>
    private static bool IsWithin(string value, string? title) => value.Length > 7 && title?.Contains(value, StringComparison.Ordinal) is true;

    /// <summary>What tells messages and formats apart, and nobody anything.</summary>
    private static bool IsForMachines(Scalar scalar) => scalar.Plain
        is "uuid" or "etag" or "requestid" or "sessionid" or "transactionid" or "schemaversion" or "eventversion" or "messageversion" or "nonce" or "checksum"
        || (scalar.Plain is "version" && scalar.Value is "0");

    /// <summary>"clusterArn" is a cluster, now that its name is shown; the state of before stands beside the one of now.</summary>
    private static string LabelOf(Scalar scalar)
    {
        if (Telling.IsOfThePast(scalar) && Array.IndexOf(Telling.States, scalar.Plain) >= 0) return "Before";
        var label = Telling.Label(scalar.Name);
        return label.Length > 4 && label.EndsWith(" arn", StringComparison.OrdinalIgnoreCase) && Arn.Read(scalar.Value) is not null ? label[..^4] : label;
    }

    private static bool LooksLikeTime(string value) => value.Length >= 19 && value[4] is '-' && value[7] is '-' && value[10] is 'T' or ' ';

    /// <summary>Seconds or milliseconds of this century in a field for a time.</summary>
    private static bool IsEpoch(Scalar scalar) => scalar.Value.Length is 10 or 13 && scalar.Value[0] is '1' && scalar.Value.All(char.IsAsciiDigit)
        && (scalar.Plain.EndsWith("time", StringComparison.Ordinal) || scalar.Plain.EndsWith("timestamp", StringComparison.Ordinal)
            || scalar.Plain.EndsWith("date", StringComparison.Ordinal) || scalar.Plain.EndsWith("at", StringComparison.Ordinal)
            || scalar.Plain is "ts" or "created");
}
