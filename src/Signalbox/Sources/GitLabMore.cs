namespace Signalbox;

/// <summary>Tokens that expire, vulnerabilities, feature flags and milestones of GitLab.</summary>
internal static class GitLabMore
{
    public static Parsed.Told Token(Envelope envelope)
    {
        var body = envelope.Body;
        var token = body["object_attributes"u8];
        var owner = GitLab.Project(body) ?? Group(body);
        var name = token["name"u8].Words ?? "of unknown name";
        var day = token["expires_at"u8].Words;
        return new([
            GitLab.Basic(envelope, "access-token") with
            {
                Severity = Severity.Warning,
                Title = Phrase.Around("Token ", name,
                    $"{Phrase.With(" of ", Phrase.Tail(owner, 30), 36)} expires {(day is null ? "soon" : $"on {Cut.Line(day, 20)}")}"),
                Subject = owner ?? name,
                Thread = token["id"u8].Scalar is { } id ? $"gitlab/{owner}/access_token/{id}" : null,
                Facts = Known.Facts(
                    ("Token", name),
                    (body["group"u8].IsObject ? "Group" : "Project", owner),
                    ("Expires", day),
                    ("Made", Phrase.At(Instants.Read(token["created_at"u8])))),
                Links = Known.Links(GitLab.PageOf(body)),
            },
        ]);
    }

    public static Parsed.Told Vulnerability(Envelope envelope)
    {
        var body = envelope.Body;
        var found = body["object_attributes"u8];
        var page = found["url"u8].Words;
        var project = GitLab.Project(body) ?? ProjectOf(page);
        var state = found["state"u8].Words;
        var isOver = state is "resolved" or "dismissed";
        var word = found["severity"u8].Words;
        var phrase = isOver ? $" was {state}" : "";
        var what = $"{Phrase.Tail(project, 30)}{(project is null ? "" : ": ")}{found["title"u8].Words ?? "a vulnerability"}";
        var package = found["location"u8]["dependency"u8];
        return new([
            GitLab.Basic(envelope, "vulnerability") with
            {
                Severity = isOver ? Severity.Info : word is null ? Severity.Warning : StateWords.SeverityOf(word) ?? Severity.Warning,
                Status = isOver ? Status.Cleared : Status.Raised,
                Title = $"{Cut.Line(what, 80 - phrase.Length)}{phrase}",
                Subject = project,
                At = Instants.Read(found["updated_at"u8]) ?? Instants.Read(found["created_at"u8]) ?? envelope.At,
                // The event has no number of its own: the address of its page ends in one.
                Thread = page?.TrimEnd('/') is { } trimmed ? $"gitlab/{project}/vulnerability/{trimmed[(trimmed.LastIndexOf('/') + 1)..]}" : null,
                Facts = Known.Facts(
                    ("Severity", word),
                    ("Package", package["package"u8]["name"u8].Words is { } name ? $"{name} {package["version"u8].Words}" : null),
                    ("File", found["location"u8]["file"u8].Words is { } file
                        ? $"{file}{(found["location"u8]["start_line"u8].Scalar is { } line ? $", line {line}" : "")}" : null),
                    ("Id", found["identifiers"u8][0]["name"u8].Words),
                    ("State", state),
                    ("Found by", Phrase.Of(found["report_type"u8].Words))),
                Links = Known.Links(Known.Page("Open the vulnerability", page) ?? GitLab.PageOf(body)),
            },
        ]);
    }

    public static Parsed.Told Flag(Envelope envelope)
    {
        var body = envelope.Body;
        var flag = body["object_attributes"u8];
        var standing = flag["active"u8].Kind switch { JsonKind.True => "is on", JsonKind.False => "is off", _ => "was changed" };
        return new([
            GitLab.Basic(envelope, "feature-flag") with
            {
                Title = Phrase.Around("Flag ", flag["name"u8].Words ?? "of unknown name", $" of {GitLab.Brief(body)} {standing}"),
                Summary = GitHubCode.Text(flag["description"u8].Words),
                Links = Known.Links(GitLab.PageOf(body)),
            },
        ]);
    }

    public static Parsed.Told Milestone(Envelope envelope)
    {
        var body = envelope.Body;
        var milestone = body["object_attributes"u8];
        var phrase = body["action"u8].Words switch
        {
            "create" => "was created",
            "close" => "was closed",
            "reopen" => "was opened again",
            _ => "was changed",
        };
        return new([
            GitLab.Basic(envelope, "milestone") with
            {
                Title = Phrase.Around("Milestone ", milestone["title"u8].Words ?? "of unknown name", $" of {Owner(body)} {phrase}"),
                Summary = GitHubCode.Text(milestone["description"u8].Words),
                Subject = GitLab.Project(body) ?? Group(body),
                At = Instants.Read(milestone["updated_at"u8]) ?? envelope.At,
                Facts = Known.Facts(("State", milestone["state"u8].Words), ("Due", milestone["due_date"u8].Words)),
                Links = Known.Links(GitLab.PageOf(body)),
            },
        ]);
    }

    private static string Owner(Json body) => GitLab.Project(body) is null
        ? $"group {Cut.Line(Group(body) ?? "of unknown name", 24)}" : GitLab.Brief(body);

    private static string? Group(Json body) =>
        body["group"u8]["full_path"u8].Words ?? body["group"u8]["group_path"u8].Words ?? body["group"u8]["group_name"u8].Words;

    /// <summary>The path of a project that a page belongs to: what stands before "/-/".</summary>
    private static string? ProjectOf(string? page) =>
        Uri.TryCreate(page, UriKind.Absolute, out var address) && address.AbsolutePath.IndexOf("/-/", StringComparison.Ordinal) is var end and > 1
            ? address.AbsolutePath[1..end] : null;
}
