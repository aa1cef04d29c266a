namespace Signalbox;

/// <summary>OpsWorks stacks: instances, commands, deployments, alerts.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.opsworks. Severity: an alert, and any state with "failed" as its last word, is an error; connection_lost
/// is an error; stopped and terminated are info. Status: errors raise; online, stopped, terminated, successful and skipped clear; the
/// rest is under way; one conversation for each instance, command, deployment. Errors: garbled without a status (of an alert, a message).
/// </remarks>
public static class OpsWorks
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("opsworks", [new Key.Event("aws.opsworks"), new Key.Event("aws.opsworks-cm")], Read,
        "https://docs.aws.amazon.com/opsworks/latest/userguide/opsworks-stacks-instances.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var isAlert = string.Equals(envelope.DetailType, "OpsWorks Alert", StringComparison.OrdinalIgnoreCase);
        var state = detail["status"u8].Words;
        if (isAlert ? detail["message"u8].Words is null && detail["type"u8].Words is null : state is null)
            return Statement.Lacks(envelope, "detail", isAlert ? "message" : "status");

        var instance = detail["hostname"u8].Words ?? detail["ec2-instance-id"u8].Words ?? detail["instance-id"u8].Words;
        var command = detail["command-id"u8].Words;
        var deployment = detail["deployment-id"u8].Words;
        var verb = detail["command"u8].Words ?? detail["type"u8].Words;
        var count = detail["instance-ids"u8].Count;
        var stack = detail["stack-id"u8].Words;
        var (severity, status, phrase) = isAlert ? (Severity.Error, Status.Raised, "") : Standing(state!);
        var kind = isAlert ? "alert" : deployment is not null && command is null ? "deployment" : command is not null ? "command" : "instance";
        var name = Cut.Line(ShortId(instance), 30);
        return new Parsed.Told([
            new()
            {
                Source = "opsworks",
                Kind = kind,
                Severity = severity,
                Status = status,
                Title = Cut.Line(kind switch
                {
                    "alert" => $"OpsWorks alert{(verb is null ? "" : $": {Phrase.Of(verb)}")}{(instance is null ? "" : $" of {name}")}",
                    "deployment" when count > 0 => $"Deployment {Cut.Line(verb ?? ShortId(deployment), 30)} on {Quantity.Count(count, "instance")} {phrase}",
                    "deployment" => $"Deployment {Cut.Line(verb ?? ShortId(deployment), 30)} {phrase}",
                    "command" => $"Command {Cut.Line(verb ?? ShortId(command), 26)}{(instance is null ? "" : $" on {name}")} {phrase}",
                    _ => $"Instance {name} {phrase}",
                }, 80),
                Summary = Phrase.Sentence(detail["message"u8].Words ?? detail["error"u8].Words),
                Subject = kind is "deployment" ? deployment : instance ?? command,
                Arn = envelope.ArnOf(),
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Actor = detail["initiated_by"u8].Words,
                Thread = $"opsworks/{(kind is "instance" or "alert" ? detail["instance-id"u8].Words ?? instance : command ?? deployment)}/{kind}",
                Facts = Known.Facts(
                    ("EC2 instance", detail["ec2-instance-id"u8].Words),
                    ("Took", Phrase.Seconds(detail["duration"u8]))),
                Links = Known.Links(stack is null ? null
                    : ConsolePage.Link("Open the stack", envelope.Region, "opsworks/home", "/stack/", stack,
                        kind is "deployment" ? "/deployments" : "/instances")),
            },
        ]);
    }

    private static (Severity, Status, string) Standing(string state) => state.ToLowerInvariant() switch
    {
        "failed" => (Severity.Error, Status.Raised, "failed"),
        "start_failed" => (Severity.Error, Status.Raised, "could not start"),
        "stop_failed" => (Severity.Error, Status.Raised, "could not stop"),
        "setup_failed" => (Severity.Error, Status.Raised, "could not be set up"),
        "connection_lost" => (Severity.Error, Status.Raised, "has lost its connection"),
        "expired" => (Severity.Error, Status.Raised, "expired"),
        "online" => (Severity.Info, Status.Cleared, "is online"),
        "stopped" => (Severity.Info, Status.Cleared, "has stopped"),
        "terminated" => (Severity.Info, Status.Cleared, "was terminated"),
        "successful" => (Severity.Info, Status.Cleared, "succeeded"),
        "skipped" => (Severity.Info, Status.Cleared, "was skipped"),
        "requested" => (Severity.Info, Status.Ongoing, "was requested"),
        "booting" => (Severity.Info, Status.Ongoing, "is booting"),
        "running_setup" => (Severity.Info, Status.Ongoing, "is being set up"),
        "running" => (Severity.Info, Status.Ongoing, "is running"),
        "shutting_down" => (Severity.Info, Status.Ongoing, "is shutting down"),
        "terminating" => (Severity.Info, Status.Ongoing, "is being terminated"),
        var other => (Severity.Info, Status.Ongoing, $"is {Phrase.Of(other, 24)}"),
    };

    private static string ShortId(string? id) => id is null ? "of unknown id" : id.Length == 36 && id[8] is '-' ? id[..8] : id;
}
