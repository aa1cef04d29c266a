namespace Signalbox.Effects;

/// <summary>Time zones of settings that there are none of: hours in them count as UTC, and somebody should hear of it before the night.</summary>
internal static class UnknownZones
{
    /// <summary>A warning for each, where it stands.</summary>
    public static IEnumerable<Problem> In(Tree tree) => tree switch
    {
        Tree.Map map => map.Pairs.SelectMany(pair => pair.Name.Text is "hours" ? OfHours(pair.Value) : In(pair.Value)),
        Tree.List list => list.Items.SelectMany(In),
        _ => [],
    };

    private static IEnumerable<Problem> OfHours(Tree tree)
    {
        if (tree is not Tree.Scalar scalar || Hours.Read(scalar.Text) is not { } hours) yield break;
        if (Zones.Offset(hours.Zone, DateTimeOffset.UnixEpoch) is not null) yield break;
        var advice = Zones.Near(hours.Zone) is { } near ? $"Did you mean \"{near}\"? " : "";
        var mend = $"{advice}Until it is mended these hours count as UTC.";
        yield return new(scalar.At, Sentence.Of("a time zone of the IANA, as in Europe/Berlin", $"\"{hours.Zone}\"", mend))
        {
            Inside = scalar,
            Offset = scalar.Text.LastIndexOf(hours.Zone, StringComparison.Ordinal),
            Length = hours.Zone.Length,
            IsWarning = true,
        };
    }
}
