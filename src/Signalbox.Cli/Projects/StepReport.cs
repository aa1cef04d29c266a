using System.Diagnostics;
using System.Globalization;
using Signalbox.Deploy;
using Spectre.Console;

namespace Signalbox.Cli.Projects;

/// <summary>What people and scripts see of steps: bars and times on a terminal, plain lines in a pipe, one line of JSON for each step.</summary>
internal sealed class StepReport
{
    private readonly Shell shell;
    private readonly bool isJson;
    private readonly IAnsiConsole? console;
    private readonly Lock gate = new();
    private readonly Dictionary<string, (ProgressTask? Bar, long Began)> under = [];
    private readonly List<string> held = [];
    private ProgressContext? bars;

    public StepReport(Shell shell, bool isJson, bool noColor)
    {
        (this.shell, this.isJson) = (shell, isJson);
        var isPlain = noColor || shell.Variable("NO_COLOR") is { Length: > 0 } || shell.Variable("TERM") is "dumb";
        if (isJson || isPlain || shell.Columns is not { } columns) return;
        console = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(shell.Out),
        });
        console.Profile.Width = Math.Clamp(columns, 40, 200);
    }

    /// <summary>Shows bars, where there is a terminal, while something is done.</summary>
    public async Task<T> While<T>(Func<Task<T>> work)
    {
        if (console is null) return await work();
        try
        {
            return await Shown(console, work);
        }
        finally
        {
            lock (gate)
            {
                bars = null;
                foreach (var words in held) shell.Error.WriteLine(words);
                held.Clear();
            }
        }
    }

    /// <summary>Bars are taken away in good order only if nothing is thrown through them.</summary>
    private async Task<T> Shown<T>(IAnsiConsole terminal, Func<Task<T>> work) => await await terminal.Progress().AutoClear(true).HideCompleted(true)
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 20 }, new ElapsedTimeColumn())
        .StartAsync(async context =>
        {
            bars = context;
            var working = work();
            await Task.WhenAny(working);
            return working;
        });

    /// <summary>So many steps of a function begin.</summary>
    public void Begin(string function, int steps)
    {
        lock (gate) under[function] = (bars?.AddTask(Markup.Escape(function), maxValue: steps), 0);
    }

    /// <summary>A step begins.</summary>
    public void Doing(string function, Change change)
    {
        lock (gate)
        {
            var bar = under[function].Bar;
            bar?.Description(Markup.Escape($"{function}: {Cut.Line(change.Words, 60)}"));
            under[function] = (bar, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>A step is done.</summary>
    public void Done(string function, Change change)
    {
        lock (gate)
        {
            var (bar, began) = under[function];
            bar?.Increment(1);
            var took = Stopwatch.GetElapsedTime(began);
            if (isJson) Line(function, change, "done", took, null);
            else if (console is not null) console.Write(new AboveBars($"{function}: {change.Words} ({Quantity.Of(took.TotalSeconds, "s")})"));
            else shell.Out.WriteLine($"{function}: {change.Words}");
        }
    }

    /// <summary>A step would be taken.</summary>
    /// <param name="function">Of which function.</param>
    /// <param name="change">The step.</param>
    /// <param name="mark">What a line begins with.</param>
    public void Would(string function, Change change, string mark)
    {
        lock (gate)
        {
            if (isJson) Line(function, change, "planned", null, null);
            else shell.Out.WriteLine($"{mark}{function}: {change.Words}");
        }
    }

    /// <summary>A step failed.</summary>
    public void Failed(string function, Change change, string why)
    {
        lock (gate)
        {
            if (isJson) Line(function, change, "failed", null, why);
        }
    }

    /// <summary>Something about a function that is no step; scripts do not hear it.</summary>
    public void Say(string function, string words)
    {
        lock (gate)
        {
            if (isJson) return;
            if (console is not null) console.Write(new AboveBars($"{function}: {words}"));
            else shell.Out.WriteLine($"{function}: {words}");
        }
    }

    /// <summary>A complaint.</summary>
    /// <remarks>While there are bars it waits for their end: they wipe away what others write, and what is to be mended should stand last.</remarks>
    public void Complain(string words)
    {
        lock (gate)
        {
            if (bars is not null) held.Add($"signalbox: {words}");
            else shell.Error.WriteLine($"signalbox: {words}");
        }
    }

    private void Line(string function, Change change, string outcome, TimeSpan? took, string? why) => shell.Out.WriteLine(CanonicalJson.Written(json =>
    {
        json.WriteStartObject();
        json.WriteString("function", function);
        json.WriteString("change", change.Doing.ToString().ToLowerInvariant());
        json.WriteString("kind", KindOf(change.Kind));
        json.WriteString("name", change.Wanted.Name);
        json.WriteString("words", change.Words);
        json.WriteString("outcome", outcome);
        if (took is { } time) json.WriteNumber("milliseconds", (long)time.TotalMilliseconds);
        if (why is not null) json.WriteString("why", why);
        json.WriteEndObject();
    }));

    /// <summary>As scripts read it: "queue-grant".</summary>
    private static string KindOf(PieceKind kind) => string.Concat(kind.ToString().Select((unit, place) =>
        char.IsUpper(unit) && place > 0 ? $"-{char.ToLower(unit, CultureInfo.InvariantCulture)}" : $"{char.ToLower(unit, CultureInfo.InvariantCulture)}"));
}
