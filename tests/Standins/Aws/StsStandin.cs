using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>STS: identities and sessions.</summary>
public sealed class StsStandin
{
    private readonly AwsStandin aws;

    internal StsStandin(AwsStandin aws)
    {
        this.aws = aws;
        Service = new([AwsProtocol.Query("https://sts.amazonaws.com/doc/2011-06-15/")], new()
        {
            ["GetCallerIdentity"] = call => new JsonObject { ["UserId"] = "AIDACKCEVSQ6C2EXAMPLE", ["Account"] = call.Account, ["Arn"] = call.Caller.Arn },
            ["AssumeRole"] = Assume,
            ["AssumeRoleWithWebIdentity"] = AssumeByToken,
        }, call => call.Text("RoleArn") ?? "*");
    }

    internal AwsService Service { get; }

    /// <summary>The codes that devices for MFA show now, by the device's serial number.</summary>
    public Dictionary<string, string> Devices { get; } = [];

    /// <summary>Tokens of web identities that are good, with the ARN of their provider.</summary>
    public Dictionary<string, string> WebTokens { get; } = [];

    /// <summary>A session of a role.</summary>
    public AwsIdentity Session(IamRole role, string name, TimeSpan lasts) => aws.Add(new(
        $"ASIA{Guid.NewGuid():N}"[..20].ToUpperInvariant(), Convert.ToBase64String(Guid.NewGuid().ToByteArray()) + "SESSIONKEY", role.Arn.Split(':')[4],
        $"arn:aws:sts::{role.Arn.Split(':')[4]}:assumed-role/{role.Name}/{name}")
    {
        Token = Convert.ToBase64String(Encoding.UTF8.GetBytes($"session {Guid.NewGuid()}")),
        Until = aws.Clock() + lasts,
        Role = role.Arn,
    });

    private JsonObject? Assume(AwsCall call)
    {
        var (role, name) = (Trusting(call, "sts:AssumeRole", "AWS", _ => true), call.Need("RoleSessionName"));
        if (call.Text("SerialNumber") is { } serial && (call.Text("TokenCode") is not { } code || Devices.GetValueOrDefault(serial) != code))
            throw new AwsFault(403, "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ");
        if (role.Trust.Contains("aws:MultiFactorAuthPresent", StringComparison.Ordinal) && call.Text("SerialNumber") is null) throw Denied(call, "sts:AssumeRole");
        return Credentials(call, role, name);
    }

    private JsonObject? AssumeByToken(AwsCall call)
    {
        var provider = WebTokens.GetValueOrDefault(call.Need("WebIdentityToken"))
            ?? throw new AwsFault(400, "InvalidIdentityToken", "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
        var role = Trusting(call, "sts:AssumeRoleWithWebIdentity", "Federated", principal => principal == provider);
        var answer = Credentials(call, role, call.Need("RoleSessionName"));
        answer["Provider"] = provider;
        return answer;
    }

    private IamRole Trusting(AwsCall call, string action, string kind, Func<string, bool> fits)
    {
        var role = aws.Iam.ByArn(call.Need("RoleArn")) ?? throw Denied(call, action);
        var trusts = IamPolicy.Statements(role.Trust).Any(statement => IamPolicy.Texts(statement.GetProperty("Action")).Contains(action)
            && statement.GetProperty("Principal") is { ValueKind: JsonValueKind.Object } principal && principal.TryGetProperty(kind, out var who)
            && IamPolicy.Texts(who).Any(one => kind is "AWS" ? one == "*" || one == call.Caller.Arn || one == call.Account || one == $"arn:aws:iam::{call.Account}:root" : fits(one)));
        return trusts ? role : throw Denied(call, action);
    }

    private static AwsFault Denied(AwsCall call, string action) => action is "sts:AssumeRole"
        ? new(403, "AccessDenied", $"User: {call.Caller.Arn} is not authorized to perform: {action} on resource: {call.Text("RoleArn")}")
        : new(403, "AccessDenied", $"Not authorized to perform {action}");

    private JsonObject Credentials(AwsCall call, IamRole role, string name)
    {
        var seconds = call.Number("DurationSeconds") ?? 3600;
        if (seconds > role.MaxSession) throw call.Invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        var session = Session(role, name, TimeSpan.FromSeconds(seconds));
        return new()
        {
            ["Credentials"] = new JsonObject
            {
                ["AccessKeyId"] = session.Key,
                ["SecretAccessKey"] = session.Secret,
                ["SessionToken"] = session.Token,
                ["Expiration"] = session.Until!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            },
            ["AssumedRoleUser"] = new JsonObject { ["AssumedRoleId"] = $"{role.Id}:{name}", ["Arn"] = session.Arn },
        };
    }
}
