using System.Runtime.CompilerServices;

namespace Signalbox.Deploy.Tests;

/// <summary>Pages that the program writes are those in the repository. ACCEPT=1 writes them.</summary>
public sealed class Pages
{
    [Fact]
    public void The_page_about_project_files_has_every_field_as_it_is_now()
    {
        var page = File.ReadAllText(In("docs/project-files.md"));
        Assert.Contains(ConfigurationDocs.Begin, page, StringComparison.Ordinal);
        Same("docs/project-files.md", ProjectDocs.Write(page));
    }

    [Fact]
    public void The_schemas_for_editors_are_as_they_are_now()
    {
        Same("docs/project.schema.json", ProjectDocs.ProjectSchema());
        Same("docs/function.schema.json", ProjectDocs.FunctionSchema());
    }

    [Fact]
    public void The_examples_on_the_page_are_valid()
    {
        var examples = File.ReadAllText(In("docs/project-files.md")).Split("```json\n").Skip(1).Select(part => part.Split("```")[0]).ToList();
        var function = Project.Of(("project.json", examples[0]), ("functions/signalbox/function.json", examples[1]), ("functions/signalbox/signalbox.yaml", "")).Function();
        Assert.Equal(("ops_signalbox", "signalbox.yaml", "signalbox-events"), (function.DeployedName, function.Settings, function.OwnQueue));
    }

    private static void Same(string path, string now)
    {
        if (Environment.GetEnvironmentVariable("ACCEPT") is "1") File.WriteAllText(In(path), now);
        Assert.Equal(File.ReadAllText(In(path)), now);
    }

    private static string In(string path, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../..", path);
}
