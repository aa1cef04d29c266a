using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace Signalbox.Bench;

/// <summary>From the bytes of an event to the payload for Slack: one sample for each row, the largest of its folder under 4 KB.</summary>
[MemoryDiagnoser]
public class SourceBench
{
    private static readonly string Corpus = Path.Combine(
        typeof(SourceBench).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Repository").Value!, "tests", "Corpus");

    private static readonly Room Room = new() { Name = "slack", Chat = "slack", Options = [new("webhook", "env:HOOK")] };
    private static readonly Settings Settings = new() { Rooms = [Room], Routes = Routes.AllTo(Room) };
    private byte[] bytes = [];

    [ParamsSource(nameof(Samples))]
    public string Sample { get; set; } = "";

    public static IEnumerable<string> Samples =>
        from folder in Directory.EnumerateDirectories(Corpus).Order()
        let file = (from file in new DirectoryInfo(folder).EnumerateFiles()
                    where file.Extension is not ".told" && file.Length < 4096
                    orderby file.Length descending, file.Name
                    select file).FirstOrDefault()
        where file is not null
        select $"{Path.GetFileName(folder)}/{file.Name}";

    /// <summary>How large the event is.</summary>
    public int Length => bytes.Length;

    /// <summary>How many posts it makes.</summary>
    public int Posts => Pipeline.Decode(bytes).Sum(envelope => Pipeline.Route(Pipeline.Read(envelope), Settings).Routed.Count);

    [GlobalSetup]
    public void Read() => bytes = File.ReadAllBytes(Path.Combine(Corpus, Sample));

    [Benchmark]
    public int BytesToPayload()
    {
        var length = 0;
        foreach (var envelope in Pipeline.Decode(bytes))
        {
            foreach (var routed in Pipeline.Route(Pipeline.Read(envelope), Settings).Routed)
                length += Pipeline.Render(routed, envelope, Settings).Payload.Length;
        }
        return length;
    }
}

/// <summary>The same for one RDS event as SNS hands it to Lambda: what the budget of 8 µs and 4 KB is about.</summary>
[MemoryDiagnoser]
public class RdsBench
{
    private readonly SourceBench source = new() { Sample = "rds/awsdocs-aws-lambda-developer-guide--sns-event-services-rds-l8.json" };

    [GlobalSetup]
    public void Read() => source.Read();

    [Benchmark]
    public int BytesToPayload() => source.BytesToPayload();
}
