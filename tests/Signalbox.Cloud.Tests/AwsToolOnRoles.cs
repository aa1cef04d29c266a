namespace Signalbox.Cloud.Tests;

/// <summary>What AWS's own tool makes of the stand-in: IAM and STS.</summary>
public sealed class AwsToolOnRoles : IDisposable
{
    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    private readonly AwsStandin aws = new();
    private readonly AwsTool tool;

    public AwsToolOnRoles()
    {
        AwsTool.Needed();
        tool = new(aws);
    }

    public void Dispose() => aws.Dispose();

    [Fact]
    public async Task It_is_told_who_it_is()
    {
        var identity = await tool.Do("sts", "get-caller-identity");
        Assert.Equal((AwsStandin.Account, $"arn:aws:iam::{AwsStandin.Account}:user/deployer"), (identity.GetProperty("Account").GetString(), identity.GetProperty("Arn").GetString()));
    }

    [Fact]
    public async Task A_role_is_made_shown_and_deleted()
    {
        var made = (await tool.Do("iam", "create-role", "--role-name", "telling", "--assume-role-policy-document", Trust, "--tags", "Key=team,Value=ops", "--description", "tells")).GetProperty("Role");
        Assert.Equal($"arn:aws:iam::{AwsStandin.Account}:role/telling", made.GetProperty("Arn").GetString());
        Assert.Contains("EntityAlreadyExists", await tool.Fails("iam", "create-role", "--role-name", "telling", "--assume-role-policy-document", Trust), StringComparison.Ordinal);
        var shown = (await tool.Do("iam", "get-role", "--role-name", "telling")).GetProperty("Role");
        Assert.Equal("lambda.amazonaws.com", shown.GetProperty("AssumeRolePolicyDocument").GetProperty("Statement")[0].GetProperty("Principal").GetProperty("Service").GetString());
        Assert.Equal("ops", shown.GetProperty("Tags")[0].GetProperty("Value").GetString());

        const string policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:SendMessage"],"Resource":"arn:aws:sqs:eu-west-1:123456789012:q"}]}""";
        await tool.Do("iam", "put-role-policy", "--role-name", "telling", "--policy-name", "own", "--policy-document", policy);
        Assert.Equal("own", (await tool.Do("iam", "list-role-policies", "--role-name", "telling")).GetProperty("PolicyNames")[0].GetString());
        Assert.Equal("sqs:SendMessage", (await tool.Do("iam", "get-role-policy", "--role-name", "telling", "--policy-name", "own"))
            .GetProperty("PolicyDocument").GetProperty("Statement")[0].GetProperty("Action")[0].GetString());
        await tool.Do("iam", "attach-role-policy", "--role-name", "telling", "--policy-arn", "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole");
        Assert.Equal("AWSLambdaBasicExecutionRole", (await tool.Do("iam", "list-attached-role-policies", "--role-name", "telling")).GetProperty("AttachedPolicies")[0].GetProperty("PolicyName").GetString());

        var judged = await tool.Do("iam", "simulate-principal-policy", "--policy-source-arn", made.GetProperty("Arn").GetString()!, "--action-names", "sqs:SendMessage", "sqs:DeleteQueue",
            "--resource-arns", "arn:aws:sqs:eu-west-1:123456789012:q");
        Assert.Equal(["allowed", "implicitDeny"], judged.GetProperty("EvaluationResults").EnumerateArray().Select(one => one.GetProperty("EvalDecision").GetString()));

        await tool.Do("iam", "tag-role", "--role-name", "telling", "--tags", "Key=env,Value=prod");
        await tool.Do("iam", "update-assume-role-policy", "--role-name", "telling", "--policy-document", Trust);
        Assert.Contains("(DeleteConflict)", await tool.Fails("iam", "delete-role", "--role-name", "telling"), StringComparison.Ordinal);
        await tool.Do("iam", "detach-role-policy", "--role-name", "telling", "--policy-arn", "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole");
        await tool.Do("iam", "delete-role-policy", "--role-name", "telling", "--policy-name", "own");
        await tool.Do("iam", "delete-role", "--role-name", "telling");
        Assert.Contains("(NoSuchEntity)", await tool.Fails("iam", "get-role", "--role-name", "telling"), StringComparison.Ordinal);
        Assert.Empty(aws.Iam.Roles);
    }
}
