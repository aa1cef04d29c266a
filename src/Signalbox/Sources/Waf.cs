namespace Signalbox;

/// <summary>News of the managed rule groups of AWS WAF, by SNS.</summary>
/// <remarks>
/// Severity: a version that is about to expire warning, else info. The message is prose; it is known by its attribute.
/// </remarks>
public static class Waf
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("waf",
        [new Key.Attribute("managed_rule_group"), new Key.Event("aws.wafv2"), new Key.Event("aws.waf"), new Key.Event("aws.shield")], Read,
        "https://docs.aws.amazon.com/waf/latest/developerguide/waf-using-managed-rule-groups-sns-topic.html");

    private static Parsed Read(Envelope envelope)
    {
        var group = envelope.Attribute("managed_rule_group");
        var text = envelope.Text ?? envelope.Body["message"u8].Words ?? envelope.Body["description"u8].Words;
        var title = envelope.Subject ?? envelope.DetailType ?? (group is null ? "News of AWS WAF" : $"News of rule group {group}");
        var expires = envelope.Attribute("event_type") is { } type && type.Contains("expir", StringComparison.OrdinalIgnoreCase);
        return new Parsed.Told([
            new()
            {
                Source = "waf",
                Kind = group is null ? "event" : "rule-group",
                Severity = expires ? Severity.Warning : Severity.Info,
                Status = Status.Stated,
                Title = Cut.Line(title, 80),
                Summary = text is null ? null : Cut.Text(Cut.Readable(text).Trim(), 1500),
                Subject = group,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Facts = Known.Facts(("Rule group", group), ("Version", envelope.Attribute("major_version"))),
                Links = Known.Links(ConsolePage.Link("Open AWS WAF", envelope.Region, "wafv2/homev2/home")),
            },
        ]);
    }
}
