namespace Signalbox;

/// <summary>How much a notice matters, in the order of comparison.</summary>
public enum Severity : byte
{
    /// <summary>Good to know; nobody has to act.</summary>
    Info,

    /// <summary>Somebody should look at it in working hours.</summary>
    Warning,

    /// <summary>Something failed; somebody has to act.</summary>
    Error,

    /// <summary>Customers or data are at stake now.</summary>
    Critical,
}

/// <summary>Where a thing stands in its life.</summary>
public enum Status : byte
{
    /// <summary>A statement without a life of its own: nothing will clear it.</summary>
    Stated,

    /// <summary>Something is wrong from now on.</summary>
    Raised,

    /// <summary>Something is under way.</summary>
    Ongoing,

    /// <summary>It is over and well.</summary>
    Cleared,
}

/// <summary>The words for severities, statuses and outcomes in settings, in JSON and in messages: lower case, one place.</summary>
public static class Words
{
    /// <summary>The word for a severity.</summary>
    public static string Of(Severity severity) => severity switch
    {
        Severity.Info => "info",
        Severity.Warning => "warning",
        Severity.Error => "error",
        _ => "critical",
    };

    /// <summary>The word for a status.</summary>
    public static string Of(Status status) => status switch
    {
        Status.Stated => "stated",
        Status.Raised => "raised",
        Status.Ongoing => "ongoing",
        _ => "cleared",
    };

    /// <summary>The word for an outcome.</summary>
    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Told => "told",
        Outcome.Quiet => "quiet",
        Outcome.Garbled => "garbled",
        _ => "as-it-came",
    };

    /// <summary>All severities by their words.</summary>
    public static readonly ValueList<(string Word, Severity Severity)> Severities =
        [("info", Severity.Info), ("warning", Severity.Warning), ("error", Severity.Error), ("critical", Severity.Critical)];
}
