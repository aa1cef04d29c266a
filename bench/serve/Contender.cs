using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Signalbox.Bench.Serve;

/// <summary>A program that takes alerts and posts them to Slack.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Start">Its command: from a folder of its own, its port, the port of Slack (0 to deliver nothing for now), and whether to keep to what
/// Slack allows.</param>
internal sealed record Contender(string Name, Func<string, int, int, bool, string[]> Start)
{
    /// <summary>The native binary of this repository, its store in a file.</summary>
    public static Contender Signalbox(string binary) => new("Signalbox", (folder, port, slack, isPaced) =>
    {
        var pace = isPaced ? "" : ", pace: none";
        var room = slack is 0 ? "ops: local" : $"ops: {{ slack: {{ webhook: \"http://127.0.0.1:{slack}/services/T0/B0/bench\" }}{pace} }}";
        File.WriteAllText(Path.Combine(folder, "signalbox.yaml"), $"rooms:\n  {room}\nroutes:\n  - {{ to: ops }}\nconversations: {{ digest-after: 30d }}\n");
        return [binary, "serve", "--config", Path.Combine(folder, "signalbox.yaml"), "--listen", $"127.0.0.1:{port}",
            "--store", $"sqlite:{Path.Combine(folder, "signalbox.db")}"];
    });

    /// <summary>Debian's package. Nothing is grouped, as nothing is in a room without a pace.</summary>
    public static Contender Alertmanager(string binary, string wait) => new("Alertmanager", (folder, port, slack, _) =>
    {
        File.WriteAllText(Path.Combine(folder, "alertmanager.yml"), $"""
            route: {"{"} receiver: slack, group_by: ['...'], group_wait: {(slack is 0 ? "1h" : wait)}, group_interval: 1h, repeat_interval: 24h {"}"}
            receivers:
              - name: slack
                slack_configs: [ {"{"} api_url: 'http://127.0.0.1:{slack}/services/T0/B0/bench', channel: '#ops', send_resolved: false {"}"} ]
            """);
        return [binary, $"--config.file={Path.Combine(folder, "alertmanager.yml")}", $"--storage.path={Path.Combine(folder, "data")}",
            $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="];
    });
}

/// <summary>One of them at work.</summary>
internal sealed class Running : IDisposable
{
    private readonly Process process;

    private Running(Process process, int port, double ready) => (this.process, Port, Ready) = (process, port, ready);

    public int Port { get; }

    /// <summary>Milliseconds until it said that it is ready.</summary>
    public double Ready { get; }

    public double MemoryMiB => Status("VmRSS");

    public double PeakMiB => Status("VmHWM");

    /// <summary>Seconds on a processor so far.</summary>
    public double Cpu
    {
        get
        {
            var fields = File.ReadAllText($"/proc/{process.Id}/stat").Split(") ")[^1].Split(' ');
            return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / 100;
        }
    }

    public static async Task<Running> Of(Contender contender, string folder, int slack, bool isPaced = false)
    {
        var port = Free();
        var command = contender.Start(folder, port, slack, isPaced);
        // Through a shell that gives its place to the program, so that the log goes to a file without this process in between.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = folder };
        foreach (var word in (string[])["-c", "exec \"$@\" >>log 2>&1", "sh", .. command]) start.ArgumentList.Add(word);
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        while (!await IsReady(port))
        {
            if (process.HasExited) throw new InvalidOperationException($"{contender.Name} ended: {File.ReadAllText(Path.Combine(folder, "log"))}");
            await Task.Delay(1);
        }
        return new(process, port, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Stops it as a service manager does.</summary>
    public async Task Stop()
    {
        using (var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {process.Id}"])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
    }

    private double Status(string name)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(new string([.. line.Where(char.IsDigit)]), CultureInfo.InvariantCulture) / 1024;
    }

    private static async Task<bool> IsReady(int port)
    {
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, port);
            await socket.SendAsync("GET /-/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"u8.ToArray());
            var answer = new byte[16];
            return await socket.ReceiveAsync(answer) >= 12 && answer.AsSpan().StartsWith("HTTP/1.1 200"u8);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
