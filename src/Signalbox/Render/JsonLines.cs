namespace Signalbox;

/// <summary>A file, or the standard output, that other programs read: one notice a line.</summary>
public static class JsonLines
{
    /// <summary>Its row.</summary>
    public static readonly Chat Row = new(
        "file",
        [new("path", RoomKeyKind.Text, "The file, made when it is missing and only ever added to; \"-\" for the standard output.")],
        Render,
        room => room["path"] is null ? "a file room needs a path" : null,
        "docs/chats.md")
    {
        About = "One line of JSON for each notice, with the names that `signalbox explain --json` has.",
        Limits = "60,000 bytes a line",
        Conversations = NoticeJson.Conversations,
        Can = _ => new(Updates: false, Threads: true),
        MentionFault = Mentions.None("file", "A file is not rung."),
    };

    /// <summary>The notice as one object without a line break.</summary>
    public static byte[] Render(Routed routed, Rendering rendering) => Fitting.Within(60_000, routed, rendering, NoticeJson.Write);
}
