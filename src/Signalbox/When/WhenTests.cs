using System.Globalization;
using System.Text.RegularExpressions;

namespace Signalbox;

/// <summary>Makes the tests of a <c>when</c> out of field, operator and values.</summary>
/// <param name="Accounts">Names that a test of the account may use.</param>
internal sealed record WhenTests(ValueList<Account> Accounts)
{
    /// <summary>How a field that is a table is written, up to the name.</summary>
    public static readonly ValueList<(string Prefix, FieldKind Kind)> Tables = [("tag.", FieldKind.Tag), ("fact.", FieldKind.Fact)];

    /// <summary>The name of a CloudFormation stack: an alias, since it is the subject of such a notice.</summary>
    private static readonly Field Stack = new(FieldKind.Subject, "stack");

    /// <summary>Every plain field name.</summary>
    public static ValueList<string> FieldNames => [.. Field.Named.Select(named => named.Name), "stack"];

    /// <summary>The field of a plain name, or null.</summary>
    public static Field? Named(string name)
    {
        if (string.Equals(name, "stack", StringComparison.OrdinalIgnoreCase)) return Stack;
        foreach (var (word, kind) in Field.Named)
        {
            if (string.Equals(word, name, StringComparison.OrdinalIgnoreCase)) return new(kind);
        }
        return null;
    }

    /// <summary>The field has any value.</summary>
    public static When Has(Field field) => field == Stack ? OfStack(null) : new When.Test(field, null);

    /// <summary>One test, or what is wrong with it.</summary>
    public WhenOutcome Of(Token name, Field field, Token operation, string word, List<Token> values)
    {
        var fault = Faulty(name, field, operation, word, values);
        if (fault is not null) return new(null, fault);
        var denies = word is "!=" or "!~";
        var when = Made(field, word, values, out fault);
        return when is null ? new(null, fault) : new(denies ? new When.Not(when) : when, null);
    }

    private static WhenFault? Faulty(Token name, Field field, Token operation, string word, List<Token> values)
    {
        if (word is ">=" or ">" or "<=" or "<" && field.Kind is not (FieldKind.Severity or FieldKind.Tag or FieldKind.Fact))
        {
            return new(operation.At, operation.Length, $"\"{name.Text}\" has no order: expected =, !=, ~, !~, =~ or in, found \"{word}\". "
                + "Only severity, tag.NAME and fact.NAME can be more or less.");
        }
        if (word is not ("=" or "!=" or "in" or ">=" or ">" or "<=" or "<")) return null;
        return field.Kind switch
        {
            FieldKind.Severity => Unknown(values, [.. from pair in Words.Severities select pair.Word], "a severity"),
            FieldKind.Status => Unknown(values, [.. from status in Enum.GetValues<Status>() select Words.Of(status)], "a status"),
            _ => null,
        };
    }

    private static WhenFault? Unknown(List<Token> values, ValueList<string> words, string what)
    {
        foreach (var value in values)
        {
            if (!words.Contains(value.Text, StringComparer.OrdinalIgnoreCase))
            {
                return new(value.At, value.Length,
                    Sentence.Of($"{what} ({Sentence.Or(words)})", value.Shown, Nearest.Hint(value.Text, words)));
            }
        }
        return null;
    }

    private When? Made(Field field, string word, List<Token> values, out WhenFault? fault)
    {
        fault = null;
        if (field.Kind is FieldKind.Severity && word is ">=" or ">" or "<=" or "<")
        {
            var limit = Words.Severities.First(pair =>
                string.Equals(pair.Word, values[0].Text, StringComparison.OrdinalIgnoreCase)).Severity;
            return Severe(severity => Order(word).Holds(severity.CompareTo(limit)));
        }
        if (Made(word, values, out fault) is not { } fit) return null;
        return field switch
        {
            { Kind: FieldKind.Severity } => Severe(severity => fit.Takes(Words.Of(severity))),
            { Kind: FieldKind.Account } => OfAccount(field, fit),
            _ when field == Stack => OfStack(fit),
            _ => new When.Test(field, fit),
        };
    }

    private static Fit? Made(string word, List<Token> values, out WhenFault? fault)
    {
        fault = null;
        var value = values[0];
        switch (word)
        {
            case "=" or "!=" or "in":
                return new Fit.OneOf([.. from each in values select each.Text]);
            case "~" or "!~":
                return Glob.IsPattern(value.Text) ? new Fit.Like(value.Text) : new Fit.OneOf([value.Text]);
            case "=~":
                return Pattern(value, out fault);
            default:
                if (double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var limit) && double.IsFinite(limit))
                    return new Fit.Beyond(Order(word), limit);
                fault = new(value.At, value.Length, Sentence.Of($"a number after {word}", value.Shown));
                return null;
        }
    }

    /// <summary>Linear in the text whatever the pattern, so that no pattern can stall an alert.</summary>
    private static Fit.Matching? Pattern(Token value, out WhenFault? fault)
    {
        fault = null;
        try
        {
            return new(new Regex(value.Text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        }
        catch (RegexParseException bad)
        {
            var inside = value.Kind is TokenKind.Quoted ? 1 : 0;
            fault = new(value.At + inside + Math.Min(bad.Offset, value.Text.Length), 1,
                $"expected a regular expression, found {value.Shown}: {Reason(bad)}.");
        }
        catch (NotSupportedException)
        {
            fault = new(value.At, value.Length,
                $"expected a regular expression without look-around, back-references or atomic groups, found {value.Shown}.");
        }
        return null;
    }

    private static string Reason(RegexParseException bad) => bad.Error switch
    {
        RegexParseError.InsufficientClosingParentheses => "a ( is not closed",
        RegexParseError.InsufficientOpeningParentheses => "a ) was never opened",
        RegexParseError.UnterminatedBracket => "a [ is not closed",
        RegexParseError.QuantifierAfterNothing => "nothing to repeat before *, + or ? (for simple patterns with * use ~)",
        RegexParseError.NestedQuantifiersNotParenthesized => "two repetitions after each other",
        RegexParseError.UnescapedEndingBackslash => "it ends with a lone backslash",
        RegexParseError.ReversedQuantifierRange => "the smaller number of {n,m} comes first",
        RegexParseError.ReversedCharacterRange => "a range in [ ] runs backwards",
        _ => $"something is wrong at its character {bad.Offset}",
    };

    private static Comparison Order(string word) => word switch
    {
        ">=" => Comparison.AtLeast,
        ">" => Comparison.Above,
        "<=" => Comparison.AtMost,
        _ => Comparison.Below,
    };

    private static When.Severe Severe(Func<Severity, bool> holds) =>
        new(Words.Severities.Where(pair => holds(pair.Severity)).Sum(pair => 1 << (int)pair.Severity));

    private static When.All OfStack(Fit? fit) =>
        new([new When.Test(new(FieldKind.Source), new Fit.OneOf(["cloudformation"])), new When.Test(new(FieldKind.Subject), fit)]);

    private When OfAccount(Field field, Fit fit)
    {
        string[] ids = [.. from account in Accounts where fit.Takes(account.Name) select account.Id];
        return (fit, ids) switch
        {
            (_, []) => new When.Test(field, fit),
            (Fit.OneOf one, _) => new When.Test(field, new Fit.OneOf([.. one.Values, .. ids])),
            _ => new When.Any([new When.Test(field, fit), new When.Test(field, new Fit.OneOf([.. ids]))]),
        };
    }
}
