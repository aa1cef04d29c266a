using System.Text;
using Signalbox.Cli;
using Signalbox.Effects;

namespace Signalbox.Tests;

/// <summary>What somebody typed, in a folder of its own, and what came of it.</summary>
internal sealed record Typed(int Code, string Out, string Error);

/// <summary>A folder with files, and a tool that runs in it without a process.</summary>
internal sealed class Desk : IDisposable
{
    public const string Failover = """
        {"version":"0","id":"e1","detail-type":"RDS DB Instance Event","source":"aws.rds","account":"123456789012",
         "time":"2026-03-01T12:00:00Z","region":"eu-west-1",
         "resources":["arn:aws:rds:eu-west-1:123456789012:db:orders-db"],
         "detail":{"EventCategories":["failover"],"SourceType":"DB_INSTANCE","SourceArn":"arn:aws:rds:eu-west-1:123456789012:db:orders-db",
          "Date":"2026-03-01T12:00:00Z",
          "Message":"A Multi-AZ failover has started.","SourceIdentifier":"orders-db","EventID":"RDS-EVENT-0013"}}
        """;

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("signalbox");

    /// <summary>The bytes of the last result that is no text.</summary>
    public MemoryStream Bytes { get; private set; } = new();

    /// <summary>What somebody types, one answer after the other.</summary>
    public Queue<string>? Typing { get; init; }

    public Dictionary<string, string> Variables { get; } = [];

    public int? Columns { get; init; }

    public string Piped { get; init; } = "";

    /// <summary>What somebody types unseen, one answer after the other; null where input is piped.</summary>
    public Queue<string>? Hidden { get; init; }

    /// <summary>The folder of the tool; null for this folder.</summary>
    public string? Beside { get; init; }

    public Func<Post, Delivery> Answer { get; init; } = _ => new Delivery.Made("");

    public Desk With(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.WriteAllText(In(name), text);
        return this;
    }

    public string In(string name) => Path.Combine(Folder.FullName, name);

    public async Task<Typed> Type(params string[] words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = await Tool.Run(words, new()
        {
            Out = output,
            Error = errors,
            In = () => new MemoryStream(Encoding.UTF8.GetBytes(Piped)),
            OutBytes = () => Bytes = new(),
            AsksPerson = Hidden is not null || Typing is not null,
            Ask = words =>
            {
                errors.Write(words);
                return Typing is { Count: > 0 } ? Typing.Dequeue() : null;
            },
            AskHidden = _ => Hidden!.Dequeue(),
            Columns = Columns,
            Variable = Variables.GetValueOrDefault,
            Folder = Folder.FullName,
            Beside = Beside ?? Folder.FullName,
            Open = Open,
        });
        return new(code, output.ToString(), errors.ToString());
    }

    public void Dispose() => Folder.Delete(recursive: true);

    private World Open(Settings settings, Show show) => new()
    {
        Deliver = (post, _, _) =>
        {
            if (post.Routed.Room.Chat == "local") show(post);
            return Task.FromResult(Answer(post));
        },
        Reveal = (_, _, _) => ValueTask.FromResult(new Revealed(null, "not asked for")),
        Now = () => DateTimeOffset.UnixEpoch,
        Wait = (_, _) => Task.CompletedTask,
        Chance = () => 0.5,
        Record = _ => { },
        Memory = new(),
    };
}
