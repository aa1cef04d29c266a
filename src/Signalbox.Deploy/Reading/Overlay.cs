namespace Signalbox.Deploy;

/// <summary>Files laid over each other: what the upper one does not say, the lower one says.</summary>
internal static class Overlay
{
    /// <summary>One tree of two. Maps with fixed or chosen names merge name by name, one level deep; everything else is replaced; null takes back.</summary>
    /// <param name="below">The plainer file; null for none.</param>
    /// <param name="above">The nearer one; null for none.</param>
    public static Tree Of(Tree? below, Tree? above) => Laid(below, above, isDeep: true);

    /// <summary>Only the members that are inherited.</summary>
    public static Tree Only(Tree tree, ValueList<string> names) =>
        new Tree.Map([.. tree.Members.Where(member => names.Contains(member.Name.Text))]) { At = tree.At };

    /// <summary>The tree without what is null, which says nothing, at both levels that are laid over each other.</summary>
    public static Tree WithoutNulls(Tree tree) => Laid(null, tree, isDeep: true);

    private static Tree Laid(Tree? below, Tree? above, bool isDeep)
    {
        var members = (below?.Members ?? []).ToList();
        foreach (var member in above?.Members ?? [])
        {
            var at = members.FindIndex(known => known.Name.Text == member.Name.Text);
            var lower = at < 0 ? null : members[at].Value;
            if (at >= 0) members.RemoveAt(at);
            if (member.Value is Tree.Scalar { IsNull: true }) continue;
            var value = isDeep && member.Value is Tree.Map ? Laid(lower as Tree.Map, member.Value, isDeep: false) : member.Value;
            members.Insert(at < 0 ? members.Count : at, new(member.Name, value));
        }
        return new Tree.Map([.. members]) { At = (above ?? below)?.At ?? new Spot(1, 1) };
    }
}
