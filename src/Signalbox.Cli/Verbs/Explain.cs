using System.CommandLine;

namespace Signalbox.Cli.Verbs;

/// <summary>The value on every arrow, for whoever wonders why a room heard something, or did not.</summary>
internal static class Explain
{
    public static readonly Verb Row = new("explain", "Show how events are read, who would hear them and why; nothing is posted.", """
        Examples:
          signalbox explain event.json
          signalbox explain samples/*.json --json | jq '.routed[].because'

        With --json each file is one line: {"file","envelopes","read","notices","routed","posts","held"}. What a quiet
        route holds back stands in "held" with its reason.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var files = Inputs.Files();
        var config = Inputs.Config();
        var asJson = new Option<bool>("--json") { Description = "One line of JSON for each file." };
        command.Add(files);
        command.Add(config);
        command.Add(asJson);
        return async parsed =>
        {
            if (Inputs.Load(parsed.GetValue(config), shell) is not { } settings) return Exit.Usage;
            return await Inputs.Each(parsed.GetValue(files) ?? [], shell, (file, bytes) =>
            {
                var flows = Flow.Of(bytes, settings);
                if (parsed.GetValue(asJson)) shell.Out.WriteLine(Lines.OfFile(file, flows, settings));
                else Tree(shell.Out, file, flows, settings);
                return Task.FromResult(Exit.Fine);
            });
        };
    }

    private static void Tree(TextWriter output, string file, ValueList<Flow> flows, Settings settings)
    {
        output.WriteLine(file);
        foreach (var (reading, routing) in flows)
        {
            var envelope = reading.Envelope;
            var known = Known(envelope.Transport, ("id", envelope.Id), ("topic", envelope.Topic), ("subject", envelope.Subject));
            output.WriteLine($"  event    {known}");
            output.WriteLine($"  read     {reading.Source} {reading.Kind}: {Lines.Word(reading.Outcome)}, {Cut.OneLine(reading.Why)}");
            foreach (var notice in reading.Notices) Told(output, notice, settings, routing);
        }
    }

    private static void Told(TextWriter output, Notice notice, Settings settings, Routing routing)
    {
        var card = Card.Of(notice, settings.Rendering);
        output.WriteLine($"  notice   {card.Mark} {Cut.OneLine(notice.Title)} [{Words.Of(notice.Severity)}, {Words.Of(notice.Status)}]");
        Field(output, "summary", notice.Summary);
        Field(output, "subject", notice.Subject);
        Field(output, "arn", notice.Arn);
        var account = notice.Account is { } id && settings.Rendering.AccountName(id) is { } name ? $"{id} ({name})" : notice.Account;
        Field(output, "account", account);
        Field(output, "region", notice.Region);
        Field(output, "at", Lines.Instant(notice.At));
        Field(output, "actor", notice.Actor);
        Field(output, "thread", notice.Thread);
        if (notice.Owners.Count > 0) Field(output, "owners", string.Join(", ", notice.Owners));
        foreach (var tag in notice.Tags) Field(output, $"tag.{tag.Key}", tag.Value);
        foreach (var (fact, value) in notice.Facts) Field(output, fact.Contains(' ') ? $"fact.\"{fact}\"" : $"fact.{fact}", value);
        foreach (var link in notice.Links) Field(output, link.Text, link.Url);
        foreach (var held in routing.Held.Where(held => ReferenceEquals(held.Notice, notice)))
            output.WriteLine($"    held back by {held.Because}");
        foreach (var routed in routing.Routed.Where(routed => ReferenceEquals(routed.Notice, notice)))
        {
            var rings = routed.Mention is { } mention ? $", rings {mention}" : "";
            output.WriteLine($"    to {routed.Room.Name} ({routed.Room.Chat}){rings}: {routed.Because}");
        }
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
