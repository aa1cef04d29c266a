using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Signalbox.Server;

/// <summary>Sends traces and metrics by OTLP over HTTP, where somebody takes them; otherwise nothing of it is loaded.</summary>
internal sealed class Telemetry : IDisposable
{
    private const string Name = "Signalbox";
    private readonly List<IDisposable> open = [];

    /// <summary>Sends what is left, then closes: what was opened last goes first, for it reads from what was there before it.</summary>
    public void Dispose()
    {
        open.Reverse();
        open.ForEach(each => each.Dispose());
    }

    /// <summary>Starts to send.</summary>
    /// <param name="address">Where to, as the settings say; null for what OTEL_EXPORTER_OTLP_ENDPOINT says.</param>
    /// <param name="station">What is counted.</param>
    public static Telemetry Start(string? address, Station station)
    {
        var telemetry = new Telemetry();
        if ((address ?? Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT")) is { Length: > 0 } to
            && Uri.TryCreate(to, UriKind.Absolute, out var uri))
        {
            telemetry.Open(uri, station);
        }
        return telemetry;
    }

    private void Open(Uri to, Station station)
    {
        var meter = new Meter(Name);
        open.Add(meter);
        Watch(meter, station.Meters);
        // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say more, or otherwise.
        var resource = ResourceBuilder.CreateDefault().AddService("signalbox").AddEnvironmentVariableDetector();
        void Send(OtlpExporterOptions options, string path) =>
            (options.Protocol, options.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new Uri($"{to.ToString().TrimEnd('/')}/v1/{path}"));
        open.Add(Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Name).AddOtlpExporter(options => Send(options, "metrics")).Build());
        open.Add(Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Meters.Spans.Name)
            .AddOtlpExporter(options => Send(options, "traces")).Build());
    }

    private static void Watch(Meter meter, Meters meters)
    {
        meter.CreateObservableCounter("signalbox.events", () => meters.Events.Select(pair =>
            new Measurement<long>(pair.Value, new("source", pair.Key.Source), new("outcome", pair.Key.Outcome))));
        meter.CreateObservableCounter("signalbox.posts", () => meters.Posts.Select(pair => new Measurement<long>(
            pair.Value, new("room", pair.Key.Room), new("chat", pair.Key.Chat), new("outcome", pair.Key.Outcome))));
        meter.CreateObservableCounter("signalbox.requests", () => meters.Requests.Select(pair =>
            new Measurement<long>(pair.Value, new("path", pair.Key.Gate), new KeyValuePair<string, object?>("status", pair.Key.Status))));
    }
}
