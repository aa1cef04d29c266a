namespace Signalbox.Deploy;

/// <summary>A language of templates.</summary>
/// <param name="Name">What people type.</param>
/// <param name="About">What it is, one line.</param>
/// <param name="Write">Writes the template.</param>
public sealed record TemplateKind(string Name, string About, Func<Blueprint, string> Write)
{
    /// <summary>All there are: one file and one row each.</summary>
    public static readonly ValueList<TemplateKind> All = [CloudFormation.Kind, Sam.Kind, Terraform.Kind];
}
