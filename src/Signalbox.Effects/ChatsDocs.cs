using System.Globalization;
using System.Text;

namespace Signalbox.Effects;

/// <summary>docs/chats.md: every chat from its rows, so that the page says what the program does.</summary>
public static class ChatsDocs
{
    /// <summary>The whole page.</summary>
    public static string Write()
    {
        var text = new StringBuilder("""
            # Chats

            Written by the program, from the rows of `Chats.All` and `Deliverers.All`. Every chat shows the same card: a mark for how it stands, the title,
            the reason, facts, a sparkline, links, and where and when. A room names its chat and what that needs:

            ```yaml
            rooms:
              databases: { discord: { webhook: "env:DATABASES_WEBHOOK" }, mention: "<@&1187>" }
              payments:  { pagerduty: {} }
            ```

            `signalbox tell --to ROOM` posts a test message to a room and says what the chat answered.

            Secrets are references (`env:NAME`, `file:PATH`) and stand in no error and no log, whatever a chat answers. Redirects are not followed. What is
            answered with "not now" is tried again until the deadline, after the time that the chat asks for. Requests that get no answer, or half of one,
            are tried again too.

            With a store a room hears of one thing in one conversation, as far as its chat can: a message that changes in place, and a thread below it.
            When that message is gone it is posted anew. When the room is gone, who is named by `otherwise` hears it, and the operator's room hears of
            the room once.


            """.ReplaceLineEndings("\n"));
        foreach (var chat in Chats.All) Write(text, chat, Deliverers.All.First(row => row.Chat == chat.Name));
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Write(StringBuilder text, Chat chat, Deliverer deliverer)
    {
        var pace = chat.Pace is { } rate
            ? string.Create(CultureInfo.InvariantCulture, $"{rate.PerSecond:0.##} a second after a burst of {rate.Burst}")
            : "as fast as they come";
        text.Append(CultureInfo.InvariantCulture, $"## {chat.Name}\n\n{chat.About}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"- Limits kept: {chat.Limits}\n- Mentions: {chat.Mentions ?? "none"}\n");
        text.Append(CultureInfo.InvariantCulture, $"- Conversations: {chat.Conversations}\n- Pace: {pace}\n- Interface: {chat.Docs}\n\n");
        if (chat.Keys.Count > 0) text.Append("| Key | What it does | Default |\n| --- | --- | --- |\n");
        foreach (var key in chat.Keys)
            text.Append(CultureInfo.InvariantCulture, $"| `{key.Name}` | {Cell(key.About)} | {(key.Default is { } otherwise ? $"`{otherwise}`" : "")} |\n");
        if (chat.Keys.Count > 0) text.Append('\n');

        var answers = deliverer.Answers();
        if (answers.Count > 0) text.Append("| Answer | As in | The post | What it means |\n| --- | --- | --- | --- |\n");
        foreach (var answer in answers)
        {
            var body = answer.Body.Length > 0 ? $"`{Cell(Cut.Line(answer.Body, 100))}`" : "";
            text.Append(CultureInfo.InvariantCulture, $"| {answer.Status} | {body} | {Word(answer)} | {Cell(answer.About)} |\n");
        }
        if (answers.Count > 0) text.Append('\n');
    }

    private static string Word(KnownAnswer answer) => answer switch
    {
        { Fate: Fate.Made } => "is made",
        { Fate: Fate.Later } => "not now",
        { RoomIsGone: true } => "is refused, and the room is gone",
        _ => "is refused",
    };

    private static string Cell(string words) => words.Replace("|", "\\|", StringComparison.Ordinal);
}
