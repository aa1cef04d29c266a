namespace Signalbox;

/// <summary>Amplify: deployments of the branches of an app.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.amplify, and the text that Amplify's e-mail notifications bring by SNS is left to be told as it came.
/// Severity: FAILED is an error, CANCELLED a warning, the rest info. Status: FAILED and CANCELLED raise, SUCCEED clears, STARTED is under way;
/// one conversation for each job. Errors: garbled without a status.
/// </remarks>
public static class Amplify
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("amplify", [new Key.Event("aws.amplify")], Read,
        "https://docs.aws.amazon.com/amplify/latest/userguide/monitor-with-eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["jobStatus"u8].Words is not { } state)
            return detail["appId"u8].Exists ? Statement.Lacks(envelope, "detail.jobStatus", "a status") : AsItCame.Told(envelope, "amplify");
        var app = detail["appId"u8].Words ?? AppIn(envelope) ?? "of unknown id";
        var branch = detail["branchName"u8].Words;
        var job = detail["jobId"u8].Scalar;
        var (severity, status, phrase) = state.ToUpperInvariant() switch
        {
            "STARTED" or "RUNNING" or "PENDING" or "PROVISIONING" => (Severity.Info, Status.Ongoing, "started"),
            "SUCCEED" or "SUCCEEDED" => (Severity.Info, Status.Cleared, "succeeded"),
            "FAILED" => (Severity.Error, Status.Raised, "failed"),
            "CANCELLED" or "CANCELLING" or "CANCELED" => (Severity.Warning, Status.Raised, "was cancelled"),
            _ => (Severity.Info, Status.Ongoing, $"is {Phrase.Of(state, 20)}"),
        };
        return new Parsed.Told([
            new()
            {
                Source = "amplify",
                Kind = "deployment",
                Severity = severity,
                Status = status,
                Title = Cut.Line($"Deploy of {(branch is null ? "" : $"{Cut.Line(branch, 30)} of ")}app {Cut.Line(app, 20)} {phrase}", 80),
                Subject = app,
                Arn = envelope.ArnOf(),
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = $"amplify/{app}/{branch}/{job}",
                Facts = Known.Facts(("Job", job)),
                Links = Known.Links(branch is null || job is null
                    ? ConsolePage.Link("Open the app", envelope.Region, "amplify/home", "/", app)
                    : ConsolePage.Link("Open the deployment", envelope.Region, "amplify/home", "/", app,
                        $"/{ConsolePage.Escape(branch)}/{ConsolePage.Escape(job)}")),
            },
        ]);
    }

    /// <summary>APP in <c>…:apps/APP/branches/main/jobs/1</c>.</summary>
    private static string? AppIn(Envelope envelope) =>
        Arn.Read(envelope.ArnOf("apps/"))?.Resource.Split('/') is [_, var app, ..] ? app : null;
}
