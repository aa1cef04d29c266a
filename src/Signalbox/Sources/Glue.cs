namespace Signalbox;

/// <summary>Glue: jobs, crawlers, changes of the data catalog, data quality.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.glue and aws.glue-dataquality. Severity of a job or crawler: FAILED, ERROR and TIMEOUT are errors,
/// STOPPED a warning; a run that takes longer than the job's threshold ("Glue Job Run Status") a warning while it runs; the rest info. A
/// data quality result of FAILED is a warning. Status: those raise, SUCCEEDED clears, the rest is under way; one conversation for each run,
/// and for each crawler. Changes of the catalog are mere statements. Errors: garbled without a state of a job or crawler.
/// </remarks>
public static class Glue
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("glue", [new Key.Event("aws.glue"), new Key.Event("aws.glue-dataquality")], Read,
        "https://docs.aws.amazon.com/glue/latest/dg/automating-awsglue-with-cloudwatch-events.html");

    private static Parsed Read(Envelope envelope) => envelope.DetailType?.ToLowerInvariant() switch
    {
        "glue job state change" => Job(envelope, false),
        "glue job run status" => Job(envelope, true),
        "glue crawler state change" => Crawler(envelope),
        "glue data catalog table state change" or "glue data catalog database state change" => GlueCatalog.Read(envelope),
        "data quality evaluation results available" => Quality(envelope),
        _ => AsItCame.Told(envelope, "glue"),
    };

    private static Parsed Job(Envelope envelope, bool isLate)
    {
        var detail = envelope.Body;
        if (detail["state"u8].Words is not { } state) return Statement.Lacks(envelope, "detail.state", "the state of the job");
        var job = detail["jobName"u8].Words ?? "of unknown name";
        var run = detail["jobRunId"u8].Words;
        var (severity, status, phrase) = Standing(state);
        var late = isLate && status is Status.Ongoing;
        var delay = detail["notificationCondition"u8]["NotifyDelayAfter"u8].Number;
        var started = Instants.Read(detail["startedOn"u8]);
        var name = Cut.Line(job, 46);
        return new Parsed.Told([
            new()
            {
                Source = "glue",
                Kind = "job-run",
                Severity = late ? Severity.Warning : severity,
                Status = late ? Status.Raised : status,
                Title = late ? $"Job {name} takes longer than expected" : $"Job {name} {phrase}",
                Summary = late && delay is { } minutes and > 0 and < 1e6
                    ? $"It is {Phrase.Of(state)} and has passed its limit of {Quantity.Duration(TimeSpan.FromMinutes(minutes))}."
                    : severity is Severity.Info ? null : Phrase.Sentence(Bare(detail["message"u8].Words)),
                Subject = job,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = $"glue/{job}/{run}",
                Facts = Known.Facts(
                    ("Runs for", late ? Phrase.Between(started, envelope.At) : null),
                    ("Started", late ? Phrase.At(started) : null)),
                Links = Known.Links(
                    run is null ? ConsolePage.Link("Open the job", envelope.Region, "gluestudio/home", "/editor/job/", job, "/runs")
                        : ConsolePage.Link("Open the run", envelope.Region, "gluestudio/home", "/job/", job, $"/run/{ConsolePage.Escape(run)}")),
            },
        ]);
    }

    /// <summary>Messages of failed jobs begin with the ids of the run, which the title and the link say better.</summary>
    private static string? Bare(string? message)
    {
        const string Opening = " failed to execute with exception ";
        return message?.IndexOf(Opening, StringComparison.Ordinal) is { } at and >= 0 ? message[(at + Opening.Length)..] : message;
    }

    private static Parsed Crawler(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["state"u8].Words is not { } state) return Statement.Lacks(envelope, "detail.state", "the state of the crawler");
        var crawler = detail["crawlerName"u8].Words ?? "of unknown name";
        var (severity, status, phrase) = Standing(state);
        return new Parsed.Told([
            new()
            {
                Source = "glue",
                Kind = "crawler",
                Severity = severity,
                Status = status,
                Title = $"Crawler {Cut.Line(crawler, 50)} {phrase}",
                Summary = Phrase.Sentence(detail["errorMessage"u8].Words) ?? Phrase.Sentence(detail["warningMessage"u8].Words),
                Subject = crawler,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = $"glue/crawler/{crawler}",
                Facts = Known.Facts(
                    ("Tables", Counts(detail["tablesCreated"u8], detail["tablesUpdated"u8], detail["tablesDeleted"u8])),
                    ("Partitions", Counts(detail["partitionsCreated"u8], detail["partitionsUpdated"u8], detail["partitionsDeleted"u8])),
                    ("Took", Phrase.Seconds(detail["runningTime (sec)"u8]))),
                Links = Known.Links(
                    ConsolePage.Link("Open the crawler", envelope.Region, "glue/home", "/v2/data-catalog/crawlers/view/", crawler),
                    ConsolePage.Link("Open the log", envelope.Region, "cloudwatch/home",
                        "logsV2:log-groups/log-group/$252Faws-glue$252Fcrawlers/log-events/", crawler)),
            },
        ]);
    }

    private static Parsed Quality(Envelope envelope)
    {
        var detail = envelope.Body;
        var context = detail["context"u8];
        var set = detail["rulesetNames"u8][0].Words ?? detail["resultId"u8].Words ?? "of unknown name";
        var table = context["tableName"u8].Words ?? context["jobName"u8].Words;
        var good = detail["state"u8].TextIs("SUCCEEDED"u8);
        var score = detail["score"u8].Number;
        return new Parsed.Told([
            new()
            {
                Source = "glue",
                Kind = "data-quality",
                Severity = good ? Severity.Info : Severity.Warning,
                Status = good ? Status.Cleared : Status.Raised,
                Title = Cut.Line($"Data quality of {Cut.Line(table ?? set, 40)} {(good ? "is good" : "is not what it should be")}", 80),
                Subject = table ?? set,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = $"glue/quality/{context["databaseName"u8].Words}/{table}/{set}",
                Facts = Known.Facts(
                    ("Score", score is { } part and >= 0 and <= 1 ? Quantity.Of(part * 100, "%") : null),
                    ("Failed rules", detail["numRulesFailed"u8].Scalar),
                    ("Good rules", detail["numRulesSucceeded"u8].Scalar),
                    ("Rule set", set),
                    ("Database", context["databaseName"u8].Words)),
                Links = Known.Links(ConsolePage.Link("Open Glue", envelope.Region, "glue/home", "/v2/data-quality")),
            },
        ]);
    }

    private static string? Counts(Json created, Json updated, Json deleted) =>
        Phrase.Counts((created, "created"), (updated, "updated"), (deleted, "deleted")) ?? (created.Exists ? "no change" : null);

    private static (Severity, Status, string) Standing(string state) => state.ToUpperInvariant() switch
    {
        "SUCCEEDED" => (Severity.Info, Status.Cleared, "succeeded"),
        "FAILED" or "ERROR" => (Severity.Error, Status.Raised, "failed"),
        "TIMEOUT" => (Severity.Error, Status.Raised, "timed out"),
        "STOPPED" => (Severity.Warning, Status.Raised, "was stopped"),
        "STOPPING" => (Severity.Info, Status.Ongoing, "is stopping"),
        "STARTED" or "STARTING" => (Severity.Info, Status.Ongoing, "started"),
        "RUNNING" => (Severity.Info, Status.Ongoing, "is running"),
        "WAITING" => (Severity.Info, Status.Ongoing, "waits"),
        _ => (Severity.Info, Status.Ongoing, $"is {Phrase.Of(state, 20)}"),
    };
}
