namespace Signalbox;

/// <summary>An approval that a pipeline waits for, as it comes by SNS.</summary>
/// <remarks>
/// Severity: warning, for somebody has to act before it expires. Status: raised; one conversation for each action that waits.
/// The token, and the review link that ends in it, are never shown: whoever holds the token can approve.
/// Errors: garbled without <c>approval.pipelineName</c>.
/// </remarks>
internal static class CodePipelineApproval
{
    public static Parsed Read(Envelope envelope)
    {
        var approval = envelope.Body["approval"u8];
        if (approval["pipelineName"u8].Words is not { } pipeline) return new Parsed.Garbled(new("approval.pipelineName", "the name of the pipeline", "none"));
        var region = envelope.Body["region"u8].Words ?? envelope.Region;
        var stage = approval["stageName"u8].Words;
        var action = approval["actionName"u8].Words;
        return new Parsed.Told([
            new()
            {
                Source = "codepipeline",
                Kind = "approval",
                Severity = Severity.Warning,
                Status = Status.Raised,
                Title = Cut.Line($"Pipeline {Cut.Line(pipeline, 30)} waits for approval{(action is null ? "" : $": {Cut.Line(action, 26)}")}", 80),
                Summary = Phrase.Sentence(approval["customData"u8].Words),
                Subject = pipeline,
                Account = envelope.Account,
                Region = region,
                At = envelope.At,
                Thread = $"codepipeline/{pipeline}/{stage}/{action}/approval",
                Facts = Known.Facts(
                    ("Expires", Phrase.At(Instants.Read(approval["expires"u8])) ?? approval["expires"u8].Words),
                    ("Stage", stage)),
                Links = Known.Links(
                    ConsolePage.Link("Review it", region, $"codesuite/codepipeline/pipelines/{ConsolePage.Escape(pipeline)}/view"),
                    Safe(approval["externalEntityLink"u8].Words, approval["token"u8].Words)),
            },
        ]);
    }

    /// <summary>The page that the pipeline's owner set to be looked at, unless it carries the token.</summary>
    private static Link? Safe(string? url, string? token) =>
        url is { Length: <= 1000 } && (token is null || !url.Contains(token, StringComparison.Ordinal)) && Uri.TryCreate(url, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 && address.Host.Length > 0
            ? new($"Open {Cut.Line(address.Host, 40)}", address.AbsoluteUri) : null;
}
