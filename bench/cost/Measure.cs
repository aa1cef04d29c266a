using System.Diagnostics;
using System.Globalization;
using Signalbox.Standins;

namespace Signalbox.Bench.Cost;

/// <summary>The native function, its Runtime API and a Slack over TLS that says yes at once: how much processor a start and an event take.</summary>
internal static class Measure
{
    public static Handler Of(string binary, int events)
    {
        // The lowest of some: whatever else runs on the machine only adds.
        var start = Enumerable.Range(0, 15).Min(_ => Cpu(binary, 1, 1));
        var single = Enumerable.Range(0, 5).Min(_ => Cpu(binary, events, 1));
        var batched = Enumerable.Range(0, 5).Min(_ => Cpu(binary, events, 10));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"processor ms on this machine: start and first event {start:0.0}, each further event {(single - start) / (events - 1):0.000}, in batches of ten {(batched - start) / (events - 1):0.000}"));
        return new("Signalbox", start, (single - start) / (events - 1), Batched: true);
    }

    private static double Cpu(string binary, int events, int batch)
    {
        using var authority = new Authority("Signalbox bench");
        using var certificate = authority.Sign("localhost");
        var folder = Directory.CreateTempSubdirectory("signalbox-cost").FullName;
        File.WriteAllText(Path.Combine(folder, "roots.pem"), authority.Pem);
        var told = 0;
        using var slack = new Standin(_ =>
        {
            Interlocked.Increment(ref told);
            return Said.Http(200, "ok");
        }, certificate);
        File.WriteAllText(Path.Combine(folder, "signalbox.json"),
            "{\"rooms\":{\"ops\":{\"slack\":{\"webhook\":\"env:SLACK_WEBHOOK\"},\"pace\":\"none\"}},\"routes\":[{\"to\":\"ops\"}]}");
        using var runtime = new RuntimeStandin();
        var start = new ProcessStartInfo(binary) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = runtime.Host;
        start.Environment["SLACK_WEBHOOK"] = $"{slack.Address}/services/T000/B000/bench";
        start.Environment["SIGNALBOX_CONFIG"] = Path.Combine(folder, "signalbox.json");
        start.Environment["SIGNALBOX_TLS_ROOTS"] = Path.Combine(folder, "roots.pem");
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (var number = 0; number < events; number += batch) runtime.Invoke(Call(number, batch));
        for (var number = 0; number < events; number += batch)
        {
            if (runtime.Take() is { Kind: "error" } error) throw new InvalidOperationException(error.Body);
        }
        var cpu = Directory.GetDirectories($"/proc/{process.Id}/task").Sum(task =>
            double.Parse(File.ReadAllText($"{task}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1e6);
        process.Kill();
        process.WaitForExit();
        Directory.Delete(folder, recursive: true);
        return told == events ? cpu : throw new InvalidOperationException($"{told} of {events} were told");
    }

    /// <summary>A call by SNS with one event, or by SQS with several. No two events are the same.</summary>
    private static string Call(int first, int batch)
    {
        var whole = File.ReadAllText(Path.Combine(Root(), "bench/cold/event.json"));
        string Event(int number) => whole.Replace("95df01b4-ee98-5cb9-9903", $"95df01b4-ee98-5cb9-{number:0000000000}", StringComparison.Ordinal)
            .Replace("=orders", $"=orders-{number}", StringComparison.Ordinal).Replace(":db:orders", $":db:orders-{number}", StringComparison.Ordinal)
            .Replace("\\\"orders\\\"", $"\\\"orders-{number}\\\"", StringComparison.Ordinal);
        if (batch is 1) return Event(first);
        var records = Enumerable.Range(first, batch).Select(number =>
        {
            var text = Event(number);
            var sns = text[(text.IndexOf("\"Sns\":", StringComparison.Ordinal) + 6)..^3];
            return $$$"""
                {"messageId":"{{{number:00000000}}}-ee98-5cb9-9903-4c221d41eb5e","receiptHandle":"x","body":{{{System.Text.Json.JsonSerializer.Serialize(sns)}}},"attributes":{"ApproximateReceiveCount":"1"},
                "messageAttributes":{},"eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-west-1:123456789012:events","awsRegion":"eu-west-1"}
                """;
        });
        return $"{{\"Records\":[{string.Join(',', records)}]}}";
    }

    public static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "signalbox.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
