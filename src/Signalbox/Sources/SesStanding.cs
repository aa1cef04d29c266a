using System.Text;

namespace Signalbox;

/// <summary>What SES says of an identity, a tenant or the account itself: advice, and whether it may send.</summary>
internal static class SesStanding
{
    /// <summary>"Advisor Recommendation Status Open", "Sending Status Disabled"; null for any other.</summary>
    public static Parsed.Told? Read(Envelope envelope)
    {
        var (kind, standing) = envelope.DetailType?.ToLowerInvariant() switch
        {
            "advisor recommendation status open" => ("advice", (Severity.Warning, Status.Raised)),
            "advisor recommendation status resolved" => ("advice", (Severity.Info, Status.Cleared)),
            "sending status disabled" => ("sending", (Severity.Error, Status.Raised)),
            "sending status enabled" => ("sending", (Severity.Info, Status.Cleared)),
            _ => ("", default((Severity, Status))),
        };
        if (kind.Length == 0) return null;

        // "data" is an object, or the same as a text.
        var data = envelope.Body["data"u8].Words is ['{', ..] and { } text ? Json.Parse(Encoding.UTF8.GetBytes(text)).Value : envelope.Body["data"u8];
        var scalars = Telling.Of(data.IsObject ? data : envelope.Body);
        var arn = Statement.Resource(envelope) ?? Telling.First(scalars, ["resourcearn", "resource"]);
        var name = Phrase.Short(Phrase.Name(arn) ?? "the account");
        var about = Telling.First(scalars, ["recommendationtype", "type"]);
        var isOver = standing.Item2 is Status.Cleared;
        var named = about is null || !about.Any(char.IsLower) ? about : Phrase.Of(about);
        var title = kind is "sending" ? isOver ? $"SES sends mail of {name} again" : $"SES no longer sends mail of {name}"
            : $"SES advice for {name}{Phrase.With(": ", named, 30)}{(isOver ? " is resolved" : "")}";
        return Statement.Told(Statement.Of(envelope, "ses", kind, standing, title) with
        {
            Summary = Telling.Message(scalars) is { } message ? Phrase.Sentence(message) : null,
            Subject = Phrase.Name(arn),
            Arn = Arn.Read(arn) is null ? null : arn,
            Thread = $"ses/{arn}/{kind}/{about}",
            Facts = Known.Facts(
                ("Impact", Phrase.Of(Telling.First(scalars, ["impact", "recommendationimpact"]))),
                ("Cause", Phrase.Of(Telling.First(scalars, ["origin", "statusorigin"])))),
            Links = Known.Links(ConsolePage.Link("Open SES", envelope.Region, "ses/home", kind is "sending" ? "/account" : "/vdm/advisor")),
        });
    }
}
