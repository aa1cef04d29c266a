using System.Text;

namespace Signalbox;

/// <summary>CodeDeploy: deployments and what they do on each instance.</summary>
/// <remarks>
/// Input: the SNS form of a trigger (<c>deploymentId</c> with <c>status</c> or <c>instanceStatus</c>; nested values are objects or JSON in a
/// text), or the EventBridge events of aws.codedeploy (<c>state</c>).
/// Severity: a failed deployment is an error, so is one on an instance; stopped, aborted and rolled back are warnings; the rest is info.
/// Status: those raise; success of the deployment clears; the rest is under way, also the success of one instance.
/// One conversation for each deployment, to which its instances belong.
/// Quiet: the text that CodeDeploy sends when a trigger is set up.
/// Errors: garbled without a state.
/// </remarks>
public static class CodeDeploy
{
    private const string Setup = "is able to send notifications";

    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "codedeploy",
        [
            new Key.Event("aws.codedeploy"),
            new Key.Members("deploymentId", ["status", "applicationName"]),
            new Key.Members("deploymentId", ["instanceStatus"]),
            new Key.Words("Your", ["AWS CodeDeploy trigger", Setup]),
        ],
        Read,
        "https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-sns-event-notifications.html");

    private static Parsed Read(Envelope envelope)
    {
        if (envelope.Text is { } text)
        {
            return text.Contains(Setup, StringComparison.Ordinal) ? new Parsed.Quiet("CodeDeploy tries whether a trigger reaches its topic")
                : AsItCame.Told(envelope, "codedeploy");
        }
        var body = envelope.Body;
        var state = body["state"u8].Words ?? body["instanceStatus"u8].Words ?? body["status"u8].Words;
        if (state is null && body["deploymentId"u8].Exists) return Statement.Lacks(envelope, "state", "the state of the deployment");
        if (state is null) return AsItCame.Told(envelope, "codedeploy");

        var id = body["deploymentId"u8].Words;
        var application = body["application"u8].Words ?? body["applicationName"u8].Words;
        var group = body["deploymentGroup"u8].Words ?? body["deploymentGroupName"u8].Words;
        var instance = Phrase.Name(body["instanceId"u8].Words);
        var region = body["region"u8].Words ?? envelope.Region;
        var error = Nested(body["errorInformation"u8]);
        var (severity, status, phrase) = StandingOf(state, instance is null);
        var what = application is null ? $"Deployment {id}" : $"Deploy of {Cut.Line(application, 28)}{(group is null ? "" : $" to {Cut.Line(group, 24)}")}";
        return new Parsed.Told([
            new()
            {
                Source = "codedeploy",
                Kind = instance is null ? "deployment" : "instance",
                Severity = severity,
                Status = status,
                Title = Cut.Line(instance is null ? $"{what} {phrase}" : $"{what} {phrase} on {Cut.Line(instance, 20)}", 80),
                Summary = Phrase.Sentence(error["ErrorMessage"u8].Words ?? error["message"u8].Words) ?? FailureIn(Nested(body["lifecycleEvents"u8])),
                Subject = application ?? id,
                Arn = envelope.ArnOf("deploymentgroup:") ?? envelope.ArnOf("application:"),
                Account = body["accountId"u8].Scalar ?? envelope.Account,
                Region = region,
                At = Instants.Read(body["completeTime"u8]) ?? Instants.Read(body["lastUpdatedAt"u8]) ?? envelope.At,
                Thread = $"codedeploy/{id}",
                Part = instance is null ? null : new(instance, StandingOf(state, true).Status),
                Facts = Known.Facts(
                    ("Instances", Phrase.Counts(Nested(body["deploymentOverview"u8]))),
                    ("Error", error["ErrorCode"u8].Words ?? error["code"u8].Words),
                    ("Failed at", FailedAt(Nested(body["lifecycleEvents"u8]))),
                    ("Group", group is { Length: > 24 } || application is null ? group : null),
                    ("Rollback", RollbackOf(Nested(body["rollbackInformation"u8]))),
                    ("Took", status is Status.Ongoing ? null : Phrase.Between(Instants.Read(body["createTime"u8]), Instants.Read(body["completeTime"u8]))),
                    ("Trigger", body["eventTriggerName"u8].Words),
                    ("Deployment", id)),
                Links = Known.Links(id is null ? null
                    : ConsolePage.Link("Open the deployment", region, $"codesuite/codedeploy/deployments/{ConsolePage.Escape(id)}")),
            },
        ]);
    }

    private static (Severity Severity, Status Status, string Phrase) StandingOf(string state, bool isWhole) => state.ToUpperInvariant() switch
    {
        "SUCCESS" or "SUCCEEDED" => (Severity.Info, isWhole ? Status.Cleared : Status.Ongoing, "succeeded"),
        "FAILURE" or "FAILED" => (Severity.Error, Status.Raised, "failed"),
        "STOP" or "STOPPED" => (Severity.Warning, Status.Raised, "was stopped"),
        "ABORTED" => (Severity.Warning, Status.Raised, "was aborted"),
        "ROLLBACK" => (Severity.Warning, Status.Raised, "is rolled back"),
        "READY" => (Severity.Info, Status.Ongoing, "is ready to shift traffic"),
        "CREATED" => (Severity.Info, Status.Ongoing, "was created"),
        "QUEUED" => (Severity.Info, Status.Ongoing, "is queued"),
        "START" or "STARTED" => (Severity.Info, Status.Ongoing, "started"),
        "INPROGRESS" or "IN_PROGRESS" => (Severity.Info, Status.Ongoing, "is under way"),
        "PENDING" => (Severity.Info, Status.Ongoing, "is pending"),
        "SKIPPED" => (Severity.Info, Status.Ongoing, "was skipped"),
        _ => (Severity.Info, Status.Ongoing, $"is {Phrase.Of(state, 20)}"),
    };

    /// <summary>Nested values are objects in the documents and JSON in a text in the messages.</summary>
    private static Json Nested(Json value) =>
        value.Words is { } text && text.AsSpan().TrimStart() is ['{' or '[', ..] ? Json.Parse(Encoding.UTF8.GetBytes(text)).Value : value;

    private static string? FailedAt(Json events) =>
        Failed(events) is var failed ? failed["LifecycleEvent"u8].Words ?? failed["lifecycleEventName"u8].Words : null;

    private static string? FailureIn(Json events) =>
        Failed(events) is var failed ? Phrase.Sentence(failed["Diagnostics"u8]["Message"u8].Words ?? failed["message"u8].Words) : null;

    private static Json Failed(Json events)
    {
        foreach (var step in events.Items)
        {
            var status = step["LifecycleEventStatus"u8].Words ?? step["status"u8].Words;
            if (status is not null && status.StartsWith("Fail", StringComparison.OrdinalIgnoreCase)) return step;
        }
        return default;
    }

    private static string? RollbackOf(Json rollback) =>
        rollback["RollbackMessage"u8].Words ?? (rollback["RollbackDeploymentId"u8].Words is { } id ? $"by {id}" : null);
}
