namespace Signalbox.Deploy;

/// <summary>What a template describes: exactly what a deployment would make, in a place that is known only when the template is used.</summary>
/// <remarks>Everything comes from <see cref="Wanted"/> and <see cref="Policy"/> for a site of placeholders, so that a template and a deployment cannot say
/// different things.</remarks>
public sealed class Blueprint
{
    /// <summary>Where ARNs of things in the same account and region are, until the template's language says it.</summary>
    internal static readonly Site Here = new("@partition", "@region", "@account");

    /// <summary>Puts everything together.</summary>
    /// <param name="project">The project, for one environment.</param>
    /// <param name="function">Which of its functions.</param>
    /// <param name="settings">Its settings, when it is a Signalbox function; null for any other.</param>
    /// <param name="alias">The alias that is called.</param>
    public Blueprint(ProjectSpec project, FunctionSpec function, Settings? settings, string alias)
    {
        (Project, Release) = (project, new(project.Name, project.Environment, function, new("", 0), settings, Here, alias));
        Wanted = Deploy.Wanted.Of(Release);
        Inputs = TemplateInput.Of(Release);
    }

    /// <summary>The project.</summary>
    internal ProjectSpec Project { get; }

    /// <summary>The function on its way there; its zip is not known.</summary>
    internal Release Release { get; }

    /// <summary>Everything that is made.</summary>
    internal ValueList<Piece> Wanted { get; }

    /// <summary>Everything that it is given.</summary>
    internal ValueList<TemplateInput> Inputs { get; }

    /// <summary>Why queues bring back single messages.</summary>
    internal const string PartialWords = "One message that fails brings back itself, not its whole batch.";

    /// <summary>Why everybody may call.</summary>
    internal const string OpenWords = "Anybody may call the address: the function checks who calls. That takes two rights.";

    /// <summary>Why a queue makes only so many calls at once.</summary>
    internal const string AtOnceWords = "Rooms take about a message a second: more calls at once would only be refused more often.";

    /// <summary>How many calls a queue makes at once, as a stack says it; nothing where there is no limit.</summary>
    internal static Node? ScalingOf(Piece mapping) =>
        mapping["at once"].Length is 0 ? null : new Node.Map([new("MaximumConcurrency", Node.Of(mapping["at once"]))]);

    /// <summary>What it is, above everything.</summary>
    internal string Title => $"Function {Spec.DeployedName} of project {Project.Name}{(Project.Environment is { } name ? $" in environment {name}" : "")}.\n"
        + "What signalbox deploy would make, under the same names, and alarms.";

    /// <summary>What it is, on one line.</summary>
    internal string Words => Spec.Description.Length > 0 ? $"{Spec.DeployedName}: {Spec.Description}" : Spec.DeployedName;

    /// <summary>What is said of a table that a stack cannot make, on a line of its own.</summary>
    internal string TableWords => Release.Table is { } table && !MakesTableHere
        ? $"\nThe table {table.Name} is in {table.Region}, where this stack is not: signalbox store init makes it."
        : "";

    /// <summary>What stands above the log group; nothing where lines are kept for ever anyway.</summary>
    internal string? LogWords => Spec.Logs.RetentionDays is null ? null : "Lambda would make it at the first call, and keep lines for ever.";

    /// <summary>True for a queue that keeps order: its name says so.</summary>
    internal static bool IsFifo(string queue) => queue.EndsWith(".fifo", StringComparison.Ordinal);

    /// <summary>How long a batch is waited for; nothing where it is not, because queues that keep order do not know the setting.</summary>
    internal static Node? WindowOf(Piece mapping) => mapping["window"] is "0" ? null : Node.Of(mapping["window"]);

    /// <summary>The function.</summary>
    internal FunctionSpec Spec => Release.Spec;

    /// <summary>The things of a kind.</summary>
    internal IEnumerable<Piece> All(PieceKind kind) => Wanted.Where(piece => piece.Kind == kind);

    /// <summary>The things of a kind that are there at most once.</summary>
    internal Piece? The(PieceKind kind) => All(kind).FirstOrDefault();

    /// <summary>A hash of everything that a published version carries but its code and its secrets: a name for the version that changes with it.</summary>
    /// <remarks>A template may be read by many, and a short secret can be guessed from a hash.</remarks>
    internal string State
    {
        get
        {
            var open = Release with
            {
                Spec = Spec with { Environment = [.. Spec.Environment.Select(each => TemplateInput.IsSecretValue(each) ? each with { Value = "" } : each)] },
            };
            return FunctionVersion.Of(Deploy.Wanted.Function(open), Deploy.Wanted.Code(open));
        }
    }

    /// <summary>What stands above the rights.</summary>
    internal string RightsWords => Spec.Statements.Count is 0
        ? "The function's rights: what its settings use, and no more."
        : "The function's rights: what its settings use, the statements of policy.json after them, and no more.";

    /// <summary>Why there is a right, by the name of its statement; null for one of policy.json.</summary>
    internal static string? WhyOfRight(string sid) =>
        Policy.All.FirstOrDefault(right => right.Sid == sid) is { } right ? $"{char.ToUpperInvariant(right.Why[0])}{right.Why[1..]}." : null;

    /// <summary>True for a Signalbox function that nothing calls yet.</summary>
    internal bool NeedsExamples => Release.Settings is not null && Spec.Rules.Count + Spec.Topics.Count + Spec.Queues.Count is 0;

    /// <summary>The same with a rule and a topic, for examples of both.</summary>
    internal Blueprint WithExamples => new(
        Project, Spec with { Rules = [new("health", """{"source":["aws.health"]}""", "default")], Topics = ["alarms"] }, Release.Settings, Release.Alias);

    /// <summary>Where messages are that nobody could handle: queues to watch.</summary>
    internal IEnumerable<string> DeadLetters => Release.OwnQueues.Where(queue => !Spec.Queues.Contains(queue));

    /// <summary>The table where a template can make it in the region that it is used in.</summary>
    internal bool MakesTableHere => Release.Table is { } table && (table.Region is null || table.Region == Project.Region);

    /// <summary>Puts words of the template's language where <see cref="Here"/> stands.</summary>
    /// <returns>The text, or null when nothing of it is here.</returns>
    internal static string? Placed(string text, string partition, string region, string account)
    {
        if (!text.StartsWith($"arn:{Here.Partition}:", StringComparison.Ordinal)) return null;
        var parts = text.Split(':', 6);
        if (parts.Length < 6) return null;
        parts[1] = partition;
        if (parts[3] == Here.Region) parts[3] = region;
        if (parts[4] == Here.Account) parts[4] = account;
        return string.Join(':', parts);
    }
}
