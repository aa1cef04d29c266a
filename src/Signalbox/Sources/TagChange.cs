namespace Signalbox;

/// <summary>Tags of a resource that changed.</summary>
/// <remarks>Severity: always info. The event says which keys changed and what the tags are now, not what they were.</remarks>
public static class TagChange
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("tag", [new Key.Event("aws.tag")], Read,
        "https://docs.aws.amazon.com/ARG/latest/userguide/monitor-events-eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var arn = Statement.Resource(envelope);
        var keys = detail["changed-tag-keys"u8];
        if (arn is null && !keys.IsArray) return Statement.Lacks(envelope, "detail.changed-tag-keys", "the keys that changed");
        var name = Arn.Read(arn)?.Name ?? arn;
        var type = $"{detail["service"u8].Words} {detail["resource-type"u8].Words}".Trim();
        var title = $"Tags of {Phrase.Short(name ?? "a resource")} changed";
        return Statement.Told(Statement.Of(envelope, "tag", "tags", (Severity.Info, Status.Stated), title) with
        {
            Subject = name,
            Arn = arn,
            Account = Arn.AccountOf(arn) ?? envelope.Account,
            Region = Arn.RegionOf(arn) ?? envelope.Region,
            Tags = Known.Tags(detail["tags"u8]),
            Facts = Known.Facts([("What", type), .. Changes(keys, detail["tags"u8])]),
            Links = Known.Links(ConsolePage.Link("Open the tag editor", envelope.Region, "resource-groups/tag-editor/find-resources")),
        });
    }

    private static List<(string, string?)> Changes(Json keys, Json tags)
    {
        var changes = new List<(string, string?)>();
        foreach (var key in keys.Items)
        {
            if (key.Words is not { } name || changes.Count == 7) continue;
            string? value = null;
            foreach (var tag in tags.Members)
            {
                if (tag.Name.Text == name) value = tag.Value.Scalar;
            }
            changes.Add(($"Tag {name}", value is null ? "removed" : value.Length == 0 ? "set to nothing" : $"set to {Cut.Line(value, 120)}"));
        }
        return changes;
    }
}
