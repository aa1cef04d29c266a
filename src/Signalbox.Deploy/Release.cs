using System.Globalization;

namespace Signalbox.Deploy;

/// <summary>The code of a function as it is sent.</summary>
/// <param name="Sha256">SHA-256 of the zip in base 64, as Lambda says it.</param>
/// <param name="Size">Its size in bytes.</param>
public sealed record CodeZip(string Sha256, long Size);

/// <summary>One function on its way to one place: everything that a plan follows from.</summary>
/// <param name="Project">Name of the project.</param>
/// <param name="Environment">Its environment; null for none.</param>
/// <param name="Spec">The function.</param>
/// <param name="Zip">Its code.</param>
/// <param name="Settings">The settings of a Signalbox; null for any other function.</param>
/// <param name="Site">Where it goes.</param>
/// <param name="Alias">The alias that is moved to it.</param>
public sealed record Release(string Project, string? Environment, FunctionSpec Spec, CodeZip Zip, Settings? Settings, Site Site, string Alias)
{
    /// <summary>The alias where nobody named another: the one that Apex had.</summary>
    public const string UsualAlias = "current";

    /// <summary>Messages are tried so often before they go to the dead-letter queue.</summary>
    public const int Tries = 5;

    /// <summary>The alias that topics, queues and rules lead to: that of the first deployment, whichever is moved later.</summary>
    public string Roads { get; init; } = Alias;

    /// <summary>The tags by which what was made for it is known.</summary>
    public ValueList<Fact> OwnTags => Marks.Of(Project, Spec.Name, Environment);

    /// <summary>All tags of what is made for it.</summary>
    public ValueList<Fact> AllTags => [.. OwnTags, .. Spec.Tags];

    /// <summary>The ARN of the alias that is called.</summary>
    public string Called => Site.Alias(Spec.DeployedName, Roads);

    /// <summary>The queues that are its own, dead-letter queues before those that need them.</summary>
    public ValueList<string> OwnQueues =>
    [
        .. from queue in Spec.Queues where !Site.IsArn(queue) from name in (string[])[DeadLettersOf(queue), queue] select name,
        .. MakesFailureQueue ? [FailureQueue] : (string[])[],
    ];

    /// <summary>True when something calls it without waiting for an answer.</summary>
    public bool IsCalledAsynchronously =>
        Spec.Schedules.Count > 0 || Spec.OwnQueue is null && (Spec.Topics.Count > 0 || Spec.Rules.Count > 0);

    /// <summary>True when calls that failed for good go to a queue that is made for them.</summary>
    public bool MakesFailureQueue => IsCalledAsynchronously && Spec.DeadLetterArn is null && Spec.OnFailure is null;

    /// <summary>The name of that queue.</summary>
    public string FailureQueue => $"{Spec.DeployedName}-failed";

    /// <summary>Who hears of asynchronous calls that failed for good; null for nobody, or for the dead-letter queue of the function itself.</summary>
    public string? FailureDestination => Spec.OnFailure ?? (MakesFailureQueue ? Site.Queue(FailureQueue) : null);

    /// <summary>Where topics and rules lead: the first queue of its own, else the alias.</summary>
    public string Entrance => Spec.OwnQueue is { } queue ? Site.Queue(queue) : Called;

    /// <summary>The dead-letter queue of a queue.</summary>
    public static string DeadLettersOf(string queue) =>
        queue.EndsWith(".fifo", StringComparison.Ordinal) ? $"{queue[..^".fifo".Length]}-dlq.fifo" : $"{queue}-dlq";

    /// <summary>The name of a rule or schedule in EventBridge.</summary>
    public string RuleName(string name) => $"{Spec.DeployedName}-{name}";

    /// <summary>The table of the store; null for another store, or for one that only the function's environment knows.</summary>
    public StoreTable? Table => StoreTable.Of(Settings, Spec.Environment);

    internal static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The tags by which what was made for a function is known, and taken away again.</summary>
public static class Marks
{
    /// <summary>Tag: the project.</summary>
    public const string Project = "signalbox:project";

    /// <summary>Tag: the function, as people type it.</summary>
    public const string Function = "signalbox:function";

    /// <summary>Tag: the environment.</summary>
    public const string Environment = "signalbox:environment";

    /// <summary>Tag of a function: the alias that its topics, queues and rules lead to.</summary>
    public const string Roads = "signalbox:alias";

    /// <summary>How the tags of a function begin that name a queue made for it.</summary>
    public const string Queue = "signalbox:queue:";

    /// <summary>The tags of a function of a project.</summary>
    public static ValueList<Fact> Of(string project, string function, string? environment) =>
    [
        new(Project, project), new(Function, function), .. environment is null ? [] : (Fact[])[new(Environment, environment)],
    ];

    /// <summary>Why a thing with these tags is not ours to change; null when it is.</summary>
    /// <param name="own">The tags that ours have.</param>
    /// <param name="found">The tags that it has.</param>
    public static string? Others(ValueList<Fact> own, ValueList<Fact> found)
    {
        var has = found.DistinctBy(tag => tag.Name).ToDictionary(tag => tag.Name, tag => tag.Value);
        if (!has.TryGetValue(Project, out var project)) return "it was not made by signalbox: it has no tag signalbox:project";
        var isOurs = own.All(tag => has.GetValueOrDefault(tag.Name) == tag.Value)
            && (has.ContainsKey(Environment) == own.Any(tag => tag.Name == Environment));
        if (isOurs) return null;
        var environment = has.GetValueOrDefault(Environment) is { } name ? $" in environment {name}" : "";
        return $"it belongs to function {has.GetValueOrDefault(Function, "?")} of project {project}{environment}";
    }
}
