using System.Diagnostics;
using System.Text;
using Signalbox.Effects;

namespace Signalbox.StoreTests;

/// <summary>Processes are killed in the middle of their work; whatever a store said it had kept must be there.</summary>
public class Crashes(PostgresServer server, DynamoServer dynamo)
{
    private const int Kills = 5;

    [Fact]
    public async Task What_sqlite_acknowledged_survives_a_kill()
    {
        var folder = Directory.CreateTempSubdirectory("signalbox-crash-");
        await KillAndLook($"sqlite:{folder.FullName}/signalbox.db");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_a_killed_process_had_in_hand_is_free_as_soon_as_nobody_has_the_file_open()
    {
        var (folder, stop) = (Directory.CreateTempSubdirectory("signalbox-crash-"), TestContext.Current.CancellationToken);
        var spec = $"sqlite:{folder.FullName}/signalbox.db";
        Assert.Equal(["held"], await Killed(spec, "run", Victim.Holder));

        var next = await Victim.Open(spec);
        Assert.Single(await next.Claim(new("next", Victim.Now, Victim.Later), 10, stop));
        Assert.NotNull((await next.Hold("ops", new("next", Victim.Now, Victim.Later), stop))?.Unreleased);
        // While it lives, what it has in hand stays its own.
        var third = await Victim.Open(spec);
        Assert.Empty(await third.Claim(new("third", Victim.Now, Victim.Later), 10, stop));
        Assert.Null(await third.Hold("ops", new("third", Victim.Now, Victim.Later), stop));
        await next.Close();
        await third.Close();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_postgresql_acknowledged_survives_a_kill()
    {
        var database = new Npgsql.NpgsqlConnectionStringBuilder(await server.Database());
        await KillAndLook($"postgres:///{database.Database}?host={Uri.EscapeDataString(database.Host!)}&user=postgres");
    }

    [Fact]
    public async Task What_dynamodb_acknowledged_survives_a_kill() =>
        // What a dead process saved and did not finish is finished by others when it is five seconds old.
        await KillAndLook(await dynamo.Table("crashes"), TimeSpan.FromSeconds(6));

    private static async Task KillAndLook(string spec, TimeSpan patience = default)
    {
        var stop = TestContext.Current.CancellationToken;
        var accepted = new HashSet<string>();
        var committed = new HashSet<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            foreach (var line in await Killed(spec, $"run{kill}", sees: kill is 0 ? "committed" : ""))
            {
                if (line.Split(' ') is ["accepted", var id]) accepted.Add(id);
                else if (line.Split(' ') is ["committed", var decided]) committed.Add(decided);
            }
        }
        Assert.NotEmpty(committed);

        await Task.Delay(patience, stop);
        var store = await Victim.Open(spec);
        await store.Backlogs(default, stop);
        // An id is known, and its event was not decided unless the commit may have got through before the kill.
        Assert.DoesNotContain(true, await store.Accept([.. accepted.Select(id => new Arrival(id, default, 0, default))], stop));
        var posts = (await store.Waiting("ops", default, int.MaxValue, stop)).Select(waiting => Encoding.UTF8.GetString(waiting.Order.Body.Span)).ToHashSet();
        Assert.Subset(posts, committed);
        var undecided = (await store.Claim(new("w", default, DateTimeOffset.MaxValue), int.MaxValue, stop)).Select(arrival => arrival.Id).ToHashSet();
        Assert.Equal([], accepted.Except(undecided).Except(posts));
        // A decision is there whole or not at all.
        Assert.False(undecided.Overlaps(posts));
        foreach (var ofThread in (await store.Waiting("ops", default, int.MaxValue, stop)).GroupBy(waiting => waiting.Order.Place))
            Assert.Equal(ofThread.Count(), (await store.Load([ofThread.Key], stop))[0].Version);
        await store.Close();
    }

    /// <summary>Starts a process, kills it at some moment after its first words, or those that have to be seen, and answers its whole lines.</summary>
    private static async Task<List<string>> Killed(string spec, string name, string verb = Victim.Verb, string sees = "")
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [verb, spec, name]) { RedirectStandardOutput = true })!;
        var lines = new List<string> { await process.StandardOutput.ReadLineAsync() ?? "" };
        while (!lines[^1].StartsWith(sees, StringComparison.Ordinal)) lines.Add(await process.StandardOutput.ReadLineAsync() ?? sees);
        var rest = process.StandardOutput.ReadToEndAsync();
        await Task.Delay(Random.Shared.Next(0, 400));
        process.Kill();
        var text = await rest;
        // What stands after the last end of a line was cut off.
        lines.AddRange(text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await process.WaitForExitAsync();
        return lines;
    }
}
