using System.Globalization;

namespace Signalbox;

/// <summary>A budget whose threshold is passed, or will be.</summary>
/// <remarks>
/// Input: a text, <c>Name: value</c> on each line after some prose. Severity: an actual amount over its threshold is a warning, over the whole
/// budget an error; a forecast is a warning.
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
        var over = Money(amount) > Money(budget);
        var account = AccountIn(text) ?? envelope.Account;
        var title = forecast ? $"Budget {Phrase.Short(name)} will pass its threshold: {amount} forecast"
            : over ? $"Budget {Phrase.Short(name)} is spent: {amount} of {budget}"
            : $"Budget {Phrase.Short(name)} passed its threshold: {amount} of {budget}";
        return Statement.Told(Statement.Of(envelope, "budgets", "budget", (over && !forecast ? Severity.Error : Severity.Warning, Status.Raised), title) with
        {
            Subject = name,
            Account = account,
            Region = envelope.Region,
            Thread = $"budgets/{account}/{name}",
            Facts = Known.Facts(
                (forecast ? "Forecast" : "Spent", amount),
                ("Budget", budget),
                ("Threshold", Line(text, "Alert Threshold:")),
                ("Kind", Line(text, "Budget Type:") is { } type ? Phrase.Of(type) : null)),
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

    /// <summary>The number in "$1,234.50" or "1234.5 USD".</summary>
    private static double? Money(string? amount)
    {
        if (amount is null) return null;
        var digits = string.Concat(amount.Where(unit => char.IsAsciiDigit(unit) || unit is '.'));
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
