namespace Signalbox.Server.Pages;

/// <summary>Small drawings. How something stands has a shape and a word of its own besides its colour.</summary>
internal static class Icons
{
    /// <summary>Light and dark.</summary>
    public static readonly Html Theme = new("""
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5"/>
        <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/></svg>
        """);

    /// <summary>How a notice stands.</summary>
    public static Html Of(Severity severity, Status status) => Of(State(severity, status));

    /// <summary>One of the words of <see cref="State"/>.</summary>
    public static Html Of(string state) =>
        Html.Of($"<svg class=\"mark {state}\" viewBox=\"0 0 16 16\" role=\"img\" aria-label=\"{Said(state)}\">{Shape(state)}</svg>");

    /// <summary>One word for how something stands, which is also its class in the style sheet.</summary>
    public static string State(Severity severity, Status status) => (status, severity) switch
    {
        (Status.Cleared, _) => "cleared",
        (_, Severity.Critical) => "critical",
        (_, Severity.Error) => "error",
        (_, Severity.Warning) => "warning",
        (Status.Ongoing, _) => "ongoing",
        _ => "info",
    };

    private static string Said(string state) => state switch
    {
        "cleared" => "over and well",
        "ongoing" => "under way",
        "info" => "good to know",
        _ => state,
    };

    private static Html Shape(string state) => new(state switch
    {
        "critical" => """
            <path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z" fill="currentColor"/><path class="cut" d="M8 4v4.6M8 10.8v1.4"/>
            """,
        "error" => """
            <circle cx="8" cy="8" r="7.2" fill="currentColor"/><path class="cut" d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2"/>
            """,
        "warning" => """
            <path d="M8 .9l7.3 13.6H.7z" fill="currentColor"/><path class="cut" d="M8 5.6v4M8 11.4v1.3"/>
            """,
        "ongoing" => """
            <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.8"/>
            <path d="M8 4.4V8l2.4 1.6" fill="none" stroke="currentColor" stroke-width="1.8"/>
            """,
        "cleared" => """
            <circle cx="8" cy="8" r="7.2" fill="currentColor"/><path class="cut" d="M4.6 8.2l2.4 2.4 4.4-4.9"/>
            """,
        _ => """
            <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="1.8"/>
            """,
    });
}
