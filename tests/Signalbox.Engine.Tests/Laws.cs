using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Signalbox.Sql;
using Signalbox.StoreTests;
using Signalbox.Tests;

namespace Signalbox.EngineTests;

/// <summary>Random interleavings of events, people, timers, chats with trouble and processes that die. A failure names the seed that repeats it.</summary>
public class Laws(PostgresServer server, DynamoServer dynamo)
{
    [Fact]
    public void Whatever_happens_everything_raised_is_said_once_and_in_order() => Prop.ForAll(Scenario.Any, scenario =>
    {
        var play = Played(scenario, MemoryStore.Open());
        var broken = Law.Broken(play).ToList();
        return (broken.Count is 0).Label(broken.Count is 0 ? "" : $"{string.Join("\n", broken)}\n{Law.Transcript(play)}");
    }).Check(Searches.Of(250));

    [Fact]
    public void The_same_run_is_the_same_on_sqlite()
    {
        var folder = Directory.CreateTempSubdirectory("signalbox-laws-");
        var number = 0;
        Same(12, () => SqliteStore.Open(Path.Combine(folder.FullName, $"{++number}.db")));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void The_same_run_is_the_same_on_postgresql() => Same(4, async () => await PostgresStore.Open(await server.Database()));

    [Fact]
    public async Task The_same_run_is_the_same_on_dynamodb()
    {
        await dynamo.Prefix();
        Same(2, async () => dynamo.Open(await dynamo.Prefix()));
    }

    private static void Same(int runs, Func<Task<Store>> open) => Prop.ForAll(Arb.From(Scenario.Any.Generator), scenario =>
    {
        var store = Task.Run(open).GetAwaiter().GetResult();
        var (here, there) = (Told(Played(scenario, MemoryStore.Open())), Told(Played(scenario, store)));
        store.Close().AsTask().GetAwaiter().GetResult();
        return (here == there).Label(here == there ? "" : First(here, there));
    }).Check(Searches.Of(runs).WithEndSize(20));

    private static Play Played(Scenario scenario, Store store) => Task.Run(() => Play.Of(scenario, store)).GetAwaiter().GetResult();

    /// <summary>The first line in which two accounts differ, with what comes before it.</summary>
    private static string First(string here, string there)
    {
        var (one, other) = (here.Split('\n'), there.Split('\n'));
        var place = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        string Around(string[] lines) => string.Join('\n', lines.Skip(Math.Max(place - 3, 0)).Take(6));
        return $"in memory:\n{Around(one)}\nand here:\n{Around(other)}";
    }

    /// <summary>All that can be seen of a run from outside: what was shown, every state that is left, and history.</summary>
    private static string Told(Play play)
    {
        var text = new StringBuilder();
        foreach (var shown in play.Chat.Log)
            text.AppendLine(CultureInfo.InvariantCulture, $"{shown.At:HH:mm:ss} {shown.Room} {shown.Post.Placing} {shown.Notice.Title}");
        foreach (var saved in play.Open.OrderBy(saved => $"{saved.Place}", StringComparer.Ordinal))
            text.AppendLine(CultureInfo.InvariantCulture, $"{saved.Place} {saved.Version} {Encoding.UTF8.GetString(saved.State.Span)}");
        var lines = play.History.Select(line => $"{line.At:HH:mm:ss} {line.Place} {line.What} {Encoding.UTF8.GetString(line.Body.Span)}");
        text.AppendJoin('\n', lines.Order(StringComparer.Ordinal)).AppendLine();
        return text.Append(play.Census).ToString();
    }
}
