namespace Signalbox.Deploy;

/// <summary>What is written from the table of fields: the tables of docs/project-files.md and the schemas for editors.</summary>
public static class ProjectDocs
{
    /// <summary>The page with its tables as they are now; unchanged when its marks are missing.</summary>
    /// <param name="page">The page as it is.</param>
    public static string Write(string page) => ConfigurationDocs.Write(page, ProjectKeys.Sections);

    /// <summary>The JSON Schema of project.json, of a project of one function too.</summary>
    public static string ProjectSchema() => Schema.Write("Signalbox project", Shapes.Fixed(ProjectKeys.Alone).Schema);

    /// <summary>The JSON Schema of function.json beside a project.</summary>
    public static string FunctionSchema() => Schema.Write("Signalbox function", Shapes.Fixed(ProjectKeys.Function).Schema);
}
