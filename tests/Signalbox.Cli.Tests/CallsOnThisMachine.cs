using System.Reflection;

namespace Signalbox.Tests;

/// <summary>Functions called by <c>invoke --local</c>: shell scripts that speak the Runtime API, and the native function where it was built.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class CallsOnThisMachine
{
    private static readonly string Root = Path.GetFullPath(
        typeof(CallsOnThisMachine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Repository").Value!);

    /// <summary>A runtime in bash: a call is in $event, and say KIND BODY answers it.</summary>
    private const string Runtime = """
        #!/bin/bash
        exec 3<>"/dev/tcp/${AWS_LAMBDA_RUNTIME_API/:/\/}"
        next() {
          printf 'GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n' >&3
          length=0; declare -gA head=()
          while IFS=': ' read -r name value <&3; value=${value%$'\r'}; name=${name%$'\r'}; [ -n "$name" ]; do head[${name,,}]=$value; done
          IFS= read -r -N "${head[content-length]}" event <&3
        }
        say() {
          printf 'POST /2018-06-01/runtime/%s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s' "$1" "${#2}" "$2" >&3
          read -r _ status _ <&3; while IFS= read -r line <&3 && [ "$line" != $'\r' ]; do :; done; read -r -N 15 _ <&3
        }
        answer() { say "invocation/${head[lambda-runtime-aws-request-id]}/response" "$1"; }
        fail() { say "invocation/${head[lambda-runtime-aws-request-id]}/error" "$1"; }

        """;

    private static Desk Function(string code, string fields = "") => Executable(
        new Desk { Piped = """{"hello":"world"}""" }.With("function.json", $$"""{"name":"api"{{fields}}}""").With("bootstrap", Runtime + code));

    private static Desk Executable(Desk desk)
    {
        File.SetUnixFileMode(desk.In("bootstrap"), (UnixFileMode)0x1ED);
        return desk;
    }

    [Fact]
    public async Task The_answer_goes_to_stdout_and_the_log_and_what_it_took_to_stderr()
    {
        using var desk = Function("next; echo to the log; echo to stderr >&2; answer \"$event\"; next");
        var typed = await desk.Type("invoke", "--local");
        Assert.Equal((0, "{\"hello\":\"world\"}\n"), (typed.Code, typed.Out));
        Assert.Contains("to the log\n", typed.Error, StringComparison.Ordinal);
        Assert.Contains("to stderr\n", typed.Error, StringComparison.Ordinal);
        Assert.Matches(@"signalbox: init \d+ ms, run \d+ ms, billed \d+ ms, \d+ of 128 MB\n$", typed.Error);
    }

    [Fact]
    public async Task It_sees_the_environment_of_lambda_and_its_own_and_no_other()
    {
        using var desk = Function("next; answer \"$(env | sort | cut -d= -f1 | tr '\\n' ' ')|$LEVEL $AWS_LAMBDA_FUNCTION_MEMORY_SIZE $AWS_REGION $_HANDLER "
            + "$AWS_ACCESS_KEY_ID $([ \"$LAMBDA_TASK_ROOT\" = \"$PWD\" ] && echo here)|${head[lambda-runtime-deadline-ms]}|${head[lambda-runtime-trace-id]}"
            + "|${head[lambda-runtime-invoked-function-arn]}\"; next",
            ",\"memory\":256,\"region\":\"eu-west-1\",\"environment\":{\"LEVEL\":\"info\"}");
        desk.Variables["AWS_ACCESS_KEY_ID"] = "AKIA1";
        desk.Variables["OTHER"] = "x";
        var typed = await desk.Type("invoke", "api", "--local");
        var parts = typed.Out.Split('|');
        Assert.Equal(
            "AWS_ACCESS_KEY_ID AWS_DEFAULT_REGION AWS_LAMBDA_FUNCTION_MEMORY_SIZE AWS_LAMBDA_FUNCTION_NAME AWS_LAMBDA_FUNCTION_VERSION AWS_LAMBDA_INITIALIZATION_TYPE "
            + "AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_LAMBDA_RUNTIME_API AWS_REGION LAMBDA_RUNTIME_DIR LAMBDA_TASK_ROOT LANG LEVEL",
            string.Join(' ', parts[0].Split(' ').Where(name => name is not ("" or "_" or "PATH" or "PWD" or "SHLVL" or "TZ" or "_HANDLER"))));
        Assert.Equal("info 256 eu-west-1 bootstrap AKIA1 here", parts[1]);
        Assert.InRange(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture)),
            DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Matches("^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$", parts[3]);
        Assert.Equal("arn:aws:lambda:eu-west-1:000000000000:function:api\n", parts[4]);
    }

    [Fact]
    public async Task An_error_of_the_function_is_told_with_its_type_and_message()
    {
        using var desk = Function("next; fail '{\"errorType\":\"Bad.Thing\",\"errorMessage\":\"it broke\"}'; next");
        var typed = await desk.Type("invoke", "--local");
        Assert.Equal(1, typed.Code);
        Assert.EndsWith("signalbox: api failed: Bad.Thing: it broke\n", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_cannot_start_says_why()
    {
        using var desk = Function("say init/error '{\"errorType\":\"No.Settings\",\"errorMessage\":\"none here\"}'; exit 1");
        var typed = await desk.Type("invoke", "--local");
        Assert.EndsWith("signalbox: api failed: No.Settings: none here\n", typed.Error, StringComparison.Ordinal);
        Assert.Equal(1, typed.Code);
    }

    [Fact]
    public async Task A_function_that_takes_too_long_is_ended_as_lambda_would()
    {
        using var desk = Function("next; echo $$ > \"$PIDFILE\"; sleep 100; answer late", ",\"timeout\":1");
        var typed = await desk.Type("invoke", "--local", "--set", $"PIDFILE={desk.In("pid")}");
        Assert.Equal((1, ""), (typed.Code, typed.Out));
        Assert.EndsWith("signalbox: api failed: Sandbox.Timedout: the call took longer than 1 seconds, and was ended as Lambda would\n", typed.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"/proc/{(await File.ReadAllTextAsync(desk.In("pid"), TestContext.Current.CancellationToken)).Trim()}"));
    }

    [Fact]
    public async Task A_function_that_takes_too_much_memory_is_ended_as_lambda_would()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "memory is seen in /proc");
        using var desk = Function("next; x=$(head -c 200000000 /dev/zero | tr '\\0' x); sleep 100; answer late");
        var typed = await desk.Type("invoke", "--local");
        Assert.Equal(1, typed.Code);
        Assert.EndsWith("Runtime.OutOfMemory: the function took more than its 128 MB of memory, and was ended as Lambda would\n", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_ends_without_an_answer_says_with_what_code()
    {
        using var desk = Function("next; exit 5");
        Assert.EndsWith("Runtime.ExitError: the function ended by itself (code 5) without an answer\n", (await desk.Type("invoke", "--local")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_in_chunks_is_put_together()
    {
        using var desk = Function("next; printf 'POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n"
            + "3\\r\\nabc\\r\\nA;x=y\\r\\n0123456789\\r\\n0\\r\\n\\r\\n' \"${head[lambda-runtime-aws-request-id]}\" >&3; next; next");
        Assert.Equal("abc0123456789\n", (await desk.Type("invoke", "--local")).Out);
    }

    [Fact]
    public async Task What_cannot_be_called_here_is_said_before_anything_runs()
    {
        using var desk = Function("next; answer x");
        Assert.Equal("signalbox: expected --local or --async, found both: on this machine a call is always waited for.\n",
            (await desk.Type("invoke", "--local", "--async")).Error);
        desk.With("event.txt", "hello");
        Assert.Equal("signalbox: expected an event in JSON, found something else in event.txt.\n", (await desk.Type("invoke", "event.txt", "--local")).Error);
        desk.With("function.json", """{"name":"api","runtime":"nodejs22.x"}""");
        Assert.Contains("found nodejs22.x. Lambda brings that runtime", (await desk.Type("invoke", "--local")).Error, StringComparison.Ordinal);
        desk.With("function.json", """{"name":"api"}""").With("bootstrap", "\u0001\u0002");
        Assert.Contains("Runtime.InvalidEntrypoint: bootstrap is no program for this machine; the function is for x86_64", (await desk.Type("invoke", "--local")).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_native_function_tells_a_room_what_happened()
    {
        var bootstrap = Path.Combine(Root, "artifacts", "lambda", "bootstrap");
        Assert.SkipUnless(File.Exists(bootstrap), "artifacts/lambda/bootstrap is not there: run ./build.sh lambda");
        using var desk = new Desk().With("project.json", """{"name":"ops","region":"eu-west-1"}""").With("functions/signalbox/function.json", "{}")
            .With("functions/signalbox/signalbox.yaml", "rooms: { databases: local }\n").With("event.json", Desk.Failover);
        var typed = await desk.Type("invoke", "signalbox", "event.json", "--local", "--bootstrap", bootstrap);
        Assert.Equal(0, typed.Code);
        Assert.Contains("\"ok\":true", typed.Out, StringComparison.Ordinal);
        Assert.Contains("orders-db", typed.Error, StringComparison.Ordinal);
        Assert.Matches(@"signalbox: init \d+ ms, run \d+ ms, billed \d+ ms", typed.Error);
    }
}
