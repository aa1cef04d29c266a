namespace Signalbox.Deploy;

/// <summary>policy.json: rights of a function besides those that follow from its files.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html</remarks>
internal static class PolicyFile
{
    private static readonly Shape Texts = Shapes.OneOrMany(Shapes.Text("a text"));

    private static readonly Section Statement = new("a statement", "policy.json",
    [
        new("Sid", FieldShapes.Words("a text"), "Its name."),
        new("Effect", Shapes.Word(["Allow", "Deny"]), "Whether it gives or takes the right.") { Required = true },
        new("Action", Texts, "What may be done."),
        new("NotAction", Texts, "What may not."),
        new("Resource", Texts, "To what."),
        new("NotResource", Texts, "To what not."),
        new("Condition", FieldShapes.Anything("conditions"), "When."),
    ])
    {
        Advice = name => name is "Principal" or "NotPrincipal" ? "The function's role is who may: a role's policy names nobody." : null,
        Together = (found, findings) =>
        {
            Either(found, "Action", findings);
            Either(found, "Resource", findings);
        },
    };

    private static readonly Section Document = new("a policy", "policy.json",
    [
        new("Version", Shapes.Word(["2012-10-17", "2008-10-17"]), "The language."),
        new("Id", FieldShapes.Words("a text"), "Its name."),
        new("Statement", Shapes.OneOrMany(Shapes.Fixed(Statement)), "The rights.") { Required = true },
    ]);

    /// <summary>The statements of a file, each as a JSON object; what is wrong is found.</summary>
    public static ValueList<string> Read(SourceFile? file, Papers papers)
    {
        if (papers.Read(file) is not { } tree) return [];
        if (tree is Tree.Scalar)
        {
            papers.Findings.Expected("an array of statements or a policy, as IAM writes them", tree);
            return [];
        }
        if (tree is Tree.List list) foreach (var item in list.Items) Shapes.Fixed(Statement).Check(item, papers.Findings);
        else Shapes.Fixed(Document).Check(tree, papers.Findings);
        return [.. from item in (tree is Tree.List ? tree : tree["Statement"])?.OneOrMany ?? [] select TreeText.Write(item)];
    }

    private static void Either(Tree found, string name, Findings findings)
    {
        if (found[name] is null == found["Not" + name] is null)
            findings.Says(found, $"expected {name} or Not{name} in a statement, found {(found[name] is null ? "neither" : "both")}.");
    }
}
