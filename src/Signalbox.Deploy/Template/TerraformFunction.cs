namespace Signalbox.Deploy;

/// <summary>The function for Terraform: role, log, code, alias, address.</summary>
/// <seealso href="https://registry.terraform.io/providers/hashicorp/aws/latest/docs"/>
internal sealed class TerraformFunction(Blueprint blueprint, TerraformNames names)
{
    private Release Release => blueprint.Release;

    private FunctionSpec Spec => blueprint.Spec;

    private string Label => names["function"];

    /// <summary>A resource.</summary>
    public static HclBlock Resource(string type, string label, string? why, ValueList<Member> members, ValueList<HclBlock> blocks = default) =>
        new($"resource \"{type}\" \"{label}\"", members, blocks, why);

    /// <summary>The tags, where there are any.</summary>
    public static Member Tags(FunctionSpec spec) => new("tags", spec.Tags.Count > 0 ? TerraformNames.Code("local.tags") : null);

    public IEnumerable<HclBlock> Role()
    {
        if (blueprint.The(PieceKind.Role) is not { } role) yield break;
        yield return Resource("aws_iam_role", Label, null,
        [
            new("name", TerraformNames.Text(role.Name)), new("description", TerraformNames.Text($"Function {Spec.DeployedName}")),
            new("assume_role_policy", HclText.Encoded(Node.InOrder(Node.OfJson(role["trust"], TerraformNames.Text), _ => null), "  ")), Tags(Spec),
        ]);
        yield return Resource("aws_iam_role_policy", Label, blueprint.RightsWords,
        [
            new("name", TerraformNames.Text("signalbox")), new("role", TerraformNames.Code($"aws_iam_role.{Label}.id")),
            new("policy", HclText.Encoded(
                Node.InOrder(Node.OfJson(blueprint.The(PieceKind.Rights)!["policy"], names.Say), Blueprint.WhyOfRight), "  ")),
        ]);
    }

    public HclBlock LogGroup()
    {
        var group = blueprint.The(PieceKind.LogGroup)!;
        return Resource("aws_cloudwatch_log_group", Label, blueprint.LogWords,
        [
            new("name", TerraformNames.Text(group.Name)),
            new("retention_in_days", group["retention"] is { Length: > 0 } days ? Node.Of(days) : null), Tags(Spec),
        ]);
    }

    public IEnumerable<HclBlock> Function()
    {
        ValueList<HclBlock> blocks =
        [
            new("ephemeral_storage", [new("size", Node.Of(Release.Number(Spec.EphemeralStorage)))], []),
            .. Block(Spec.Environment.Count > 0, "environment", new Member("variables", new Node.Map(
                [.. from variable in Spec.Environment select new Member(variable.Name, Variable(variable))]))),
            .. Spec.Vpc is null ? [] : Block(true, "vpc_config", new("subnet_ids", names.Given("subnets")), new("security_group_ids",
                names.Given("security groups"))),
            .. Spec.DeadLetterArn is { } dead ? Block(true, "dead_letter_config", new Member("target_arn", names.Say(dead))) : [],
            .. Block(true, "logging_config", new("log_format", TerraformNames.Text(Spec.Logs.Format)),
                new("log_group", TerraformNames.Code($"aws_cloudwatch_log_group.{Label}.name"))),
        ];
        yield return Resource("aws_lambda_function", Label, null,
        [
            new("function_name", TerraformNames.Text(Spec.DeployedName)),
            new("description", Spec.Description.Length > 0 ? TerraformNames.Text(Spec.Description) : null),
            new("role", Spec.Role is { } role ? names.Say(role) : TerraformNames.Code($"aws_iam_role.{Label}.arn")),
            new("filename", TerraformNames.Code("var.zip")), new("source_code_hash", TerraformNames.Code("filebase64sha256(var.zip)")),
            new("runtime", TerraformNames.Text(Spec.Runtime)), new("handler", TerraformNames.Text(Spec.Handler)),
            new("architectures", new Node.Several([TerraformNames.Text(Spec.Architecture)])),
            new("memory_size", Node.Of(Release.Number(Spec.Memory))), new("timeout", Node.Of(Release.Number(Spec.Timeout))),
            new("layers", Spec.Layers.Count > 0 ? names.Given("layers") : null), new("kms_key_arn", Spec.KmsKeyArn is { } key ? names.Say(key) : null),
            new("reserved_concurrent_executions", Spec.ReservedConcurrency is { } reserved ? Node.Of(Release.Number(reserved)) : null),
            Tags(Spec),
            new("publish", TerraformNames.Code("true"), "Each change publishes a version, which the alias names then."),
            new("depends_on", Spec.Role is null ? TerraformNames.Code($"[aws_iam_role_policy.{Label}]") : null,
                "Lambda looks at the rights when it makes the function."),
        ], blocks);
        yield return Resource("aws_lambda_alias", "live", null,
        [
            new("name", TerraformNames.Text(Release.Alias)), new("function_name", TerraformNames.Code($"{names.Function}.function_name")),
            new("function_version", TerraformNames.Code($"{names.Function}.version")),
        ]);
    }

    public IEnumerable<HclBlock> Url()
    {
        if (blueprint.The(PieceKind.Url) is not { } url) yield break;
        yield return Resource("aws_lambda_function_url", Label, null, [.. AtAlias(names), new("authorization_type", TerraformNames.Text(url["auth"]))]);
    }

    public IEnumerable<HclBlock> AsyncCalls()
    {
        if (blueprint.The(PieceKind.AsyncCalls) is not { } calls) yield break;
        yield return Resource("aws_lambda_function_event_invoke_config", Label, null,
            [.. AtAlias(names), new("maximum_retry_attempts", Node.Of(calls["tries again"]))],
            calls["on failure"] is { Length: > 0 } to
                ? [new("destination_config", [], [new("on_failure", [new("destination", names.Say(to))], [])])]
                : []);
    }

    /// <summary>The alias by the function's name and its own.</summary>
    public static ValueList<Member> AtAlias(TerraformNames names) =>
    [
        new("function_name", TerraformNames.Code($"{names.Function}.function_name")),
        new("qualifier", TerraformNames.Code($"{TerraformNames.Alias}.name")),
    ];

    private Node Variable(Fact variable) =>
        TemplateInput.IsSecretValue(variable) ? names.Given(TemplateInput.Secret(variable.Name)) : TerraformNames.Text(variable.Value);

    private static ValueList<HclBlock> Block(bool isThere, string name, params ValueList<Member> members) => isThere ? [new(name, members, [])] : [];
}
