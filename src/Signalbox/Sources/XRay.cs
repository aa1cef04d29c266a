namespace Signalbox;

/// <summary>X-Ray insights: a service whose requests fail more than they should.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.xray. Severity: an insight that is active is an error, a closed one info. Status: raised while it is ACTIVE, cleared
/// when it is CLOSED, one conversation for each. Errors: garbled without a state.
/// </remarks>
public static class XRay
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("xray", [new Key.Event("aws.xray")], Read,
        "https://docs.aws.amazon.com/xray/latest/devguide/xray-console-insights.html");

    private static Parsed Read(Envelope envelope)
    {
        var insight = envelope.Body;
        if (insight["State"u8].Words is not { } state)
        {
            return insight["InsightId"u8].Exists ? Statement.Lacks(envelope, "detail.State", "ACTIVE or CLOSED") : AsItCame.Told(envelope, "xray");
        }

        var root = ServiceOf(insight["RootCauseServiceId"u8]);
        var first = insight["TopAnomalousServices"u8][0];
        var name = root ?? ServiceOf(first["ServiceId"u8].IsObject ? first["ServiceId"u8] : first) ?? insight["GroupName"u8].Words ?? "A service";
        var isOver = state.Equals("CLOSED", StringComparison.OrdinalIgnoreCase);
        var id = insight["InsightId"u8].Words;
        var began = Instants.Read(insight["StartTime"u8]);
        var standing = isOver ? (Severity.Info, Status.Cleared) : (Severity.Error, Status.Raised);
        return Statement.Told(Statement.Of(envelope, "xray", "insight", standing,
            isOver ? $"{Phrase.Short(name)} no longer fails more than usual" : $"{Phrase.Short(name)} fails more than usual") with
        {
            Summary = Phrase.Sentence(insight["Summary"u8].Words),
            Subject = name,
            Arn = insight["GroupARN"u8].Words,
            Thread = $"xray/{id ?? name}",
            Facts = Known.Facts(
                ("Requests failed", Share(insight["ClientRequestImpactStatistics"u8])),
                ("At the root", Share(insight["RootCauseServiceRequestImpactStatistics"u8])),
                ("Also unusual", Others(insight["TopAnomalousServices"u8], name)),
                ("Group", insight["GroupName"u8].Words),
                ("Since", Phrase.At(began)),
                ("Lasted", Phrase.Between(began, Instants.Read(insight["EndTime"u8])))),
            Links = Known.Links(id is null ? null : ConsolePage.Link("Open the insight", envelope.Region, "cloudwatch/home", "xray:insights/", id)),
        });
    }

    private static string? ServiceOf(Json service) => service["Name"u8].Words ?? service["Names"u8][0].Words;

    private static string? Others(Json services, string but)
    {
        var names = new List<string>();
        foreach (var one in services.Items)
        {
            if (ServiceOf(one["ServiceId"u8].IsObject ? one["ServiceId"u8] : one) is { } name && name != but) names.Add(name);
        }
        return Phrase.List(names, 3);
    }

    /// <summary>"120 of 520".</summary>
    private static string? Share(Json counts) =>
        counts["FaultCount"u8].Number is { } faults && counts["TotalCount"u8].Number is { } all and > 0 ? $"{Quantity.Of(faults)} of {Quantity.Of(all)}" : null;
}
