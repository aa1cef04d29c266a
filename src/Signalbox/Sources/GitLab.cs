namespace Signalbox;

/// <summary>Webhooks of GitLab: code, pipelines, jobs, deployments, releases, issues, vulnerabilities; and system hooks.</summary>
/// <remarks>
/// Severity: a pipeline, job or deployment that failed error (a job that may fail warning), cancelled warning, else info; a deleted branch or project,
/// a failed sign-in, a token that expires and new administrators' keys warning; a vulnerability by its own severity, resolved or dismissed info; all
/// else info. One thread for each pipeline, job, deployment, merge request, issue, vulnerability and token. Quiet: emoji.
/// Keys, e-mail addresses and variables are never shown, nor the text of confidential comments and issues.
/// </remarks>
public static class GitLab
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "gitlab",
        [
            new Key.Attribute("x-gitlab-event"),
            new Key.Members("object_kind", []),
            new Key.Members("event_name", ["created_at"]),
            new Key.Members("created_at", ["event_name", "updated_at"]),
            new Key.Members("event_name", ["project"]),
            new Key.Members("event_name", ["project_id"]),
        ],
        Read,
        "https://docs.gitlab.com/user/project/integrations/webhook_events/");

    private static Parsed Read(Envelope envelope) => Known.Placed(Parse(envelope), "Project", Project(envelope.Body));

    private static Parsed Parse(Envelope envelope)
    {
        var body = envelope.Body;
        var kind = body["object_kind"u8].Words ?? body["event_name"u8].Words ?? envelope.Attribute("x-gitlab-event") ?? "event";
        return kind switch
        {
            "push" => GitLabCode.Push(envelope),
            "tag_push" => GitLabCode.Push(envelope),
            "issue" or "work_item" or "incident" => GitLabCode.Issue(envelope, kind),
            "merge_request" => GitLabCode.MergeRequest(envelope),
            "note" => GitLabCode.Note(envelope),
            "wiki_page" => GitLabCode.Wiki(envelope),
            "release" => GitLabCode.Release(envelope),
            "pipeline" => GitLabRun.Pipeline(envelope),
            "build" or "job" => GitLabRun.Job(envelope),
            "deployment" => GitLabRun.Deployment(envelope),
            "access_token" => GitLabMore.Token(envelope),
            "vulnerability" => GitLabMore.Vulnerability(envelope),
            "feature_flag" => GitLabMore.Flag(envelope),
            "milestone" => GitLabMore.Milestone(envelope),
            "emoji" => new Parsed.Quiet("somebody put an emoji on an issue, a merge request or a comment"),
            _ => System(envelope, kind),
        };
    }

    /// <summary>What every notice of GitLab has.</summary>
    internal static Notice Basic(Envelope envelope, string kind)
    {
        var body = envelope.Body;
        return new()
        {
            Source = "gitlab",
            Kind = kind.Replace('_', '-').Replace(' ', '-'),
            Severity = Severity.Info,
            Status = Status.Stated,
            Title = "",
            Subject = Project(body),
            At = envelope.At,
            Account = envelope.Account,
            Region = envelope.Region,
            Actor = Who(body),
        };
    }

    /// <summary>True for what only members of the project may read.</summary>
    internal static bool IsConfidential(Envelope envelope) =>
        envelope.Attribute("x-gitlab-event") is { } hook && hook.StartsWith("Confidential", StringComparison.OrdinalIgnoreCase)
        || envelope.Body["event_type"u8].Words is { } type && type.StartsWith("confidential", StringComparison.OrdinalIgnoreCase)
        || envelope.Body["object_attributes"u8]["confidential"u8].Kind is JsonKind.True
        || envelope.Body["object_attributes"u8]["internal"u8].Kind is JsonKind.True;

    internal static string? Project(Json body) =>
        body["project"u8]["path_with_namespace"u8].Words ?? body["project_name"u8].Words ?? body["project"u8]["name"u8].Words
            ?? body["repository"u8]["name"u8].Words;

    /// <summary>A project as a title has room for it: without its groups when long.</summary>
    internal static string Brief(Json body) => Phrase.Tail(Project(body) ?? "a project", 30);

    internal static string? Who(Json body) => body["user"u8]["name"u8].Words ?? body["user_name"u8].Words ?? body["user"u8]["username"u8].Words
        ?? body["user_username"u8].Words;

    /// <summary>The page of the project; addresses that git clones from are none.</summary>
    internal static Link? PageOf(Json body) =>
        Known.Page("Open the project", body["project"u8]["web_url"u8].Words ?? body["project"u8]["homepage"u8].Words
            ?? body["repository"u8]["homepage"u8].Words);

    private static Parsed.Told System(Envelope envelope, string kind)
    {
        var body = envelope.Body;
        var project = body["path_with_namespace"u8].Words ?? body["project_path_with_namespace"u8].Words ?? body["project_name"u8].Words
            ?? body["name"u8].Words;
        var group = body["group_name"u8].Words ?? body["full_path"u8].Words ?? body["name"u8].Words;
        var user = body["user_name"u8].Words ?? body["name"u8].Words ?? body["username"u8].Words ?? "somebody";
        var rights = body["group_access"u8].Words ?? body["access_level"u8].Words ?? body["project_access"u8].Words;
        var (severity, title) = kind switch
        {
            "project_create" => (Severity.Info, $"Project {project} was created"),
            "project_destroy" => (Severity.Warning, $"Project {project} was deleted"),
            "project_rename" => (Severity.Info, $"Project {Old(body, "old_path_with_namespace"u8)} is now {project}"),
            "project_transfer" => (Severity.Info, $"Project {Old(body, "old_path_with_namespace"u8)} moved to {project}"),
            "project_update" => (Severity.Info, $"Project {project} was changed"),
            "group_create" => (Severity.Info, $"Group {group} was created"),
            "group_destroy" => (Severity.Warning, $"Group {group} was deleted"),
            "group_rename" => (Severity.Info, $"Group {Old(body, "old_full_path"u8)} is now {group}"),
            "user_create" => (Severity.Info, $"User {user} was created"),
            "user_destroy" => (Severity.Info, $"User {user} was deleted"),
            "user_rename" => (Severity.Info, $"User {Old(body, "old_username"u8)} is now {body["username"u8].Words}"),
            "user_failed_login" => (Severity.Warning, $"{user} failed to sign in{(body["state"u8].Words is { } state ? $" ({state})" : "")}"),
            "user_add_to_team" => (Severity.Info, $"{user} joined project {project} as {rights}"),
            "user_remove_from_team" => (Severity.Info, $"{user} left project {project}"),
            "user_update_for_team" => (Severity.Info, $"{user} is now {rights} of project {project}"),
            "user_add_to_group" => (Severity.Info, $"{user} joined group {group} as {rights}"),
            "user_remove_from_group" => (Severity.Info, $"{user} left group {group}"),
            "user_update_for_group" => (Severity.Info, $"{user} is now {rights} of group {group}"),
            "key_create" => (Severity.Info, $"{user} added an SSH key"),
            "key_destroy" => (Severity.Info, $"{user} removed an SSH key"),
            "repository_update" => (Severity.Info, $"Repository {Project(body) ?? project} was updated"),
            _ => (Severity.Info, $"{Phrase.Capital(Phrase.Of(kind))}{(project is null ? "" : $": {project}")}"),
        };
        var isGroup = kind.Contains("group", StringComparison.Ordinal);
        return new([
            Basic(envelope, kind) with
            {
                Severity = severity,
                Title = Cut.Line(title, 80),
                Subject = isGroup ? group : kind.StartsWith("user_", StringComparison.Ordinal) && !kind.EndsWith("team", StringComparison.Ordinal)
                    || kind.StartsWith("key", StringComparison.Ordinal) ? user : project,
                At = Instants.Read(body["updated_at"u8]) ?? Instants.Read(body["created_at"u8]) ?? envelope.At,
                Actor = null,
                Facts = Known.Facts(
                    ("Visibility", body["project_visibility"u8].Words),
                    ("Owner", body["owner_name"u8].Words)),
                Links = Known.Links(PageOf(body)),
            },
        ]);
    }

    private static string? Old(Json body, ReadOnlySpan<byte> member) => body[member].Words ?? body["old_path"u8].Words;
}
