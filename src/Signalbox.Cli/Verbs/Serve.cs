using System.CommandLine;
using System.Runtime.InteropServices;
using Signalbox.Aws;
using Signalbox.Effects;
using Signalbox.Server;

namespace Signalbox.Cli.Verbs;

/// <summary>Signalbox as a server.</summary>
internal static class Serve
{
    private const string Usual = "127.0.0.1:9080";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static readonly Verb Row = new("serve", "Take events over HTTP, keep and deliver them, and show the rooms in a browser.", """
        Examples:
          signalbox serve                              on this machine only, everything in local rooms
          signalbox serve --demo                       the same, with recorded events to look at
          signalbox serve --config signalbox.yaml --listen 0.0.0.0:9080 --store postgres://...

        Without --store it keeps everything in signalbox.db in this folder. It logs to stderr, one JSON object a line, and stops on
        Ctrl-C or SIGTERM when what is under way has ended.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var config = Inputs.Config();
        var store = Keeping.Option();
        store.Description = "What outlives the process: sqlite:FILE, postgres://… or memory:; else SIGNALBOX_STORE, else store in the settings, "
            + "else sqlite:signalbox.db.";
        var listen = new Option<string?>("--listen")
        {
            Description = $"Where to listen; else server.listen in the settings, else {Usual}.",
            HelpName = "HOST:PORT",
        };
        var demo = new Option<bool>("--demo") { Description = "Play recorded events into local rooms; nothing is kept." };
        command.Add(config);
        command.Add(listen);
        command.Add(store);
        command.Add(demo);
        return async parsed =>
        {
            if (Inputs.Load(parsed.GetValue(config), shell, whole: false, out var remote) is not { } settings) return Exit.Usage;
            var (every, fault) = RemoteSettings.Refresh(shell.Variable);
            if (remote is not null && fault is not null)
            {
                shell.Error.WriteLine($"signalbox: {fault}");
                return Exit.Usage;
            }
            using var wire = new Wire(new(Roots.Open(shell.Variable)));
            var isDemo = parsed.GetValue(demo);
            var spec = parsed.GetValue(store) ?? (isDemo ? "memory:" : null);
            var otherwise = isDemo || settings.Store is not null ? null : "sqlite:signalbox.db";
            using var stopping = new CancellationTokenSource();
            void Stop(PosixSignalContext signal)
            {
                signal.Cancel = true;
                stopping.Cancel();
            }
            using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
            return await Keeping.With(spec, settings, shell, async opened =>
            {
                var refused = await Host.Run(new()
                {
                    Listen = parsed.GetValue(listen) ?? settings.Serving.Listen ?? Usual,
                    Settings = settings,
                    SettingsPath = Inputs.Find(parsed.GetValue(config), shell) is { } path && !SettingsPlace.IsOne(path) ? shell.Full(path) : null,
                    Elsewhere = remote is null || every is null ? null : new(every.Value, async stop =>
                        (await remote.Look(wire.Send, Patience, stop)).Match(
                            _ => (null, null), found => (found.Loaded, null), missing => ((LoadedSettings?)null, (string?)missing.Why))),
                    Store = opened,
                    Open = some => Outside.Open(some, Roots.Open(shell.Variable), _ => { },
                        ask: send => AwsAnswers.Open(some.Lookups, send, () => DateTimeOffset.UtcNow, shell.Variable),
                        vault: send => AwsVault.Open(send, () => DateTimeOffset.UtcNow, shell.Variable, some.Lookups.Endpoint)),
                    Queue = (queue, send) => SqsQueue.Open(queue, send, () => DateTimeOffset.UtcNow, shell.Variable),
                    Log = line => shell.Error.Write(System.Text.Encoding.UTF8.GetString(line.Span)),
                    Started = address =>
                    {
                        shell.Out.WriteLine($"Signalbox is at {address}");
                        shell.Out.Flush();
                    },
                    Demo = isDemo,
                    Worker = Keeping.Worker,
                }, stopping.Token);
                if (refused is null) return Exit.Fine;
                shell.Error.WriteLine($"signalbox: {refused}");
                return Exit.Failed;
            }, otherwise);
        };
    }
}
