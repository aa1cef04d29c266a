namespace Signalbox;

/// <summary>What all events about a mail have: who wrote it, to whom, about what.</summary>
internal static class SesMail
{
    /// <summary>A mail that was sent, or was not.</summary>
    public static Parsed.Told Tell(
        Envelope envelope, Json mail, string kind, Severity severity, string phrase, Json recipients, string? reason, DateTimeOffset? at,
        params ReadOnlySpan<(string, string?)> facts)
    {
        var to = Addresses(recipients) ?? Addresses(mail["destination"u8]);
        return Statement.Told(Of(envelope, mail, kind, severity, $"Mail to {to ?? "somebody"} {phrase}", recipients, at, facts) with
        {
            Summary = reason is null ? null : Cut.Readable(reason),
        });
    }

    /// <summary>Somebody who wants no more mail, or other mail, by the link or the header of one.</summary>
    public static Parsed.Told Subscription(Envelope envelope, Json mail, Json change)
    {
        var who = Addresses(mail["destination"u8]) ?? "Somebody";
        var list = Cut.Line(change["contactList"u8].Words ?? "a list", 24);
        var topics = change["newTopicPreferences"u8]["topicSubscriptionStatus"u8];
        var isOut = change["newTopicPreferences"u8]["unsubscribeAll"u8].Scalar is "true";
        var wasOut = change["oldTopicPreferences"u8]["unsubscribeAll"u8].Scalar is "true";
        var title = isOut ? $"{who} unsubscribed from {list}" : wasOut ? $"{who} subscribed to {list} again" : $"{who} chose other topics of {list}";
        return Statement.Told(Of(envelope, mail, "subscription", Severity.Info, title, default, Instants.Read(change["timestamp"u8]),
            ("Wanted", isOut ? null : Topics(topics, "OptIn")),
            ("Not wanted", isOut ? null : Topics(topics, "OptOut")),
            ("By", Phrase.Of(change["source"u8]))));
    }

    private static string? Topics(Json topics, string state)
    {
        var names = new List<string>();
        foreach (var topic in topics.Items)
        {
            if (topic["subscriptionStatus"u8].Text == state && topic["topicName"u8].Words is { } name) names.Add(Phrase.Short(name));
        }
        return Phrase.List(names);
    }

    private static Notice Of(
        Envelope envelope, Json mail, string kind, Severity severity, string title, Json recipients, DateTimeOffset? at,
        params ReadOnlySpan<(string, string?)> facts)
    {
        var arn = mail["sourceArn"u8].Words;
        return Statement.Of(envelope, "ses", kind, (severity, Status.Stated), title) with
        {
            Subject = FirstOf(recipients) ?? FirstOf(mail["destination"u8]),
            Arn = arn,
            Account = mail["sendingAccountId"u8].Scalar ?? Arn.AccountOf(arn) ?? envelope.Account,
            Region = Arn.RegionOf(arn) ?? envelope.Region,
            At = at ?? envelope.At ?? Instants.Read(mail["timestamp"u8]),
            Actor = mail["callerIdentity"u8].Words,
            Facts = Known.Facts([.. facts, ("Subject", mail["commonHeaders"u8]["subject"u8].Words), ("From", mail["source"u8].Words)]),
            Links = Known.Links(ConsolePage.Link("Open SES", Arn.RegionOf(arn) ?? envelope.Region, "ses/home", "/account")),
        };
    }

    /// <summary>A mail that came in, and what SES thinks of it.</summary>
    public static Parsed.Told Received(Envelope envelope, Json mail, Json receipt)
    {
        var virus = Failed(receipt, "virusVerdict"u8);
        var spam = Failed(receipt, "spamVerdict"u8);
        var from = mail["commonHeaders"u8]["from"u8][0].Words ?? mail["source"u8].Words;
        var subject = mail["commonHeaders"u8]["subject"u8].Words;
        var action = receipt["action"u8];
        var arn = action["topicArn"u8].Words ?? action["functionArn"u8].Words;
        var severity = virus ? Severity.Error : spam ? Severity.Warning : Severity.Info;
        var what = virus ? "A virus came by mail" : spam ? "Spam came" : "Mail came";
        var title = $"{what} for {Addresses(receipt["recipients"u8]) ?? "somebody"}{(subject is null ? "" : $": {subject}")}";
        return Statement.Told(Statement.Of(envelope, "ses", "received", (severity, Status.Stated), title) with
        {
            Subject = FirstOf(receipt["recipients"u8]),
            Account = envelope.Account ?? Arn.AccountOf(arn),
            Region = envelope.Region ?? Arn.RegionOf(arn),
            At = Instants.Read(receipt["timestamp"u8]) ?? envelope.At,
            Facts = Known.Facts(
                ("From", from),
                ("Failed checks", Checks(receipt)),
                ("Kept in", action["bucketName"u8].Words is { } bucket ? $"{bucket}/{action["objectKey"u8].Words}" : null)),
        });
    }

    private static bool Failed(Json receipt, ReadOnlySpan<byte> verdict) => receipt[verdict]["status"u8].TextIs("FAIL"u8);

    private static string? Checks(Json receipt)
    {
        var failed = new List<string>();
        if (Failed(receipt, "virusVerdict"u8)) failed.Add("virus");
        if (Failed(receipt, "spamVerdict"u8)) failed.Add("spam");
        if (Failed(receipt, "spfVerdict"u8)) failed.Add("SPF");
        if (Failed(receipt, "dkimVerdict"u8)) failed.Add("DKIM");
        if (Failed(receipt, "dmarcVerdict"u8)) failed.Add("DMARC");
        return failed.Count == 0 ? null : string.Join(", ", failed);
    }

    private static string? FirstOf(Json recipients) => recipients[0].Words ?? recipients[0]["emailAddress"u8].Words;

    /// <summary>"jane@example.com and 2 more"; recipients are texts, or objects with an address.</summary>
    private static string? Addresses(Json recipients)
    {
        if (FirstOf(recipients) is not { } first) return null;
        var more = recipients.Count - 1;
        return more > 0 ? $"{Phrase.Short(first)} and {more} more" : Phrase.Short(first);
    }
}
