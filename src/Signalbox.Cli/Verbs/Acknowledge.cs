using System.CommandLine;
using Signalbox.Effects;

namespace Signalbox.Cli.Verbs;

/// <summary>Somebody takes care of something.</summary>
internal static class Acknowledge
{
    public static readonly Verb Row = new("ack", "Say that somebody takes care of something: reminders stop, and the message shows who.", """
        Examples:
          signalbox ack payments-5xx
          signalbox ack "cloudwatch/arn:aws:cloudwatch:eu-west-1:123456789012:alarm:payments-5xx" --by anna

        THREAD is a thread key (signalbox explain shows it), its beginning, or the name of the thing. It ends by itself
        when the thing gets worse.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var thread = new Argument<string>("THREAD") { Description = "What is taken care of." };
        var by = new Option<string?>("--by") { Description = "Who; else USER.", HelpName = "NAME" };
        var store = Keeping.Option();
        var config = Inputs.Config();
        command.Add(thread);
        command.Add(by);
        command.Add(store);
        command.Add(config);
        return async parsed =>
        {
            if (Inputs.Load(parsed.GetValue(config), shell) is not { } settings) return Exit.Usage;
            return await Keeping.With(parsed.GetValue(store), settings, shell, async opened =>
            {
                var engine = new Engine(settings, opened, shell.Open(settings, _ => { }), Keeping.Worker) { Can = Conversing.Can };
                var name = parsed.GetValue(thread) ?? "";
                var titles = await engine.Acknowledge(name, parsed.GetValue(by) ?? Keeping.Person(shell), CancellationToken.None);
                if (titles.Count is 0)
                {
                    shell.Error.WriteLine($"signalbox: expected the thread or the name of one thing that is open, found \"{name}\".");
                    foreach (var open in (await engine.OpenThreads(CancellationToken.None)).Take(10)) shell.Error.WriteLine($"  {open}");
                    return Exit.Failed;
                }
                foreach (var title in titles) shell.Out.WriteLine($"acknowledged: {Cut.OneLine(title)}");
                return Exit.Fine;
            });
        };
    }
}
