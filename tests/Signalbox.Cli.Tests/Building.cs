using System.IO.Compression;

namespace Signalbox.Tests;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class Building
{
    private static Desk Project(string function = "{}") => new Desk().With("project.json", """{"name":"ops","runtime":"nodejs22.x"}""")
        .With("functions/api/function.json", function).With("functions/api/index.js", "code").With("functions/api/lib/a.js", "more");

    [Fact]
    public async Task The_zip_holds_the_folder_without_what_describes_it()
    {
        using var desk = Project().With("functions/api/policy.json", "[]").With("functions/api/.apexignore", "*.log\n").With("functions/api/x.log", "")
            .With("functions/api/run", "#!/bin/sh").With("functions/api/ä b.txt", "");
        File.SetUnixFileMode(desk.In("functions/api/run"), (UnixFileMode)0x1C0);
        var typed = await desk.Type("build");
        Assert.Equal((0, "", ""), (typed.Code, typed.Out, typed.Error));
        using var zip = new ZipArchive(new MemoryStream(desk.Bytes.ToArray()));
        Assert.Equal(["index.js", "lib/a.js", "run", "ä b.txt"], zip.Entries.Select(entry => entry.FullName));
        Assert.Equal([0x81A4, 0x81A4, 0x81ED, 0x81A4], zip.Entries.Select(entry => entry.ExternalAttributes >>> 16));
    }

    [Fact]
    public async Task The_same_files_make_the_same_bytes_whatever_their_times_and_order()
    {
        using var desk = Project();
        using var other = new Desk().With("functions/api/lib/a.js", "more").With("functions/api/index.js", "code").With("functions/api/function.json", "{}")
            .With("project.json", """{"name":"ops","runtime":"nodejs22.x"}""");
        File.SetLastWriteTimeUtc(other.In("functions/api/index.js"), new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.SetUnixFileMode(other.In("functions/api/index.js"), (UnixFileMode)0x180);
        await desk.Type("build", "api");
        await other.Type("build", "api");
        Assert.Equal(desk.Bytes.ToArray(), other.Bytes.ToArray());
    }

    [Fact]
    public async Task A_zip_is_never_written_to_a_terminal()
    {
        using var desk = new Desk { Columns = 80 }.With("function.json", "{}").With("index.js", "");
        var typed = await desk.Type("build");
        Assert.Equal((2, ""), (typed.Code, typed.Out));
        Assert.Contains("name a file with -o", typed.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await desk.Type("build", "-o", "out.zip")).Code);
        Assert.True(File.Exists(desk.In("out.zip")));
    }

    [Fact]
    public async Task Links_are_followed_unless_they_lead_nowhere_or_back()
    {
        using var desk = Project().With("shared/x.js", "shared");
        File.CreateSymbolicLink(desk.In("functions/api/x.js"), "../../shared/x.js");
        Directory.CreateSymbolicLink(desk.In("functions/api/shared"), "../../shared");
        Assert.Equal((0, ""), (await desk.Type("build") is var typed ? typed.Code : -1, typed.Error));
        using (var zip = new ZipArchive(new MemoryStream(desk.Bytes.ToArray())))
        {
            Assert.Equal(["index.js", "lib/a.js", "shared/x.js", "x.js"], zip.Entries.Select(entry => entry.FullName));
            Assert.Equal("shared", new StreamReader(zip.Entries[3].Open()).ReadToEnd());
        }
        File.CreateSymbolicLink(desk.In("functions/api/back"), "../api");
        Assert.Contains("back: expected a link to something else, found one to a folder that it lies in", (await desk.Type("build")).Error, StringComparison.Ordinal);
        File.Delete(desk.In("functions/api/back"));
        File.CreateSymbolicLink(desk.In("functions/api/gone"), "nothing");
        Assert.Contains("gone: expected a link to a file, found one to nothing (nothing)", (await desk.Type("build")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_no_end_is_not_read()
    {
        using var desk = Project();
        File.CreateSymbolicLink(desk.In("functions/api/zero"), "/dev/zero");
        var typed = await desk.Type("build");
        Assert.Equal(1, typed.Code);
        Assert.Contains("zero: expected a file or a folder, found neither", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hooks_run_around_it_with_the_functions_environment_and_their_words_stay_out_of_the_zip()
    {
        using var desk = Project("""
            {"environment":{"WHAT":"made"},"hooks":{"build":"echo $WHAT; echo $WHAT > made.js","clean":"rm made.js"}}
            """);
        var typed = await desk.Type("build", "--set", "WHAT=set");
        Assert.Equal((0, "", "set\n"), (typed.Code, typed.Out, typed.Error));
        using var zip = new ZipArchive(new MemoryStream(desk.Bytes.ToArray()));
        Assert.Contains("made.js", zip.Entries.Select(entry => entry.FullName));
        Assert.False(File.Exists(desk.In("functions/api/made.js")));
    }

    [Fact]
    public async Task A_hook_that_fails_ends_it()
    {
        using var desk = Project("""{"hooks":{"build":"exit 3"}}""");
        var typed = await desk.Type("build", "-o", "out.zip");
        Assert.Equal((1, "signalbox: functions/api: the hook build (exit 3) ended with code 3.\n"), (typed.Code, typed.Error));
        Assert.False(File.Exists(desk.In("out.zip")));
    }

    [Fact]
    public async Task A_function_larger_than_lambda_takes_is_refused_with_what_is_large()
    {
        using var desk = Project();
        var noise = new byte[52 * 1024 * 1024];
        new Random(1).NextBytes(noise);
        await File.WriteAllBytesAsync(desk.In("functions/api/model.bin"), noise, TestContext.Current.CancellationToken);
        var typed = await desk.Type("build", "-o", "out.zip");
        Assert.Equal(1, typed.Code);
        Assert.Contains("expected at most 50 MB zipped, which is what Lambda takes, found 52 MB.", typed.Error, StringComparison.Ordinal);
        Assert.Contains("the largest are model.bin (52 MB)", typed.Error, StringComparison.Ordinal);
        await using (var sparse = File.OpenWrite(desk.In("functions/api/model.bin"))) sparse.SetLength(251L * 1024 * 1024);
        Assert.Contains("at most 250 MB unpacked", (await desk.Type("build", "-o", "out.zip")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_settings_and_no_code_becomes_the_signalbox_function_as_package_makes_it()
    {
        using var desk = new Desk().With("project.json", """{"name":"ops"}""").With("functions/signalbox/function.json", "{}")
            .With("functions/signalbox/signalbox.yaml", "rooms: { a: local }").With("artifacts/lambda/bootstrap", "binary").With("signalbox.yaml", "rooms: { a: local }");
        Assert.Equal((0, ""), (await desk.Type("build", "-o", "one.zip") is var typed ? typed.Code : -1, typed.Error));
        await desk.Type("package", "-o", "two.zip");
        Assert.Equal(await File.ReadAllBytesAsync(desk.In("one.zip"), TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(desk.In("two.zip"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Wrong_settings_of_a_signalbox_function_are_shown_with_their_place()
    {
        using var desk = new Desk().With("function.json", "{}").With("signalbox.yaml", "rooms: { a: loca }").With("bootstrap.bin", "binary");
        var typed = await desk.Type("build", "-o", "one.zip", "--bootstrap", "bootstrap.bin");
        Assert.Equal(1, typed.Code);
        Assert.StartsWith("signalbox.yaml:1:", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_without_code_says_what_to_do()
    {
        using var desk = new Desk().With("function.json", "{}");
        Assert.Contains("expected code of", (await desk.Type("build", "-o", "x.zip")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_name_says_the_nearest()
    {
        using var desk = Project().With("functions/worker/index.js", "");
        Assert.Equal("signalbox: expected a function of ops (api, worker), found \"apy\". Did you mean \"api\"?\n", (await desk.Type("build", "apy", "-o", "x")).Error);
        Assert.Equal("signalbox: expected a function of ops (api, worker), found none.\n", (await desk.Type("build", "-o", "x")).Error);
    }

    [Fact]
    public async Task The_environment_is_printed_as_files_of_the_environment_take_it_and_as_json()
    {
        using var desk = Project("""{"environment":{"GREETING":"it's \"me\"","LEVEL":"info"}}""").With("more.env", "LEVEL=debug\nMORE='1'\n");
        Assert.Equal("GREETING=\"it's \\\"me\\\"\"\nLEVEL=debug\nMORE=2\n", (await desk.Type("env", "--env-file", "more.env", "--set", "MORE=2")).Out);
        Assert.Equal("""{"GREETING":"it's \"me\"","LEVEL":"info"}""" + "\n", (await desk.Type("env", "api", "--json")).Out);
    }

    [Fact]
    public async Task A_command_runs_in_the_functions_folder_and_its_code_is_the_tools()
    {
        using var desk = new Desk().With("project.json", """{"name":"ops","region":"eu-west-1"}""").With("functions/api/function.json", """{"environment":{"LEVEL":"info"}}""")
            .With("functions/api/here", "");
        var typed = await desk.Type("exec", "api", "--", "sh", "-c", "ls; echo $LEVEL $AWS_REGION $AWS_LAMBDA_FUNCTION_NAME; echo bad >&2; exit 7");
        Assert.Equal((7, "function.json\nhere\ninfo eu-west-1 ops_api\n", "bad\n"), (typed.Code, typed.Out, typed.Error));
        Assert.Equal("signalbox: the command cannot be run: there is no program \"no-such-program\", or it may not be run.\n",
            (await desk.Type("exec", "api", "--", "no-such-program")).Error);
    }
}
