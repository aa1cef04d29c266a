namespace Signalbox;

/// <summary>The first page of a service in the console, for events that no row knows.</summary>
internal static class ConsoleHome
{
    /// <summary>A link to it; null without a region.</summary>
    /// <param name="service">What follows "aws." in the event's publisher.</param>
    /// <param name="region">A region code.</param>
    public static Link? Of(string service, string? region) => ConsolePage.Link($"Open {NameOf(service)}", region, $"{PageOf(service)}/home");

    /// <summary>Services whose page is called otherwise than they call themselves.</summary>
    private static string PageOf(string service) => service switch
    {
        "ssm" or "ssm-incidents" => "systems-manager",
        "es" or "aoss" or "osis" => "aos",
        "monitoring" or "logs" => "cloudwatch",
        "autoscaling" or "ebs" or "elasticloadbalancing" or "ec2fleet" or "ec2spotfleet" => "ec2",
        "elasticfilesystem" => "efs",
        "kafka" => "msk",
        "dynamodb" => "dynamodbv2",
        "redshift" or "redshift-data" or "redshift-serverless" => "redshiftv2",
        "dms" => "dms/v2",
        "inspector2" => "inspector/v2",
        "codebuild" or "codepipeline" or "codecommit" or "codedeploy" or "codeartifact" => $"codesuite/{service}",
        "ce" or "budgets" or "savingsplans" => "costmanagement",
        "tag" or "resource-groups" => "resource-groups",
        "networkmanager" or "vpn" or "directconnect" => service is "directconnect" ? "directconnect/v2" : "vpcconsole",
        "signin" or "iam" or "sts" => "iam",
        _ => service,
    };

    private static string NameOf(string service) => service switch
    {
        "states" => "Step Functions",
        "ssm" => "Systems Manager",
        "directconnect" => "Direct Connect",
        "kafka" => "MSK",
        "events" or "scheduler" or "pipes" => "EventBridge",
        "monitoring" or "logs" => "CloudWatch",
        "secretsmanager" => "Secrets Manager",
        "iot" => "IoT",
        _ when service.Length <= 3 => service.ToUpperInvariant(),
        _ => Phrase.Capital(service),
    };
}
