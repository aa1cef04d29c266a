using System.IO.Compression;
using Signalbox.Effects;

namespace Signalbox.Tests;

public class Packaging
{
    [Fact]
    public async Task The_package_holds_an_executable_and_settings_that_load_without_yaml()
    {
        using var desk = new Desk().With("artifacts/lambda/bootstrap", "binary")
            .With("signalbox.yaml",
                "rooms: { deploys: { slack: { channel: '#d' } } } # comment\ntests: [ { event: x, silent: deploys } ]\n");
        var typed = await desk.Type("package");
        Assert.Equal((0, ""), (typed.Code, typed.Error));
        using var zip = ZipFile.OpenRead(desk.In("signalbox.zip"));
        Assert.Equal(["bootstrap", "signalbox.json"], zip.Entries.Select(entry => entry.FullName));
        Assert.Equal(0x81ED, zip.Entries[0].ExternalAttributes >>> 16);
        zip.Entries[1].ExtractToFile(desk.In("out.json"));
        var settings = SettingsFile.Load(desk.In("out.json")).Settings!;
        Assert.Equal("#d", settings.Rooms[0]["channel"]);
        Assert.Empty(settings.Tests);
    }

    [Fact]
    public async Task The_same_input_makes_the_same_bytes()
    {
        using var desk = new Desk().With("b", "binary").With("signalbox.yaml", "rooms: { a: local }");
        await desk.Type("package", "--bootstrap", "b", "-o", "one.zip");
        File.SetLastWriteTimeUtc(desk.In("b"), new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await desk.Type("package", "--bootstrap", "b", "-o", "two.zip");
        Assert.Equal(await File.ReadAllBytesAsync(desk.In("one.zip"), TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(desk.In("two.zip"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_tool_as_it_was_built_finds_the_function_as_it_was_built_from_any_folder()
    {
        using var clone = new Desk().With("artifacts/lambda/bootstrap", "binary").With("artifacts/cli/signalbox", "tool");
        using var desk = new Desk { Beside = clone.In("artifacts/cli") }.With("signalbox.yaml", "rooms: { a: local }");
        Assert.Equal((0, ""), (await desk.Type("package") is var typed ? typed.Code : -1, typed.Error));
        Assert.True(File.Exists(desk.In("signalbox.zip")));
    }

    [Fact]
    public async Task Without_a_function_it_says_how_to_get_one()
    {
        // What lies beside the folder of the tests is nobody's business.
        using var elsewhere = new Desk();
        using var desk = new Desk { Beside = elsewhere.In("artifacts/cli") };
        var typed = await desk.Type("package");
        Assert.Equal(66, typed.Code);
        Assert.Contains("./build.sh lambda", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_settings_are_never_packed()
    {
        using var desk = new Desk().With("bootstrap", "binary").With("signalbox.yaml", "rooms: { a: loca }");
        Assert.Equal(2, (await desk.Type("package")).Code);
        Assert.False(File.Exists(desk.In("signalbox.zip")));
    }
}
