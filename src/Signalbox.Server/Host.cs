using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signalbox.Server.Admission;

namespace Signalbox.Server;

/// <summary>Signalbox as a server: takes events over HTTP, keeps them, decides and delivers, and shows its rooms.</summary>
public static class Host
{
    /// <summary>The most bytes of a request: 256 KB is the most of SNS, SQS and EventBridge, batches may be larger.</summary>
    internal const int MostBytes = 4 * 1024 * 1024;

    /// <summary>Serves until it is stopped.</summary>
    /// <returns>Null when it stopped as asked; else why it could not start.</returns>
    public static async Task<string?> Run(Options options, CancellationToken stop)
    {
        if (Address(options.Listen) is not { } address)
            return $"expected an address and a port to listen on, as in 127.0.0.1:9080, found \"{options.Listen}\"";
        if (options is { Demo: true, SettingsPath: null }) options = options with { Settings = Demo.Settings };
        var journal = new Journal(options.Log, () => DateTimeOffset.UtcNow);
        var (feed, meters) = (new Feed(), new Meters { Expected = options.Settings.Serving.Heartbeats });
        var crew = new Crew(options, journal, feed, meters);
        var prepared = crew.Prepare(options.Settings);
        // What fetches certificates of SNS outlives settings that are replaced.
        using var fetching = options.Open(Settings.None);
        var station = new Station(options.Store, journal, feed, meters, prepared.Duty)
        {
            Inlet = new(options.Fetch ?? fetching.Send, fetching.Vouch),
            SettingsPath = options.SettingsPath,
            SettingsText = options.Demo ? Demo.SettingsText : "",
            IsStopping = stop,
            IsExposed = !IPAddress.IsLoopback(address.Address),
        };
        await using var web = Web(address, station);
        try
        {
            await web.StartAsync(stop);
        }
        catch (IOException)
        {
            prepared.Outside.Dispose();
            return $"{options.Listen} cannot be listened on: it is in use, or not an address of this machine";
        }
        using var telemetry = Telemetry.Start(options.Settings.Serving.Otlp, station);
        using var ending = new CancellationTokenSource();
        crew.Begin(prepared, station);
        var alerting = station.Inlet.Alerts.Run(station, ending.Token);
        var settings = options is { SettingsPath: null, Elsewhere: null } ? Task.CompletedTask
            : new SettingsWatch(options.SettingsPath ?? "", options.Elsewhere, station, crew).Run(stop);
        if (station.IsExposed && options.Settings.Serving.SignIn is null)
            journal.Complains("sign-in", ("reason", "it listens beyond this machine and no sign-in is set up: nobody gets in. Set server.sign-in"));
        station.IsReady = true;
        options.Started(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var watching = new Lookout(station).Run(ending.Token);
        var dropping = SparePages.Drop(ending.Token);
        var playing = options.Demo ? Demo.Play(station, ending.Token) : Task.CompletedTask;
        await Stopped(stop);
        station.IsReady = false;
        journal.Says("stopping");
        using var grace = new CancellationTokenSource(options.Grace);
        await web.StopAsync(grace.Token);
        await ending.CancelAsync();
        await Task.WhenAny(Task.WhenAll(settings, watching, dropping, playing, alerting), Task.Delay(options.Grace, CancellationToken.None));
        await crew.End();
        return null;
    }

    /// <summary>An address and a port; null for anything else.</summary>
    internal static IPEndPoint? Address(string listen) => IPEndPoint.TryParse(
        listen.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase) ? $"127.0.0.1:{listen["localhost:".Length..]}"
        : listen.StartsWith(':') ? $"0.0.0.0{listen}" : listen, out var address) && listen.Contains(':', StringComparison.Ordinal) ? address : null;

    private static WebApplication Web(IPEndPoint address, Station station)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBytes;
            kestrel.Limits.MaxRequestHeaderCount = 100;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MinRequestBodyDataRate = new(240, TimeSpan.FromSeconds(5));
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            kestrel.Listen(address);
        });
        var web = builder.Build();
        web.Use(next => http =>
        {
            SafeHeaders.Set(http.Response);
            return next(http);
        });
        web.Use(Answering.Lost);
        foreach (var gate in GateTable.All)
        {
            RequestDelegate handle = async http =>
            {
                using var span = Meters.Spans.StartActivity(gate.Path, System.Diagnostics.ActivityKind.Server);
                try
                {
                    await Answering.Handle(http, gate, station);
                }
                finally
                {
                    station.Meters.Answered(gate.Path, http.Response.StatusCode);
                }
            };
            web.MapMethods(gate.Path, gate.Methods.Split(' '), handle);
        }
        return web;
    }

    private static async Task Stopped(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource();
        using var registration = stop.Register(stopped.SetResult);
        await stopped.Task;
    }
}
