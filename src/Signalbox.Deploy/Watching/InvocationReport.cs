using System.Globalization;

namespace Signalbox.Deploy;

/// <summary>What Lambda says of an invocation at its end.</summary>
/// <param name="RequestId">Its id.</param>
/// <param name="Duration">Milliseconds that it ran.</param>
/// <param name="Billed">Milliseconds that are paid for.</param>
/// <param name="Memory">MB that it has.</param>
/// <param name="Used">MB that it used at most.</param>
public sealed record InvocationReport(string RequestId, double Duration, double Billed, double Memory, double Used)
{
    /// <summary>Milliseconds that a new sandbox took to start; null for one that was warm.</summary>
    public double? Init { get; init; }

    /// <summary>How it ended, when not well: "timeout", or "error" with its type; empty when well.</summary>
    public string Status { get; init; } = "";

    /// <summary>Reads the line of text; null when it is none.</summary>
    /// <remarks>Its parts are kept apart by tabs: "REPORT RequestId: …", "Duration: 3.52 ms", "Billed Duration: 4 ms", and so on.</remarks>
    /// <seealso href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-view.html"/>
    public static InvocationReport? Read(string text)
    {
        if (!text.StartsWith("REPORT RequestId:", StringComparison.Ordinal)) return null;
        var parts = text.Split((char[])['\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var id = parts[0]["REPORT RequestId:".Length..].Trim();
        if (Number("Duration") is not { } duration || Number("Billed Duration") is not { } billed) return null;
        return new(id, duration, billed, Number("Memory Size") ?? 0, Number("Max Memory Used") ?? 0)
        {
            Init = Number("Init Duration") ?? Number("Restore Duration"),
            Status = string.Join(' ', ((string?[])[Text("Status"), Text("Error Type")]).OfType<string>()),
        };

        string? Text(string name) => parts.FirstOrDefault(part => part.StartsWith($"{name}:", StringComparison.Ordinal)) is { } part
            ? part[(name.Length + 1)..].Trim() : null;

        double? Number(string name) => Text(name)?.Split(' ')[0] is { } digits
            && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }

    /// <summary>Reads the record of a log in JSON, <c>platform.report</c>; null when it is none.</summary>
    /// <seealso href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html"/>
    public static InvocationReport? Read(Json line)
    {
        var (told, metrics) = (line["record"u8], line["record"u8]["metrics"u8]);
        if (line["type"u8].Text is not "platform.report" || metrics["durationMs"u8].Number is not { } duration) return null;
        return new(told["requestId"u8].Text ?? "", duration, metrics["billedDurationMs"u8].Number ?? duration, metrics["memorySizeMB"u8].Number ?? 0,
            metrics["maxMemoryUsedMB"u8].Number ?? 0)
        {
            Init = metrics["initDurationMs"u8].Number ?? metrics["restoreDurationMs"u8].Number,
            Status = told["status"u8].Text is { } status and not "success"
                ? string.Join(' ', ((string?[])[status, told["errorType"u8].Text]).OfType<string>()) : "",
        };
    }

    /// <summary>It in words: "3.52 ms, billed 4 ms, 31 of 128 MB, started in 15 ms".</summary>
    public string Words
    {
        get
        {
            var status = Status.Length > 0 ? $"{Status}, " : "";
            var memory = Memory > 0 ? $", {Quantity.Of(Used)} of {Quantity.Of(Memory)} MB" : "";
            var init = Init is { } start ? $", started in {Quantity.Of(start)} ms" : "";
            return $"{status}{Quantity.Of(Duration)} ms, billed {Quantity.Of(Billed)} ms{memory}{init}";
        }
    }
}
