namespace Signalbox;

/// <summary>Keys of KMS that were rotated or deleted, or whose material ends.</summary>
/// <remarks>
/// Severity: a deletion and material that ended are errors, since what they encrypted cannot be read any more; a rotation is info.
/// </remarks>
public static class Kms
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("kms", [new Key.Event("aws.kms")], Read, "https://docs.aws.amazon.com/kms/latest/developerguide/kms-events.html");

    private static Parsed Read(Envelope envelope)
    {
        var arn = envelope.Resources.Count > 0 ? envelope.Resources[0] : null;
        var id = envelope.Body["key-id"u8].Words ?? Phrase.Name(arn);
        var key = $"KMS key {Cut.Line(id ?? "of unknown id", 40)}";
        var region = Arn.RegionOf(arn) ?? envelope.Region;
        var (severity, title, summary) = envelope.DetailType?.ToLowerInvariant() switch
        {
            "kms cmk rotation" => (Severity.Info, $"{key} was rotated", null),
            "kms cmk deletion" => (Severity.Error, $"{key} was deleted", "What it encrypted cannot be read any more."),
            "kms imported key material expiration" =>
                (Severity.Error, $"The material of {key} has expired", "What it encrypted cannot be read until the material is imported again."),
            var other => (Severity.Info, $"{key}: {(other ?? "news").Replace("kms ", "", StringComparison.Ordinal)}", (string?)null),
        };
        return new Parsed.Told([
            new()
            {
                Source = "kms",
                Kind = "key",
                Severity = severity,
                Status = Status.Stated,
                Title = Cut.Line(title, 80),
                Summary = summary,
                Subject = id,
                Arn = arn,
                Account = Arn.AccountOf(arn) ?? envelope.Account,
                Region = region,
                At = envelope.At,
                Links = Known.Links(id is null ? null : ConsolePage.Link("Open the key", region, "kms/home", "/kms/keys/", id)),
            },
        ]);
    }
}
