namespace Signalbox;

/// <summary>Pushes, branches, pull requests, issues and releases of GitHub.</summary>
internal static class GitHubCode
{
    public static Parsed.Told Push(Envelope envelope)
    {
        var body = envelope.Body;
        var reference = body["ref"u8].Words ?? "";
        var name = Short(reference);
        var isTag = reference.StartsWith("refs/tags/", StringComparison.Ordinal);
        var deleted = body["deleted"u8].Kind is JsonKind.True;
        var forced = body["forced"u8].Kind is JsonKind.True;
        var commits = body["commits"u8].Count;
        var who = body["pusher"u8]["name"u8].Words ?? body["sender"u8]["login"u8].Words ?? "Somebody";
        return new([
            GitHub.Basic(envelope, "push") with
            {
                Severity = forced || (deleted && !isTag) ? Severity.Warning : Severity.Info,
                Title = isTag
                    ? Phrase.Around($"{Cut.Line(who, 24)} {(deleted ? "deleted" : "pushed")} tag ", name, $" {(deleted ? "of" : "to")} {GitHub.Brief(body)}")
                    : Pushed(who, deleted ? "deleted" : forced ? "force-pushed" : "pushed", deleted ? 0 : commits, name, GitHub.Brief(body)),
                Summary = Messages(body["commits"u8]),
                At = Instants.Read(body["head_commit"u8]["timestamp"u8]) ?? envelope.At,
                Actor = who,
                Facts = Known.Facts(("Branch", isTag ? null : name), ("Tag", isTag ? name : null), ("Forced", forced ? "yes" : null)),
                // What is deleted compares with nothing: that page does not exist.
                Links = Known.Links(deleted ? Known.Page("Open the repository", body["repository"u8]["html_url"u8].Words)
                    : Known.Page("See the changes", body["compare"u8].Words)),
            },
        ]);
    }

    public static Parsed.Told Branch(Envelope envelope, string kind)
    {
        var body = envelope.Body;
        var type = body["ref_type"u8].Words ?? "branch";
        var name = body["ref"u8].Words ?? "of unknown name";
        var deleted = kind is "delete";
        return new([
            GitHub.Basic(envelope, kind) with
            {
                Severity = deleted && type is "branch" ? Severity.Warning : Severity.Info,
                Title = Phrase.Around($"{GitHub.Who(body)} {(deleted ? "deleted" : "created")} {type} ", name,
                    $" {(deleted ? "of" : "in")} {GitHub.Brief(body)}"),
                At = Instants.Read(body["repository"u8]["pushed_at"u8]) ?? envelope.At,
                Links = Known.Links(Known.Page("Open the repository", body["repository"u8]["html_url"u8].Words)),
            },
        ]);
    }

    public static Parsed.Told PullRequest(Envelope envelope, string kind)
    {
        var body = envelope.Body;
        var pull = body["pull_request"u8];
        var number = pull["number"u8].Scalar ?? body["number"u8].Scalar;
        var action = body["action"u8].Words;
        var review = body["review"u8];
        var merged = pull["merged"u8].Kind is JsonKind.True;
        var phrase = (kind, action) switch
        {
            ("pull_request_review", _) => Phrase.Of(review["state"u8].Words) switch
            {
                "approved" => "approved",
                "changes requested" => "wants changes in",
                _ => "reviewed",
            },
            ("pull_request_review_comment", _) => "commented on",
            (_, "closed") => merged ? "merged" : "closed",
            (_, "synchronize") => "updated",
            (_, "review_requested") => "asked for a review of",
            (_, "ready_for_review") => "finished",
            _ => Phrase.Of(action) ?? "changed",
        };
        var page = review["html_url"u8].Words ?? body["comment"u8]["html_url"u8].Words ?? pull["html_url"u8].Words;
        var title = pull["title"u8].Words;
        var full = $"{GitHub.Who(body)} {phrase} #{number} of {GitHub.Brief(body)}: {title}";
        return new([
            GitHub.Basic(envelope, kind) with
            {
                Status = action is "closed" ? Status.Cleared : Status.Ongoing,
                Title = Cut.Line(full, 80),
                Summary = Text(review["body"u8].Words ?? body["comment"u8]["body"u8].Words ?? (full.Length > 80 ? title : null)),
                At = Instants.Read(review["submitted_at"u8]) ?? Instants.Read(pull["updated_at"u8]) ?? envelope.At,
                Thread = $"github/{GitHub.Repository(body)}/pull/{number}",
                Facts = Known.Facts(
                    ("Branches", pull["head"u8]["ref"u8].Words is { } from ? $"{from} → {pull["base"u8]["ref"u8].Words}" : null),
                    ("Author", pull["user"u8]["login"u8].Words),
                    ("Reviewer", body["requested_reviewer"u8]["login"u8].Words ?? body["requested_team"u8]["name"u8].Words),
                    ("Changes", pull["additions"u8].Scalar is { } more
                        ? $"+{more} −{pull["deletions"u8].Scalar} in {Quantity.Count((long)(pull["changed_files"u8].Number ?? 0), "file")}" : null),
                    ("Draft", pull["draft"u8].Kind is JsonKind.True ? "yes" : null)),
                Links = Known.Links(Known.Page("Open the pull request", page)),
            },
        ]);
    }

    public static Parsed.Told Issue(Envelope envelope, string kind)
    {
        var body = envelope.Body;
        var issue = body["issue"u8];
        var number = issue["number"u8].Scalar;
        var action = body["action"u8].Words;
        var isComment = kind is "issue_comment";
        var verb = Phrase.Of(action) ?? "changed";
        var phrase = !isComment ? verb : action is "created" ? "commented on" : $"{verb} a comment on";
        return new([
            GitHub.Basic(envelope, kind) with
            {
                Status = !isComment && action is "closed" or "deleted" ? Status.Cleared : Status.Ongoing,
                Title = Cut.Line($"{GitHub.Who(body)} {phrase} #{number} of {GitHub.Brief(body)}: {issue["title"u8].Words}", 80),
                Summary = Text(isComment ? body["comment"u8]["body"u8].Words : action is "opened" ? issue["body"u8].Words : null),
                At = Instants.Read(body["comment"u8]["updated_at"u8]) ?? Instants.Read(issue["updated_at"u8]) ?? envelope.At,
                Thread = $"github/{GitHub.Repository(body)}/{(issue["pull_request"u8].IsObject ? "pull" : "issue")}/{number}",
                Facts = Known.Facts(("Author", issue["user"u8]["login"u8].Words), ("Labels", Labels(issue["labels"u8])),
                    ("Assigned to", issue["assignee"u8]["login"u8].Words)),
                Links = Known.Links(Known.Page(isComment ? "Open the comment" : "Open the issue", body["comment"u8]["html_url"u8].Words
                    ?? issue["html_url"u8].Words)),
            },
        ]);
    }

    public static Parsed.Told Release(Envelope envelope)
    {
        var body = envelope.Body;
        var release = body["release"u8];
        var name = release["name"u8].Words ?? release["tag_name"u8].Words ?? "of unknown name";
        return new([
            GitHub.Basic(envelope, "release") with
            {
                Title = Phrase.Around($"{GitHub.Brief(body)}: release ", name, $" was {Phrase.Of(body["action"u8].Words) ?? "changed"}"),
                Summary = Text(release["body"u8].Words),
                At = Instants.Read(release["published_at"u8]) ?? envelope.At,
                Facts = Known.Facts(("Tag", release["tag_name"u8].Words), ("From", release["target_commitish"u8].Words),
                    ("Pre-release", release["prerelease"u8].Kind is JsonKind.True ? "yes" : null)),
                Links = Known.Links(Known.Page("Open the release", release["html_url"u8].Words)),
            },
        ]);
    }

    /// <summary>Who pushed what where; a long branch gives way to the place, and where that is not enough, the number of commits does.</summary>
    internal static string Pushed(string who, string verb, long commits, string branch, string where)
    {
        var start = $"{Cut.Line(who, 24)} {verb} ";
        var number = commits > 0 ? $"{Quantity.Count(commits, "commit")} to " : "";
        var hasRoom = start.Length + number.Length + int.Min(branch.Length, 16) + 4 + where.Length <= 80;
        return Phrase.Around(hasRoom ? start + number : start, branch, $" of {where}");
    }

    /// <summary>"main" of "refs/heads/main".</summary>
    internal static string Short(string reference)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["refs/heads/", "refs/tags/"])
        {
            if (reference.StartsWith(prefix, StringComparison.Ordinal)) return reference[prefix.Length..];
        }
        return reference;
    }

    /// <summary>The first line of each commit, the newest last, at most five.</summary>
    internal static string? Messages(Json commits)
    {
        var lines = new List<string>();
        foreach (var commit in commits.Items)
        {
            if (commit["message"u8].Words is not { } message) continue;
            var end = message.IndexOf('\n', StringComparison.Ordinal);
            lines.Add($"• {Cut.Line(end < 0 ? message : message[..end], 100)}");
        }
        if (lines.Count == 0) return null;
        return lines.Count <= 5 ? string.Join('\n', lines) : $"… {lines.Count - 5} more\n{string.Join('\n', lines.GetRange(lines.Count - 5, 5))}";
    }

    internal static string? Text(string? text) => text is null ? null : Cut.Text(Cut.Readable(text).Trim(), 600);

    private static string? Labels(Json labels)
    {
        var names = new List<string>();
        foreach (var label in labels.Items)
        {
            if (label["name"u8].Words is { } name) names.Add(name);
        }
        return Phrase.List(names);
    }
}
