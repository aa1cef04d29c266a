using System.Globalization;

namespace Signalbox;

/// <summary>Service Quotas: a quota of the account that is nearly used up.</summary>
/// <remarks>
/// Automatic management tells of a quota in one of two ways: through CloudTrail, which this row reads, or through Health, whose row asks <see cref="Used"/>.
/// Severity: warning; a quota that is used up error. Status: raised, in one thread for each quota; nothing says that it is over.
/// Requests for more are API calls, which the row of CloudTrail tells. Errors: garbled without <c>serviceEventDetails</c>.
/// </remarks>
public static class ServiceQuotas
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("service-quotas", [new Key.Event("aws.servicequotas", "AWS Service Event via CloudTrail")], Read,
        "https://docs.aws.amazon.com/servicequotas/latest/userguide/auto-mgmt-ct-logs.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body["serviceEventDetails"u8];
        var name = detail["quotaName"u8].Words ?? detail["quotaCode"u8].Words;
        if (name is null) return Statement.Lacks(envelope, "detail.serviceEventDetails.quotaName", "the name of the quota");

        var service = detail["serviceCode"u8].Words;
        var code = detail["quotaCode"u8].Words;
        var arn = detail["quotaArn"u8].Words;
        var region = envelope.Body["awsRegion"u8].Words ?? envelope.Region;
        var threshold = detail["breachingThreshold"u8].Scalar;
        var call = envelope.Body["eventName"u8].Words;
        var said = call is not "ServiceQuotasUtilizationBreachingThreshold" ? Phrase.Of(call)
            : threshold is null ? "nearly used up" : $"over {Cut.Line(threshold, 6)}% used";
        return Statement.Told(Statement.Of(envelope, "service-quotas", "utilization", (Severity.Warning, Status.Raised),
            TitleOf(service, name, Cut.Line(said ?? "changed", 30))) with
        {
            Subject = name,
            Arn = arn,
            Account = envelope.Body["recipientAccountId"u8].Words ?? Arn.AccountOf(arn) ?? envelope.Account,
            Region = region,
            At = Instants.Read(envelope.Body["eventTime"u8]) ?? envelope.At,
            Thread = $"service-quotas/{arn ?? $"{service}/{code}"}",
            Facts = Known.Facts(
                ("In use", NumberIn(detail["utilizationValue"u8].Scalar) is { } used ? Quantity.Of(used) : null),
                ("Told from", threshold is null ? null : $"{threshold}%"),
                ("Can be raised", detail["adjustability"u8].Words switch { null => null, "Adjustable" => "yes", var other => Phrase.Of(other) }),
                ("Automatic management", Phrase.Of(detail["action"u8])),
                ("Quota code", code)),
            Links = Known.Links(service is null || code is null ? null
                : ConsolePage.Link("Open the quota", region, "servicequotas/home", $"!/services/{ConsolePage.Escape(service)}/quotas/", code)),
        });
    }

    /// <summary>What Health writes of a quota: "Service: cloudtrail | Quota Name: Trails per region | Utilization: 80.0%"; null for other texts.</summary>
    internal static (string Title, string Name, Severity Severity)? Used(string? entity)
    {
        string? service = null, name = null, used = null;
        foreach (var part in (entity ?? "").Split('|'))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) continue;
            var value = part[(colon + 1)..].Trim();
            switch (part[..colon].Trim())
            {
                case "Service": service = value; break;
                case "Quota Name": name = value; break;
                case "Utilization": used = value; break;
            }
        }
        if (name is not { Length: > 0 } || used is not { Length: > 0 }) return null;
        var share = NumberIn(used.TrimEnd('%'));
        var said = share is { } percent ? $"{Quantity.Of(percent)}%" : Cut.Line(used, 10);
        return (TitleOf(service, name, $"{said} used"), name, share >= 100 ? Severity.Error : Severity.Warning);
    }

    private static double? NumberIn(string? text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>"DynamoDB quota Maximum number of tables: over 95% used".</summary>
    private static string TitleOf(string? service, string name, string said) =>
        $"{(service is null ? "Quota" : $"{Cut.Line(HealthWords.ServiceOf(service) ?? service, 20)} quota")} {Cut.Line(name, 34)}: {said}";
}
