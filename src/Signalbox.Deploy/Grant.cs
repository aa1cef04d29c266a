using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Deploy;

/// <summary>Lets one topic or one rule, and nobody else, send to a queue, or call a function.</summary>
/// <param name="Principal">Who sends: <c>sns.amazonaws.com</c>.</param>
/// <param name="Source">The ARN of the topic or rule.</param>
/// <param name="To">The ARN of the queue or of the function's alias.</param>
public sealed record Grant(string Principal, string Source, string To)
{
    /// <summary>How the names of all our statements begin.</summary>
    public const string Prefix = "signalbox";

    /// <summary>Its name among the statements: the same for the same right, so that what is there is known by it.</summary>
    public string Sid => $"{Prefix}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Principal} {Source} {To}")))[..24]}";

    /// <summary>The statement of the queue's policy.</summary>
    /// <seealso href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-least-privilege-policy.html"/>
    public string Statement => CanonicalJson.Written(json =>
    {
        json.WriteStartObject();
        json.WriteString(nameof(Sid), Sid);
        json.WriteString("Effect", "Allow");
        json.WriteStartObject(nameof(Principal));
        json.WriteString("Service", Principal);
        json.WriteEndObject();
        json.WriteString("Action", "sqs:SendMessage");
        json.WriteString("Resource", To);
        json.WriteStartObject("Condition");
        json.WriteStartObject("ArnEquals");
        json.WriteString("aws:SourceArn", Source);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>A queue's policy without a statement; null when none is left.</summary>
    public static string? Without(string? policy, string sid) => Others(policy, sid).Count is 0 ? null : With(policy, sid, null);

    /// <summary>The sources of our statements in a queue's policy, with their names.</summary>
    public static ValueList<(string Sid, string Source)> Ours(string? policy)
    {
        var ours = new List<(string, string)>();
        foreach (var statement in Read(policy)["Statement"u8].Items)
        {
            if (statement["Sid"u8].Text is { } sid && sid.StartsWith(Prefix, StringComparison.Ordinal))
                ours.Add((sid, statement["Condition"u8]["ArnEquals"u8]["aws:SourceArn"u8].Text ?? ""));
        }
        return [.. ours];
    }

    private static Json Read(string? policy) => policy is { Length: > 0 } ? Json.Parse(Encoding.UTF8.GetBytes(policy)).Value : default;

    private static List<string> Others(string? policy, string sid)
    {
        var others = new List<string>();
        foreach (var statement in Read(policy)["Statement"u8].Items)
        {
            if (!statement["Sid"u8].TextIs(Encoding.UTF8.GetBytes(sid))) others.Add(Encoding.UTF8.GetString(statement.Raw));
        }
        return others;
    }

    /// <summary>A queue's policy in which a statement of this name is this one; without it for null. Every other one stays.</summary>
    public static string With(string? policy, string sid, string? statement) => CanonicalJson.Written(json =>
    {
        json.WriteStartObject();
        json.WriteString("Version", Read(policy)["Version"u8].Text ?? "2012-10-17");
        json.WriteStartArray(nameof(Statement));
        foreach (var other in Others(policy, sid)) json.WriteRawValue(other);
        if (statement is not null) json.WriteRawValue(statement);
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
