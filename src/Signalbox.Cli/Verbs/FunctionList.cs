using System.CommandLine;
using System.Globalization;
using Signalbox.Aws.Cloud;
using Signalbox.Cli.Projects;
using Signalbox.Deploy;

namespace Signalbox.Cli.Verbs;

/// <summary>The functions of a project, as they are in AWS.</summary>
internal static class FunctionList
{
    public static readonly Verb Row = new("list", "List the functions of a project and what is deployed of them.", """
        Examples:
          signalbox list
          signalbox list --env prod --json
          signalbox list --tfvars > functions.tfvars

        --tfvars prints apex_function_NAME="ARN" for each function, as Apex did.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var alias = CloudInputs.Alias();
        var json = new Option<bool>("--json") { Description = "One line of JSON for each function." };
        var tfvars = new Option<bool>("--tfvars") { Description = "Variables of Terraform." };
        var inputs = new ProjectInputs(command);
        var cloud = new CloudInputs(command);
        foreach (var option in (Option[])[alias, json, tfvars]) command.Add(option);
        return async parsed => inputs.Load(parsed, shell) is { } project
            ? await cloud.With(parsed, project, shell, async (aws, stop) =>
            {
                var all = await Task.WhenAll(project.Functions.Select(async function =>
                    (function, await DeployedFunction.Find(aws, function.DeployedName, parsed.GetValue(alias)!, stop))));
                if (parsed.GetValue(json))
                {
                    foreach (var (function, deployed) in all) shell.Out.WriteLine(Line(function, deployed));
                }
                else if (parsed.GetValue(tfvars))
                {
                    foreach (var (function, _) in all)
                        shell.Out.WriteLine($"apex_function_{function.Name}=\"{aws.Site.Function(function.DeployedName)}\"");
                }
                else
                {
                    Table(all, shell);
                }
                return Exit.Fine;
            })
            : Exit.Usage;
    }

    private static string Line(FunctionSpec function, DeployedFunction? deployed) => CanonicalJson.Written(json =>
    {
        json.WriteStartObject();
        json.WriteString("name", function.Name);
        json.WriteString("deployed", function.DeployedName);
        json.WriteBoolean("exists", deployed is not null);
        if (deployed is not null)
        {
            json.WriteString("arn", deployed.Arn);
            if (deployed.Version is { } version) json.WriteNumber("version", version);
            json.WriteString("runtime", deployed.Runtime);
            json.WriteNumber("memory", deployed.Memory);
            json.WriteNumber("timeout", deployed.Timeout);
            if (deployed.Updated is { } updated) json.WriteString("updated", updated.UtcDateTime);
            json.WriteNumber("codeSize", deployed.CodeSize);
        }
        json.WriteEndObject();
    });

    private static void Table((FunctionSpec Function, DeployedFunction? Deployed)[] all, Shell shell)
    {
        string[][] rows =
        [
            ["NAME", "DEPLOYED AS", "VERSION", "MEMORY", "UPDATED", "CODE"],
            .. from row in all
               select row.Deployed is not { } deployed
                   ? (string[])[row.Function.Name, "not deployed", "", "", "", ""]
                   :
                   [
                       row.Function.Name, row.Function.DeployedName, deployed.Version?.ToString(CultureInfo.InvariantCulture) ?? "no alias",
                       $"{deployed.Memory} MB", deployed.Updated?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "",
                       Quantity.Size(deployed.CodeSize),
                   ],
        ];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows) shell.Out.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
