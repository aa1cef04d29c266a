namespace Signalbox.Cli.Sandboxes;

/// <summary>What became of a call on this machine.</summary>
/// <param name="Answer">What the function answered; null when it did not.</param>
/// <param name="ErrorType">What Lambda would call its failure; null for none.</param>
/// <param name="Message">The failure in words; null for none.</param>
internal sealed record LocalCall(byte[]? Answer, string? ErrorType, string? Message)
{
    /// <summary>From the start of the process until it asked for the call.</summary>
    public TimeSpan Init { get; init; }

    /// <summary>From handing over the event until the answer, or the end.</summary>
    public TimeSpan Run { get; init; }

    /// <summary>The most memory that the process had at once, in bytes; null where the system does not say.</summary>
    public long? Peak { get; init; }

    /// <summary>What Lambda would charge: the start and the call, up to the next millisecond.</summary>
    public long Billed => (long)Math.Ceiling((Init + Run).TotalMilliseconds);

    /// <summary>A failure.</summary>
    public static LocalCall Failed(string type, string message) => new(null, type, message);
}
