namespace Signalbox;

/// <summary>
/// A build told by a sentence, as people copy it from CodeBuild's guide into an input transformer:
/// <c>Build 'arn…' for build project 'web' has reached the build status of 'FAILED'.</c>
/// </summary>
internal static class CodeBuildSentence
{
    public const string Project = "for build project '";
    public const string State = "build status of '";

    public static Parsed Read(Envelope envelope, string text)
    {
        if (After(text, State) is not { } state) return new Parsed.Garbled(new("the sentence", "a build status in quotes", Cut.Line(text, 60)));
        var arn = After(text, "Build '");
        var project = After(text, Project) ?? CodeBuild.ProjectIn(arn) ?? "of unknown name";
        var id = Phrase.Name(arn) ?? "";
        var region = Arn.RegionOf(arn) is { } code && Regions.IsCode(code) ? code : envelope.Region;
        var (severity, status) = CodeBuild.StandingOf(state, true);
        return new Parsed.Told([
            new()
            {
                Source = "codebuild",
                Kind = "build",
                Severity = severity,
                Status = status,
                Title = Cut.Line($"Build of {Cut.Line(project, 40)} {CodeBuild.PhraseOf(state)}", 80),
                Subject = project,
                Arn = Arn.Read(arn) is null ? null : arn,
                Account = Arn.AccountOf(arn) ?? envelope.Account,
                Region = region,
                At = envelope.At,
                Thread = $"codebuild/{project}/{id}",
                Links = Known.Links(ConsolePage.Link("Open the build", region, CodeBuild.BuildPage(Arn.AccountOf(arn), project, id))),
            },
        ]);
    }

    private static string? After(string text, string opening)
    {
        if (text.IndexOf(opening, StringComparison.Ordinal) is not (var at and >= 0)) return null;
        var rest = text.AsSpan(at + opening.Length);
        return rest.IndexOf('\'') is var end and > 0 ? rest[..end].ToString() : null;
    }
}
