using System.Globalization;

namespace Signalbox;

/// <summary>A budget whose threshold is passed, or will be.</summary>
/// <remarks>
/// Input: a text, <c>Name: value</c> on each line after some prose. Severity: an actual amount over its threshold is a warning, over the whole
/// budget an error; a forecast is a warning. A budget of utilisation or coverage is a share that nobody spends: mostly it falls below its
/// threshold, and that is a warning.
/// </remarks>
public static class Budgets
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("budgets", [new Key.Words("AWS", ["Budget Name:", "Alert Type:"])], Read,
        "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html");

    private static Parsed Read(Envelope envelope)
    {
        var text = envelope.Text ?? "";
        if (Line(text, "Budget Name:") is not { } name) return Statement.Lacks(envelope, "Budget Name", "a line \"Budget Name: …\"");
        var forecast = string.Equals(Line(text, "Alert Type:"), "FORECASTED", StringComparison.OrdinalIgnoreCase);
        var amount = Line(text, "ACTUAL Amount:") ?? Line(text, "FORECASTED Amount:") ?? Line(text, "Actual Amount:") ?? Line(text, "Forecasted Amount:");
        var budget = Line(text, "Budgeted Amount:");
        var type = Phrase.Of(Line(text, "Budget Type:"));
        var threshold = Line(text, "Alert Threshold:");
        var isShare = type is not null && (type.EndsWith("utilization", StringComparison.Ordinal) || type.EndsWith("coverage", StringComparison.Ordinal));
        if (isShare) (amount, budget) = (Share(amount), Share(budget));
        var over = !isShare && Money(amount) > Money(budget);
        var account = AccountIn(text) ?? envelope.Account;
        var title = isShare ? $"Budget {Phrase.Short(name)} {Crossed(threshold, forecast)} its threshold{Phrase.With(": ", amount, 12)}"
                + (Share(threshold) is { } line ? $" (threshold {line})" : "")
            : forecast ? $"Budget {Phrase.Short(name)} will pass its threshold: {amount} forecast"
            : over ? $"Budget {Phrase.Short(name)} is spent: {amount} of {budget}"
            : $"Budget {Phrase.Short(name)} passed its threshold: {amount} of {budget}";
        return Statement.Told(Statement.Of(envelope, "budgets", "budget", (over && !forecast ? Severity.Error : Severity.Warning, Status.Raised), title) with
        {
            Subject = name,
            Account = account,
            Region = envelope.Region,
            Thread = $"budgets/{account}/{name}",
            Facts = Known.Facts(
                (forecast ? "Forecast" : isShare ? "Actual" : "Spent", amount),
                ("Budget", budget),
                ("Threshold", threshold),
                ("Kind", type is ['r', 'i', ' ', ..] ? $"RI{type[2..]}" : type)),
            Links = Known.Links(ConsolePage.Link("Open the budgets", "us-east-1", "costmanagement/home", "/budgets")),
        });
    }

    /// <summary>What stands after a name on its line.</summary>
    private static string? Line(string text, string name)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.Trim();
            if (trimmed.StartsWith(name, StringComparison.Ordinal) && trimmed[name.Length..].Trim() is { IsEmpty: false } value) return value.ToString();
        }
        return null;
    }

    private static string? AccountIn(string text)
    {
        const string Mark = "AWS Account ";
        return text.IndexOf(Mark, StringComparison.Ordinal) is var at and >= 0 && text.Length >= at + Mark.Length + 12
            && text.AsSpan(at + Mark.Length, 12) is var digits && !digits.ContainsAnyExceptInRange('0', '9') ? digits.ToString() : null;
    }

    /// <summary>Which way a share went: the sign before its threshold says so.</summary>
    private static string Crossed(string? threshold, bool forecast) => (threshold, forecast) switch
    {
        (['<', ..], false) => "fell below",
        (['<', ..], true) => "will fall below",
        (['>', ..], false) => "rose above",
        (['>', ..], true) => "will rise above",
        (_, true) => "will pass",
        _ => "passed",
    };

    /// <summary>"61.2%" and "&lt; 80%" as "61.2 %" and "80 %"; what has no number as it is.</summary>
    private static string? Share(string? amount) => Money(amount) is { } number ? $"{Quantity.Of(number)} %" : amount;

    /// <summary>The number in "$1,234.50" or "1234.5 USD".</summary>
    private static double? Money(string? amount)
    {
        if (amount is null) return null;
        var digits = string.Concat(amount.Where(unit => char.IsAsciiDigit(unit) || unit is '.'));
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
