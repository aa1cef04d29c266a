namespace Signalbox;

/// <summary>Why a condition holds, and how closely that names the thing: what decides between several owners.</summary>
/// <param name="Weight">The higher, the more specific: an ARN over a tag over a name over a topic over an account; exact over a pattern.</param>
/// <param name="Words">What it is that fits: "tag team=payments on stack payments-api".</param>
public readonly record struct Ground(int Weight, string Words)
{
    /// <summary>The best reason for which a condition holds; null when it does not hold.</summary>
    public static Ground? Of(When when, Notice notice) => when switch
    {
        When.All all => OfAll(all, notice),
        When.Any any => OfAny(any, notice),
        When.Not not => not.Holds(notice) ? new(0, "") : null,
        When.Severe severe => severe.Holds(notice) ? new(1, $"severity {Signalbox.Words.Of(notice.Severity)}") : null,
        When.Test test => OfTest(test, notice),
        _ => null,
    };

    private static Ground? OfAll(When.All all, Notice notice)
    {
        var (weight, words) = (0, new List<string>());
        foreach (var part in all.Parts)
        {
            if (Of(part, notice) is not { } ground) return null;
            weight = int.Max(weight, ground.Weight);
            if (ground.Words.Length > 0) words.Add(ground.Words);
        }
        return new(weight + int.Min(words.Count, 9), string.Join(" and ", words));
    }

    private static Ground? OfAny(When.Any any, Notice notice)
    {
        Ground? best = null;
        foreach (var part in any.Parts)
        {
            if (Of(part, notice) is { } ground && (best is not { } known || ground.Weight > known.Weight)) best = ground;
        }
        return best;
    }

    private static Ground? OfTest(When.Test test, Notice notice)
    {
        if (!test.Holds(notice)) return null;
        var closeness = test.Fit switch
        {
            Fit.OneOf => 60,
            Fit.Like like => int.Min(like.Pattern.Count(letter => letter is not ('*' or '?')), 50),
            _ => 0,
        };
        return new(Rank(test.Field.Kind) + closeness, Said(test, notice));
    }

    private static int Rank(FieldKind kind) => kind switch
    {
        FieldKind.Arn => 900,
        FieldKind.Owner => 850,
        FieldKind.Tag => 700,
        FieldKind.Subject or FieldKind.Thread => 600,
        FieldKind.Fact or FieldKind.Actor or FieldKind.Title or FieldKind.Summary => 500,
        FieldKind.Topic => 400,
        FieldKind.Account => 300,
        FieldKind.Region or FieldKind.Kind => 200,
        _ => 100,
    };

    private static string Said(When.Test test, Notice notice)
    {
        var value = Field.Of(test.Field.Kind, notice) ?? "";
        switch (test.Field.Kind)
        {
            case FieldKind.Tag:
                var tag = notice.Tags.First(tag =>
                    string.Equals(tag.Key, test.Field.Name, StringComparison.OrdinalIgnoreCase) && test.Fit?.Takes(tag.Value) is not false);
                return $"tag {tag.Key}={tag.Value}{(tag.Of is { } bearer ? $" on {bearer}" : "")}";
            case FieldKind.Fact:
                var fact = notice.Facts.First(fact =>
                    string.Equals(fact.Name, test.Field.Name, StringComparison.OrdinalIgnoreCase) && test.Fit?.Takes(fact.Value) is not false);
                return $"{fact.Name} {fact.Value}";
            case FieldKind.Owner:
                return $"owner {string.Join(", ", notice.Owners)}";
            default:
                var name = test.Field.Kind is FieldKind.Subject ? "name" : Field.Named.First(named => named.Kind == test.Field.Kind).Name;
                return test.Fit is Fit.Like like ? $"{name} {value} is like {like.Pattern}" : $"{name} {value}";
        }
    }
}
