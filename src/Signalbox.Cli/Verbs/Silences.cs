using System.CommandLine;
using System.Globalization;
using Signalbox.Effects;

namespace Signalbox.Cli.Verbs;

/// <summary>What nobody shall hear for a time.</summary>
internal static class Silences
{
    public static readonly Verb Row = new("silence", "Hold back what nobody needs to hear for a time: add, list, expire.", """
        Examples:
          signalbox silence add "source = rds and subject ~ staging-*" --for 2h --comment "restore test"
          signalbox silence add "tag.team = payments" --until 2026-11-23T06:00:00Z
          signalbox silence add "account = staging" --for 90d --hours "sat,sun 00:00-24:00 Europe/Berlin"
          signalbox silence list
          signalbox silence expire K7Q2

        What is held back is in the history. What is still raised when a silence ends is told then.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell) => Keeping.Fill(
        command, shell, (store, config) => [Add(shell, store, config), List(shell, store, config), Expire(shell, store, config)]);

    private static Command Add(Shell shell, Option<string?> store, Option<string?> config)
    {
        var when = new Argument<string>("WHEN") { Description = "What is held back: a condition as in routes." };
        var length = new Option<string?>("--for") { Description = "For how long: 30m, 2h, 1d.", HelpName = "TIME" };
        var until = new Option<string?>("--until") { Description = "Until when: 2026-11-23T06:00:00Z.", HelpName = "INSTANT" };
        var hours = new Option<string?>("--hours")
        {
            Description = "Only in these hours of the week: \"mon-fri 22:00-06:00 Europe/Berlin\".",
            HelpName = "HOURS"
        };
        var by = new Option<string?>("--by") { Description = "Who asks for it; else USER.", HelpName = "NAME" };
        var comment = new Option<string?>("--comment") { Description = "Why.", HelpName = "TEXT" };
        var add = new Command("add", "Add a silence.") { when, length, until, hours, by, comment };
        add.SetAction(async (parsed, stop) =>
        {
            if (Inputs.Load(parsed.GetValue(config), shell) is not { } settings) return Exit.Usage;
            var text = parsed.GetValue(when) ?? "";
            var now = DateTimeOffset.UtcNow;
            var ends = parsed.GetValue(length) is { } span ? now + Durations.Read(span) : Instants.Read(parsed.GetValue(until));
            var fault = WhenOutcome.Of(text, settings.Accounts).Fault is { } bad ? $"the condition: {bad.Says}"
                : ends is null ? "expected --for, as in 2h, or --until, as in 2026-11-23T06:00:00Z."
                : ends <= now ? "expected an end in the future: this silence would be over already."
                : parsed.GetValue(hours) is { } week && Hours.Read(week) is null ? $"expected {Hours.Expected}, found \"{week}\"."
                : null;
            if (fault is not null)
            {
                shell.Error.WriteLine($"signalbox: {fault}");
                return Exit.Usage;
            }
            return await Keeping.With(parsed.GetValue(store), settings, shell, async opened =>
            {
                var id = Convert.ToHexString(Guid.NewGuid().ToByteArray().AsSpan(0, 3));
                var note = new SilenceNote(id, text, null, ends, parsed.GetValue(hours), parsed.GetValue(by) ?? Keeping.Person(shell),
                    parsed.GetValue(comment) ?? "");
                await Engine(settings, opened, shell).Silence(note, stop);
                shell.Out.WriteLine($"{id} until {Shown(ends)}: {text}");
                return Exit.Fine;
            });
        });
        return add;
    }

    private static Command List(Shell shell, Option<string?> store, Option<string?> config)
    {
        var list = new Command("list", "List the silences, those of the settings too.");
        list.SetAction(async (parsed, stop) =>
        {
            if (Inputs.Load(parsed.GetValue(config), shell) is not { } settings) return Exit.Usage;
            return await Keeping.With(parsed.GetValue(store), settings, shell, async opened =>
            {
                var moment = new Moment(DateTimeOffset.UtcNow, Zones.Offset);
                var all = (await Engine(settings, opened, shell).Silences(stop)).Where(silence => silence.Until is not { } end || end > moment.Now).ToList();
                foreach (var silence in all)
                {
                    var state = silence.Holds(moment) ? "holds" : "waits";
                    var hours = silence.Hours is { } week ? $", {week.Text}" : "";
                    var rest = $"{hours}, by {silence.By}{(silence.Comment.Length > 0 ? $": {silence.Comment}" : "")}";
                    shell.Out.WriteLine($"{silence.Id}  {state}  until {Shown(silence.Until)}  {silence.Text}{rest}");
                }
                if (all.Count is 0) shell.Out.WriteLine("no silences");
                return Exit.Fine;
            });
        });
        return list;
    }

    private static Command Expire(Shell shell, Option<string?> store, Option<string?> config)
    {
        var id = new Argument<string>("ID") { Description = "Its name, as list shows it." };
        var expire = new Command("expire", "End a silence early. What it held back and is still raised is told.") { id };
        expire.SetAction(async (parsed, stop) =>
        {
            if (Inputs.Load(parsed.GetValue(config), shell) is not { } settings) return Exit.Usage;
            return await Keeping.With(parsed.GetValue(store), settings, shell, async opened =>
            {
                var name = parsed.GetValue(id) ?? "";
                if (await Engine(settings, opened, shell).EndSilence(name, stop))
                {
                    shell.Out.WriteLine($"{name} is over");
                    return Exit.Fine;
                }
                var where = settings.Conduct.Silences.Any(silence => silence.Id == name) ? " It stands in the settings: take it out there."
                    : " Try: signalbox silence list";
                shell.Error.WriteLine($"signalbox: expected the name of a silence, found \"{name}\".{where}");
                return Exit.Failed;
            });
        });
        return expire;
    }

    private static Engine Engine(Settings settings, Store store, Shell shell) => new(settings, store, shell.Open(settings, _ => { }), Keeping.Worker)
    {
        Can = Conversing.Can,
    };

    private static string Shown(DateTimeOffset? at) =>
        at is { } end ? end.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "ever";
}
