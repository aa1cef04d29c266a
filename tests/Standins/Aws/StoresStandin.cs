using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>A value that a store keeps, with its versions.</summary>
/// <param name="Text">The value now.</param>
/// <param name="Version">Its number or id.</param>
/// <param name="Type">Its type; empty where there are none.</param>
public sealed record StoredValue(string Text, string Version, string Type);

/// <summary>Systems Manager's parameters, Secrets Manager's secrets, and KMS.</summary>
public sealed class StoresStandin
{
    internal StoresStandin()
    {
        Parameters = new([AwsProtocol.Json("AmazonSSM", "1.1")], new()
        {
            ["PutParameter"] = PutParameter,
            ["GetParameter"] = call => new JsonObject { ["Parameter"] = Parameter(call, call.Need("Name")) ?? throw new AwsFault(400, "ParameterNotFound", "") },
            ["GetParameters"] = GetParameters,
            ["DeleteParameter"] = call => { if (!ByName.Remove(Key(call, call.Need("Name")))) throw new AwsFault(400, "ParameterNotFound", ""); return new JsonObject(); },
        }, call => call.Arn("ssm", $"parameter/{(call.Text("Name") ?? (call.Texts("Names") is [var first, ..] ? first : "*")).TrimStart('/')}"));
        Secrets = new([AwsProtocol.Json("secretsmanager", "1.1")], new()
        {
            ["CreateSecret"] = CreateSecret,
            ["PutSecretValue"] = PutSecret,
            ["GetSecretValue"] = GetSecret,
            ["DeleteSecret"] = call => { var arn = Secret(call); BySecret.Remove(arn); return new JsonObject { ["ARN"] = arn, ["Name"] = Name(arn), ["DeletionDate"] = call.Now.ToUnixTimeSeconds() }; },
        }, call => call.Text("SecretId") is { } id ? BySecret.Keys.FirstOrDefault(arn => arn == id || Name(arn) == id) ?? (id.StartsWith("arn:", StringComparison.Ordinal) ? id : call.Arn("secretsmanager", $"secret:{id}")) : call.Arn("secretsmanager", $"secret:{call.Text("Name")}"));
        Keys = new([AwsProtocol.Json("TrentService", "1.1")], new()
        {
            ["Encrypt"] = Encrypt,
            ["Decrypt"] = Decrypt,
        }, call => call.Text("KeyId") is { } id ? KeyArn(call, id) : Written(call.Text("CiphertextBlob") ?? "") is var (key, _, _) ? key : "*");
    }

    internal AwsService Parameters { get; }

    internal AwsService Secrets { get; }

    internal AwsService Keys { get; }

    /// <summary>Parameters by "account region name".</summary>
    public Dictionary<string, StoredValue> ByName { get; } = [];

    /// <summary>Secrets by ARN.</summary>
    public Dictionary<string, StoredValue> BySecret { get; } = [];

    private static string Key(AwsCall call, string name) => $"{call.Account} {call.Region} {(name.StartsWith("arn:", StringComparison.Ordinal) ? name[(name.IndexOf(":parameter/", StringComparison.Ordinal) + 10)..] : name)}";

    private JsonObject? PutParameter(AwsCall call)
    {
        var key = Key(call, call.Need("Name"));
        if (call.Need("Name") is var name && name.Contains('/', StringComparison.Ordinal) && !name.StartsWith('/')) throw call.Invalid("Parameter name must be a fully qualified name.");
        var had = ByName.GetValueOrDefault(key);
        if (had is not null && call.Flag("Overwrite") is not true)
            throw new AwsFault(400, "ParameterAlreadyExists", "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
        if (had is null && call.Text("Type") is null) throw call.Invalid("A parameter type is required when you create a parameter.");
        if (call.Need("Value").Length > 4096) throw call.Invalid("Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.");
        var value = new StoredValue(call.Need("Value"), had is null ? "1" : $"{int.Parse(had.Version, null) + 1}", call.Text("Type") ?? had!.Type);
        ByName[key] = value;
        return new() { ["Version"] = int.Parse(value.Version, null), ["Tier"] = "Standard" };
    }

    private JsonObject? GetParameters(AwsCall call)
    {
        var found = call.Texts("Names").Select(name => (name, Shown: Parameter(call, name))).ToList();
        return new()
        {
            ["Parameters"] = new JsonArray([.. found.Where(one => one.Shown is not null).Select(one => one.Shown)]),
            ["InvalidParameters"] = new JsonArray([.. found.Where(one => one.Shown is null).Select(one => one.name)]),
        };
    }

    private JsonObject? Parameter(AwsCall call, string name) => ByName.GetValueOrDefault(Key(call, name)) is not { } value ? null : new()
    {
        ["Name"] = name.StartsWith("arn:", StringComparison.Ordinal) ? Key(call, name).Split(' ', 3)[2] : name,
        ["Type"] = value.Type,
        ["Value"] = value.Type is "SecureString" && call.Flag("WithDecryption") is not true ? Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(value.Text))) : value.Text,
        ["Version"] = int.Parse(value.Version, null),
        ["LastModifiedDate"] = call.Now.ToUnixTimeMilliseconds() / 1000.0,
        ["ARN"] = call.Arn("ssm", $"parameter/{Key(call, name).Split(' ', 3)[2].TrimStart('/')}"),
        ["DataType"] = "text",
    };

    private JsonObject? CreateSecret(AwsCall call)
    {
        var name = call.Need("Name");
        if (BySecret.Keys.Any(one => one.StartsWith(call.Arn("secretsmanager", "secret:"), StringComparison.Ordinal) && Name(one) == name)) throw new AwsFault(400, "ResourceExistsException", $"The operation failed because the secret {name} already exists.");
        var arn = call.Arn("secretsmanager", $"secret:{name}-{Guid.NewGuid().ToString("N")[..6]}");
        return Said(arn, BySecret[arn] = new(call.Text("SecretString") ?? "", Guid.NewGuid().ToString(), ""));
    }

    private JsonObject? PutSecret(AwsCall call)
    {
        var arn = Secret(call);
        return Said(arn, BySecret[arn] = new(call.Need("SecretString"), Guid.NewGuid().ToString(), ""));
    }

    private JsonObject? GetSecret(AwsCall call)
    {
        var arn = Secret(call);
        var value = BySecret[arn];
        if (value.Text.Length is 0 || (call.Text("VersionId") is { } version && version != value.Version))
            throw new AwsFault(400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT");
        var said = Said(arn, value);
        (said["SecretString"], said["CreatedDate"], said["VersionStages"]) = (value.Text, call.Now.ToUnixTimeMilliseconds() / 1000.0, new JsonArray("AWSCURRENT"));
        return said;
    }

    private string Secret(AwsCall call) => BySecret.Keys.FirstOrDefault(arn => arn == call.Need("SecretId") || (arn.StartsWith(call.Arn("secretsmanager", "secret:"), StringComparison.Ordinal) && Name(arn) == call.Need("SecretId")))
        ?? throw new AwsFault(400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

    private static string Name(string arn) => arn.Split(':', 7)[6][..^7];

    private static JsonObject Said(string arn, StoredValue value) => new() { ["ARN"] = arn, ["Name"] = Name(arn), ["VersionId"] = value.Version };

    private static string KeyArn(AwsCall call, string id) => id.StartsWith("arn:", StringComparison.Ordinal) ? id : call.Arn("kms", id.StartsWith("alias/", StringComparison.Ordinal) ? id : $"key/{id}");

    /// <summary>A ciphertext names its key and the context, and turns its bytes around: it hides nothing and cannot be read by a mere look.</summary>
    private JsonObject? Encrypt(AwsCall call)
    {
        var key = KeyArn(call, call.Need("KeyId"));
        var text = $"{key}\n{Context(call)}\n{Convert.ToBase64String([.. Convert.FromBase64String(call.Need("Plaintext")).Reverse()])}";
        return new() { ["CiphertextBlob"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), ["KeyId"] = key, ["EncryptionAlgorithm"] = "SYMMETRIC_DEFAULT" };
    }

    private JsonObject? Decrypt(AwsCall call)
    {
        if (Written(call.Need("CiphertextBlob")) is not var (key, context, bytes) || context != Context(call)) throw new AwsFault(400, "InvalidCiphertextException", "");
        if (call.Text("KeyId") is { } id && KeyArn(call, id) != key) throw new AwsFault(400, "IncorrectKeyException", "The key ID in the request does not identify a CMK that can perform this operation.");
        return new() { ["Plaintext"] = Convert.ToBase64String([.. Convert.FromBase64String(bytes).Reverse()]), ["KeyId"] = key, ["EncryptionAlgorithm"] = "SYMMETRIC_DEFAULT" };
    }

    private static string Context(AwsCall call) => string.Join(',', call.Map("EncryptionContext").OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    private static (string Key, string Context, string Bytes)? Written(string blob)
    {
        var buffer = new byte[blob.Length];
        return Convert.TryFromBase64String(blob, buffer, out var length) && Encoding.UTF8.GetString(buffer, 0, length).Split('\n') is [var key, var context, var bytes] ? (key, context, bytes) : null;
    }
}
