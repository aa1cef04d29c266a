namespace Signalbox;

/// <summary>What the message of a group is about, in the fields that conditions know.</summary>
public static class GroupScope
{
    /// <summary>The fields that whatever joins the group has in common; null when the thread is no group's. None when it gathers everything.</summary>
    /// <param name="thread">The group's own thread.</param>
    /// <param name="notice">One of its notices.</param>
    /// <param name="routes">The routes, one of which gathers it.</param>
    public static ValueList<Fact>? Of(string thread, Notice notice, ValueList<Route> routes)
    {
        if (!thread.StartsWith("group/", StringComparison.Ordinal)) return null;
        var grouping = routes.Select(route => route.Group).OfType<Grouping>().FirstOrDefault(each => Groups.Key(notice, each) == thread);
        return grouping is null ? [] : [.. from field in grouping.By from value in Groups.Values(notice, field) select new Fact(field, value)];
    }
}
