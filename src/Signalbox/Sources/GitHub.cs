namespace Signalbox;

/// <summary>Webhooks of GitHub: code, builds, deployments, releases, issues and security alerts.</summary>
/// <remarks>
/// Known by the header x-github-event; a bare body by its members. Severity: a run, check, status or deployment that failed error, one that was
/// cancelled or waits warning, else info; a security alert by its own severity (critical, high error, medium and moderate warning, low info; a
/// leaked secret error), fixed or dismissed info; a forced push, a deleted branch or repository, a repository made public and a changed
/// protection rule warning; all else info. One thread for each run, check, deployment, pull request, issue and alert.
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

    private static Parsed Read(Envelope envelope)
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
            _ => Other(envelope, kind),
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
    internal static string Brief(Json body)
    {
        var name = Repository(body) ?? "a repository";
        return name.Length > 32 && name.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 ? Cut.Line(name[(slash + 1)..], 32) : name;
    }

    private static Parsed.Told Other(Envelope envelope, string kind)
    {
        var body = envelope.Body;
        var action = body["action"u8].Words;
        var (severity, phrase) = (kind, action) switch
        {
            ("repository", "deleted") or ("public", _) or ("repository", "publicized") =>
                (Severity.Warning, kind is "public" ? "was made public" : $"was {action}"),
            ("repository", _) => (Severity.Info, $"was {action}"),
            ("branch_protection_rule", "created") => (Severity.Info, $"has a new protection rule for {body["rule"u8]["name"u8].Words}"),
            ("branch_protection_rule", _) => (Severity.Warning, $"{Phrase.Of(action)} the protection rule for {body["rule"u8]["name"u8].Words}"),
            ("fork", _) => (Severity.Info, $"was forked to {body["forkee"u8]["full_name"u8].Words}"),
            ("member", _) => (Severity.Info, $"has a member {Phrase.Of(action)}: {body["member"u8]["login"u8].Words}"),
            _ => (Severity.Info, $"{Phrase.Of(kind)}{(action is null ? "" : $" {Phrase.Of(action)}")}"),
        };
        return new([
            Basic(envelope, kind) with
            {
                Severity = severity,
                At = Instants.Read(body["rule"u8]["updated_at"u8]) ?? Instants.Read(body["forkee"u8]["created_at"u8]) ?? envelope.At,
                Title = Cut.Line($"{Brief(body)}: {phrase}".Replace(": was ", " was ", StringComparison.Ordinal).Replace(": has ", " has ",
                    StringComparison.Ordinal), 80),
                Facts = Known.Facts(
                    ("Reviews needed", body["rule"u8]["required_approving_review_count"u8].Scalar),
                    ("Fork", body["forkee"u8]["full_name"u8].Words),
                    ("Member", body["member"u8]["login"u8].Words),
                    ("Package", body["package"u8]["name"u8].Words ?? body["registry_package"u8]["name"u8].Words)),
                Links = Known.Links(Known.Page("Open the repository", body["repository"u8]["html_url"u8].Words)),
            },
        ]);
    }

    /// <summary>The event by the members that only it has.</summary>
    private static string Guess(Json body)
    {
        ReadOnlySpan<string> telling =
        [
            "workflow_job", "deployment_status", "deployment", "check_run", "check_suite", "security_advisory", "release", "member", "forkee", "package",
                "registry_package",
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
        if (body["alert"u8] is { IsObject: true } alert) return GuessAlert(alert);
        if (body["starred_at"u8].Kind is not JsonKind.Missing) return "star";
        if (body["rule"u8].IsObject) return "branch_protection_rule";
        if (body["commits"u8].IsArray || body["head_commit"u8].Exists) return "push";
        if (body["ref_type"u8].Exists) return body["master_branch"u8].Exists ? "create" : "delete";
        return body["state"u8].Exists && body["sha"u8].Exists ? "status" : body["action"u8].Exists ? "repository event" : "event";
    }

    private static string GuessAlert(Json alert) =>
        alert["secret_type"u8].Exists ? "secret_scanning_alert"
        : alert["rule"u8].Exists ? "code_scanning_alert"
        : alert["affected_package_name"u8].Exists ? "repository_vulnerability_alert" : "dependabot_alert";
}
