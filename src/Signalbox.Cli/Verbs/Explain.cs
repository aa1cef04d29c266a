using System.CommandLine;
using Signalbox.Effects;

namespace Signalbox.Cli.Verbs;

/// <summary>The value on every arrow, for whoever wonders why a room heard something, or did not.</summary>
internal static class Explain
{
    public static readonly Verb Row = new("explain", "Show how events are read, who would hear them and why; nothing is posted.", """
        Examples:
          signalbox explain event.json
          signalbox explain samples/*.json --json | jq '.routed[].because'

        With --json each file is one line: {"file","envelopes","read","notices","routed","posts","held","asked"}. What a
        quiet route holds back stands in "held" with its reason, what AWS was asked and said in "asked".

        """, Fill);

    private const int MostOthers = 12;

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var files = Inputs.Files();
        var config = Inputs.Config();
        var asJson = new Option<bool>("--json") { Description = "One line of JSON for each file." };
        command.Add(files);
        command.Add(config);
        command.Add(asJson);
        var store = Keeping.Option();
        store.Description = "Explain it to the conversations of this store; without one as if it were the first event.";
        command.Add(store);
        return async parsed =>
        {
            if (Inputs.Load(parsed.GetValue(config), shell) is not { } settings) return Exit.Usage;
            var world = shell.Open(settings, _ => { });
            Task<int> With(Store opened) => Inputs.Each(parsed.GetValue(files) ?? [], shell, async (file, bytes) =>
            {
                var flows = await Flow.Asking(bytes, settings, world);
                if (parsed.GetValue(asJson)) shell.Out.WriteLine(Lines.OfFile(file, flows, settings));
                else await Tree(shell.Out, file, flows, settings, new(settings, opened, world, Keeping.Worker));
                return Exit.Fine;
            });
            return parsed.GetValue(store) is { } spec ? await Keeping.With(spec, settings, shell, With) : await With(MemoryStore.Open());
        };
    }

    private static async Task Tree(TextWriter output, string file, ValueList<Flow> flows, Settings settings, Engine engine)
    {
        output.WriteLine(file);
        foreach (var flow in flows)
        {
            var reading = flow.Reading;
            var envelope = reading.Envelope;
            var known = Known(envelope.Transport, ("id", envelope.Id), ("topic", envelope.Topic), ("subject", envelope.Subject));
            output.WriteLine($"  event    {known}");
            output.WriteLine($"  read     {reading.Source} {reading.Kind}: {Words.Of(reading.Outcome)}, {Cut.OneLine(reading.Why)}");
            foreach (var answered in flow.Answers.All)
                output.WriteLine($"  asked    {Flow.Asked(answered.Question)}: {Cut.Line(Flow.Said(answered) ?? "nothing", 300)} ({answered.From})");
            var decided = await engine.Preview(reading, flow.Answers, CancellationToken.None);
            foreach (var owned in flow.Owned(settings)) Told(output, owned, settings, flow.Routing, decided);
        }
    }

    private static void Told(TextWriter output, Owned owned, Settings settings, Routing routing, ValueList<Decided> decided)
    {
        var notice = owned.Notice;
        var card = Card.Of(notice, settings.Rendering);
        output.WriteLine($"  notice   {card.Mark} {Cut.OneLine(notice.Title)} [{Words.Of(notice.Severity)}, {Words.Of(notice.Status)}]");
        Field(output, "summary", notice.Summary);
        Field(output, "subject", notice.Subject);
        Field(output, "arn", notice.Arn);
        var account = notice.Account is { } id && (settings.Rendering.AccountName(id) ?? notice.AccountName) is { } name ? $"{id} ({name})" : notice.Account;
        Field(output, "account", account);
        Field(output, "region", notice.Region);
        Field(output, "at", Lines.Instant(notice.At));
        Field(output, "actor", notice.Actor);
        Field(output, "thread", notice.Thread);
        if (owned.Owner is { } owner) Field(output, "owner", $"{owner.Name}, because {owned.Because}");
        else if (notice.Owners.Count > 0) Field(output, "owners", string.Join(", ", notice.Owners));
        foreach (var tag in notice.Tags) Field(output, $"tag.{tag.Key}", tag.Value + (tag.Of is { } bearer ? $" (of {bearer})" : ""));
        foreach (var (fact, value) in notice.Facts) Field(output, fact.Contains(' ') ? $"fact.\"{fact}\"" : $"fact.{fact}", value);
        foreach (var link in notice.Links) Field(output, link.Text, link.Url);
        foreach (var held in routing.Held.Where(held => held.Notice == notice))
            output.WriteLine($"    held back by {held.Because}");
        foreach (var routed in routing.Routed.Where(routed => routed.Notice == notice))
        {
            var rings = routed.Mention is { } mention ? $", rings {mention}" : "";
            output.WriteLine($"    to {routed.Room.Name} ({routed.Room.Chat}){rings}: {routed.Because}");
            foreach (var (_, decision) in decided.Where(each => each.Routed.Room.Name == routed.Room.Name && each.Routed.Notice.Title == notice.Title).Take(1))
            {
                var says = string.Join(", ", decision.Sayings.Select(saying => saying.Placing.ToString().ToLowerInvariant()));
                output.WriteLine($"       as a conversation: {(says.Length > 0 ? says : decision.What)}, {decision.Because}");
            }
        }
        var others = settings.Routes.NotTaken(notice);
        foreach (var other in others.Take(MostOthers)) output.WriteLine($"    not {other}");
        if (others.Count > MostOthers) output.WriteLine($"    nor {others.Count - MostOthers} more routes, which do not hold either");
    }

    private static void Field(TextWriter output, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value)) output.WriteLine($"           {Cut.Line(name, 40)}: {Cut.Line(value, 300)}");
    }

    private static string Known(string first, params ReadOnlySpan<(string Name, string? Value)> parts)
    {
        var line = first;
        foreach (var (name, value) in parts)
        {
            if (value is { Length: > 0 }) line += $", {name} {Cut.Line(value, 120)}";
        }
        return line;
    }
}
