using Spectre.Console;
using Spectre.Console.Rendering;

namespace Signalbox.Cli;

/// <summary>The local room on a terminal: a card in colour, or plain text when piped.</summary>
internal sealed class Screen
{
    private readonly Shell shell;
    private readonly IAnsiConsole? console;

    public Screen(Shell shell, bool noColor)
    {
        this.shell = shell;
        var unwanted = noColor || shell.Variable("NO_COLOR") is { Length: > 0 } || shell.Variable("TERM") is "dumb";
        if (unwanted || shell.Columns is not { } columns) return;
        console = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(shell.Out),
        });
        console.Profile.Width = Math.Clamp(columns, 40, 110);
        console.Profile.Encoding = System.Text.Encoding.UTF8;
    }

    /// <summary>Shows what a room hears.</summary>
    public void Show(Routed routed, Settings settings)
    {
        var card = Card.Of(routed.Notice, settings.Rendering);
        var heading = $"{routed.Room.Name}{(routed.Mention is { } mention ? $", rings {mention}" : "")} ({routed.Because})";
        if (console is null)
        {
            shell.Out.WriteLine(heading);
            shell.Out.WriteLine(PlainText.Of(card));
            shell.Out.WriteLine();
            return;
        }
        console.Write(new Text(heading + "\n", new(foreground: Color.Grey)));
        console.Write(Framed(card));
    }

    /// <summary>A line beside the cards.</summary>
    public void Say(string line)
    {
        if (console is null) shell.Out.WriteLine(line);
        else console.Write(new Text(line + "\n", new(foreground: Color.Grey)));
    }

    private static Panel Framed(Card card)
    {
        var notice = card.Notice;
        var color = Of(card.Color);
        var title = new Text($"{card.Mark} {Cut.OneLine(notice.Title)}", new(foreground: color, decoration: Decoration.Bold));
        var rows = new List<IRenderable> { title };
        if (!string.IsNullOrWhiteSpace(notice.Summary)) rows.Add(new Text(Cut.Text(Cut.Readable(notice.Summary), 4_000)));
        if (notice.Facts.Count > 0) rows.Add(Facts(notice.Facts));
        if (card.Spark.Length > 0) rows.Add(new Text(card.Spark, new(foreground: color)));
        foreach (var link in notice.Links)
        {
            var line = $"{Cut.OneLine(link.Text)}: {Cut.OneLine(link.Url)}";
            rows.Add(new Text(line, new(foreground: Color.Grey)) { Overflow = Overflow.Fold });
        }
        var actor = notice.Actor is { Length: > 0 } by ? $" · by {Cut.OneLine(by)}" : "";
        rows.Add(new Text($"{Cut.OneLine(card.Where)}{actor}{(card.When.Length > 0 ? " · " + card.When : "")}",
            new(foreground: Color.Grey)));
        return new(new Rows(rows)) { Border = BoxBorder.Rounded, BorderStyle = new(foreground: color), Expand = true };
    }

    private static Color Of(string hex)
    {
        var rgb = Convert.FromHexString(hex.AsSpan(1));
        return new(rgb[0], rgb[1], rgb[2]);
    }

    private static Grid Facts(ValueList<Fact> facts)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new(0, 0, 2, 0) }).AddColumn();
        foreach (var fact in facts)
        {
            var name = new Text(Cut.Line(fact.Name, 40), new(foreground: Color.Grey));
            grid.AddRow(name, new Text(Cut.Text(Cut.Readable(fact.Value), 1_000)));
        }
        return grid;
    }
}
