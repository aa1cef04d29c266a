namespace Signalbox;

/// <summary>How long each kind of data is kept after it is of no more use.</summary>
/// <param name="Events">Decided events and their ids: at least a day, so that repeats are known.</param>
/// <param name="Conversations">Conversations that are over.</param>
/// <param name="History">Lines of history.</param>
/// <param name="Dead">Dead letters.</param>
public sealed record Retention(TimeSpan Events, TimeSpan Conversations, TimeSpan History, TimeSpan Dead)
{
    /// <summary>Two days of events, a month of conversations, a quarter of history, a month of dead letters.</summary>
    public static readonly Retention Usual = new(TimeSpan.FromDays(2), TimeSpan.FromDays(30), TimeSpan.FromDays(90), TimeSpan.FromDays(30));
}
