using Signalbox.Cli;
using Signalbox.Cli.Projects;
using Signalbox.Deploy;

namespace Signalbox.CloudTests;

/// <summary>A project in a folder that is watched on an AWS on the loopback.</summary>
internal sealed class Watch : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("signalbox-watch-");
    private readonly CancellationTokenSource interrupted = new();

    public Watch()
    {
        Variables = new(Town.Aws.Environment);
        Write("project.json", """{ "name": "ops", "region": "eu-west-1", "memory": 128 }""");
        Write("functions/alerts/function.json", """{ "topics": ["cloudformation"], "queues": ["events"] }""");
        Write("functions/alerts/bootstrap", "#!/bin/sh\n");
    }

    public Town Town { get; } = new();

    public Dictionary<string, string> Variables { get; }

    /// <summary>Columns of the terminal; null for none.</summary>
    public int? Columns { get; init; }

    /// <summary>Hears of each pause; the person presses Ctrl-C where it answers true.</summary>
    public Func<int, bool> Pausing { get; set; } = _ => false;

    /// <summary>Every pause that was made.</summary>
    public List<TimeSpan> Pauses { get; } = [];

    public void Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Remove(string name) => File.Delete(Path.Combine(folder.FullName, name));

    /// <summary>True where the clock is the machine's and pauses are short ones of it, because processes work meanwhile.</summary>
    public bool IsReal { get; set; }

    /// <summary>How far the person's clock is ahead.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>What somebody types, one answer after the other; null where nobody is there.</summary>
    public Queue<string>? Typing { get; init; }

    public string Read(string name) => File.ReadAllText(Path.Combine(folder.FullName, name));

    public void Copy(string name, string from) => File.Copy(from, Path.Combine(folder.FullName, name), overwrite: true);

    /// <summary>The function's log group, with lines so many seconds before now.</summary>
    public void Log(params (double Ago, string Text)[] lines)
    {
        var group = Town.Aws.Logs[Site.LogGroupName("ops_alerts")];
        foreach (var (ago, text) in lines)
            Town.Aws.Locked(() => group.Lines.Add(new("a", (Town.World.Now() - TimeSpan.FromSeconds(ago)).ToUnixTimeMilliseconds(), text, $"{group.Lines.Count:d56}")));
    }

    public async Task<(int Code, string Out, string Error)> Type(params string[] words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var world = Town.World;
        var code = await Tool.Run(words, new()
        {
            Out = output,
            Error = errors,
            In = () => Stream.Null,
            AsksPerson = Typing is not null,
            Ask = asked =>
            {
                errors.WriteLine(asked);
                return Typing is { Count: > 0 } ? Typing.Dequeue() : null;
            },
            FindTopics = (region, profile) => ExistingTopics.Find(world, Variables.GetValueOrDefault, region, profile, errors),
            Columns = Columns,
            Variable = Variables.GetValueOrDefault,
            Folder = folder.FullName,
            Beside = folder.FullName,
            Open = (_, _) => throw new InvalidOperationException("not asked for"),
            Cloud = () => world with
            {
                Now = () => IsReal ? DateTimeOffset.UtcNow : world.Now() + Skew,
                Wait = async (time, stop) =>
                {
                    Pauses.Add(time);
                    if (Pausing(Pauses.Count)) await interrupted.CancelAsync();
                    await (IsReal ? Task.Delay(200, stop) : world.Wait(time, stop));
                },
            },
            Stop = () => interrupted.Token,
        });
        return (code, output.ToString(), errors.ToString());
    }

    public void Dispose()
    {
        Town.Dispose();
        interrupted.Dispose();
        folder.Delete(recursive: true);
    }
}
