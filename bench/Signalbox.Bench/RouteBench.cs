using System.Text;
using BenchmarkDotNet.Attributes;

namespace Signalbox.Bench;

/// <summary>What a notice costs as routes grow: it matches two of them, whatever their number.</summary>
[MemoryDiagnoser]
public class RouteBench
{
    private byte[] file = [];
    private Settings settings = Settings.None;

    private readonly Notice notice = new()
    {
        Source = "rds",
        Kind = "db-instance",
        Severity = Severity.Error,
        Status = Status.Raised,
        Title = "orders-db is failing over",
        Subject = "orders-db",
        Arn = "arn:aws:rds:eu-west-1:123456789012:db:orders-db",
        Account = "123456789012",
        Region = "eu-west-1",
        Tags = [new("team", "payments"), new("stage", "production")],
        Facts = [new("DB engine", "postgres")],
    };

    [Params(10, 100, 1_000, 10_000)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Write()
    {
        var json = new StringBuilder("""
            { "rooms": { "a": "local", "b": "local" }, "routes": [
              { "when": "source = rds and tag.team = payments", "to": "a" }, { "when": "severity >= error", "to": "b" }
            """);
        for (var i = 2; i < Count; i++)
        {
            var when = (i % 5) switch
            {
                0 => $"source = source{i} and severity >= warning",
                1 => $"account = {100_000_000_000 + i}",
                2 => $"tag.team = team{i} or tag.team = other{i}",
                3 => $"source = rds and subject = db{i}",
                _ => $"tag.cost-centre{i} in [a, b] and source = rds",
            };
            json.Append(", { \"when\": \"").Append(when).Append("\", \"to\": \"a\" }");
        }
        file = Encoding.UTF8.GetBytes(json.Append("] }").ToString());
        settings = Load();
    }

    [Benchmark]
    public Routing Route() => settings.Routes.Of(notice);

    [Benchmark]
    public Settings Load() => SettingsReader.Read(JsonTree.Read(file).Tree!).Settings!;
}
