namespace Signalbox;

/// <summary>CodeBuild: builds and their phases.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.codebuild (the notification rules of the developer tools send the same by SNS), or the sentence that the
/// console's example of an input transformer makes of them, read by <see cref="CodeBuildSentence"/>.
/// Severity: FAILED, FAULT and TIMED_OUT are errors, STOPPED a warning, the rest info. Status: those raise, SUCCEEDED of the build clears,
/// the rest is under way; one conversation for each build, to which its phases belong.
/// Environment variables are never shown: they may hold secrets.
/// Errors: garbled when there is neither a build status nor a completed phase.
/// </remarks>
public static class CodeBuild
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "codebuild",
        [new Key.Event("aws.codebuild"), new Key.Words("Build", [CodeBuildSentence.Project, CodeBuildSentence.State])],
        Read,
        "https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-notifications.html");

    private static Parsed Read(Envelope envelope)
    {
        if (envelope.Text is { } text) return CodeBuildSentence.Read(envelope, text);
        var detail = envelope.Body;
        var phase = detail["completed-phase"u8].Words;
        if ((detail["build-status"u8].Words ?? (phase is null ? null : detail["completed-phase-status"u8].Words ?? "IN_PROGRESS")) is not { } state)
            return Statement.Lacks(envelope, "detail.build-status", "a status");

        var more = detail["additional-information"u8];
        var arn = envelope.ArnOf("build/") ?? detail["build-id"u8].Words;
        var id = Phrase.Name(arn) ?? "";
        var project = detail["project-name"u8].Words ?? ProjectIn(arn) ?? "of unknown name";
        var failing = FailingOf(more["phases"u8]);
        var isWhole = phase is null;
        var at = isWhole ? Phrase.Of(failing["phase-type"u8]) : null;
        var (severity, status) = StandingOf(state, isWhole);
        var name = Cut.Line(project, 36);
        var version = more["source-version"u8].Words ?? more["source"u8]["version"u8].Words;
        var stream = more["logs"u8]["stream-name"u8].Words;
        var group = more["logs"u8]["group-name"u8].Words;
        return new Parsed.Told([
            new()
            {
                Source = "codebuild",
                Kind = isWhole ? "build" : "phase",
                Severity = severity,
                Status = status,
                Title = Cut.Line(isWhole ? $"Build of {name} {PhraseOf(state)}{(severity is Severity.Error ? Phrase.With(" in phase ", at, 20) : "")}"
                    : phase is "COMPLETED" && status is Status.Ongoing ? $"Build of {name} has gone through its phases"
                    : $"Build of {name}: phase {Phrase.Of(phase!)} {PhraseOf(state)}", 80),
                Summary = severity >= Severity.Warning
                    ? ContextOf(failing["phase-context"u8]) ?? ContextOf(detail["completed-phase-context"u8]) ?? ContextOf(detail["current-phase-context"u8])
                    : null,
                Subject = project,
                Arn = Arn.Read(arn) is null ? null : arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Actor = InitiatorOf(more["initiator"u8].Words),
                Thread = $"codebuild/{project}/{id}",
                Facts = Known.Facts(
                    ("Source", more["source"u8]["location"u8].Words is { } location ? Cut.Line(location, 200) : null),
                    ("Version", version is { Length: 40 } ? Phrase.Hash(version) : version),
                    ("Took", isWhole ? Phrase.Between(Instants.Read(more["build-start-time"u8]), status is Status.Ongoing ? null : envelope.At)
                        : Phrase.Seconds(detail["completed-phase-duration-seconds"u8])),
                    ("Build", more["build-number"u8].Number is { } number and > 0 ? $"#{Quantity.Of(number)}" : null),
                    ("Image", more["environment"u8]["image"u8].Words)),
                Links = Known.Links(
                    ConsolePage.Link("Open the build", envelope.Region, BuildPage(envelope.Account, project, id)),
                    group is null || stream is null ? null : ConsolePage.Link("Open the log", envelope.Region, "cloudwatch/home",
                        "logsV2:log-groups/log-group/", null, $"{Twice(group)}/log-events/{Twice(stream)}")),
            },
        ]);
    }

    internal static (Severity Severity, Status Status) StandingOf(string state, bool isWhole) => state switch
    {
        "SUCCEEDED" => (Severity.Info, isWhole ? Status.Cleared : Status.Ongoing),
        "FAILED" or "FAULT" or "TIMED_OUT" or "CLIENT_ERROR" => (Severity.Error, Status.Raised),
        "STOPPED" => (Severity.Warning, Status.Raised),
        _ => (Severity.Info, Status.Ongoing),
    };

    internal static string BuildPage(string? account, string project, string id) =>
        $"codesuite/codebuild/{(IsAccount(account) ? account + "/" : "")}projects/{ConsolePage.Escape(project)}"
        + (id.Length == 0 ? "/history" : $"/build/{ConsolePage.Escape(project)}%3A{ConsolePage.Escape(id)}");

    private static bool IsAccount(string? account) => account is { Length: 12 } && account.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>The log page wants names escaped twice, with "$" for the percent sign.</summary>
    private static string Twice(string name) => ConsolePage.Escape(ConsolePage.Escape(name)).Replace('%', '$');

    /// <summary>The first phase that ended in anything but success.</summary>
    private static Json FailingOf(Json phases)
    {
        foreach (var phase in phases.Items)
        {
            if (phase["phase-status"u8].Words is { } status && status is not ("SUCCEEDED" or "IN_PROGRESS")) return phase;
        }
        return default;
    }

    /// <summary>Contexts are texts, or arrays of texts, and mostly hold nothing but a colon.</summary>
    private static string? ContextOf(Json context)
    {
        foreach (var item in context.Items)
        {
            if (ContextOf(item) is { } said) return said;
        }
        return context.Words is { } text && text.AsSpan().Trim(" []:").Length > 0 ? Phrase.Sentence(text.Trim().Trim('[', ']')) : null;
    }

    internal static string PhraseOf(string state) => state switch
    {
        "SUCCEEDED" => "succeeded",
        "FAILED" => "failed",
        "FAULT" => "broke down",
        "TIMED_OUT" => "timed out",
        "STOPPED" => "was stopped",
        "CLIENT_ERROR" => "failed on a wrong setting",
        "IN_PROGRESS" => "started",
        _ => $"is {Phrase.Of(state, 20)}",
    };

    /// <summary>"user/jo" is jo; a pipeline or a webhook says what it is itself.</summary>
    private static string? InitiatorOf(string? initiator) => initiator switch
    {
        null => null,
        ['u', 's', 'e', 'r', '/', .. var name] => name,
        _ when initiator.StartsWith("codepipeline/", StringComparison.Ordinal) => $"pipeline {initiator["codepipeline/".Length..]}",
        _ when initiator.StartsWith("GitHub-Hookshot", StringComparison.Ordinal) => "GitHub",
        _ => Phrase.Name(initiator),
    };

    /// <summary>NAME in <c>…:build/NAME:uuid</c>.</summary>
    internal static string? ProjectIn(string? arn) =>
        Arn.Read(arn)?.Resource is { } resource && resource.StartsWith("build/", StringComparison.Ordinal) ? resource["build/".Length..].Split(':')[0] : null;
}
