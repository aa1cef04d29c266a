namespace Signalbox;

/// <summary>License Manager: licences and grants that change, and users, instances and licence servers of user-based subscriptions.</summary>
/// <remarks>
/// The publisher lists the events by their detail-types and says nothing of their members, so the detail-type decides, and what is in it is shown by name.
/// Severity: a detail-type that ends in Failed or Unhealthy error; a licence server, an instance or a provider that is taken away, and a licence or grant that
/// is not in force any more, warning; else info.
/// Status: failed or unhealthy raised; healthy, provisioned and registered cleared; else stated. One thread for each thing of a kind.
/// </remarks>
public static class Licenses
{
    private static readonly string[] Names =
    [
        "username", "instanceid", "licenseserverendpointid", "identityproviderid", "licensename", "grantname", "licensearn", "grantarn", "productname",
        "product", "endpointarn", "licenseserverendpointarn", "identityproviderarn", "directoryid", "name",
    ];

    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "license-manager",
        [new Key.Event("aws.license-manager"), new Key.Event("aws.license-manager-user-subscriptions")],
        Read,
        "https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-license-manager.html");

    private static Parsed Read(Envelope envelope)
    {
        var type = Phrase.Of(envelope.DetailType) ?? "license change";
        var scalars = Telling.Of(envelope.Body);
        var named = Telling.First(scalars, Names);
        var resource = Statement.Resource(envelope) ?? named;
        var name = Phrase.Name(named ?? resource);
        var (severity, status, thing, phrase) = Standing(type);
        if (phrase is "changed" && Telling.State(scalars) is { } state)
        {
            phrase = $"is {Phrase.Of(state, 20)} now";
            if (state.ToUpperInvariant() is "DEACTIVATED" or "DELETED" or "SUSPENDED" or "EXPIRED" or "REJECTED" or "DISABLED") severity = Severity.Warning;
        }
        var reason = Phrase.Sentence(Telling.First(scalars, Telling.Messages));
        var title = $"{Phrase.Capital(thing)}{Phrase.With(" ", name, 36)} {phrase}";
        return Statement.Told(Statement.Of(envelope, "license-manager", thing.Replace(' ', '-'), (severity, status), title) with
        {
            Summary = reason,
            Subject = name ?? thing,
            Arn = Arn.Read(resource) is null ? null : resource,
            Thread = $"license-manager/{thing}/{resource}",
            Facts = AsItCameFacts.Of(scalars, [reason, title, name, resource, null, envelope.Region, envelope.Account, null]),
            Links = Known.Links(ConsolePage.Link("Open License Manager", envelope.Region, "license-manager/home")),
        });
    }

    /// <summary>"license server endpoint provisioning failed" is an error of a "license server endpoint", which "could not be provisioned".</summary>
    private static (Severity, Status, string Thing, string Phrase) Standing(string type)
    {
        ReadOnlySpan<(string Ending, Severity Severity, Status Status, string Phrase)> endings =
        [
            (" registration failed", Severity.Error, Status.Raised, "could not be registered"),
            (" deregistration failed", Severity.Error, Status.Raised, "could not be deregistered"),
            (" provisioning failed", Severity.Error, Status.Raised, "could not be provisioned"),
            (" update failed", Severity.Error, Status.Raised, "could not be updated"),
            (" deletion failed", Severity.Error, Status.Raised, "could not be deleted"),
            (" activation failed", Severity.Error, Status.Raised, "could not be activated"),
            (" subscription failed", Severity.Error, Status.Raised, "could not be subscribed"),
            (" unsubscription failed", Severity.Error, Status.Raised, "could not be unsubscribed"),
            (" association failed", Severity.Error, Status.Raised, "could not be associated"),
            (" disassociation failed", Severity.Error, Status.Raised, "could not be disassociated"),
            (" failed", Severity.Error, Status.Raised, "failed"),
            (" unhealthy", Severity.Error, Status.Raised, "is unhealthy"),
            (" healthy", Severity.Info, Status.Cleared, "is healthy"),
            (" provisioned", Severity.Info, Status.Cleared, "was provisioned"),
            (" registered", Severity.Info, Status.Cleared, "was registered"),
            (" activated", Severity.Info, Status.Cleared, "was activated"),
            (" subscribed", Severity.Info, Status.Cleared, "was subscribed"),
            (" associated", Severity.Info, Status.Cleared, "was associated"),
            (" deregistered", Severity.Warning, Status.Stated, "was deregistered"),
            (" deleted", Severity.Warning, Status.Stated, "was deleted"),
            (" terminated", Severity.Warning, Status.Stated, "was terminated"),
            (" unsubscribed", Severity.Info, Status.Stated, "was unsubscribed"),
            (" disassociated", Severity.Info, Status.Stated, "was disassociated"),
            (" updated", Severity.Info, Status.Stated, "was updated"),
            (" change", Severity.Info, Status.Stated, "changed"),
        ];
        foreach (var (ending, severity, status, phrase) in endings)
        {
            if (type.EndsWith(ending, StringComparison.Ordinal)) return (severity, status, Cut.Line(type[..^ending.Length], 40), phrase);
        }
        return (Severity.Info, Status.Stated, Cut.Line(type, 40), "is reported");
    }
}
