namespace Signalbox;

/// <summary>The title of JSON that names no type of its own, as the webhook of any program sends it: what it is about, and what happened to it.</summary>
internal static class AsItCameTitle
{
    /// <summary>Names of headlines; a code for a machine, in capitals or without a blank, is none.</summary>
    private static readonly string[] Headlines = ["title", "headline", "alertname", "alarmname", "rulename", "alertrule", "searchname", "trigger", "rule"];

    /// <summary>Names of what happened: a type of event says more than a name that a product gave it.</summary>
    private static readonly string[] Kinds = ["eventtype", "eventname", "event", "type", "action"];

    private const int LongestSubject = 40;

    /// <summary>The title.</summary>
    /// <param name="envelope">The event.</param>
    /// <param name="scalars">What stands in it.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="state">The state that it is in.</param>
    /// <param name="message">What it says.</param>
    public static string Of(Envelope envelope, List<Scalar> scalars, string? subject, string? state, string? message)
    {
        if (envelope.Subject is { } said) return said;
        var about = subject is null || AsItCameFacts.IsOpaque(subject) ? null : Cut.Line(subject, LongestSubject);
        if (Headline(scalars) is { } headline) return About(about, headline);
        var standing = state is null ? null : StateWords.StandingOfPhrase(state);
        // That something has begun says less than what it says of itself.
        if (about is not null && standing is { Status: var status } && (status is not Status.Ongoing || message is null)) return $"{about} {Verb(state!)}";
        var what = Telling.FirstNear(scalars, Kinds);
        // "payout.failed" says it all, and the message why.
        var isTelling = about is null && what is not null && what.Contains('.', StringComparison.Ordinal)
            && StateWords.StandingOfPhrase(what) is { Severity: var severity } && severity == (standing?.Severity ?? severity);
        if (!isTelling && message is not null && FirstLine(message) is { } line) return About(about, line);
        if (what is not null && what.AsSpan().ContainsAny("._: ")) return About(about, Phrase.Capital(Phrase.Of(what)));
        return Telling.First(scalars, Telling.Titles)
            ?? (subject is null || state is null ? null : $"{subject} is {Cut.Line(Phrase.Of(state), 40)}")
            ?? subject
            ?? (scalars.Count > 0 ? $"{Telling.Label(scalars[0].Name)}: {AsItCameFacts.Shown(scalars[0])}" : null)
            ?? "An event without any values";
    }

    /// <summary>The first line with words in it.</summary>
    public static string? FirstLine(string text)
    {
        var trimmed = text.AsSpan().TrimStart();
        var end = trimmed.IndexOf('\n');
        var line = (end < 0 ? trimmed : trimmed[..end]).Trim();
        return line.IsEmpty ? null : line.ToString();
    }

    private static string? Headline(List<Scalar> scalars)
    {
        foreach (var scalar in scalars)
        {
            if (scalar.Depth > 2 || Telling.IsSecret(scalar)) continue;
            var isNamed = Array.IndexOf(Headlines, scalar.Plain) >= 0 || scalar.Plain.EndsWith("title", StringComparison.Ordinal);
            var isCode = scalar.Plain is "trigger" or "rule" && !scalar.Value.Contains(' ', StringComparison.Ordinal);
            if (isNamed && !isCode) return scalar.Value;
        }
        return null;
    }

    /// <summary>"db-1: Disk space is low"; the words alone where they name it, or have no room for it.</summary>
    private static string About(string? about, string words) =>
        about is null || words.Contains(about, StringComparison.OrdinalIgnoreCase) || about.Length + words.Length > 78 ? words : $"{about}: {words}";

    /// <summary>"failed", "is down", "succeeded": a state behind what is in it.</summary>
    private static string Verb(string state) => Phrase.Of(state) switch
    {
        "failure" or "fail" or "failed" => "failed",
        "success" or "successful" or "succeed" => "succeeded",
        "error" or "errored" => "has an error",
        "problem" or "alarm" or "alerting" or "firing" or "triggered" => "raises an alarm",
        "ok" or "up" or "healthy" or "recovered" => "is fine again",
        "timeout" or "timedout" or "timed out" => "timed out",
        "complete" => "completed",
        var words when words.EndsWith("ed", StringComparison.Ordinal) => Cut.Line(words, 40),
        var words => $"is {Cut.Line(words, 40)}",
    };
}
