namespace Signalbox.Lambda.Tests;

public sealed class StartTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("signalbox").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Without_any_file_everything_goes_to_the_local_room() =>
        Assert.Same(Settings.None, Start.Settings(_ => null, folder).Settings);

    [Fact]
    public void A_file_that_was_asked_for_has_to_be_there()
    {
        var loaded = Start.Settings(name => name == "SIGNALBOX_CONFIG" ? "other.json" : null, folder);

        Assert.Null(loaded.Settings);
        Assert.Contains("other.json", Assert.Single(loaded.Problems), StringComparison.Ordinal);
    }
}
