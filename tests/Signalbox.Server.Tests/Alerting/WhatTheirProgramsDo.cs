using System.Net;
using System.Net.Sockets;

namespace Signalbox.ServerTests.Alerting;

/// <summary>The programs of the Prometheus project, as Debian packs them, work against the server unchanged.</summary>
public sealed class WhatTheirProgramsDo : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("signalbox-programs").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Amtool_adds_alerts_and_asks_for_them()
    {
        Needs("amtool");
        await using var served = await Served.With();
        await Amtool(served, "alert", "add", "DiskFull", "instance=db-1", "severity=critical", "--annotation=summary=Disk of db-1 is full");
        await Amtool(served, "alert", "add", "CpuHigh", "instance=db-2");
        await Served.Until(async () => (await WhatAlertsDo.Made(served)).Any(text => text.Contains("Disk of db-1 is full", StringComparison.Ordinal)));
        var all = await Amtool(served, "alert", "query");
        Assert.Contains("DiskFull", all, StringComparison.Ordinal);
        Assert.Contains("CpuHigh", all, StringComparison.Ordinal);
        var some = await Amtool(served, "alert", "query", "instance=~db-1");
        Assert.Contains("DiskFull", some, StringComparison.Ordinal);
        Assert.DoesNotContain("CpuHigh", some, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amtool_silences_asks_and_expires()
    {
        Needs("amtool");
        await using var served = await Served.With();
        var id = (await Amtool(served, "silence", "add", "--author=alice", "--comment=we know", "--duration=1h", "alertname=DiskFull", "instance=~db-.*", "team!=web")).Trim();
        Assert.True(Guid.TryParse(id, out _), id);
        var shown = await Amtool(served, "silence", "query");
        foreach (var word in new[] { id, "alertname=\"DiskFull\"", "instance=~\"db-.*\"", "team!=\"web\"", "alice", "we know" }) Assert.Contains(word, shown, StringComparison.Ordinal);

        await Amtool(served, "alert", "add", "DiskFull", "instance=db-1");
        await Amtool(served, "alert", "add", "DiskFull", "instance=web-1");
        await Served.Until(async () => (await served.Store.Count(Stop)).Undecided is 0 && (await WhatAlertsDo.Made(served)).Count is 1);
        Assert.Contains((await served.Store.History(new() { Room = "local" }, Stop)), line => line.What is "held"
            && System.Text.Encoding.UTF8.GetString(line.Body.Span).Contains("by alice", StringComparison.Ordinal));
        Assert.Contains("web-1", (await WhatAlertsDo.Made(served))[0], StringComparison.Ordinal);
        Assert.DoesNotContain("db-1", await Amtool(served, "alert", "query", "--active", "-o", "extended"), StringComparison.Ordinal);
        Assert.Contains("db-1", await Amtool(served, "alert", "query", "--silenced", "-o", "extended"), StringComparison.Ordinal);

        await Amtool(served, "silence", "update", "--duration=2h", id);
        await Amtool(served, "silence", "expire", id);
        Assert.DoesNotContain(id, await Amtool(served, "silence", "query"), StringComparison.Ordinal);
        await Served.Until(async () => (await WhatAlertsDo.Made(served)).Count is 2);
    }

    [Fact]
    public async Task Amtool_hears_why_something_is_refused()
    {
        Needs("amtool");
        await using var served = await Served.With();
        var (code, _, said) = await Program.Run("amtool", [$"--alertmanager.url={served.Http.BaseAddress}", "silence", "expire", "0b0e0b0e-0000-4000-8000-000000000000"]);
        Assert.NotEqual(0, code);
        Assert.Contains("404", said, StringComparison.Ordinal);
        Assert.Contains("disabled", await Amtool(served, "cluster", "show"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prometheus_sends_a_firing_rule_once_and_finds_its_alertmanager()
    {
        Needs("prometheus");
        await using var served = await Served.With();
        var target = served.Http.BaseAddress!.Authority;
        File.WriteAllText(Path.Combine(folder, "rules.yml"), """
            groups:
              - name: always
                interval: 1s
                rules:
                  - { alert: AlwaysFiring, expr: vector(1), labels: { severity: critical, team: payments }, annotations: { summary: This rule always fires } }
            """);
        File.WriteAllText(Path.Combine(folder, "prometheus.yml"), $$"""
            global: { evaluation_interval: 1s }
            rule_files: [rules.yml]
            alerting: { alertmanagers: [ { static_configs: [ { targets: ["{{target}}"] } ] } ] }
            """);
        var port = FreePort();
        await using var prometheus = Program.Start("prometheus", folder, $"--config.file={folder}/prometheus.yml", $"--storage.tsdb.path={folder}/data",
            $"--web.listen-address=127.0.0.1:{port}", "--rules.alert.resend-delay=1s");
        await Served.Until(async () => (await WhatAlertsDo.Made(served)).Any(text => text.Contains("This rule always fires", StringComparison.Ordinal)));
        await Task.Delay(4000, Stop);
        Assert.Equal(1, (await served.Store.Count(Stop)).Events);
        Assert.Contains("AlwaysFiring", (await served.Get("/api/v2/alerts?filter=team%3Dpayments")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_Alertmanager_sends_its_webhook()
    {
        Needs("prometheus-alertmanager");
        await using var served = await Served.With($$"""server: { keys: { am: { sha256: {{KeyNote.HashOf("hook")}} } } }""");
        File.WriteAllText(Path.Combine(folder, "alertmanager.yml"), $$"""
            route: { receiver: signalbox, group_wait: 0s, group_interval: 1s }
            receivers:
              - name: signalbox
                webhook_configs: [ { url: "{{served.Http.BaseAddress}}events", http_config: { authorization: { credentials: hook } } } ]
            """);
        var port = FreePort();
        await using var alertmanager = Program.Start("prometheus-alertmanager", folder, $"--config.file={folder}/alertmanager.yml", $"--storage.path={folder}/data",
            $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=");
        await Served.Until(async () => (await Program.Run("amtool", $"--alertmanager.url=http://127.0.0.1:{port}", "alert", "add", "DiskFull", "instance=db-7")).Code is 0);
        await Served.Until(async () => (await WhatAlertsDo.Made(served)).Any(text => text.Contains("DiskFull on db-7", StringComparison.Ordinal)));
    }

    private static void Needs(string name) => Assert.SkipWhen(Program.Missing(name) is not null, Program.Missing(name) ?? "");

    private static async Task<string> Amtool(Served served, params string[] arguments)
    {
        var (code, said, complained) = await Program.Run("amtool", [$"--alertmanager.url={served.Http.BaseAddress}", .. arguments]);
        Assert.True(code is 0, complained);
        return said;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
