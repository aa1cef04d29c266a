namespace Signalbox;

/// <summary>Everything that people decide, checked and immutable.</summary>
public sealed record Settings
{
    /// <summary>The rooms in the order of the file; never empty.</summary>
    public required ValueList<Room> Rooms { get; init; }

    /// <summary>Who hears what.</summary>
    public required Routes Routes { get; init; }

    /// <summary>Who is in charge of what.</summary>
    public Owners Owners { get; init; } = Owners.None;

    /// <summary>What is asked of the world before a notice goes out.</summary>
    public Lookups Lookups { get; init; } = Lookups.None;

    /// <summary>What outlives a process, as <c>dynamodb://TABLE</c> or a reference to such a text; null for nothing.</summary>
    public string? Store { get; init; }

    /// <summary>How conversations behave.</summary>
    public Conduct Conduct
    {
        get;
        init
        {
            field = value;
            Silencing = Silencing.Of(value.Silences);
        }
    } = Conduct.Usual;

    /// <summary>The silences of the settings, filed.</summary>
    public Silencing Silencing { get; private init; } = Silencing.None;

    /// <summary>How long a store keeps what is of no more use.</summary>
    public Retention Retention { get; init; } = Retention.Usual;

    /// <summary>Who hears of Signalbox's own troubles; null for nobody.</summary>
    public Room? Operator { get; init; }

    /// <summary>True when a condition asks for the topic that an event came through.</summary>
    public bool AsksTopic { get; init; }

    /// <summary>Names of accounts.</summary>
    public ValueList<Account> Accounts
    {
        get;
        init
        {
            field = value;
            var names = value.DistinctBy(account => account.Id).ToDictionary(account => account.Id, account => account.Name);
            Rendering = Rendering with { AccountName = names.GetValueOrDefault };
        }
    }

    /// <summary>The app through which people in Slack answer; null for none.</summary>
    public SlackApp? SlackApp
    {
        get;
        init
        {
            field = value;
            Rendering = Rendering with { SlackButtons = value is not null };
        }
    }

    /// <summary>What a server needs to know.</summary>
    public Serving Serving { get; init; } = Serving.Usual;

    /// <summary>Events with what they must say, run by <c>signalbox check</c>.</summary>
    public ValueList<Example> Tests { get; init; }

    /// <summary>What a chat's renderer may know: the names that people gave their accounts, and whether anybody hears a button.</summary>
    public Rendering Rendering { get; private init; } = new(_ => null);

    /// <summary>What holds when nobody decided anything: everything goes to the local room.</summary>
    public static readonly Settings None = new() { Rooms = [Room.Local], Routes = Routes.AllTo(Room.Local) };
}

/// <summary>A test that lives in the settings.</summary>
/// <param name="Event">Path of the event, relative to the settings.</param>
/// <param name="Says">Room and the words that its message must hold; empty words for any message.</param>
/// <param name="Silent">Rooms that must hear nothing.</param>
/// <param name="Line">Line in the settings, from 1.</param>
public sealed record Example(string Event, ValueList<Fact> Says, ValueList<string> Silent, int Line)
{
    /// <summary>Path of a timeline instead of an event; null for an event.</summary>
    public string? Timeline { get; init; }

    /// <summary>Which file it stands in, where settings are spread over several: 0 for the main one.</summary>
    public int File { get; init; }

    /// <summary>What messages call that file; null for the main one.</summary>
    public string? In { get; init; }
}
