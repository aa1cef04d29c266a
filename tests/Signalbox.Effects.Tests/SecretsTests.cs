namespace Signalbox.Effects.Tests;

public sealed class SecretsTests : IDisposable
{
    private readonly Secrets secrets = new();
    private readonly string file = Path.GetTempFileName();
    private readonly string variable = $"SIGNALBOX_TEST_{Guid.NewGuid():N}";

    public void Dispose()
    {
        File.Delete(file);
        Environment.SetEnvironmentVariable(variable, null);
    }

    private async Task<Revealed> Reveal(string reference, bool afresh = false) =>
        await secrets.Reveal(reference, afresh, TestContext.Current.CancellationToken);

    [Fact]
    public async Task An_address_stands_for_itself() =>
        Assert.Equal("https://hooks.example/services/T/B/x", (await Reveal("https://hooks.example/services/T/B/x")).Value);

    [Fact]
    public async Task A_variable_is_read_without_the_white_space_around_it()
    {
        Environment.SetEnvironmentVariable(variable, " secret \n");
        Assert.Equal("secret", (await Reveal($"env:{variable}")).Value);
    }

    [Fact]
    public async Task Of_a_file_the_first_line_is_read()
    {
        await File.WriteAllTextAsync(file, "secret \r\nand notes\n", TestContext.Current.CancellationToken);
        Assert.Equal("secret", (await Reveal($"file:{file}")).Value);
    }

    [Fact]
    public async Task A_value_is_remembered_until_it_is_asked_for_afresh()
    {
        Environment.SetEnvironmentVariable(variable, "old");
        await Reveal($"env:{variable}");
        Environment.SetEnvironmentVariable(variable, "new");

        Assert.Equal("old", (await Reveal($"env:{variable}")).Value);
        Assert.Equal("new", (await Reveal($"env:{variable}", afresh: true)).Value);
        Assert.Equal("new", (await Reveal($"env:{variable}")).Value);
    }

    [Fact]
    public async Task What_is_missing_is_looked_for_again_the_next_time()
    {
        Assert.Equal(new(null, $"environment variable {variable} is not set"), await Reveal($"env:{variable}"));
        Environment.SetEnvironmentVariable(variable, "there");
        Assert.Equal("there", (await Reveal($"env:{variable}")).Value);
    }

    [Fact]
    public async Task Each_way_to_be_missing_has_its_words()
    {
        Environment.SetEnvironmentVariable(variable, " ");
        Assert.Equal($"environment variable {variable} is empty", (await Reveal($"env:{variable}")).Why);
        Assert.Equal($"the first line of file {file} is empty", (await Reveal($"file:{file}")).Why);
        Assert.Equal($"file {file}.none does not exist", (await Reveal($"file:{file}.none")).Why);
        Assert.Equal($"file {Path.GetTempPath()} cannot be read", (await Reveal($"file:{Path.GetTempPath()}")).Why);
        Assert.Equal("its secret is neither env:NAME nor file:PATH, ssm:NAME, secretsmanager:NAME or kms:BASE64 nor an http or https address", (await Reveal("xoxb-123")).Why);
    }

    [Fact]
    public async Task A_secret_does_not_show_itself() =>
        Assert.DoesNotContain("hooks", (await Reveal("https://hooks.example/T/B/x")).ToString(), StringComparison.Ordinal);
}
