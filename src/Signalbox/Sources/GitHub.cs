namespace Signalbox;

/// <summary>Webhooks of GitHub: code, builds, deployments, releases, issues and security alerts.</summary>
/// <remarks>
/// Known by the header x-github-event; a bare body by its members. Severity: a run, check, status or deployment that failed error, one that was
/// cancelled or waits warning, else info; a security alert by its own severity (critical, high error, medium and moderate warning, low info; a
/// leaked secret error), fixed or dismissed info; a forced push, a deleted branch, repository or webhook, a repository made public and a protection
/// rule or ruleset that was changed or deleted warning; all else info. One thread for each run, check, deployment, pull request, issue, discussion
/// and alert.
/// Quiet: the ping of a new webhook, stars and watchers. A leaked secret itself is never shown.
/// </remarks>
public static class GitHub
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "github",
        [
            new Key.Attribute("x-github-event"),
            new Key.Members("repository", ["sender", "repository.full_name"]),
            new Key.Members("sender", ["organization", "sender.login"]),
            new Key.Members("organization", ["sender", "sender.login"]),
            new Key.Members("security_advisory", ["action"]),
            new Key.Members("action", ["security_advisory"]),
            new Key.Members("zen", ["hook_id"]),
        ],
        Read,
        "https://docs.github.com/en/webhooks/webhook-events-and-payloads");

    private static Parsed Read(Envelope envelope) => Known.Placed(Parse(envelope), "Repository", envelope.Body["repository"u8]["full_name"u8].Words);

    private static Parsed Parse(Envelope envelope)
    {
        var body = envelope.Body;
        var kind = (envelope.Attribute("x-github-event") ?? Guess(body)).ToLowerInvariant();
        return kind switch
        {
            "ping" => new Parsed.Quiet("GitHub tries the webhook: it works"),
            "star" or "watch" => new Parsed.Quiet("somebody starred or watches the repository"),
            "push" => GitHubCode.Push(envelope),
            "create" or "delete" => GitHubCode.Branch(envelope, kind),
            "pull_request" or "pull_request_review" or "pull_request_review_comment" or "pull_request_target" => GitHubCode.PullRequest(envelope, kind),
            "issues" or "issue_comment" => GitHubCode.Issue(envelope, kind),
            "release" => GitHubCode.Release(envelope),
            "workflow_run" or "workflow_job" or "check_run" or "check_suite" or "status" => GitHubRun.Read(envelope, kind),
            "deployment" or "deployment_status" or "deployment_review" or "deployment_protection_rule" => GitHubRun.Deployment(envelope, kind),
            "repository_vulnerability_alert" or "dependabot_alert" or "code_scanning_alert" or "secret_scanning_alert" or "security_advisory"
                or "repository_advisory" or "secret_scanning_alert_location" => GitHubAlert.Read(envelope, kind),
            "discussion" or "discussion_comment" => GitHubMore.Discussion(envelope, kind),
            "commit_comment" => GitHubMore.CommitComment(envelope),
            "page_build" => GitHubMore.Pages(envelope),
            _ => GitHubMore.Read(envelope, kind),
        };
    }

    /// <summary>What every notice of GitHub has.</summary>
    internal static Notice Basic(Envelope envelope, string kind)
    {
        var body = envelope.Body;
        return new()
        {
            Source = "github",
            Kind = kind.Replace('_', '-'),
            Severity = Severity.Info,
            Status = Status.Stated,
            Title = "",
            Subject = Repository(body),
            At = envelope.At,
            Account = envelope.Account,
            Region = envelope.Region,
            Actor = body["sender"u8]["login"u8].Words,
        };
    }

    internal static string? Repository(Json body) => body["repository"u8]["full_name"u8].Words ?? body["repository"u8]["name"u8].Words
        ?? body["organization"u8]["login"u8].Words;

    internal static string Who(Json body) => Cut.Line(body["sender"u8]["login"u8].Words ?? "Somebody", 30);

    /// <summary>A repository as a title has room for it: without its owner when long.</summary>
    internal static string Brief(Json body) => Phrase.Tail(Repository(body) ?? "a repository", 32);

    /// <summary>The event by the members that only it has.</summary>
    private static string Guess(Json body)
    {
        ReadOnlySpan<string> telling =
        [
            "workflow_job", "deployment_status", "deployment", "check_run", "check_suite", "security_advisory", "repository_advisory", "release", "forkee",
                "package", "registry_package", "repository_ruleset", "merge_group",
        ];
        if (body["zen"u8].Exists) return "ping";
        if (body["workflow_job_run"u8].Exists || body["requestor"u8].Exists && body["environment"u8].Exists) return "deployment_review";
        if (body["workflow_run"u8].IsObject && !body["deployment"u8].IsObject) return "workflow_run";
        foreach (var name in telling)
        {
            if (body[System.Text.Encoding.UTF8.GetBytes(name)].IsObject) return name is "forkee" ? "fork" : name;
        }
        if (body["review"u8].IsObject) return "pull_request_review";
        if (body["pull_request"u8].IsObject) return body["comment"u8].IsObject ? "pull_request_review_comment" : "pull_request";
        if (body["issue"u8].IsObject) return body["comment"u8].IsObject ? "issue_comment" : "issues";
        if (body["alert"u8] is { IsObject: true } alert) return body["location"u8].IsObject ? "secret_scanning_alert_location" : GuessAlert(alert);
        if (body["discussion"u8].IsObject) return body["comment"u8].IsObject ? "discussion_comment" : "discussion";
        if (body["comment"u8].IsObject) return "commit_comment";
        if (body["hook_id"u8].Exists && body["hook"u8].IsObject) return "meta";
        if (body["key"u8].IsObject) return "deploy_key";
        if (body["membership"u8].IsObject || body["invitation"u8].IsObject) return "organization";
        if (body["member"u8].IsObject) return body["team"u8].IsObject ? "membership" : "member";
        if (body["build"u8].IsObject) return "page_build";
        if (body["pages"u8].IsArray) return "gollum";
        if (body["starred_at"u8].Kind is not JsonKind.Missing) return "star";
        if (body["rule"u8].IsObject) return "branch_protection_rule";
        if (body["commits"u8].IsArray || body["head_commit"u8].Exists) return "push";
        if (body["ref_type"u8].Exists) return body["master_branch"u8].Exists ? "create" : "delete";
        return body["state"u8].Exists && body["sha"u8].Exists ? "status" : GuessBare(body);
    }

    /// <summary>An event that has nothing of its own beside the repository is told by its action alone.</summary>
    private static string GuessBare(Json body)
    {
        foreach (var (name, _) in body.Members)
        {
            if (name.Text is not ("action" or "changes" or "repository" or "organization" or "sender" or "enterprise" or "installation")) return "event";
        }
        return body["action"u8].Words switch
        {
            _ when !body["repository"u8].IsObject => "event",
            null => body["action"u8].Exists ? "event" : "public",
            "started" => "watch",
            "created" or "deleted" or "archived" or "unarchived" or "edited" or "renamed" or "transferred" or "publicized" or "privatized" => "repository",
            _ => "event",
        };
    }

    private static string GuessAlert(Json alert) =>
        alert["secret_type"u8].Exists ? "secret_scanning_alert"
        : alert["rule"u8].Exists ? "code_scanning_alert"
        : alert["affected_package_name"u8].Exists ? "repository_vulnerability_alert" : "dependabot_alert";
}
