using System.Runtime.CompilerServices;
using Signalbox.Effects;

namespace Signalbox.Tests;

/// <summary>Pages that the program writes are those in the repository. ACCEPT=1 writes them.</summary>
public class Pages
{
    [Fact]
    public void The_page_about_configuration_has_every_key_as_it_is_now()
    {
        var page = File.ReadAllText(In("docs/configuration.md"));
        Assert.Contains(ConfigurationDocs.Begin, page, StringComparison.Ordinal);
        Same("docs/configuration.md", ConfigurationDocs.Write(page));
    }

    [Fact]
    public void The_schema_for_editors_is_as_it_is_now() => Same("docs/signalbox.schema.json", Schema.Write());

    [Fact]
    public void The_page_about_chats_is_as_it_is_now() => Same("docs/chats.md", ChatsDocs.Write());

    [Fact]
    public void The_example_on_the_page_about_chats_is_valid() =>
        Assert.Empty(SettingsReader.Read(Yaml.Read(ChatsDocs.Write().Split("```yaml\n")[1].Split("```")[0]).Tree!).Problems);

    [Fact]
    public void The_example_on_the_page_about_configuration_is_valid()
    {
        var page = File.ReadAllText(In("docs/configuration.md"));
        var example = page.Split("```yaml\n")[1].Split("```")[0];
        var read = SettingsReader.Read(Yaml.Read(example).Tree!);
        Assert.Empty(read.Problems);
        Assert.Equal(4, read.Settings!.Routes.Count);
    }

    private static void Same(string path, string now)
    {
        if (Environment.GetEnvironmentVariable("ACCEPT") is "1") File.WriteAllText(In(path), now);
        Assert.Equal(File.ReadAllText(In(path)), now);
    }

    private static string In(string path, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../..", path);
}
