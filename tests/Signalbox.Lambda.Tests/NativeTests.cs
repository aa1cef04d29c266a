using System.Diagnostics;
using System.Text.Json;

namespace Signalbox.Lambda.Tests;

/// <summary>The native binary between a Runtime API stand-in and a Slack stand-in. Skipped where <c>./build.sh lambda</c> has not been run.</summary>
public sealed class NativeTests : IDisposable
{
    private readonly Authority authority = new("Native tests");
    private readonly RuntimeStandin runtime = new();
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
        var start = new ProcessStartInfo(binary!) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = runtime.Host;
        foreach (var (name, value) in variables)
        {
            if (value.Length > 0) start.Environment[name] = value;
            else start.Environment.Remove(name);
        }
        process = Process.Start(start)!;
    }

    private static string? Binary()
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
        using var slack = new Standin(heard => heard.Path.EndsWith("gone", StringComparison.Ordinal) ? Said.Http(404, "no_service") : Said.Http(200, "ok"));
        runtime.Invoke(Direct($"{slack.Address}/gone"));
        Start();
        Assert.Equal(
            """{"errorMessage":"room the event\u0027s own webhook: answered 404 no_service","errorType":"Signalbox.DeliveryFailed","stackTrace":[]}""",
            runtime.Take().Body);

        runtime.Invoke(Direct($"{slack.Address}/there"));
        Assert.Equal("response", runtime.Take().Kind);
    }

    [Fact]
    public async Task Without_settings_the_log_is_the_room()
    {
        runtime.Invoke("""{"Records":[{"EventSource":"aws:sns","Sns":{"MessageId":"m-1","Subject":"News","Message":"all is well"}}]}""");
        Start();

        Assert.Equal("response", runtime.Take().Kind);
        var lines = (await Output()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal("local", lines[0].GetProperty("room").GetString());
        Assert.NotEmpty(lines[0].GetProperty("card").GetString()!);
        Assert.Equal("made", lines[1].GetProperty("outcome").GetString());
    }

    [Fact]
    public void Settings_that_cannot_be_read_are_an_error_of_the_start()
    {
        Start(("SIGNALBOX_CONFIG", Path.Combine(folder, "none.json")));

        var told = runtime.Take();
        Assert.Equal(("init", "Signalbox.BadSettings"), (told.Kind, told.ErrorType));
        Assert.Contains("none.json", told.Body, StringComparison.Ordinal);
        process!.WaitForExit();
        Assert.Equal(1, process.ExitCode);
    }

    [Fact]
    public async Task Outside_of_Lambda_it_says_so()
    {
        Start(("AWS_LAMBDA_RUNTIME_API", ""));

        await process!.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("AWS_LAMBDA_RUNTIME_API is not set", await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
