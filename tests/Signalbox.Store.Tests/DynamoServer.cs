using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2.Model;
using Signalbox.Aws.Dynamo;
using Signalbox.Effects;
using Signalbox.StoreTests;

[assembly: AssemblyFixture(typeof(DynamoServer))]

namespace Signalbox.StoreTests;

/// <summary>A DynamoDB to test against: a real table, when SIGNALBOX_TEST_DYNAMODB says where (dynamodb://TABLE?region=…), else dynalite in a process of
/// our own. Every test has a part of the one table to itself.</summary>
public sealed class DynamoServer : IAsyncLifetime
{
    private const string RealTable = "SIGNALBOX_TEST_DYNAMODB";
    private readonly string run = $"test-{Guid.NewGuid():n}.";
    private readonly Lazy<Task<string?>> started;
    private Process? server;
    private int stores;

    public DynamoServer() => started = new(Start);

    /// <summary>Where the table is.</summary>
    public string Spec { get; private set; } = "";

    /// <summary>Whom TLS trusts.</summary>
    public static Trust Trust { get; } = Roots.Open(Environment.GetEnvironmentVariable);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The beginning of the keys of a store that has nothing in it, or skips the test with the reason why there is no server.</summary>
    public async Task<string> Prefix()
    {
        if (await started.Value is { } why) Assert.Skip(why);
        return string.Create(CultureInfo.InvariantCulture, $"{run}{Interlocked.Increment(ref stores)}.");
    }

    /// <summary>Makes a table of its own and answers where it is; skips the test where tables are real and cost something.</summary>
    public async Task<string> Table(string name)
    {
        await Prefix();
        Assert.SkipWhen(server is null, "it makes a table of its own, which is for the stand-in only");
        var spec = Spec.Replace("//signalbox?", $"//{name}?", StringComparison.Ordinal);
        await Aws.DynamoStore.Init(spec, Trust, default);
        return spec;
    }

    /// <summary>Opens the store whose keys begin so.</summary>
    internal Store Open(string prefix) => Aws.DynamoStore.Open(DynamoAddress.Read(Spec), new(Trust), prefix, Retention.Usual);

    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated && server is null && Spec.Length > 0) await Empty();
        if (server is null) return;
        server.Kill();
        await server.WaitForExitAsync();
        server.Dispose();
    }

    private async Task<string?> Start()
    {
        if (Environment.GetEnvironmentVariable(RealTable) is { Length: > 0 } real)
        {
            Spec = real;
        }
        else
        {
            if (await Launch() is { } why) return why;
            // Any keys do: the stand-in asks for a signature and does not look at it.
            Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
            Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        }
        await Aws.DynamoStore.Init(Spec, Trust, default);
        return null;
    }

    private async Task<string?> Launch()
    {
        if (Program() is not { } program) return "dynalite is not there: npm ci in tests/dynamodb (./test.sh does it)";
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Spec = $"dynamodb://signalbox?endpoint=http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }
        var port = new Uri(Spec.Split("endpoint=")[1]).Port;
        server = Process.Start(new ProcessStartInfo("node", [program, "--host", "127.0.0.1", "--port", $"{port}", "--createTableMs", "0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        var lines = new List<string>();
        server!.ErrorDataReceived += (_, line) => lines.Add(line.Data ?? "");
        server.BeginErrorReadLine();
        return await server.StandardOutput.ReadLineAsync() is null ? $"dynalite did not start: {string.Join(' ', lines)}" : null;
    }

    private static string? Program()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var program = Path.Combine(folder.FullName, "tests", "dynamodb", "node_modules", "dynalite", "cli.js");
            if (File.Exists(program)) return program;
        }
        return null;
    }

    /// <summary>Leaves a real table as it was.</summary>
    private async Task Empty()
    {
        using var table = Reach.Table(DynamoAddress.Read(Spec), new(Trust));
        Dictionary<string, AttributeValue>? from = null;
        do
        {
            var page = await table.Client.ScanAsync(new ScanRequest
            {
                TableName = table.Name,
                ProjectionExpression = "pk, sk",
                FilterExpression = "begins_with(pk, :run)",
                ExpressionAttributeValues = new() { [":run"] = new() { S = run } },
                ExclusiveStartKey = from,
            });
            await table.Delete([.. page.Items], default);
            from = page.LastEvaluatedKey;
        }
        while (from is { Count: > 0 });
    }
}
