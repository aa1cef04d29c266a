using System.Diagnostics;

namespace Signalbox.Lambda.Tests;

/// <summary>The native binary with settings in S3 and secrets in AWS. Skipped where <c>./build.sh lambda</c> has not been run.</summary>
public sealed class NativeSettingsTests : IDisposable
{
    private readonly RuntimeStandin runtime = new();
    private Process? process;

    public void Dispose()
    {
        if (process is { HasExited: false }) process.Kill();
        process?.Dispose();
        runtime.Dispose();
    }

    [Fact]
    public async Task Settings_and_secrets_are_read_at_the_start_and_a_change_holds_without_a_new_process()
    {
        var binary = NativeTests.Binary();
        Assert.SkipUnless(binary is not null, "artifacts/lambda/bootstrap is not there: run ./build.sh lambda");
        var (text, version) = ("rooms: { a: { slack: { webhook: \"secretsmanager:chats#a\" } } }\n", 1);
        using var slack = new Standin(_ => Said.Http(200, "ok"));
        using var aws = new Standin(heard => heard.Method is "POST"
            ? Said.Http(200, $$$"""{"SecretString":"{\"a\":\"{{{slack.Address}}}/a-xyzzy\",\"b\":\"{{{slack.Address}}}/b-xyzzy\"}"}""")
            : heard.Headers.GetValueOrDefault("if-none-match") == $"\"{version}\"" ? Said.Http(304, "") : Said.Http(200, text, ("ETag", $"\"{version}\"")));
        var start = new ProcessStartInfo(binary!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("AWS_LAMBDA_RUNTIME_API", runtime.Host), ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
            ("AWS_SECRET_ACCESS_KEY", "key"), ("AWS_REGION", "eu-west-1"), ("AWS_ENDPOINT_URL", aws.Address), ("SIGNALBOX_CONFIG", "s3://ops/s.yaml"),
            ("SIGNALBOX_CONFIG_REFRESH", "1ms")])
        {
            start.Environment[name] = value;
        }
        runtime.Invoke("""{"subject":"one","message":"words"}""");
        process = Process.Start(start)!;
        Assert.Equal("response", runtime.Take().Kind);
        (text, version) = (text.Replace("#a", "#b", StringComparison.Ordinal), 2);
        runtime.Invoke("""{"subject":"two","message":"words"}""");
        Assert.Equal("response", runtime.Take().Kind);

        Assert.Equal(["/a-xyzzy", "/b-xyzzy"], slack.AllHeard.Select(heard => heard.Path));
        Assert.Equal(["GET", "POST"], aws.AllHeard.Take(2).Select(heard => heard.Method));
        Assert.Equal(2, aws.AllHeard.Count(heard => heard.Method is "POST"));
        process.Kill();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"settings\":\"s3://ops/s.yaml\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain("xyzzy", output, StringComparison.Ordinal);
    }
}
