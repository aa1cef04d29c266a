namespace Signalbox;

/// <summary>Customers who subscribe to a product of ours in the Marketplace, or leave it.</summary>
/// <remarks>Severity: a subscription that failed is an error, one that ends a warning, all else info.</remarks>
public static class Marketplace
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("marketplace", [new Key.Members("customer-identifier", ["action", "product-code"])], Read,
        "https://docs.aws.amazon.com/marketplace/latest/userguide/saas-notification.html");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        if (body["action"u8].Words is not { } action) return Statement.Lacks(envelope, "action", "what the customer did");
        var product = body["product-code"u8].Words;
        var customer = body["customer-identifier"u8].Words?.Trim();
        var (severity, status, phrase) = action switch
        {
            "subscribe-success" => (Severity.Info, Status.Raised, "subscribed"),
            "subscribe-fail" => (Severity.Error, Status.Raised, "could not subscribe"),
            "unsubscribe-pending" => (Severity.Warning, Status.Ongoing, "is leaving"),
            "unsubscribe-success" => (Severity.Warning, Status.Cleared, "left"),
            "entitlement-updated" => (Severity.Info, Status.Stated, "has other entitlements"),
            _ => (Severity.Info, Status.Stated, $"({Phrase.Of(action)})"),
        };
        var title = $"Marketplace customer {Phrase.Short(customer ?? "of unknown name")} {phrase}";
        return Statement.Told(Statement.Of(envelope, "marketplace", "subscription", (severity, status), title) with
        {
            Subject = customer,
            Thread = $"marketplace/{product}/{customer}",
            Facts = Known.Facts(
                ("Product", product),
                ("Offer", body["offer-identifier"u8].Words),
                ("Free trial", body["isFreeTrialTermPresent"u8].Scalar is { } trial ? trial is "true" ? "yes" : "no" : null)),
            Links = Known.Links(new Link("Open the Marketplace portal", "https://aws.amazon.com/marketplace/management/products")),
        });
    }
}
