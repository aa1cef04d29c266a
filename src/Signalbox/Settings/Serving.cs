namespace Signalbox;

/// <summary>What a server needs to know beyond who hears what; the function and the tool look past it.</summary>
public sealed record Serving
{
    /// <summary>Where it listens unless the command line says; null for its default.</summary>
    public string? Listen { get; init; }

    /// <summary>Under which address people reach it, for links to it; null when it has none.</summary>
    public string? Url { get; init; }

    /// <summary>Where telemetry goes, by OTLP over HTTP; null for nowhere unless the environment says.</summary>
    public string? Otlp { get; init; }

    /// <summary>Queues whose messages are taken.</summary>
    public ValueList<Queue> Queues { get; init; }

    /// <summary>When the operator's room hears of another.</summary>
    public Watching Watch { get; init; } = Watching.Usual;

    /// <summary>Events that are expected again and again.</summary>
    public ValueList<Heartbeat> Heartbeats { get; init; }

    /// <summary>Who may bring events.</summary>
    public Intake Intake { get; init; } = Intake.Usual;

    /// <summary>How people at a browser say who they are; null when nobody can.</summary>
    public SignIn? SignIn { get; init; }

    /// <summary>What holds when nothing is set.</summary>
    public static readonly Serving Usual = new();
}
