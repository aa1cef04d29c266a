namespace Signalbox;

/// <summary>Checks that need to know the rest of the file.</summary>
internal static class Checks
{
    private static readonly ValueList<string> Reserved = [Keys.None, "owner"];

    /// <summary>A room that the file has.</summary>
    public static void RoomName(Tree found, Findings findings)
    {
        if (found.Word is { } name && findings.Rooms.Any(room => room.Name == name)) return;
        string[] names = [.. findings.Rooms.Select(room => room.Name)];
        var shown = string.Join(", ", names.Take(12)) + (names.Length > 12 ? ", …" : "");
        findings.Expected($"a room ({shown})", found, found.Word switch
        {
            null => null,
            Keys.None => "Say quiet: \"reason\" instead of to where nobody shall hear it.",
            var word => Nearest.Hint(word, names),
        });
    }

    /// <summary>A room that the file has, or the owner's.</summary>
    public static void RoomOrOwner(Tree found, Findings findings)
    {
        if (found.Word is not "owner") RoomName(found, findings);
    }

    /// <summary>A field of a notice.</summary>
    public static void FieldName(Tree found, Findings findings)
    {
        if (found.Word is { } name
            && (WhenTests.Named(name) is not null || WhenTests.Tables.Any(table =>
                name.StartsWith(table.Prefix, StringComparison.OrdinalIgnoreCase) && name.Length > table.Prefix.Length)))
        {
            return;
        }

        findings.Expected($"a field ({string.Join(", ", WhenTests.FieldNames)}, tag.NAME or fact.NAME)", found, found.Word is { } word
            ? Nearest.Hint(word, WhenTests.FieldNames) : null);
    }

    /// <summary>An owner's mention rings in each of its rooms.</summary>
    public static void Owner(Tree found, Findings findings)
    {
        foreach (var name in (string[])["mention", "outside"])
        {
            foreach (var chat in ChatsOf(found["room"], findings)) Mention(found[name], chat, findings);
        }
    }

    /// <summary>Repeats are known for a day at least: SNS and Lambda try again for hours.</summary>
    public static void Retention(Tree found, Findings findings)
    {
        if (found["events"] is { } events && Durations.Read(events.Word ?? "") is { TotalDays: < 1 }) findings.Expected("at least a day, as in 1d", events);
    }

    /// <summary>A silence ends, or has hours.</summary>
    public static void Silence(Tree found, Findings findings)
    {
        if (found["until"] is null && found["hours"] is null)
            findings.Says(found, "expected until or hours in a silence, found neither. What nobody shall ever hear is a route with quiet: \"reason\".");
    }

    /// <summary>A name for a room.</summary>
    public static void NewRoom(Tree.Scalar name, Findings findings)
    {
        if (Reserved.Contains(name.Text)) findings.Expected("a name for a room", name, "This word has a meaning of its own in routes.");
        else if (string.IsNullOrWhiteSpace(name.Text)) findings.Expected("a name for a room", name);
    }

    /// <summary>The id of an account.</summary>
    public static void AccountId(Tree.Scalar id, Findings findings)
    {
        if (id.Text.Length is 12 && id.Text.All(char.IsAsciiDigit)) return;
        findings.Says(id, Sentence.Of("an account id of twelve digits", id.Shown, "The name comes after it: 123456789012: production."),
            isWarning: true);
    }

    /// <summary>A condition.</summary>
    public static void When(Tree found, Findings findings)
    {
        if (found is not Tree.Scalar scalar || string.IsNullOrWhiteSpace(scalar.Text) || scalar.IsNull)
            findings.Expected("a condition, as in source = rds and severity >= warning", found, "Leave when out to match everything.");
        else if (WhenOutcome.Of(scalar.Text, findings.Accounts).Fault is { } fault)
            findings.Inside(scalar, fault);
    }

    /// <summary>A room has one chat, that chat's keys agree, and its mention rings.</summary>
    public static void Room(Tree found, Findings findings)
    {
        TreeMember[] chats = [.. found.Members.Where(member => Chats.Named(member.Name.Text) is not null)];
        var names = Sentence.Or([.. Chats.All.Select(chat => chat.Name)]);
        if (chats.Length is 0)
        {
            // A chat's key outside of its chat, and a chat with a slip in its name, are said at their own place.
            if (found.Members.Any(member => ChatOf(member.Name.Text) is not null || IsNearAChat(member.Name.Text))) return;
            findings.Says(found, $"expected one chat ({names}) in a room, found none. As in: slack: {{ channel: \"#deploys\" }}.");
            return;
        }
        if (chats.Length > 1)
        {
            var several = string.Join(" and ", chats.Select(member => member.Name.Text));
            findings.Says(chats[1].Name, $"expected one chat ({names}) in a room, found {several}. "
                + "Make it two rooms, and name both in the routes.");
            return;
        }
        var chat = Chats.Named(chats[0].Name.Text)!;
        if (chat.Fault(Rooms.Read("", found, findings.Defaults)) is { } fault && !HasProblemIn(chats[0].Value, findings))
            findings.Says(chats[0].Name, $"{fault}.");
        Mention(found["mention"], chat, findings);
    }

    /// <summary>A route tells somebody or is quiet, and its mention rings in each of its rooms.</summary>
    public static void Route(Tree found, Findings findings)
    {
        if (found["to"] is null && found["quiet"] is null)
        {
            findings.Says(found,
                "expected to or quiet in a route, found neither. Say who hears it (to: ROOM), or why nobody does (quiet: \"reason\").");
        }
        if (found["to"] is { OneOrMany.Count: 0 } nobody)
            findings.Expected("at least one room", nobody, "Say quiet: \"reason\" where nobody shall hear it.");
        foreach (var member in found.Members)
        {
            var name = member.Name.Text;
            if (found["quiet"] is not null && name is "to" or "mention" or "mention-at" or "otherwise" or "group")
                findings.Says(member.Name, $"expected no {name} in a quiet route: nobody hears what it matches. Take away quiet or {name}.");
        }
        foreach (var chat in ChatsOf(found["to"], findings)) Mention(found["mention"], chat, findings);
    }

    /// <summary>A test expects something.</summary>
    public static void Test(Tree found, Findings findings)
    {
        if (found["event"] is null == found["timeline"] is null)
            findings.Says(found, "expected an event or a timeline in a test, found " + (found["event"] is null ? "neither." : "both."));
        if (found["timeline"] is null && found["says"] is null && found["silent"] is null)
            findings.Says(found, "expected says or silent in a test, found neither. As in: says: { ROOM: words }.");
    }

    /// <summary>The first chat whose rooms have that key, or null.</summary>
    public static Chat? ChatOf(string key) => Chats.All.FirstOrDefault(chat => chat.Keys.Any(known => known.Name == key));

    private static IEnumerable<Chat> ChatsOf(Tree? rooms, Findings findings) => (rooms?.OneOrMany ?? [])
        .Select(room => findings.Rooms.FirstOrDefault(known => known.Name == room.Word).Chat).OfType<Chat>().Distinct();

    private static bool IsNearAChat(string key) => Nearest.To(key, [.. Chats.All.Select(chat => chat.Name)]) is not null;

    private static bool HasProblemIn(Tree tree, Findings findings) => tree is not Tree.Map
        || tree.Members.Any(member =>
            findings.Problems.Any(problem => !problem.IsWarning && (problem.At == member.Name.At || problem.At == member.Value.At)));

    private static void Mention(Tree? found, Chat chat, Findings findings)
    {
        if (found is Tree.Scalar { IsNull: false, Text: not Keys.None } mention && chat.MentionFault(mention.Text) is { } fault)
            findings.Says(mention, fault);
    }
}
