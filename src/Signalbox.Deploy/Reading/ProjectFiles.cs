namespace Signalbox.Deploy;

/// <summary>Reads a project's files: bytes in, the project or everything that is wrong out. Total.</summary>
public static class ProjectFiles
{
    /// <summary>Puts the files of a project together for one environment.</summary>
    /// <param name="sources">The files.</param>
    /// <param name="environment">The environment that was asked for; null for the files' own default.</param>
    /// <param name="sets">Variables that override the environment of every function.</param>
    public static ProjectOutcome Read(ProjectSources sources, string? environment, ValueList<Fact> sets)
    {
        var papers = new Papers();
        var project = Put(sources, environment, sets, papers);
        return new(papers.HasProblem ? null : project, papers.Told(warnings: false), papers.Told(warnings: true));
    }

    private static ProjectSpec? Put(ProjectSources sources, string? environment, ValueList<Fact> sets, Papers papers)
    {
        var root = sources.Root;
        if (root["project.json"] is null && (sources.Functions is not null || root["function.json"] is null))
        {
            papers.Says("expected project.json or function.json in this folder, found neither. signalbox init writes them; --project names another folder.");
            return null;
        }
        var isAlone = sources.Functions is null;
        if (sources.Functions is { Count: 0 })
        {
            papers.Says("expected a folder for each function in functions, found none. Each is functions/NAME with a function.json in it.");
            return null;
        }
        foreach (var set in sets)
        {
            if (FieldChecks.VariableFault(set.Name) is { } fault)
                papers.Says(Sentence.Of("the name of an environment variable to set", $"\"{set.Name}\"", fault));
            if (set.Value.Length >= FieldChecks.ShortestSecret) papers.Findings.Secrets.Add(set.Value);
        }

        var section = isAlone ? ProjectKeys.Alone : ProjectKeys.Project;
        var plain = papers.Fields(root["project.json"], section);
        var plainFunction = isAlone ? papers.Fields(root["function.json"], section) : null;
        var chosen = environment ?? plain?["defaultEnvironment"]?.Word ?? plainFunction?["defaultEnvironment"]?.Word;
        IsKnown(sources, environment, [plain?["defaultEnvironment"]?.Word, plainFunction?["defaultEnvironment"]?.Word], papers);
        var project = Overlay.Of(plain, Of("project", root, chosen, section, papers));

        var made = new List<FunctionSpec>();
        if (isAlone)
        {
            var function = Overlay.Of(plainFunction, Of("function", root, chosen, section, papers));
            project = Overlay.Of(project, function);
            made.Add(Function(project, project, root, chosen, sets, papers, NameTemplate.Alone, project["name"]?.Word ?? root.Name));
        }
        else
        {
            if (project["name"] is null && plain is not null)
                papers.Findings.Says(plain, "expected name in a project, found none. Names of functions in AWS begin with it.");
            foreach (var folder in sources.Functions!.Value)
            {
                var own = papers.Fields(folder["function.json"], ProjectKeys.Function);
                var its = environment ?? own?["defaultEnvironment"]?.Word ?? chosen;
                var function = Overlay.Of(own, Of("function", folder, its, ProjectKeys.Function, papers));
                var whole = Overlay.Of(Overlay.Only(project, ProjectKeys.Inheritable), function);
                made.Add(Function(whole, project, folder, its, sets, papers, NameTemplate.Usual, function["name"]?.Word ?? folder.Name));
            }
            Unique(made, papers);
        }
        return new()
        {
            Name = project["name"]?.Word ?? root.Name,
            Description = project["description"]?.Word ?? "",
            Environment = chosen,
            Profile = project["profile"]?.Word,
            Region = project["region"]?.Word,
            Functions = [.. made.OrderBy(function => function.Name, StringComparer.Ordinal)],
        };
    }

    private static Tree? Of(string kind, SourceFolder folder, string? environment, Section section, Papers papers) =>
        environment is null ? null : papers.Fields(folder[$"{kind}.{environment}.json"], section);

    private static FunctionSpec Function(
        Tree fields, Tree project, SourceFolder folder, string? environment, ValueList<Fact> sets, Papers papers, string usual, string name)
    {
        fields = Overlay.WithoutNulls(fields);
        if (!FieldShapes.IsNamed(name, 64, "_-"))
        {
            papers.Says($"{folder.Folder}: expected a folder called with letters, digits, _ and -, found \"{name}\". "
                + "Rename it, or say name in its function.json.");
        }
        var template = project["nameTemplate"];
        var filled = NameTemplate.Fill(template?.Word ?? usual, field => field switch
        {
            ".Project.Name" => project["name"]?.Word ?? folder.Name,
            ".Project.Environment" => environment,
            ".Project.Region" => project["region"]?.Word,
            ".Project.Profile" => project["profile"]?.Word,
            _ => name,
        });
        if (filled.Fault is { } fault && template is Tree.Scalar at && !papers.Findings.Problems.Any(problem => problem.Inside == at))
            papers.Findings.Inside(at, fault);
        var deployed = filled.Name ?? name;
        if (filled.Name is not null && FieldShapes.IsNamed(name, 64, "_-") && !FieldShapes.IsNamed(deployed, 64, "_-"))
        {
            var says = Sentence.Of($"a name for {name} in AWS of at most 64 letters, digits, _ and -", $"\"{deployed}\" ({deployed.Length})",
                "nameTemplate makes it.");
            if (template is not null) papers.Findings.Says(template, says);
            else papers.Says($"{folder.Folder}: {says}");
        }
        var spec = FunctionFields.Of(fields, new() { Name = name, DeployedName = deployed, Folder = folder.Folder }, folder.Entries, sets);
        Together.Check(fields, spec, papers);
        return spec with { Statements = PolicyFile.Read(folder["policy.json"], papers) };
    }

    /// <summary>A slip in the name of an environment would deploy the plain files in its place.</summary>
    private static void IsKnown(ProjectSources sources, string? asked, ValueList<string?> usual, Papers papers)
    {
        if (asked is null || usual.Contains(asked)) return;
        if (!FieldShapes.IsNamed(asked, 32, "_-"))
        {
            papers.Says(Sentence.Of("the name of an environment (letters, digits, _ and -)", $"\"{asked}\""));
            return;
        }
        ValueList<string> known =
        [
            .. (from folder in (IEnumerable<SourceFolder>)[sources.Root, .. sources.Functions ?? []]
                from file in folder.Files
                let parts = file.Name.Split('.')
                where parts is ["project" or "function", _, "json"]
                select parts[1]).Concat(usual.OfType<string>()).Distinct().Order(StringComparer.Ordinal),
        ];
        if (known.Contains(asked)) return;
        if (known.Count is 0) papers.Warns($"no file speaks of the environment {asked}: there is no project.{asked}.json and no function.{asked}.json.");
        else papers.Says(Sentence.Of($"an environment that a file speaks of ({string.Join(", ", known)})", $"\"{asked}\"", Nearest.Hint(asked, known)));
    }

    private static void Unique(List<FunctionSpec> functions, Papers papers)
    {
        foreach (var same in functions.GroupBy(function => function.Name).Where(group => group.Count() > 1))
        {
            var folders = string.Join(" and ", same.Select(function => function.Folder));
            papers.Says($"expected a name of its own for each function, found \"{same.Key}\" in {folders}.");
        }
        foreach (var same in functions.GroupBy(function => function.DeployedName).Where(group => group.Select(each => each.Name).Distinct().Count() > 1))
        {
            var names = string.Join(" and ", same.Select(function => function.Name));
            papers.Says($"expected a name in AWS of its own for each function, found \"{same.Key}\" for {names}. "
                + "Put {{.Function.Name}} into nameTemplate.");
        }
    }
}
