using System.Globalization;

namespace Signalbox;

/// <summary>What a conversation's messages say: notices with what only the conversation knows.</summary>
internal static class Cards
{
    private const int MostFacts = 8;

    /// <summary>The conversation's message as it stands.</summary>
    public static Notice Main(Conversation conversation)
    {
        if (conversation.Members.Count > 0) return Groups.Card(conversation) with { Offers = OffersOf(conversation) };
        var notice = conversation.Notice;
        var own = Known.Facts(
            ("Progress", PartSteps.Bar(conversation)),
            (conversation.IsOperation ? "Took" : "Lasted", conversation is { Phase: Phase.Over, Ended: { } ended } && ended > conversation.Began
                ? WholeSteps.Lasted(conversation) : null),
            ("Elapsed", conversation is { Phase: not Phase.Over, IsOperation: true } && conversation.Latest > conversation.Began
                ? WholeSteps.Lasted(conversation) : null),
            ("Today", conversation is { Times: > 1, IsOperation: false, Flapping: null } ? $"{Ordinal(conversation.Times)} time" : null),
            ("Flapping", conversation.Flapping is not null
                ? $"raised {conversation.Flaps} times, {(conversation.Phase is Phase.Raised ? "raised" : "cleared")} now" : null),
            ("Acknowledged", conversation.Acknowledged is { } taken ? $"by {taken.By}, {Clock(taken.At)}" : null));
        var title = conversation is { Flapping: not null } ? $"{Cut.Line(notice.Title, 64)}: it is flapping" : notice.Title;
        return notice with
        {
            Title = title,
            Summary = Reason(conversation),
            Actor = notice.Actor,
            Offers = OffersOf(conversation),
            Facts = [.. own, .. notice.Facts.Where(fact => own.All(known => known.Name != fact.Name)).Take(Math.Max(MostFacts - own.Count, 2))],
        };
    }

    /// <summary>Something can be done while it is wrong. A group is acknowledged as one, and silenced by what its members have in common.</summary>
    private static Offers? OffersOf(Conversation conversation) => conversation.Phase is not Phase.Raised ? null
        : (conversation.Acknowledged is null ? Offers.Acknowledge : Offers.None) | Offers.Silence;

    /// <summary>A line in the thread: what changed, without what the message above shows already.</summary>
    public static Notice Line(Notice notice, string title, string? summary = null) =>
        notice with { Title = title, Summary = summary, Facts = [], Links = [], Series = null, Ready = null, Offers = null };

    /// <summary>"1st", "2nd", "3rd", "11th".</summary>
    public static string Ordinal(int number) => (number % 100, number % 10) switch
    {
        (11 or 12 or 13, _) => $"{number}th",
        (_, 1) => $"{number}st",
        (_, 2) => $"{number}nd",
        (_, 3) => $"{number}rd",
        _ => $"{number}th",
    };

    /// <summary>"14:05 UTC".</summary>
    public static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string? Reason(Conversation conversation)
    {
        if (conversation is not { Failure: { } failure, Notice.Status: Status.Raised }) return conversation.Notice.Summary;
        return $"First to fail: {failure.Name}: {failure.Value}";
    }
}
