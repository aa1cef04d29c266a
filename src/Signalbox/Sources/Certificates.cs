namespace Signalbox;

/// <summary>Certificates of AWS Certificate Manager and what private authorities do.</summary>
/// <remarks>
/// Severity of a certificate: expired or revoked error; close to its end error with at most seven days left, warning with at most thirty, else info;
/// one whose renewal waits for somebody warning; available info and cleared. Of a private authority: a failure error, a success info.
/// One thread for each certificate.
/// </remarks>
public static class Certificates
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("acm", [new Key.Event("aws.acm"), new Key.Event("aws.acm-pca")], Read,
        "https://docs.aws.amazon.com/acm/latest/userguide/supported-events.html");

    private static Parsed Read(Envelope envelope) => envelope.Publisher is "aws.acm-pca" ? ReadAuthority(envelope) : ReadCertificate(envelope);

    private static Parsed.Told ReadCertificate(Envelope envelope)
    {
        var detail = envelope.Body;
        var arn = envelope.Resources.Count > 0 ? envelope.Resources[0] : null;
        var id = Phrase.Name(arn);
        var name = detail["CommonName"u8].Words ?? detail["DomainName"u8].Words ?? id ?? "of unknown name";
        var called = $"Certificate {Cut.Line(name, 40)}";
        var days = detail["DaysToExpiry"u8].Number;
        var reason = Phrase.Of(detail["RenewalStatusReason"u8].Words) ?? Phrase.Of(detail["Reason"u8].Words)
            ?? Phrase.Of(detail["RevocationReason"u8].Words);
        var (severity, status, phrase) = envelope.DetailType?.ToLowerInvariant() switch
        {
            "acm certificate approaching expiration" =>
                (days switch { <= 7 => Severity.Error, <= 30 or null => Severity.Warning, _ => Severity.Info }, Status.Raised,
                days is { } left ? left < 1 ? "expires today" : $"expires in {Quantity.Count((long)left, "day")}" : "expires soon"),
            "acm certificate expired" => (Severity.Error, Status.Raised, "has expired"),
            "acm certificate revoked" => (Severity.Error, Status.Raised, "was revoked"),
            "acm certificate renewal action required" => (Severity.Warning, Status.Raised, "cannot renew by itself: somebody has to act"),
            "acm certificate available" => (Severity.Info, Status.Cleared, "is ready for use"),
            var other => (Severity.Info, Status.Stated, (other ?? "").Replace("acm certificate ", "", StringComparison.Ordinal)),
        };
        return new([
            new()
            {
                Source = "acm",
                Kind = "certificate",
                Severity = severity,
                Status = status,
                Title = Cut.Line($"{called} {phrase}", 80),
                Summary = Phrase.Capital(reason?.Replace("caa ", "CAA ", StringComparison.Ordinal)),
                Subject = name,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = arn is null ? null : $"acm/{arn}",
                Facts = Known.Facts(
                    ("Days left", days is { } number ? Quantity.Of(number) : null),
                    ("Type", Phrase.Of(detail["CertificateType"u8].Words)),
                    ("Validated by", Phrase.Of(detail["DomainValidationMethod"u8].Words)),
                    ("In use", detail["InUse"u8].Kind switch { JsonKind.True => "yes", JsonKind.False => "no", _ =>
                        detail["InUse"u8].Words?.ToLowerInvariant() }),
                    ("Exported", detail["Exported"u8].Scalar?.ToLowerInvariant() is "true" ? "yes: who has it must get the new one" : null),
                    ("Valid until", Phrase.At(Instants.Read(detail["CertificateExpirationDate"u8]) ?? Instants.Read(detail["CertificateExpiredDate"u8]))),
                    ("Renewal", Phrase.Of(detail["RenewalStatus"u8].Words))),
                Links = Known.Links(id is null ? null : ConsolePage.Link("Open the certificate", envelope.Region, "acm/home", "/certificates/", id)),
            },
        ]);
    }

    private static Parsed.Told ReadAuthority(Envelope envelope)
    {
        var detail = envelope.Body;
        var authority = envelope.Resources.Count > 0 ? envelope.Resources[0] : null;
        var certificate = envelope.Resources.Count > 1 ? envelope.Resources[1] : null;
        var failed = detail["result"u8].Words is { } result && !string.Equals(result, "success", StringComparison.OrdinalIgnoreCase);
        var what = envelope.DetailType?.ToLowerInvariant() switch
        {
            "acm private ca creation" => failed ? "Private CA could not be created" : "Private CA was created",
            "acm private ca certificate issuance" => failed ? "Private CA could not issue a certificate" : "Private CA issued a certificate",
            "acm private ca certificate revocation" => failed ? "Private CA could not revoke a certificate" : "Private CA revoked a certificate",
            "acm private ca crl generation" => failed ? "Private CA could not write its revocation list" : "Private CA wrote its revocation list",
            "acm private ca audit report generation" => failed ? "Private CA could not write its audit report" : "Private CA wrote its audit report",
            var other => $"Private CA: {(other ?? "news").Replace("acm private ca ", "", StringComparison.Ordinal)}{(failed ? " failed" : "")}",
        };
        var id = Phrase.Name(authority);
        return new([
            new()
            {
                Source = "acm",
                Kind = "private-ca",
                Severity = failed ? Severity.Error : Severity.Info,
                Status = Status.Stated,
                Title = Cut.Line(what, 80),
                Summary = detail["reason"u8].Words,
                Subject = id,
                Arn = authority,
                Account = Arn.AccountOf(authority) ?? envelope.Account,
                Region = Arn.RegionOf(authority) ?? envelope.Region,
                At = envelope.At,
                Facts = Known.Facts(("Authority", id), ("Certificate", Phrase.Name(certificate)), ("Result", detail["result"u8].Words?.ToLowerInvariant())),
                Links = Known.Links(authority is null ? null
                    : ConsolePage.Link("Open the authority", Arn.RegionOf(authority) ?? envelope.Region, "acm-pca/home", "/details?arn=", authority)),
            },
        ]);
    }
}
