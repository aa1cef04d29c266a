using System.Globalization;

namespace Signalbox;

/// <summary>Makes rooms out of what stands in the file. Takes what it understands; complaining is the checks' part.</summary>
internal static class Rooms
{
    /// <summary>Every room with its chat, also of a file with mistakes; the local room when there is none.</summary>
    public static ValueList<(string Name, Chat? Chat)> Known(Tree tree)
    {
        var rooms = tree["rooms"]?.Members ?? [];
        return rooms.Count is 0 ? [(Room.Local.Name, Local.Row)] : [.. rooms.Select(room => (room.Name.Text, ChatOf(room.Value)))];
    }

    /// <summary>One room.</summary>
    public static Room Read(string name, Tree tree, Tree? defaults)
    {
        var chat = ChatOf(tree) ?? Local.Row;
        return new()
        {
            Name = name,
            Chat = chat.Name,
            Options = [.. from key in chat.Keys
                          let value = Of(tree[chat.Name]?[key.Name])
                              ?? (key.Default is null ? null : defaults?[chat.Name]?[key.Name]?.Word) ?? key.Default
                          where value is not null
                          select new Fact(key.Name, value)],
            Mention = tree["mention"]?.Word is { } mention && mention is not Keys.None ? mention : null,
            MentionAt = SeverityOf(tree["mention-at"]) ?? SeverityOf(defaults?["mention-at"]) ?? Severity.Error,
            Pace = PaceOf(tree["pace"] ?? defaults?["pace"], chat.Pace),
        };
    }

    private static string? Of(Tree? tree) => tree is Tree.List { Items.Count: > 0 } list
        ? string.Join(", ", list.Items.Select(item => item.Word))
        : tree?.Word;

    /// <summary>The severity that a word names, or null.</summary>
    public static Severity? SeverityOf(Tree? tree)
    {
        foreach (var (word, severity) in Words.Severities)
        {
            if (tree?.Word == word) return severity;
        }
        return null;
    }

    private static Chat? ChatOf(Tree tree) => tree.Word is { } word
        ? Chats.Named(word)
        : tree.Members.Select(member => Chats.Named(member.Name.Text)).FirstOrDefault(chat => chat is not null);

    private static Pace? PaceOf(Tree? tree, Pace? otherwise) => tree switch
    {
        null or Tree.Scalar { IsNull: true } => otherwise,
        { Word: Keys.None } => null,
        _ => double.TryParse(tree["per-second"]?.Word, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate)
            ? new(rate, int.TryParse(tree["burst"]?.Word, NumberStyles.None, CultureInfo.InvariantCulture, out var burst) ? burst : 1)
            : otherwise,
    };
}
