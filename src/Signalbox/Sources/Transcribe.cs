namespace Signalbox;

/// <summary>Transcription jobs, vocabularies and language models.</summary>
/// <remarks>Severity: FAILED is an error, all other states are info.</remarks>
public static class Transcribe
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("transcribe", [new Key.Event("aws.transcribe")], Read,
        "https://docs.aws.amazon.com/transcribe/latest/dg/monitoring-events.html");

    private static Parsed Read(Envelope envelope)
    {
        // "TranscriptionJobName", "MedicalTranscriptionJobName", "JobName", "VocabularyName" …: the members are named after the thing.
        string? name = null, state = null, thing = null, reason = null, session = null;
        foreach (var (memberName, value) in envelope.Body.Members)
        {
            var member = memberName.Text!;
            if (Ends("Reason")) reason ??= value.Words;
            else if (Ends("Status") || Ends("State")) state ??= value.Words;
            else if (name is null && Ends("Name") && value.Words is { } text) (name, thing) = (text, member[..^"Name".Length]);
            else if (member is "StreamingSessionId") session = value.Words;

            bool Ends(string end) => member.EndsWith(end, StringComparison.Ordinal);
        }
        name ??= session;
        if (state is null) return AsItCame.Told(envelope, "transcribe");
        var (severity, status, phrase) = MediaJobs.Of(state);
        var kind = Phrase.Of(thing is null or "Job" ? KindOf(envelope.DetailType) : thing).Replace(' ', '-');
        var title = $"{Phrase.Capital(Phrase.Of(kind))} {Phrase.Short(name ?? "of unknown name")} {phrase}";
        return Statement.Told(Statement.Of(envelope, "transcribe", kind, (severity, status), title) with
        {
            Summary = reason,
            Subject = name,
            Thread = $"transcribe/{envelope.Account}/{envelope.Region}/{kind}/{name}",
            Links = Known.Links(name is null || !kind.EndsWith("job", StringComparison.Ordinal)
                ? ConsolePage.Link("Open Transcribe", envelope.Region, "transcribe/home")
                : ConsolePage.Link("Open the job", envelope.Region, "transcribe/home", "jobDetails/", name)),
        });
    }

    private static string KindOf(string? detailType) =>
        detailType?.EndsWith(" State Change", StringComparison.OrdinalIgnoreCase) is true ? detailType[..^" State Change".Length] : "transcription job";
}
