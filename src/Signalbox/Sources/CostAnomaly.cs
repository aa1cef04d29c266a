using System.Globalization;

namespace Signalbox;

/// <summary>Spending that Cost Anomaly Detection did not expect.</summary>
/// <remarks>
/// Input: the SNS form (<c>dimensionalValue</c>) and the EventBridge form (<c>dimensionValue</c>). Severity by the whole impact: from 1,000 USD an
/// error, else a warning.
/// </remarks>
public static class CostAnomaly
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("cost-anomaly", [new Key.Members("anomalyId", ["impact"]), new Key.Event("aws.ce")], Read,
        "https://docs.aws.amazon.com/cost-management/latest/userguide/cad-eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        var impact = body["impact"u8];
        var total = impact["totalImpact"u8].Number;
        if (total is null && body["anomalyId"u8].Words is null) return Statement.Lacks(envelope, "impact.totalImpact", "an amount");
        var what = body["dimensionalValue"u8].Words ?? body["dimensionValue"u8].Words ?? body["rootCauses"u8][0]["service"u8].Words;
        var cause = body["rootCauses"u8][0];
        var percent = impact["totalImpactPercentage"u8].Number;
        var name = body["monitorName"u8].Words;
        var account = body["accountId"u8].Scalar ?? envelope.Account;
        var title = $"{Phrase.Short(what ?? "AWS")} costs {(total is { } more ? $"{Dollars(more)} more" : "more")} than expected";
        return Statement.Told(Statement.Of(envelope, "cost-anomaly", "anomaly", (total >= 1000 ? Severity.Error : Severity.Warning, Status.Raised), title) with
        {
            Subject = what,
            Arn = body["monitorArn"u8].Words,
            Account = account,
            At = envelope.At ?? Instants.Read(body["anomalyEndDate"u8]) ?? Instants.Read(body["anomalyStartDate"u8]),
            Thread = $"cost-anomaly/{body["anomalyId"u8].Words}",
            Facts = Known.Facts(
                ("Spent", impact["totalActualSpend"u8].Number is { } spent ? Dollars(spent) : null),
                ("Expected", impact["totalExpectedSpend"u8].Number is { } expected ? Dollars(expected) : null),
                ("More", percent is { } part ? $"{Quantity.Of(part)} %" : null),
                ("Since", DayOf(body["anomalyStartDate"u8])),
                ("Until", DayOf(body["anomalyEndDate"u8])),
                ("Cause", Joined(cause["usageType"u8].Words, cause["service"u8].Words == what ? null : cause["service"u8].Words, cause["region"u8].Words)),
                ("In account", cause["linkedAccountName"u8].Words ?? cause["linkedAccount"u8].Scalar),
                ("Monitor", name)),
            Links = Known.Links(PageOf(body["anomalyDetailsLink"u8].Words)),
        });
    }

    private static string Dollars(double amount) => amount.ToString("$#,0.##", CultureInfo.InvariantCulture);

    private static string? DayOf(Json day) => Instants.Read(day)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Joined(params ReadOnlySpan<string?> parts)
    {
        var known = new List<string>();
        foreach (var part in parts)
        {
            if (part is not null) known.Add(part);
        }
        return known.Count == 0 ? null : string.Join(", ", known);
    }

    /// <summary>The event brings its own link; only one to the AWS console is shown.</summary>
    private static Link? PageOf(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var page) && page is { Scheme: "https", UserInfo: "" }
        && page.Host.EndsWith(".aws.amazon.com", StringComparison.Ordinal)
            ? new("Open the anomaly", page.AbsoluteUri)
            : ConsolePage.Link("Open the anomalies", "us-east-1", "costmanagement/home", "/anomaly-detection/overview");
}
