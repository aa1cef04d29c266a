using System.CommandLine;
using Signalbox.Effects;

namespace Signalbox.Cli.Verbs;

/// <summary>The payloads, for whoever wants to see exactly what a chat would get.</summary>
internal static class Payloads
{
    public static readonly Verb Row = new("render", "Print the payload of every post as one line of JSON; nothing is posted.", """
        Examples:
          signalbox render event.json
          signalbox render event.json --chat slack | jq .payload

        Each line is {"file","room","because","chat","payload"}. A local room has no payload of its own:
        without --chat it is rendered for Slack.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var files = Inputs.Files();
        var config = Inputs.Config();
        var chat = new Option<string?>("--chat") { Description = "Render every post for this chat, whatever its room.", HelpName = "CHAT" };
        chat.AcceptOnlyFromAmong([.. Chats.All.Select(row => row.Name)]);
        command.Add(files);
        command.Add(config);
        command.Add(chat);
        return async parsed =>
        {
            if (Inputs.Load(parsed.GetValue(config), shell) is not { } settings) return Exit.Usage;
            return await Inputs.Each(parsed.GetValue(files) ?? [], shell, (file, bytes) =>
            {
                foreach (var post in Flow.Of(bytes, settings).SelectMany(flow => flow.Posts(settings, parsed.GetValue(chat))))
                    shell.Out.WriteLine(Lines.OfPost(file, post));
                return Task.FromResult(Exit.Fine);
            });
        };
    }
}
