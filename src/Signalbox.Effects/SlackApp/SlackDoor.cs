namespace Signalbox.Effects;

/// <summary>Why a request that says it is from Slack is not taken.</summary>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Why">The reason, for the log: whoever sent it learns only the status.</param>
public sealed record SlackRefusal(int Status, string Why);

/// <summary>Lets in what Slack has signed, and nothing else.</summary>
public static class SlackDoor
{
    /// <summary>Why a request is refused; null when Slack has sent it.</summary>
    /// <param name="settings">Names the signing secret.</param>
    /// <param name="world">Finds it, and has the time.</param>
    /// <param name="timestamp">The header X-Slack-Request-Timestamp.</param>
    /// <param name="signature">The header X-Slack-Signature.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="stop">Stops it.</param>
    public static async Task<SlackRefusal?> Refusal(
        Settings settings, World world, string? timestamp, string? signature, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        if (settings.SlackApp?.SigningSecret is not { } reference) return new(404, "there is no slack-app with a signing-secret in the settings");
        var known = await world.Reveal(reference, false, stop);
        if (known.Value is not { } secret) return new(503, $"the signing secret: {known.Why}");
        if (SlackSignature.Fault(secret, timestamp, signature, body.Span, world.Now()) is not { } fault) return null;
        // The secret may have been changed meanwhile.
        var fresh = timestamp is null || signature is null ? known : await world.Reveal(reference, true, stop);
        return fresh.Value is { } other && other != secret && SlackSignature.Fault(other, timestamp, signature, body.Span, world.Now()) is null
            ? null : new(401, fault);
    }
}
