namespace Signalbox.Deploy;

/// <summary>A file as it was read.</summary>
/// <param name="Name">Its name in its folder: <c>project.json</c>.</param>
/// <param name="Shown">What messages call it: its path as a person would type it.</param>
/// <param name="Bytes">What stands in it.</param>
public sealed record SourceFile(string Name, string Shown, byte[] Bytes);

/// <summary>What lies in a folder, as far as it matters here.</summary>
/// <param name="Name">The folder's own name.</param>
/// <param name="Folder">Its path from the project's: <c>functions/NAME</c>, or "." for the project's own.</param>
/// <param name="Files">Those called project.json, project.*.json, function.json, function.*.json and policy.json.</param>
/// <param name="Entries">The names of everything in it, one level deep, sorted.</param>
public sealed record SourceFolder(string Name, string Folder, ValueList<SourceFile> Files, ValueList<string> Entries)
{
    internal SourceFile? this[string name] => Files.FirstOrDefault(file => file.Name == name);
}

/// <summary>A project as it lies on disk.</summary>
/// <param name="Root">Its folder.</param>
/// <param name="Functions">The folders in <c>functions</c>, sorted; null where there is no such folder, so that the root is the function.</param>
public sealed record ProjectSources(SourceFolder Root, ValueList<SourceFolder>? Functions);

/// <summary>A project that was read, or everything that is wrong with it.</summary>
/// <param name="Project">The project; null when there is a problem.</param>
/// <param name="Problems">Each a whole message: place, expected, found, line and caret. None shows a value of the environment.</param>
/// <param name="Warnings">What is doubtful, in the same form; the project holds all the same.</param>
public sealed record ProjectOutcome(ProjectSpec? Project, ValueList<string> Problems, ValueList<string> Warnings);
