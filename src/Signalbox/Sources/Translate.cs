namespace Signalbox;

/// <summary>Translation jobs, and the parallel data that they are taught with.</summary>
/// <remarks>Severity: FAILED and COMPLETED_WITH_ERROR are errors, STOPPED a warning, all other states are info.</remarks>
public static class Translate
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("translate", [new Key.Event("aws.translate")], Read,
        "https://docs.aws.amazon.com/translate/latest/dg/monitoring-with-eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var job = detail["jobId"u8].Words;
        if ((detail["jobStatus"u8].Words ?? detail["latestUpdateAttemptStatus"u8].Words ?? detail["status"u8].Words) is not { } state)
            return AsItCame.Told(envelope, "translate");
        var name = detail["name"u8].Words;
        var (severity, status, phrase) = MediaJobs.Of(state);
        var title = job is not null ? $"Translation job {Phrase.Short(job)} {phrase}"
            : $"{OperationOf(detail["operation"u8].Words)} parallel data {Phrase.Short(name ?? "of unknown name")} {phrase}";
        return Statement.Told(Statement.Of(envelope, "translate", job is null ? "parallel-data" : "job", (severity, status), title) with
        {
            Summary = detail["message"u8].Words,
            Subject = job ?? name,
            Arn = Statement.Resource(envelope),
            At = Instants.Read(detail["latestUpdateAttemptAt"u8]) ?? envelope.At,
            Thread = $"translate/{envelope.Account}/{envelope.Region}/{job ?? name}",
            Links = Known.Links(job is null ? ConsolePage.Link("Open the parallel data", envelope.Region, "translate/home", "parallel-data")
                : ConsolePage.Link("Open the job", envelope.Region, "translate/home", "jobs/", job)),
        });
    }

    private static string OperationOf(string? operation) => operation switch
    {
        "CreateParallelData" => "Creation of",
        "UpdateParallelData" => "Update of",
        "DeleteParallelData" => "Deletion of",
        _ => "Change of",
    };
}
