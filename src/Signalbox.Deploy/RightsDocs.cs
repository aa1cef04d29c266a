using System.Text;

namespace Signalbox.Deploy;

/// <summary>Writes the page about rights, docs/rights.md, from the table that policies are made from.</summary>
internal static class RightsDocs
{
    private static readonly Site Site = new("PARTITION", "REGION", "ACCOUNT");

    /// <summary>The page.</summary>
    public static string Write()
    {
        var text = new StringBuilder("""
            <!-- Written from src/Signalbox.Deploy/Policy.cs by the tests (ACCEPT=1): do not edit. -->
            # Rights

            The role of a function that `signalbox deploy` makes, or a [template](templates.md), has these rights in one inline policy called `signalbox`.
            Each comes from what the function's files and settings use; without a use there is no statement. A resource is an ARN wherever it is known before.
            `signalbox deploy --dry-run` shows the statements of a function by name, and a template shows them in full. A function with `role` in its
            `function.json` keeps that role as it is. More rights go into `policy.json` beside `function.json`, as statements of IAM.

            Lambda alone may take the role (`sts:AssumeRole` for `lambda.amazonaws.com`).

            | Statement | When | Actions | Resources | Why |
            | --- | --- | --- | --- | --- |

            """);
        Release[] releases = [.. from place in Places select With(place)];
        foreach (var right in Policy.All)
        {
            var resources = releases.SelectMany(right.Resources).Distinct().Order(StringComparer.Ordinal);
            text.Append($"| `{right.Sid}` | {right.When} | {Listed(right.Actions)} | {Listed(resources)} | {right.Why} |\n");
        }
        text.Append("""

            ## Who may call and send

            These are rights of others, kept with the queue and the alias. Each names one sender by its ARN.

            | Kept with | Who | Action | When |
            | --- | --- | --- | --- |
            | the function's first queue | one topic (`sns.amazonaws.com`) | `sqs:SendMessage` | `topics` and a queue of its own |
            | the function's first queue | one rule (`events.amazonaws.com`) | `sqs:SendMessage` | `rules` and a queue of its own |
            | the alias | one topic (`sns.amazonaws.com`) | `lambda:InvokeFunction` | `topics` without a queue of its own |
            | the alias | one rule (`events.amazonaws.com`) | `lambda:InvokeFunction` | `schedules`; `rules` without a queue of its own |
            | the alias | everybody | `lambda:InvokeFunctionUrl`; `lambda:InvokeFunction` by the address alone | `url: none`: the function checks who calls |

            """);
        return text.ToString();
    }

    /// <summary>Where settings may lie.</summary>
    private static readonly ValueList<string> Places =
        ["ssm:PARAMETER", "s3://bucket/key", "s3://bucket/key?versionId=ID", "appconfig:APPLICATION/ENVIRONMENT/PROFILE"];

    /// <summary>A function that uses everything, with its settings in one place, so that every row has resources.</summary>
    private static Release With(string place)
    {
        var spec = new FunctionSpec
        {
            Name = "FUNCTION",
            DeployedName = "FUNCTION",
            Folder = ".",
            Queues = ["QUEUE"],
            Schedules = [new("NAME", "rate(1 minute)", null)],
            Vpc = new(["subnet-1"], []),
            KmsKeyArn = "arn:PARTITION:kms:REGION:ACCOUNT:key/KEY",
            Environment = [new("SIGNALBOX_CONFIG", place)],
        };
        var settings = Settings.None with
        {
            Rooms =
            [
                new Room
                {
                    Name = "ROOM",
                    Chat = "sns",
                    Options = [new("topic", "arn:PARTITION:sns:REGION:ACCOUNT:TOPIC"), new("key-id", "env:AWS_ACCESS_KEY_ID")],
                },
                Reading("ssm:PARAMETER"),
                Reading("secretsmanager:SECRET"),
                Reading("kms:Q0lQSEVSVEVYVA=="),
            ],
            Store = "dynamodb://TABLE",
            Lookups = Signalbox.Lookups.None with { Tags = true, Accounts = true },
        };
        return new("PROJECT", null, spec, new("", 0), settings, Site, Release.UsualAlias);
    }

    private static Room Reading(string secret) => new() { Name = secret, Chat = "slack", Options = [new("webhook", secret)] };

    private static string Listed(IEnumerable<string> items) => string.Join("<br>", items.Select(item => $"`{item}`")) is { Length: > 0 } listed
        ? listed : "the ARN that is said";
}
