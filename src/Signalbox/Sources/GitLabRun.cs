namespace Signalbox;

/// <summary>Pipelines, jobs and deployments of GitLab.</summary>
internal static class GitLabRun
{
    public static Parsed.Told Pipeline(Envelope envelope)
    {
        var body = envelope.Body;
        var run = body["object_attributes"u8];
        var (severity, status, phrase) = Standing(run["detailed_status"u8].Words is "warning" ? "success" : run["status"u8].Words, false);
        var failed = new List<string>();
        foreach (var job in body["builds"u8].Items)
        {
            // A job that may fail did not make the pipeline fail.
            if (job["allow_failure"u8].Kind is JsonKind.True) continue;
            if (job["status"u8].TextIs("failed"u8) && job["name"u8].Words is { } name) failed.Add($"{name} ({job["stage"u8].Words})");
        }
        var id = run["id"u8].Scalar;
        var branch = Branch(run["ref"u8].Words);
        return new([
            GitLab.Basic(envelope, "pipeline") with
            {
                Severity = severity,
                Status = status,
                Title = Phrase.Before($"Pipeline of {GitLab.Brief(body)} {phrase}", " on ", branch),
                At = Instants.Read(run["finished_at"u8]) ?? Instants.Read(run["created_at"u8]) ?? envelope.At,
                Thread = $"gitlab/{GitLab.Project(body)}/pipeline/{id}",
                Facts = Known.Facts(
                    ("Failed", Phrase.List(failed)),
                    ("Branch", branch),
                    ("Commit", body["commit"u8]["title"u8].Words ?? First(body["commit"u8]["message"u8].Words)),
                    ("By", body["commit"u8]["author"u8]["name"u8].Words),
                    ("Started by", Phrase.Of(run["source"u8].Words)),
                    ("Took", Seconds(run["duration"u8].Number))),
                Links = Known.Links(
                    Known.Page("Open the pipeline", run["url"u8].Words
                        ?? (body["project"u8]["web_url"u8].Words is { } web && id is not null ? $"{web}/-/pipelines/{id}" : null))),
            },
        ]);
    }

    public static Parsed.Told Job(Envelope envelope)
    {
        var body = envelope.Body;
        var mayFail = body["build_allow_failure"u8].Kind is JsonKind.True;
        var (severity, status, phrase) = Standing(body["build_status"u8].Words, mayFail);
        var id = body["build_id"u8].Scalar;
        var reason = body["build_failure_reason"u8].Words;
        var page = body["project"u8]["web_url"u8].Words ?? body["repository"u8]["homepage"u8].Words;
        return new([
            GitLab.Basic(envelope, "job") with
            {
                Severity = severity,
                Status = status,
                Title = Phrase.Around("Job ", body["build_name"u8].Words ?? "", $" of {GitLab.Brief(body)} {phrase}"),
                Summary = severity is Severity.Info || reason is null or "unknown_failure" ? null : $"{Phrase.Capital(Phrase.Of(reason))}.",
                At = Instants.Read(body["build_finished_at"u8]) ?? Instants.Read(body["build_started_at"u8]) ?? Instants.Read(body["build_created_at"u8])
                    ?? envelope.At,
                Thread = $"gitlab/{GitLab.Project(body)}/job/{id}",
                Facts = Known.Facts(
                    ("Stage", body["build_stage"u8].Words),
                    ("Branch", Branch(body["ref"u8].Words)),
                    ("Commit", First(body["commit"u8]["message"u8].Words)),
                    ("Took", Seconds(body["build_duration"u8].Number)),
                    ("Waited", body["build_queued_duration"u8].Number is > 60 and var waited ? Seconds(waited) : null),
                    ("May fail", mayFail ? "yes" : null)),
                Links = Known.Links(Known.Page("Open the job", page is not null && id is not null ? $"{page}/-/jobs/{id}" : null)),
            },
        ]);
    }

    public static Parsed.Told Deployment(Envelope envelope)
    {
        var body = envelope.Body;
        var (severity, status, phrase) = Standing(body["status"u8].Words, false);
        var environment = body["environment"u8].Words ?? "an environment";
        return new([
            GitLab.Basic(envelope, "deployment") with
            {
                Severity = severity,
                Status = status,
                Title = Phrase.Around($"Deploy of {GitLab.Brief(body)} to ", environment, $" {phrase}"),
                At = Instants.Read(body["status_changed_at"u8]) ?? envelope.At,
                Thread = $"gitlab/{GitLab.Project(body)}/deployment/{body["deployment_id"u8].Scalar}",
                Facts = Known.Facts(
                    ("Environment", environment),
                    ("Branch", Branch(body["ref"u8].Words)),
                    ("Commit", body["commit_title"u8].Words is { } title ? $"{title} ({body["short_sha"u8].Words})" : body["short_sha"u8].Words)),
                Links = Known.Links(
                    Known.Page("Open the job", body["deployable_url"u8].Words),
                    Known.Page("Open the environment", body["environment_external_url"u8].Words),
                    Known.Page("Open the commit", body["commit_url"u8].Words)),
            },
        ]);
    }

    private static (Severity, Status, string) Standing(string? state, bool mayFail) => state switch
    {
        "failed" => (mayFail ? Severity.Warning : Severity.Error, Status.Raised, "failed"),
        "canceled" or "canceling" => (Severity.Warning, Status.Raised, "was cancelled"),
        "success" => (Severity.Info, Status.Cleared, "succeeded"),
        "skipped" => (Severity.Info, Status.Cleared, "was skipped"),
        "running" => (Severity.Info, Status.Ongoing, "is running"),
        "manual" => (Severity.Info, Status.Ongoing, "waits for somebody"),
        "blocked" => (Severity.Warning, Status.Ongoing, "waits for approval"),
        "created" or "pending" or "preparing" or "scheduled" or "waiting_for_resource" => (Severity.Info, Status.Ongoing, "waits to start"),
        _ => (Severity.Info, Status.Ongoing, $"is {Phrase.Of(state) ?? "under way"}"),
    };

    /// <summary>"!7" of "refs/merge-requests/7/head"; a branch as it is.</summary>
    private static string? Branch(string? reference)
    {
        const string Requests = "refs/merge-requests/";
        if (reference?.StartsWith(Requests, StringComparison.Ordinal) is not true) return reference;
        var end = reference.IndexOf('/', Requests.Length);
        return $"!{(end < 0 ? reference[Requests.Length..] : reference[Requests.Length..end])}";
    }

    private static string? Seconds(double? seconds) => seconds is > 0 and < 1e8 ? Quantity.Duration(TimeSpan.FromSeconds(seconds.Value)) : null;

    private static string? First(string? message) => message is null ? null : Cut.Line(message.Split('\n')[0], 100);
}
