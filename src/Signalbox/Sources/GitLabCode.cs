namespace Signalbox;

/// <summary>Pushes, merge requests, issues, comments, wiki pages and releases of GitLab.</summary>
internal static class GitLabCode
{
    private const string Nothing = "0000000000000000000000000000000000000000";

    public static Parsed.Told Push(Envelope envelope)
    {
        var body = envelope.Body;
        var reference = body["ref"u8].Words ?? "";
        var isTag = reference.StartsWith("refs/tags/", StringComparison.Ordinal) || body["object_kind"u8].TextIs("tag_push"u8);
        var name = GitHubCode.Short(reference);
        var deleted = body["after"u8].TextIs("0000000000000000000000000000000000000000"u8);
        var count = body["total_commits_count"u8].Number ?? body["commits"u8].Count;
        var who = GitLab.Who(body) ?? "Somebody";
        var before = body["before"u8].Words;
        var page = body["project"u8]["web_url"u8].Words ?? body["project"u8]["homepage"u8].Words;
        var after = body["after"u8].Words;
        return new([
            GitLab.Basic(envelope, isTag ? "tag-push" : "push") with
            {
                Severity = deleted && !isTag ? Severity.Warning : Severity.Info,
                Title = GitHubCode.Pushed(who, $"{(deleted ? "deleted" : "pushed")}{(isTag ? " tag" : "")}", deleted || isTag ? 0 : (long)count, name,
                    GitLab.Brief(body)),
                Summary = GitHubCode.Messages(body["commits"u8]) ?? (isTag ? GitHubCode.Text(body["message"u8].Words) : null),
                At = Instants.Read(body["commits"u8][body["commits"u8].Count - 1]["timestamp"u8]) ?? envelope.At,
                Facts = Known.Facts(("Branch", isTag ? null : name), ("Tag", isTag ? name : null)),
                Links = Known.Links(
                    page is not null && before is { Length: 40 } and not Nothing && after is { Length: 40 } and not Nothing
                        ? Known.Page("See the changes", $"{page}/-/compare/{before}...{after}") : null,
                    GitLab.PageOf(body)),
            },
        ]);
    }

    public static Parsed.Told MergeRequest(Envelope envelope)
    {
        var body = envelope.Body;
        var merge = body["object_attributes"u8];
        var action = merge["action"u8].Words;
        var state = merge["state"u8].Words;
        var number = merge["iid"u8].Scalar;
        var phrase = action switch
        {
            "open" => "opened",
            "close" => "closed",
            "reopen" => "reopened",
            "update" => "updated",
            "merge" => "merged",
            "approved" or "approval" => "approved",
            "unapproved" or "unapproval" => "took back the approval of",
            _ => state switch { "merged" => "merged", "closed" => "closed", _ => "changed" },
        };
        return new([
            GitLab.Basic(envelope, "merge-request") with
            {
                Status = state is "merged" or "closed" ? Status.Cleared : Status.Ongoing,
                Title = Cut.Line($"{GitLab.Who(body) ?? "Somebody"} {phrase} !{number} of {GitLab.Brief(body)}: {merge["title"u8].Words}", 80),
                Summary = action is "open" ? GitHubCode.Text(merge["description"u8].Words) : null,
                At = Instants.Read(merge["updated_at"u8]) ?? envelope.At,
                Thread = $"gitlab/{GitLab.Project(body)}/merge_request/{number}",
                Facts = Known.Facts(
                    ("Branches", merge["source_branch"u8].Words is { } from ? $"{from} → {merge["target_branch"u8].Words}" : null),
                    ("State", state),
                    ("Can be merged", Phrase.Of(merge["detailed_merge_status"u8].Words ?? merge["merge_status"u8].Words)),
                    ("Assigned to", body["assignees"u8][0]["name"u8].Words ?? merge["assignee"u8]["name"u8].Words),
                    ("Draft", merge["work_in_progress"u8].Kind is JsonKind.True || merge["draft"u8].Kind is JsonKind.True ? "yes" : null)),
                Links = Known.Links(Known.Page("Open the merge request", merge["url"u8].Words) ?? GitLab.PageOf(body)),
            },
        ]);
    }

    public static Parsed.Told Issue(Envelope envelope, string kind)
    {
        var body = envelope.Body;
        var issue = body["object_attributes"u8];
        var secret = GitLab.IsConfidential(envelope);
        var who = GitLab.Who(body) ?? "Somebody";
        var number = issue["iid"u8].Scalar;
        var action = issue["action"u8].Words;
        var phrase = action switch { "open" => "opened", "close" => "closed", "reopen" => "reopened", "update" => "updated", _ => "changed" };
        return new([
            GitLab.Basic(envelope, kind) with
            {
                Status = issue["state"u8].TextIs("closed"u8) ? Status.Cleared : Status.Ongoing,
                Title = Cut.Line(secret
                    ? $"{who} {phrase} confidential #{number} of {GitLab.Brief(body)}"
                    : $"{who} {phrase} #{number} of {GitLab.Brief(body)}: {issue["title"u8].Words}", 80),
                Summary = action is "open" && !secret ? GitHubCode.Text(issue["description"u8].Words) : null,
                At = Instants.Read(issue["updated_at"u8]) ?? envelope.At,
                Thread = $"gitlab/{GitLab.Project(body)}/issue/{number}",
                Facts = Known.Facts(
                    ("State", issue["state"u8].Words),
                    ("Severity", issue["severity"u8].Words is "unknown" ? null : issue["severity"u8].Words),
                    ("Assigned to", body["assignees"u8][0]["name"u8].Words ?? body["assignee"u8]["name"u8].Words),
                    ("Due", issue["due_date"u8].Words)),
                Links = Known.Links(Known.Page("Open the issue", issue["url"u8].Words) ?? GitLab.PageOf(body)),
            },
        ]);
    }

    public static Parsed.Told Note(Envelope envelope)
    {
        var body = envelope.Body;
        var note = body["object_attributes"u8];
        var secret = GitLab.IsConfidential(envelope) || body["issue"u8]["confidential"u8].Kind is JsonKind.True;
        var who = GitLab.Who(body) ?? "Somebody";
        var (on, title, thread) = note["noteable_type"u8].Words switch
        {
            "Commit" => ($"commit {Sha(body["commit"u8]["id"u8].Words ?? note["commit_id"u8].Words)}", body["commit"u8]["message"u8].Words, null),
            "MergeRequest" => ($"!{body["merge_request"u8]["iid"u8].Scalar}", body["merge_request"u8]["title"u8].Words,
                $"merge_request/{body["merge_request"u8]["iid"u8].Scalar}"),
            "Issue" => ($"#{body["issue"u8]["iid"u8].Scalar}", body["issue"u8]["title"u8].Words, $"issue/{body["issue"u8]["iid"u8].Scalar}"),
            "Snippet" => ("a snippet", body["snippet"u8]["title"u8].Words, null),
            var other => (Phrase.Of(other) ?? "something", (string?)null, (string?)null),
        };
        return new([
            GitLab.Basic(envelope, "note") with
            {
                Status = thread is null ? Status.Stated : Status.Ongoing,
                Title = Cut.Line($"{who} commented on {on} of {GitLab.Brief(body)}{(title is null || secret ? "" : $": {title}")}", 80),
                Summary = secret ? "The comment is confidential and not shown." : GitHubCode.Text(note["note"u8].Words),
                At = Instants.Read(note["updated_at"u8]) ?? envelope.At,
                Thread = thread is null ? null : $"gitlab/{GitLab.Project(body)}/{thread}",
                Links = Known.Links(Known.Page("Open the comment", note["url"u8].Words) ?? GitLab.PageOf(body)),
            },
        ]);
    }

    public static Parsed.Told Wiki(Envelope envelope)
    {
        var body = envelope.Body;
        var page = body["object_attributes"u8];
        var phrase = page["action"u8].Words switch { "create" => "wrote", "delete" => "deleted", _ => "changed" };
        return new([
            GitLab.Basic(envelope, "wiki-page") with
            {
                Title = Cut.Line($"{GitLab.Who(body) ?? "Somebody"} {phrase} wiki page {page["title"u8].Words} of {GitLab.Brief(body)}", 80),
                Summary = GitHubCode.Text(page["message"u8].Words),
                Links = Known.Links(Known.Page("Open the page", page["url"u8].Words)),
            },
        ]);
    }

    public static Parsed.Told Release(Envelope envelope)
    {
        var body = envelope.Body;
        var phrase = body["action"u8].Words switch { "delete" => "was deleted", "update" => "was changed", _ => "was published" };
        return new([
            GitLab.Basic(envelope, "release") with
            {
                Title = Phrase.Around($"{GitLab.Brief(body)}: release ", body["name"u8].Words ?? body["tag"u8].Words ?? "", $" {phrase}"),
                Summary = GitHubCode.Text(body["description"u8].Words),
                At = Instants.Read(body["released_at"u8]) ?? envelope.At,
                Facts = Known.Facts(("Tag", body["tag"u8].Words)),
                Links = Known.Links(Known.Page("Open the release", body["url"u8].Words)),
            },
        ]);
    }

    internal static string? Sha(string? sha) => sha is { Length: > 8 } ? sha[..8] : sha;
}
