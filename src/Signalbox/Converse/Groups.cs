namespace Signalbox;

/// <summary>Like notices that come in a burst, said in one message.</summary>
internal static class Groups
{
    private const int Most = 500;
    private const int Shown = 8;

    /// <summary>How many pages of names one message takes beside its summary, and how long each is.</summary>
    private const int Pages = 8;
    private const int LongestPage = 600;

    /// <summary>The key of a notice's group: equal for notices that belong together.</summary>
    public static string Key(Notice notice, Grouping grouping) =>
        "group/" + string.Join('/', grouping.By.Select(field => $"{field}={string.Join(',', Values(notice, field))}"));

    /// <summary>The step of a notice that joins its group.</summary>
    public static Step Of(Conversation? before, Notice notice, Grouping grouping, DateTimeOffset at)
    {
        var member = new Member(notice.Thread ?? "", notice.Title, notice.Severity, notice.Status);
        if (before is null or { Phase: Phase.Over })
        {
            if (notice.Status is Status.Cleared)
            {
                return new(before ?? Fresh(notice, at) with { Phase = Phase.Over, Ended = at }, Occasion.Nothing,
                    "cleared without ever having been raised here");
            }

            return new(Fresh(notice, at) with { Members = [member], Recent = before?.Recent ?? [], Wake = at + grouping.Wait }, Occasion.Nothing,
                $"it waits {Quantity.Duration(grouping.Wait)} for its like")
            { Afresh = true };
        }
        var known = before.Members.FirstOrDefault(each => each.Thread.Length > 0 && each.Thread == member.Thread);
        if (known is null && notice.Status is Status.Cleared) return new(before, Occasion.Nothing, "cleared without ever having been raised here");
        var members = With(before.Members, member);
        var isNew = known is null || (known.Status is Status.Cleared && notice.Status is not Status.Cleared);
        var worst = Worst(members);
        var over = members.All(each => each.Status is Status.Cleared);
        var after = before with { Members = members, Latest = at, Notice = worst > before.Notice.Severity ? notice : before.Notice };
        // What was raised is said when its time comes, also when it is over by then.
        if (!before.Said) return new(after, Occasion.Nothing, over ? "it waits with its like; all of them are over" : "it waits with its like");
        if (over) after = WholeSteps.Over(after, at);
        return worst > before.SaidAs ? new(after, Occasion.Worse, "its group got worse")
            : over ? new(after, Occasion.Cleared, "all of its group is over")
            : new(after, isNew ? Occasion.Joined : Occasion.Progress, isNew ? "it joins its group" : "its group changes");
    }

    /// <summary>The step of a group whose wait is over.</summary>
    public static Step Gathered(Conversation before, DateTimeOffset now)
    {
        var (because, are) = before.Members.Count is 1 ? ("it came alone", "is") : ($"{before.Members.Count} came together", "are");
        return before.Members.All(each => each.Status is Status.Cleared)
            ? new(WholeSteps.Over(before, now), Occasion.Cleared, $"{because} and {are} over already") : new(before, Occasion.Raised, because);
    }

    /// <summary>The message of a group.</summary>
    public static Notice Card(Conversation conversation)
    {
        var members = conversation.Members;
        if (members.Count is 1) return conversation.Notice with { Title = members[0].Title, Status = members[0].Status };
        var open = members.Where(member => member.Status is not Status.Cleared).ToValueList();
        var over = open.Count is 0;
        var listed = Listed(members);
        var what = listed.Count is 1 ? listed[0] : Quantity.Count(over ? members.Count : open.Count, $"{conversation.Notice.Source} notice");
        var rest = (members.Count - open.Count) switch { 0 => "", 1 => ", 1 more is over", var more => $", {more} more are over" };
        return conversation.Notice with
        {
            Title = over ? $"All over: {what}" : $"{what}{rest}",
            // The first one's, whoever is the worst now: by its thread an alert of the group is closed again.
            Thread = members[0].Thread.Length > 0 ? members[0].Thread : conversation.Notice.Thread,
            Summary = listed.Count is 1 ? null
                : string.Join('\n',
                    [.. listed.Take(Shown).Select(line => $"• {line}"), .. listed.Count > Shown ? (string[])[$"… and {listed.Count - Shown} more"] : []]),
            Severity = over ? Severity.Info : Worst(open),
            Status = over ? Status.Cleared : conversation.Notice.Status is Status.Cleared ? Status.Raised : conversation.Notice.Status,
            Facts = [.. Known.Facts(("Lasted", over ? WholeSteps.Lasted(conversation) : null)), .. Further(listed).Take(Pages)],
            Series = null,
            Ready = null,
            Links = [],
        };
    }

    /// <summary>Messages that name the members for which the group's own has no room.</summary>
    public static IEnumerable<(Notice Notice, ValueList<string> Lines)> Rest(Conversation conversation)
    {
        if (conversation.Members.Count <= Shown) return [];
        var titles = Listed(conversation.Members);
        return Further(titles).Skip(Pages).Chunk(Pages).Select(pages => (Notice: conversation.Notice with
        {
            Title = $"{pages[0].Name.Split('–')[0]} to {pages[^1].Name.Split('–')[1]} of {titles.Count} {conversation.Notice.Source} notices",
            Summary = null,
            Facts = [.. pages],
            Links = [],
            Series = null,
            Ready = null,
            Status = Status.Stated,
        }, Lines: (ValueList<string>)[.. pages.SelectMany(page => page.Value.Split('\n'))]));
    }

    /// <summary>What a digest says of a group: its members. Nothing for what is none.</summary>
    public static ValueList<string> Lines(Conversation conversation)
    {
        if (conversation.Members.Count < 2) return [];
        return conversation.Members.Any(member => member.Status is not Status.Cleared) ? Listed(conversation.Members)
            : [Card(conversation).Title, .. Listed(conversation.Members)];
    }

    /// <summary>The pages of those that the summary does not show.</summary>
    private static ValueList<Fact> Further(ValueList<string> listed) => Roll.Pages([.. listed.Skip(Shown)], LongestPage, Shown + 1);

    /// <summary>What is open first, the worst before the rest; what is over already was news too.</summary>
    private static ValueList<string> Listed(ValueList<Member> members) =>
        [.. members.OrderBy(member => member.Status is Status.Cleared).ThenByDescending(member => member.Severity).GroupBy(member => member.Title)
            .Select(same => same.Count() is 1 ? same.Key : $"{same.Count()} × {same.Key}")];

    private static Conversation Fresh(Notice notice, DateTimeOffset at) => new() { Notice = notice, Phase = Phase.Raised, Began = at, Latest = at };

    private static Severity Worst(ValueList<Member> members) =>
        members.Where(member => member.Status is not Status.Cleared).Select(member => member.Severity).DefaultIfEmpty(Severity.Info).Max();

    private static ValueList<Member> With(ValueList<Member> members, Member member)
    {
        if (member.Thread.Length > 0)
        {
            for (var place = 0; place < members.Count; place++)
            {
                if (members[place].Thread == member.Thread) return [.. members.Take(place), member, .. members.Skip(place + 1)];
            }
        }
        return members.Count < Most ? [.. members, member] : members;
    }

    /// <summary>The values of a field as settings name it.</summary>
    public static ValueList<string> Values(Notice notice, string field)
    {
        if (field.StartsWith("tag.", StringComparison.OrdinalIgnoreCase))
            return [.. notice.Tags.Where(tag => string.Equals(tag.Key, field[4..], StringComparison.OrdinalIgnoreCase)).Select(tag => tag.Value)];
        if (field.StartsWith("fact.", StringComparison.OrdinalIgnoreCase))
            return [.. notice.Facts.Where(fact => string.Equals(fact.Name, field[5..], StringComparison.OrdinalIgnoreCase)).Select(fact => fact.Value)];
        if (WhenTests.Named(field) is not { } named) return [];
        if (named.Kind is FieldKind.Owner) return notice.Owners;
        return Field.Of(named.Kind, notice) is { } value ? [value] : [];
    }
}
