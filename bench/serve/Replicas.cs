using System.Diagnostics;

namespace Signalbox.Bench.Serve;

/// <summary>Three of each: Signalbox on one PostgreSQL, Alertmanager as a cluster of its own. Every alert goes to all three, as Prometheus sends them; one
/// is killed when all have taken them.</summary>
internal static class Replicas
{
    private const int Count = 3;
    private static int databases;

    /// <summary>Three processes on a database of their own.</summary>
    /// <param name="signalbox">How one is started.</param>
    /// <param name="postgres">The folder of the server's socket; its user is postgres.</param>
    public static Func<string, int, Contender[]> Signalbox(Contender signalbox, string postgres) => (folder, slack) =>
    {
        var database = $"bench{Environment.ProcessId}x{++databases}";
        using (var make = Process.Start("psql", ["-q", "-h", postgres, "-U", "postgres", "-c", $"create database {database}"])) make.WaitForExit();
        var store = $"postgres:///{database}?host={Uri.EscapeDataString(postgres)}&user=postgres";
        return [.. Enumerable.Range(0, Count).Select(_ => signalbox with
        {
            Start = (own, port, to, isPaced) => [.. signalbox.Start(own, port, slack, isPaced).SkipLast(1), store],
        })];
    };

    /// <summary>Three processes that tell each other what they said.</summary>
    public static Func<string, int, Contender[]> Alertmanager(Contender alertmanager) => (folder, slack) =>
    {
        int[] ports = [.. Enumerable.Range(0, Count).Select(_ => Running.Free())];
        return [.. ports.Select(gossip => alertmanager with
        {
            Start = (own, port, to, isPaced) =>
            [
                .. alertmanager.Start(own, port, slack, isPaced).SkipLast(1), $"--cluster.listen-address=127.0.0.1:{gossip}",
                .. ports.Where(other => other != gossip).Select(other => $"--cluster.peer=127.0.0.1:{other}"),
            ],
        })];
    };

    /// <summary>Runs them once.</summary>
    public static async Task<(string, double)[]> Run(Func<string, int, Contender[]> make, string folder, int alerts)
    {
        using var slack = new SlackStandin();
        var running = new List<Running>();
        try
        {
            foreach (var contender in make(folder, slack.Port)) running.Add(await Running.Of(contender, Directory.CreateDirectory(Path.Combine(folder, $"{running.Count}")).FullName, slack.Port));
            // A cluster wants to know its members before it speaks.
            await Task.Delay(TimeSpan.FromSeconds(15));
            foreach (var each in running) await Alert.Post(each.Port, 0, alerts, 64, 1);
            running[0].Kill();
            var patience = Stopwatch.StartNew();
            while (slack.Alerts.Count < alerts && patience.Elapsed < TimeSpan.FromSeconds(90)) await Task.Delay(50);
            var last = slack.Last;
            // Whoever comes second may still say it again.
            await Task.Delay(TimeSpan.FromSeconds(40));
            return [($"of {alerts} alerts to all of three, one killed: lost", alerts - slack.Alerts.Count), ("told twice or more by three, one killed", slack.Taken - slack.Alerts.Count),
                ("seconds until the last of them was told by three", last)];
        }
        finally
        {
            foreach (var each in running) each.Dispose();
        }
    }
}
