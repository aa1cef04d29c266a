namespace Signalbox.Deploy;

/// <summary>What a deployment is made of, in the order in which it is made; it is taken away in the opposite one.</summary>
/// <remarks>The function comes early, because its tags are the ledger of what was made for it: what a later step makes can be found again by them.</remarks>
public enum PieceKind
{
    /// <summary>A role of IAM.</summary>
    Role,

    /// <summary>The rights of that role: its inline policy.</summary>
    Rights,

    /// <summary>A log group.</summary>
    LogGroup,

    /// <summary>A function with its configuration.</summary>
    Function,

    /// <summary>Its code.</summary>
    Code,

    /// <summary>How many may run at once.</summary>
    Concurrency,

    /// <summary>Tags of a function.</summary>
    Tags,

    /// <summary>The note, among a function's tags, that a queue is its own.</summary>
    Ledger,

    /// <summary>A queue.</summary>
    Queue,

    /// <summary>A table of DynamoDB.</summary>
    Table,

    /// <summary>The right of one sender to send to a queue.</summary>
    QueueGrant,

    /// <summary>A published version.</summary>
    Version,

    /// <summary>An alias, which names a version.</summary>
    Alias,

    /// <summary>What becomes of asynchronous calls that fail.</summary>
    AsyncCalls,

    /// <summary>The right of one caller to call an alias.</summary>
    Permission,

    /// <summary>A function URL.</summary>
    Url,

    /// <summary>A rule of EventBridge: a pattern or a schedule.</summary>
    Rule,

    /// <summary>Where a rule leads.</summary>
    Target,

    /// <summary>An event source mapping: a queue that feeds a function.</summary>
    Mapping,

    /// <summary>A subscription to a topic.</summary>
    Subscription,

    /// <summary>An old version that nobody needs any more. It goes after everything else.</summary>
    OldVersion,
}

/// <summary>One quality of a piece.</summary>
/// <param name="Name">What people call it: "memory".</param>
/// <param name="Value">Its value in one form; empty for none.</param>
/// <param name="IsHidden">True for what may hold secrets: a JSON object of which only the names of members are ever shown.</param>
public sealed record Trait(string Name, string Value, bool IsHidden = false);

/// <summary>One thing in AWS, as it is wanted or as it was found.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">What tells it from others of its kind: a name or an ARN.</param>
/// <param name="Traits">Its qualities. What is wanted names those that matter; what was found may have more.</param>
public sealed record Piece(PieceKind Kind, string Name, ValueList<Trait> Traits)
{
    /// <summary>Where it belongs to: the queue of a right, the ARN of a subscription, the identifier of a mapping; empty for nothing.</summary>
    public string At { get; init; } = "";

    /// <summary>What people call it, when that is not its name.</summary>
    public string Called { get; init; } = "";

    /// <summary>What it is made with, besides its traits: a statement as JSON.</summary>
    public string Body { get; init; } = "";

    /// <summary>Why it is not ours to change; null when it is.</summary>
    public string? Others { get; init; }

    /// <summary>The value of a trait; empty for none.</summary>
    public string this[string trait]
    {
        get
        {
            foreach (var own in Traits)
            {
                if (own.Name == trait) return own.Value;
            }
            return "";
        }
    }

    /// <summary>What people call it.</summary>
    public string Shown => Called.Length > 0 ? Called : Name;

    /// <summary>The traits in which something that was found differs from this.</summary>
    public ValueList<Trait> Differs(Piece found) => [.. Traits.Where(trait => found[trait.Name] != trait.Value)];
}
