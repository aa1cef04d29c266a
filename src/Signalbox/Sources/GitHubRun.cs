namespace Signalbox;

/// <summary>Workflow runs, checks, statuses and deployments of GitHub.</summary>
internal static class GitHubRun
{
    public static Parsed.Told Read(Envelope envelope, string kind)
    {
        var body = envelope.Body;
        var run = kind is "status" ? body : body[System.Text.Encoding.UTF8.GetBytes(kind)];
        var state = kind is "status" ? run["state"u8].Words : run["conclusion"u8].Words ?? run["status"u8].Words ?? body["action"u8].Words;
        var (severity, status, phrase) = Standing(state);
        var name = kind is "status" ? run["context"u8].Words : run["name"u8].Words ?? run["app"u8]["name"u8].Words;
        var branch = run["head_branch"u8].Words ?? run["check_suite"u8]["head_branch"u8].Words ?? body["branches"u8][0]["name"u8].Words;
        var commit = run["head_commit"u8]["message"u8].Words ?? run["display_title"u8].Words ?? run["commit"u8]["commit"u8]["message"u8].Words;
        var id = kind switch
        {
            "status" => $"{run["sha"u8].Words}/{name}",
            "workflow_job" => run["run_id"u8].Scalar ?? run["id"u8].Scalar,
            _ => run["id"u8].Scalar,
        };
        var called = Cut.Line(name ?? Phrase.Capital(Phrase.Of(kind)), 24);
        var began = Instants.Read(run["run_started_at"u8]) ?? Instants.Read(run["started_at"u8]);
        var ended = Instants.Read(run["completed_at"u8]) ?? (kind is "workflow_run" && run["conclusion"u8].Exists ? Instants.Read(run["updated_at"u8]) : null);
        return new([
            GitHub.Basic(envelope, kind) with
            {
                Severity = severity,
                Status = status,
                Title = Phrase.Before($"{called} of {GitHub.Brief(body)} {phrase}", " on ", branch),
                Summary = GitHubCode.Text(run["output"u8]["summary"u8].Words ?? run["output"u8]["title"u8].Words
                    ?? (kind is "status" ? run["description"u8].Words : null)),
                At = ended ?? Instants.Read(run["updated_at"u8]) ?? began ?? envelope.At,
                Actor = run["triggering_actor"u8]["login"u8].Words ?? run["actor"u8]["login"u8].Words ?? body["sender"u8]["login"u8].Words,
                Thread = $"github/{GitHub.Repository(body)}/{(kind is "workflow_job" ? "workflow_run" : kind)}/{id}",
                Part = kind is "workflow_job" ? new(name ?? "a job", status) : null,
                Facts = Known.Facts(
                    ("Branch", branch),
                    ("Commit", commit is null ? null : Cut.Line(commit.Split('\n')[0], 100)),
                    ("Run", run["run_number"u8].Scalar is { } number
                        ? $"#{number}{(run["run_attempt"u8].Number is > 1 and var attempt ? $", attempt {Quantity.Of(attempt)}" : "")}" : null),
                    ("Failed step", FailedStep(run["steps"u8])),
                    ("Started by", Phrase.Of(run["event"u8].Words)),
                    ("Took", began is { } from && ended is { } to && to > from ? Quantity.Duration(to - from) : null)),
                Links = Known.Links(Known.Page(kind is "workflow_run" ? "Open the run" : "Open it", run["html_url"u8].Words ?? run["target_url"u8].Words
                    ?? run["details_url"u8].Words ?? Checks(body, kind))),
            },
        ]);
    }

    public static Parsed.Told Deployment(Envelope envelope, string kind)
    {
        var body = envelope.Body;
        var deployment = body["deployment"u8];
        var state = body["deployment_status"u8];
        var environment = state["environment"u8].Words ?? deployment["environment"u8].Words ?? body["environment"u8].Words ?? "an environment";
        var waits = kind is "deployment_review" or "deployment_protection_rule";
        var run = body["workflow_run"u8];
        var word = state["state"u8].Words ?? (kind is "deployment" ? "queued" : body["action"u8].Words);
        var (severity, status, phrase) = waits ? Waiting(word) : Standing(word);
        var id = deployment["id"u8].Scalar;
        return new([
            GitHub.Basic(envelope, kind) with
            {
                Severity = severity,
                Status = status,
                Title = Phrase.Around($"Deploy of {GitHub.Brief(body)} to ", environment, $" {phrase}"),
                Summary = GitHubCode.Text(state["description"u8].Words ?? deployment["description"u8].Words),
                At = Instants.Read(state["updated_at"u8]) ?? Instants.Read(deployment["updated_at"u8]) ?? Instants.Read(body["since"u8]) ?? envelope.At,
                Thread = id is not null ? $"github/{GitHub.Repository(body)}/deployment/{id}" : run["id"u8].Scalar is { } runId
                    ? $"github/{GitHub.Repository(body)}/workflow_run/{runId}" : null,
                Facts = Known.Facts(
                    ("Environment", environment),
                    ("Branch", deployment["ref"u8].Words ?? run["head_branch"u8].Words),
                    ("Workflow", run["name"u8].Words),
                    ("Waits for", Reviewers(body["reviewers"u8])),
                    ("Asked by", body["requestor"u8]["login"u8].Words),
                    ("Commit", deployment["sha"u8].Words is { Length: >= 7 } sha ? sha[..7] : null)),
                Links = Known.Links(
                    Known.Page("Open the deployment", state["log_url"u8].Words ?? state["target_url"u8].Words ?? run["html_url"u8].Words),
                    Known.Page("Open the environment", state["environment_url"u8].Words)),
            },
        ]);
    }

    /// <summary>A suite has no page of its own: its checks stand on that of its commit.</summary>
    private static string? Checks(Json body, string kind) =>
        kind is "check_suite" && body["repository"u8]["html_url"u8].Words is { } page && body["check_suite"u8]["head_sha"u8].Words is { } sha
            ? $"{page}/commit/{sha}/checks" : null;

    /// <summary>What a conclusion, a status or a state means.</summary>
    private static (Severity, Status, string) Standing(string? state) => state switch
    {
        "failure" or "error" => (Severity.Error, Status.Raised, "failed"),
        "timed_out" => (Severity.Error, Status.Raised, "ran out of time"),
        "startup_failure" => (Severity.Error, Status.Raised, "could not start"),
        "cancelled" => (Severity.Warning, Status.Raised, "was cancelled"),
        "action_required" => (Severity.Warning, Status.Raised, "waits for somebody"),
        "stale" => (Severity.Warning, Status.Stated, "went stale"),
        "success" or "completed" => (Severity.Info, Status.Cleared, "succeeded"),
        "neutral" => (Severity.Info, Status.Cleared, "ended"),
        "skipped" => (Severity.Info, Status.Cleared, "was skipped"),
        "inactive" => (Severity.Info, Status.Cleared, "is no longer active"),
        "queued" or "requested" or "waiting" or "pending" or "created" or "rerequested" => (Severity.Info, Status.Ongoing, "waits to start"),
        "in_progress" => (Severity.Info, Status.Ongoing, "is running"),
        _ => (Severity.Info, Status.Ongoing, $"is {Phrase.Of(state) ?? "under way"}"),
    };

    private static (Severity, Status, string) Waiting(string? action) => action switch
    {
        "approved" => (Severity.Info, Status.Ongoing, "was approved"),
        "rejected" => (Severity.Warning, Status.Raised, "was rejected"),
        _ => (Severity.Warning, Status.Ongoing, "waits for approval"),
    };

    private static string? FailedStep(Json steps)
    {
        foreach (var step in steps.Items)
        {
            if (step["conclusion"u8].TextIs("failure"u8)) return step["name"u8].Words;
        }
        return null;
    }

    private static string? Reviewers(Json reviewers)
    {
        var names = new List<string>();
        foreach (var reviewer in reviewers.Items)
        {
            if ((reviewer["reviewer"u8]["name"u8].Words ?? reviewer["reviewer"u8]["login"u8].Words) is { } name) names.Add(name);
        }
        return Phrase.List(names);
    }
}
