using System.Diagnostics;
using System.Text.Json;

namespace Signalbox.Lambda.Tests;

/// <summary>The native binary between a Runtime API stand-in and a Slack stand-in. Skipped where <c>./build.sh lambda</c> has not been
/// run.</summary>
public sealed class NativeTests : IDisposable
{
    private readonly Authority authority = new("Native tests");
    private RuntimeStandin runtime = new();
    private readonly string folder = Directory.CreateTempSubdirectory("signalbox").FullName;
    private Process? process;

    public void Dispose()
    {
        if (process is { HasExited: false }) process.Kill();
        process?.Dispose();
        runtime.Dispose();
        authority.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void Start(params (string Name, string Value)[] variables)
    {
        var binary = Binary();
        Assert.SkipUnless(binary is not null, "artifacts/lambda/bootstrap is not there: run ./build.sh lambda");
        var start = new ProcessStartInfo(binary!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = runtime.Host;
        foreach (var (name, value) in variables)
        {
            if (value.Length > 0) start.Environment[name] = value;
            else start.Environment.Remove(name);
        }
        process = Process.Start(start)!;
    }

    internal static string? Binary()
    {
        for (var at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.Combine(at, "artifacts/lambda/bootstrap") is var path && File.Exists(path)) return path;
        }
        return null;
    }

    private string Roots(string pem)
    {
        var path = Path.Combine(folder, "roots.pem");
        File.WriteAllText(path, pem);
        return path;
    }

    private async Task<string> Output()
    {
        process!.Kill();
        return await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static string Direct(string webhook) => JsonSerializer.Serialize(new { subject = "News", message = "all is well", webhook });

    [Theory]
    [InlineData("SIGNALBOX_TLS_ROOTS")]
    [InlineData("SSL_CERT_FILE")]
    public async Task It_posts_over_TLS_with_roots_of_our_own_or_of_the_machine(string variable)
    {
        using var certificate = authority.Sign("localhost");
        using var slack = new Standin(_ => Said.Http(200, "ok"), certificate);
        runtime.Invoke(Direct($"{slack.Address}/services/T0/B0/xyzzy"));
        Start((variable, Roots(authority.Pem)));

        Assert.Equal("response", runtime.Take().Kind);
        Assert.Contains("all is well", Assert.Single(slack.AllHeard).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("xyzzy", await Output(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_nobody_trusts_hears_nothing()
    {
        using var certificate = authority.Sign("localhost");
        using var slack = new Standin(_ => Said.Http(200, "ok"), certificate);
        runtime.Invoke(Direct($"{slack.Address}/services/T0/B0/xyzzy"));
        Start();

        var told = runtime.Take();
        Assert.Contains("from an authority that nobody here trusts", told.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("xyzzy", told.Body, StringComparison.Ordinal);
        Assert.Empty(slack.AllHeard);
    }

    [Theory]
    [InlineData("no-such-file.pem", "cannot be read")]
    [InlineData("signalbox.yaml", "holds no certificate")]
    public void A_slip_in_the_path_of_our_own_roots_is_said_where_trust_fails(string name, string said)
    {
        File.WriteAllText(Path.Combine(folder, "signalbox.yaml"), "rooms: { ops: local }\n");
        using var certificate = authority.Sign("localhost");
        using var slack = new Standin(_ => Said.Http(200, "ok"), certificate);
        runtime.Invoke(Direct($"{slack.Address}/services/T0/B0/xyzzy"));
        Start(("SIGNALBOX_TLS_ROOTS", Path.Combine(folder, name)));

        var told = runtime.Take();
        Assert.Contains($"nobody here trusts (the file that SIGNALBOX_TLS_ROOTS names {said})", told.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(folder, told.Body, StringComparison.Ordinal);
        Assert.Empty(slack.AllHeard);
    }

    [Fact]
    public void It_serves_call_after_call_over_one_connection()
    {
        using var slack = new Standin(heard => heard.Connection == 1 ? Said.Http(200, "ok") : Said.Http(500, ""));
        Start();
        for (var call = 1; call <= 20; call++)
        {
            runtime.Invoke(Direct($"{slack.Address}/services/{call}"));
            Assert.Equal(("response", $"request-{call}"), (runtime.Take() is var told ? told.Kind : "", told.RequestId));
        }
    }

    [Fact]
    public void A_room_that_fails_is_an_error_of_the_call_and_the_next_call_is_served()
    {
        using var slack = new Standin(heard => heard.Path == "/gone" ? Said.Http(404, "no_service") : Said.Http(200, "ok"));
        runtime.Invoke(Direct($"{slack.Address}/gone"));
        Start();
        var told = runtime.Take();
        Assert.Equal(("error", "Signalbox.DeliveryFailed"), (told.Kind, told.ErrorType));
        Assert.Contains("own webhook: answered 404 no_service", told.Body, StringComparison.Ordinal);

        runtime.Invoke(Direct($"{slack.Address}/there"));
        Assert.Equal("response", runtime.Take().Kind);
    }

    [Fact]
    public async Task Without_settings_the_log_is_the_room()
    {
        runtime.Invoke("""{"Records":[{"EventSource":"aws:sns","Sns":{"MessageId":"m-1","Subject":"News","Message":"all is well"}}]}""");
        Start();

        Assert.Equal("response", runtime.Take().Kind);
        var output = await Output();
        var lines = output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal("local", lines[0].GetProperty("room").GetString());
        Assert.NotEmpty(lines[0].GetProperty("card").GetString()!);
        Assert.Equal("made", lines[1].GetProperty("outcome").GetString());
    }

    private const string TwoRooms = """
        {"rooms":{"databases":{"slack":{"webhook":"env:RDS_WEBHOOK"}},"ops":{"slack":{"webhook":"env:OPS_WEBHOOK"}}},
         "routes":[{"when":"source = rds","to":["databases","ops"]},{"to":"ops"}]}
        """;

    private static readonly string Failover = JsonSerializer.Serialize(new Dictionary<string, string>
    {
        ["Event Source"] = "db-instance",
        ["Event Time"] = "2026-11-22 08:00:00.000",
        ["Source ID"] = "orders",
        ["Event ID"] = "http://docs.amazonwebservices.com/AmazonRDS/latest/UserGuide/USER_Events.html#RDS-EVENT-0049",
        ["Event Message"] = "Multi-AZ instance failover completed",
    });

    private static string Sqs(string id) => JsonSerializer.Serialize(new
    {
        Records = new[]
        {
            new
            {
                messageId = id,
                receiptHandle = "r",
                body = Failover,
                eventSource = "aws:sqs",
                eventSourceARN = "arn:aws:sqs:eu-west-1:1:jobs",
            },
        },
    });

    private static string Sns(string id) => JsonSerializer.Serialize(new
    {
        Records = new[]
        {
            new { EventSource = "aws:sns", Sns = new { MessageId = id, Subject = "RDS Notification Message", Message = Failover } },
        },
    });

    private (string Name, string Value) Settings(string text)
    {
        var path = Path.Combine(folder, "signalbox.json");
        File.WriteAllText(path, text);
        return ("SIGNALBOX_CONFIG", path);
    }

    [Fact]
    public async Task A_repeat_from_the_queue_reaches_only_the_room_that_failed()
    {
        var broken = true;
        using var slack = new Standin(heard => broken && heard.Path == "/rds" ? Said.Http(404, "no_service") : Said.Http(200, "ok"));
        runtime.Invoke(Sqs("a"));
        Start(Settings(TwoRooms), ("RDS_WEBHOOK", $"{slack.Address}/rds"), ("OPS_WEBHOOK", $"{slack.Address}/ops"));

        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"a"}]}""", runtime.Take().Body);
        Assert.Equal(["/ops", "/rds"], slack.AllHeard.Select(heard => heard.Path).Order());
        Assert.All(slack.AllHeard, heard => Assert.Contains("orders", heard.Body, StringComparison.Ordinal));

        broken = false;
        runtime.Invoke(Sqs("a"));
        Assert.Equal("""{"batchItemFailures":[]}""", runtime.Take().Body);
        Assert.Equal("/rds", slack.AllHeard[^1].Path);
        Assert.Equal(3, slack.AllHeard.Count);

        var log = await Output();
        Assert.Contains("\"outcome\":\"repeat\"", log, StringComparison.Ordinal);
        Assert.Contains("answered 404 no_service", log, StringComparison.Ordinal);
        Assert.DoesNotContain(slack.Address, log, StringComparison.Ordinal);
        Assert.DoesNotContain("failover", log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_room_without_its_secret_is_named_and_the_other_room_hears_the_event()
    {
        using var slack = new Standin(_ => Said.Http(200, "ok"));
        runtime.Invoke(Sns("m-1"));
        Start(Settings(TwoRooms), ("RDS_WEBHOOK", ""), ("OPS_WEBHOOK", $"{slack.Address}/ops"));

        Assert.Contains("room databases: environment variable RDS_WEBHOOK is not set", runtime.Take().Body, StringComparison.Ordinal);
        Assert.Single(slack.AllHeard);
    }

    [Fact]
    public void A_429_is_waited_out_when_there_is_time_and_handed_back_when_there_is_not()
    {
        var answers = new Queue<Said>([
            Said.Http(429, "", ("Retry-After", "1")), Said.Http(200, "ok"), Said.Http(429, "", ("Retry-After", "30"))]);
        using var slack = new Standin(_ => answers.Dequeue());
        Start();

        runtime.Invoke(Direct($"{slack.Address}/first"));
        Assert.Equal("response", runtime.Take().Kind);

        runtime.Invoke(Direct($"{slack.Address}/second"));
        Assert.Contains("answered 429; asked to wait 30 s, which is past the deadline", runtime.Take().Body, StringComparison.Ordinal);
        Assert.Equal(3, slack.AllHeard.Count);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no", Ending.Closes)]
    [InlineData("", Ending.Resets)]
    [InlineData("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", Ending.Closes)]
    public void A_passing_fault_is_tried_again_at_once(string text, Ending ending)
    {
        var first = true;
        using var slack = new Standin(_ =>
        {
            var said = first ? Said.Raw(text, ending) : Said.Http(200, "ok");
            first = false;
            return said;
        });
        runtime.Invoke(Direct($"{slack.Address}/services/x"));
        Start();

        Assert.Equal("response", runtime.Take().Kind);
        Assert.True(slack.AllHeard.Count >= 2);
    }

    [Fact]
    public void A_proxy_is_gone_through()
    {
        using var proxy = new Standin(_ => Said.Http(200, "ok"));
        runtime.Invoke(Direct("http://hooks.invalid/services/x"));
        Start(("http_proxy", proxy.Address), ("no_proxy", ""), ("NO_PROXY", ""));

        Assert.Equal("response", runtime.Take().Kind);
        Assert.Equal("http://hooks.invalid/services/x", Assert.Single(proxy.AllHeard).Path);
    }

    [Fact]
    public void A_proxy_is_gone_through_to_TLS()
    {
        using var certificate = authority.Sign("hooks.invalid");
        using var slack = new Standin(_ => Said.Http(200, "ok"), certificate);
        using var proxy = new Standin(_ => Said.Http(200, "")) { TunnelTo = slack.Port };
        runtime.Invoke(Direct("https://hooks.invalid/services/x"));
        Start(("https_proxy", proxy.Address), ("no_proxy", ""), ("NO_PROXY", ""), ("SIGNALBOX_TLS_ROOTS", Roots(authority.Pem)));

        Assert.Equal("response", runtime.Take().Kind);
        Assert.Equal(["CONNECT hooks.invalid:443"], proxy.AllHeard.Select(heard => $"{heard.Method} {heard.Path}"));
        Assert.Equal("/services/x", Assert.Single(slack.AllHeard).Path);
    }

    [Fact]
    public void A_server_that_stalls_is_left_in_time_to_say_so()
    {
        runtime.Dispose();
        runtime = new() { Timeout = TimeSpan.FromSeconds(1.5) };
        using var slack = new Standin(_ => Said.Raw("", Ending.Stalls));
        runtime.Invoke(Direct($"{slack.Address}/services/x"));
        Start();

        Assert.Contains("no answer within", runtime.Take().Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "signalbox.json")]
    [InlineData("""{"rooms":{"ops":{"slack":{"webhok":"env:X"}}},"routes":[{"to":"ops"}]}""", "webhok")]
    public void Settings_that_cannot_be_read_are_an_error_of_the_start(string? text, string named)
    {
        Start(text is null ? ("SIGNALBOX_CONFIG", Path.Combine(folder, "signalbox.json")) : Settings(text));

        var told = runtime.Take();
        Assert.Equal(("init", "Signalbox.BadSettings"), (told.Kind, told.ErrorType));
        Assert.Contains(named, told.Body, StringComparison.Ordinal);
        process!.WaitForExit();
        Assert.Equal(1, process.ExitCode);
    }

    [Fact]
    public async Task Outside_of_Lambda_it_says_so()
    {
        Start(("AWS_LAMBDA_RUNTIME_API", ""));

        await process!.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("AWS_LAMBDA_RUNTIME_API is not set", errors, StringComparison.Ordinal);
    }
}
