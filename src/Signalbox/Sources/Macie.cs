namespace Signalbox;

/// <summary>Sensitive data and open buckets that Macie found, and the alerts of Macie Classic.</summary>
/// <remarks>
/// Severity of a finding by its score: 3 (High) error, 2 (Medium) warning, 1 (Low) info; samples say so;
/// an archived finding is info and cleared.
/// Of a Classic alert by its risk score: from 80 error, from 40 warning, else info.
/// What Macie found is told by its kind and count, never by its content.
/// Errors: garbled without a title or name.
/// </remarks>
public static class Macie
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("macie", [new Key.Event("aws.macie"), new Key.Event("aws.macie2")], Read,
        "https://docs.aws.amazon.com/macie/latest/user/findings-publish-event-schemas.html");

    private static Parsed Read(Envelope envelope) => envelope.Body["risk-score"u8].Exists || envelope.Body["alert-arn"u8].Exists
        ? ReadAlert(envelope, envelope.Body) : ReadFinding(envelope, envelope.Body);

    private static Parsed ReadFinding(Envelope envelope, Json detail)
    {
        if ((detail["title"u8].Words ?? detail["type"u8].Words) is not { } title) return Statement.Lacks(envelope, "detail.title", "what was found");

        var bucket = detail["resourcesAffected"u8]["s3Bucket"u8];
        var thing = detail["resourcesAffected"u8]["s3Object"u8];
        var name = bucket["name"u8].Words;
        var key = thing["key"u8].Words ?? Phrase.Name(thing["path"u8].Words);
        var severity = detail["severity"u8];
        var archived = detail["archived"u8].Kind is JsonKind.True;
        var sample = detail["sample"u8].Kind is JsonKind.True;
        var id = detail["id"u8].Words;
        var region = detail["region"u8].Words ?? envelope.Region;
        var access = bucket["publicAccess"u8]["effectivePermission"u8].Words;
        return new Parsed.Told([
            new()
            {
                Source = "macie",
                Kind = "finding",
                Severity = archived ? Severity.Info : SeverityOf(severity["score"u8].Number, severity["description"u8].Words),
                Status = archived ? Status.Cleared : Status.Raised,
                Title = Cut.Line($"{(sample ? "Sample finding: " : archived ? "Archived: " : "")}{title.TrimEnd('.')}", 80),
                Summary = detail["description"u8].Words is { } text && text != title ? Cut.Text(Cut.Readable(text), 1000) : null,
                Subject = name,
                Arn = bucket["arn"u8].Words,
                Account = detail["accountId"u8].Words ?? envelope.Account,
                Region = region,
                At = Instants.Read(detail["updatedAt"u8]) ?? envelope.At,
                Actor = detail["policyDetails"u8]["actor"u8]["userIdentity"u8]["type"u8].Exists
                    ? PolicyActor(detail["policyDetails"u8]["actor"u8]["userIdentity"u8]) : null,
                Thread = id is null ? null : $"macie/{id}",
                Facts = Known.Facts(
                    ("Severity", severity["description"u8].Words?.ToLowerInvariant()),
                    ("Bucket", name),
                    ("Object", key is null ? null : Cut.Line(key, 200)),
                    ("Found", Found(detail["classificationDetails"u8]["result"u8]["sensitiveData"u8])),
                    ("Bucket access", access is null ? null : Phrase.Of(access)),
                    ("Size", thing["size"u8].Number is { } size ? Quantity.Size(size) : null),
                    ("Times", detail["count"u8].Number is > 1 and var count ? Quantity.Of(count) : null),
                    ("Type", detail["type"u8].Words)),
                Links = Known.Links(ConsolePage.Link("Open the finding", region, "macie/home", "findings?search=&macros=current&itemId=", id)),
            },
        ]);
    }

    private static Parsed ReadAlert(Envelope envelope, Json detail)
    {
        if (detail["name"u8].Words is not { } name) return Statement.Lacks(envelope, "detail.name", "the name of the alert");

        var risk = detail["risk-score"u8].Number;
        var summary = detail["summary"u8];
        var description = summary["Description"u8].Words ?? detail["trigger"u8]["description"u8].Words;
        var arn = detail["alert-arn"u8].Words ?? (envelope.Resources.Count > 0 ? envelope.Resources[0] : null);
        var actor = detail["actor"u8].Words is { } principal ? principal.Split(':') is [_, "assumed-role", var role, ..] ? role : principal : null;
        return new Parsed.Told([
            new()
            {
                Source = "macie",
                Kind = "alert",
                Severity = risk switch { >= 80 => Severity.Error, >= 40 => Severity.Warning, null => Severity.Warning, _ => Severity.Info },
                Status = Status.Raised,
                Title = Cut.Line(name, 80),
                Summary = description == name || description is null ? name.Length > 80 ? name : null : Cut.Text(Cut.Readable(description), 1000),
                Subject = actor,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = arn is null ? null : $"macie/{arn}",
                Facts = Known.Facts(
                    ("Risk", risk is { } score ? $"{Quantity.Of(score)} of 100" : null),
                    ("About", actor),
                    ("Events", summary["Event Count"u8].Scalar),
                    ("Objects", Keys(summary["Object"u8])),
                    ("From", Keys(summary["IP"u8])),
                    ("Themes", Keys(summary["Themes"u8])),
                    ("Alert", Phrase.Of(detail["notification-type"u8].Words))),
                Links = Known.Links(Known.Page("Open the alert", detail["url"u8].Words)),
            },
        ]);
    }

    private static Severity SeverityOf(double? score, string? word) => (score, word?.ToLowerInvariant()) switch
    {
        ( >= 3, _) or (null, "high") => Severity.Error,
        ( < 2, _) or (null, "low") => Severity.Info,
        _ => Severity.Warning,
    };

    private static string? PolicyActor(Json identity)
    {
        foreach (var (name, value) in identity.Members)
        {
            if (value.IsObject && (value["userName"u8].Words ?? Phrase.Name(value["arn"u8].Words)) is { } who) return who;
            if (name.TextIs("root"u8) && value.IsObject) return "root";
        }
        return null;
    }

    private static string? Found(Json data)
    {
        var found = new List<string>();
        foreach (var category in data.Items)
        {
            foreach (var detection in category["detections"u8].Items)
            {
                if (detection["type"u8].Words is { } type) found.Add($"{Phrase.Of(type)} ×{detection["count"u8].Scalar ?? "1"}");
            }
            if (category["detections"u8].Count > 0 || category["category"u8].Words is not { } name) continue;
            found.Add($"{Phrase.Of(name)} ×{category["totalCount"u8].Scalar ?? "1"}");
        }
        return Phrase.List(found);
    }

    private static string? Keys(Json map)
    {
        var names = new List<string>();
        foreach (var (name, _) in map.Members) names.Add(Cut.Line(name.Text!, 80));
        return Phrase.List(names, 3);
    }
}
