namespace Signalbox;

/// <summary>Tells an event that no row knows, or that its row could not read: JSON by its most telling fields, text as text.</summary>
internal static class AsItCame
{
    private static readonly string[] StateTypes = ["change", "status", "state", "update", "alert", "alarm"];
    private static readonly string[] Troubles = ["Health Event", "Insight", "Incident", "Problem", "Anomaly", "Issue", "Breach", "Outage"];

    /// <summary>The event as a notice; quiet only when there is nothing in it at all.</summary>
    /// <param name="envelope">The event.</param>
    /// <param name="garbled">The row that could not read it, and why.</param>
    public static Reading Read(Envelope envelope, (Source Source, Fault Fault)? garbled)
    {
        if (IsEmpty(envelope) is { } why) return new(envelope, "event", "empty", Outcome.Quiet, why, []);

        var notice = envelope.Text is { } text ? FormOf(text) is { } form ? OfJson(envelope, form) : OfText(envelope, text)
            : ReadyMessage.Read(envelope) ?? OfJson(envelope, envelope.Body);
        if (garbled is not var (source, fault))
            return new(envelope, notice.Source, notice.Kind, Outcome.AsItCame, "no row knows it, so it is told by its most telling fields", [notice]);

        var told = notice with
        {
            Source = source.Name,
            Kind = "garbled",
            Severity = notice.Severity > Severity.Warning ? notice.Severity : Severity.Warning,
            Facts = [.. notice.Facts.Take(7), new("Could not be read", fault.ToString())],
        };
        return new(envelope, source.Name, told.Kind, Outcome.Garbled, fault.ToString(), [told]);
    }

    /// <summary>An event of a row that has no words of its own for it.</summary>
    public static Parsed.Told Told(Envelope envelope, string source) =>
        new([(envelope.Text is { } text ? OfText(envelope, text) : OfJson(envelope, envelope.Body)) with { Source = source }]);

    private static string? IsEmpty(Envelope envelope) => envelope switch
    {
        { Subject: not null } or { DetailType: not null } => null,
        { Text: { } text } when string.IsNullOrWhiteSpace(text) => envelope.Transport.EndsWith("http", StringComparison.Ordinal)
            ? "an HTTP request without a body" : "the message is empty",
        { Body: { IsObject: true } body } when body["Records"u8] is { IsArray: true, Count: 0 } && body.Count == 1 => "a batch without records",
        { Body: { IsObject: true, Count: 0 } or { IsArray: true, Count: 0 } } => "an empty event",
        _ => null,
    };

    private static Notice OfText(Envelope envelope, string text)
    {
        var readable = Cut.Readable(text).Trim();
        var title = envelope.Subject ?? envelope.DetailType ?? AsItCameTitle.FirstLine(readable) ?? "An empty message";
        return new()
        {
            Source = SourceOf(envelope),
            Kind = "text",
            Severity = Severity.Info,
            Status = Status.Stated,
            Title = Cut.Line(title, 80) is { Length: > 0 } line ? line : "A message without words",
            Summary = readable.Length == 0 || readable == title && title.Length <= 80 ? null : readable,
            Account = envelope.Account,
            Region = envelope.Region,
            At = envelope.At,
            Facts = WhereFrom(envelope),
        };
    }

    /// <summary>The fields of a form that a web page sent, "subject=Contact+form&amp;name=Tim"; null for any other text.</summary>
    private static Json? FormOf(string text) =>
        text.Contains('&', StringComparison.Ordinal) && !text.AsSpan().Trim().ContainsAny(" \n\t<{") && FormText.Fields(text.Trim()) is { } fields
            && Json.Parse(fields) is { Expected: null, Value: var form } ? form : null;

    private static Notice OfJson(Envelope envelope, Json body)
    {
        var scalars = Telling.Of(body);
        var (state, message) = (Telling.State(scalars), Telling.Message(scalars));
        var standing = (state is null ? null : StandingOfTrouble(envelope.DetailType, state) ?? StateWords.StandingOfPhrase(state)
            ?? StandingOfReady(envelope.DetailType, state)) ?? Telling.Verdict(scalars);
        var resource = envelope.Resources.Count > 0 ? envelope.Resources[0] : Telling.Resource(scalars);
        var named = AsItCameFacts.NameOf(resource);
        var subject = named is null || AsItCameFacts.IsOpaque(named) ? Telling.NameOfThing(scalars) ?? named : named;
        if (subject is null && envelope.Publisher is ['a', 'w', 's', '.', .. var service] && !service.Contains('/', StringComparison.Ordinal))
            subject = Telling.IdOfThing(scalars);
        var region = envelope.Region ?? Telling.First(scalars, Telling.Regions) ?? Arn.RegionOf(resource);
        var title = TitleOf(envelope, scalars, subject, state, message);
        var ofType = StandingOfType(envelope.DetailType);
        // A report of something that is over, like "File Send Failed", has no end of which another event would tell.
        var status = standing is null || !(IsOfState(envelope.DetailType) || IsTrouble(envelope.DetailType)) ? Status.Stated : standing.Value.Status;
        var severity = ofType is { Status: Status.Cleared } && standing is not { Status: Status.Raised } ? Severity.Info
            : status is Status.Cleared ? standing!.Value.Severity
            : Telling.SeverityOf(scalars) ?? standing?.Severity ?? ofType?.Severity ?? SeverityOfWhat(scalars);
        var isNamed = subject is not null && title.Contains(Cut.Line(subject, 40), StringComparison.Ordinal);
        var source = SourceOf(envelope);
        var kind = envelope.DetailType is { } type ? KindOf(type) : "json";
        string?[] said = [message, title, isNamed ? subject : null, isNamed ? resource : null, state, region, envelope.Account, source];
        return new()
        {
            Source = source,
            Kind = kind,
            Severity = severity,
            Status = status,
            Title = Cut.Line(title, 80) is { Length: > 0 } line ? line : "An event without a name",
            Summary = message is null || (title.EndsWith(message, StringComparison.Ordinal) && title.Length <= 80) ? null : Cut.Readable(message),
            Subject = subject is null ? null : Cut.Line(subject, 200),
            Arn = resource is not null && resource.StartsWith("arn:", StringComparison.Ordinal) ? resource : null,
            Account = envelope.Account ?? Telling.First(scalars, Telling.Accounts) ?? Arn.AccountOf(resource),
            Region = region,
            At = Instants.Read(Telling.First(scalars, Telling.Times)) ?? envelope.At,
            Thread = status is Status.Stated || subject is null || envelope.DetailType is null ? null : $"{source}/{kind}/{resource ?? subject}",
            Facts = AsItCameFacts.Of(scalars, said) is { Count: > 0 } facts ? facts : WhereFrom(envelope),
            Links = Known.Links(PageOf(scalars), ConsoleOf(envelope, region)),
        };
    }

    /// <summary>True for an event of something that is in a state until another event says so; of what has no type nobody knows, so its state counts.</summary>
    private static bool IsOfState(string? type)
    {
        if (type is null) return true;
        var named = type.EndsWith(" Notification", StringComparison.OrdinalIgnoreCase) ? type[..^" Notification".Length] : type;
        return Array.Exists(StateTypes, word => named.EndsWith(word, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>An event of something that is bad as long as it lasts: "Internet Monitor Health Event", "Insight Update".</summary>
    private static bool IsTrouble(string? type) => type is not null && Array.Exists(Troubles, word => type.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is active or open is good for a server and bad for an incident.</summary>
    private static (Severity Severity, Status Status)? StandingOfTrouble(string? type, string state) => !IsTrouble(type) ? null : Phrase.Of(state) switch
    {
        "active" or "open" or "opened" or "new" or "ongoing" or "detected" or "breached" or "raised" or "triggered" => (Severity.Warning, Status.Raised),
        "resolved" or "closed" or "ended" or "cleared" or "recovered" => (Severity.Info, Status.Cleared),
        _ => null,
    };

    /// <summary>Of a thing that changes its state these are good; of anything else nobody knows.</summary>
    private static (Severity Severity, Status Status)? StandingOfReady(string? type, string state) =>
        type is not null && WithoutChange(type, null) is not null && Phrase.Of(state) is "active" or "enabled" or "ready" or "attached" or "associated"
            ? (Severity.Info, Status.Cleared) : null;

    /// <summary>"SFTP Connector File Send Failed" and "Insight Closed" say it by themselves.</summary>
    private static (Severity Severity, Status Status)? StandingOfType(string? type) =>
        type is null ? null : StateWords.StandingOf(type[(type.LastIndexOf(' ') + 1)..]);

    /// <summary>"Stream Failure", where that is the name of what happened.</summary>
    private static Severity SeverityOfWhat(List<Scalar> scalars)
    {
        var what = Telling.FirstNear(scalars, Telling.Acts);
        return (what is null ? null : StateWords.StandingOfPhrase(what)?.Severity) ?? Severity.Info;
    }

    /// <summary>"Glue Job MyJob failed": what changed its state, which one, and its state; another detail-type stands before what it is about.</summary>
    private static string TitleOf(Envelope envelope, List<Scalar> scalars, string? subject, string? state, string? message)
    {
        if (envelope.DetailType is { } type)
        {
            var said = state ?? Telling.FirstNear(scalars, Telling.Happenings);
            var about = subject is null ? null : Cut.Line(subject, 40);
            if (state is not null && about is not null && WithoutChange(type, state) is { } thing) return $"{thing} {about} {Worded(state)}";
            if (about is null && envelope.Publisher is { } publisher && !publisher.StartsWith("aws.", StringComparison.Ordinal)) type = $"{publisher}: {type}";
            return about is null ? said is null ? type : $"{type}: {Worded(said)}" : $"{type}: {about}{(said is null ? "" : $" {Worded(said)}")}";
        }
        return AsItCameTitle.Of(envelope, scalars, subject, state, message);
    }

    /// <summary>"Glue Job State Change" as "Glue Job"; null when the type does not end so, nor in the state itself ("Replication Stalled Change").</summary>
    private static string? WithoutChange(string type, string? state)
    {
        ReadOnlySpan<string> endings =
        [
            " State Change Notification", " State-change Notification", " Status-change Notification", " Status Change Notification",
            " Lifecycle State Change", " State Change", " Status Change", " State-change", " Status Update",
        ];
        foreach (var ending in endings)
        {
            if (type.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && type.Length > ending.Length) return type[..^ending.Length];
        }
        return state is not null && type.EndsWith($" {state} Change", StringComparison.OrdinalIgnoreCase) ? type[..^(state.Length + 8)] : null;
    }

    private static ValueList<Fact> WhereFrom(Envelope envelope) =>
        Known.Facts(("Topic", Arn.Read(envelope.Topic) is { } topic ? topic.Name : envelope.Topic));

    private static Link? PageOf(List<Scalar> scalars) => Known.Page("Open the page", Telling.Page(scalars));

    private static Link? ConsoleOf(Envelope envelope, string? region) =>
        envelope.Publisher is ['a', 'w', 's', '.', .. var service] && service.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '-')
            ? ConsoleHome.Of(service, region)
            : null;

    private static string SourceOf(Envelope envelope) => envelope.Publisher switch
    {
        null => "event",
        _ when envelope.Publisher.StartsWith("aws.partner/", StringComparison.Ordinal) => envelope.Publisher.Split('/')[1],
        ['a', 'w', 's', '.', .. var service] => service,
        ['a', 'w', 's', ':', .. var service] => service,
        var publisher => publisher,
    };

    private static string KindOf(string detailType) =>
        string.Join('-', detailType.ToLowerInvariant().Split([' ', '/', ':', '_'], StringSplitOptions.RemoveEmptyEntries));

    private static string Worded(string state) => Cut.Line(Phrase.Of(state), 40);
}
