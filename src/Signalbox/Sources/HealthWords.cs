namespace Signalbox;

/// <summary>What the codes of AWS Health say to people.</summary>
internal static class HealthWords
{
    /// <summary>"Instance stop scheduled: i-0d0e1cc1622ea8607 (EC2)".</summary>
    public static string Title(string code, string? service, string? category, bool isAbuse, bool isClosed, List<string> things)
    {
        var about = PhraseOf(code, service);
        var on = things.Count switch
        {
            0 => "",
            1 => $": {Cut.Line(things[0], 36)}",
            _ => $": {Cut.Line(things[0], 28)} and {things.Count - 1} more",
        };
        var what = category switch
        {
            _ when isAbuse => $"AWS reports abuse: {about.Replace("Abuse ", "", StringComparison.Ordinal).Replace("dos ", "DoS ", StringComparison.Ordinal)}",
            _ when isClosed => $"Over: {about}",
            "issue" when things.Count == 0 => $"AWS has trouble: {about}",
            _ => Phrase.Capital(about),
        };
        return Cut.Line(Cut.Line(what, 80 - on.Length) + on, 80);
    }

    /// <summary>"AWS_EC2_INSTANCE_STOP_SCHEDULED" as "EC2 instance stop scheduled".</summary>
    private static string PhraseOf(string code, string? service)
    {
        var rest = code.StartsWith("AWS_", StringComparison.Ordinal) ? code["AWS_".Length..] : code;
        var first = rest.IndexOf('_', StringComparison.Ordinal);
        var begin = first > 0 ? rest[..first] : rest;
        var name = ServiceOf(begin) ?? service ?? begin;
        var words = first > 0 ? Phrase.Of(rest[(first + 1)..]) : "event";
        return $"{name} {words.Replace("api ", "API ", StringComparison.Ordinal).Replace("odcr ", "capacity reservation ", StringComparison.Ordinal)}";
    }

    public static string? ServiceOf(string? code)
    {
        if (code is null) return null;
        if (code.StartsWith("AWS_", StringComparison.Ordinal)) code = code["AWS_".Length..];
        return code.ToUpperInvariant() switch
        {
            "ELASTICLOADBALANCING" => "Load Balancing",
            "LAMBDA" => "Lambda",
            "CLOUDFRONT" => "CloudFront",
            "CLOUDWATCH" => "CloudWatch",
            "CLOUDFORMATION" => "CloudFormation",
            "CLOUDTRAIL" => "CloudTrail",
            "DYNAMODB" => "DynamoDB",
            "ELASTICACHE" => "ElastiCache",
            "ELASTICSEARCH" or "OPENSEARCH" => "OpenSearch",
            "DIRECTCONNECT" => "Direct Connect",
            "REDSHIFT" => "Redshift",
            "ROUTE53" => "Route 53",
            "SERVICEQUOTAS" => "Service Quotas",
            "SHIELD" => "Shield",
            "APIGATEWAY" => "API Gateway",
            "KINESIS" => "Kinesis",
            "AUTOSCALING" => "Auto Scaling",
            "BILLING" => "Billing",
            "ABUSE" => "Abuse",
            "RISK" => "Security",
            "MANAGEMENT" => "Console",
            { Length: <= 4 } brief => brief,
            var other => Phrase.Capital(other.ToLowerInvariant().Replace('_', ' ')),
        };
    }

    /// <summary>What is affected: of several things those that are not done with.</summary>
    public static List<string> Things(Json entities)
    {
        var (open, done) = (new List<string>(), new List<string>());
        foreach (var entity in entities.Items)
        {
            if (entity["entityValue"u8].Words is not { } value || value.Contains(":root/", StringComparison.Ordinal)) continue;
            (entity["status"u8].TextIs("RESOLVED"u8) ? done : open).Add(Cut.Line(Phrase.Name(value), 100));
        }
        return open.Count > 0 ? open : done;
    }

    /// <summary>The text in English, else the first; some events write their line ends as a backslash and an n.</summary>
    public static string? Description(Json descriptions)
    {
        string? any = null;
        foreach (var description in descriptions.Items)
        {
            var text = description["latestDescription"u8].Words;
            any ??= text;
            if (text is not null && description["language"u8].Words is { } language && language.StartsWith("en", StringComparison.OrdinalIgnoreCase))
            {
                any = text;
                break;
            }
        }
        return any?.Replace("\\n", "\n", StringComparison.Ordinal);
    }
}
