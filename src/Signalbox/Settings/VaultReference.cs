using System.Diagnostics;

namespace Signalbox;

/// <summary>Where a secret is that a service of AWS keeps or unlocks: closed.</summary>
/// <remarks>Text as it stands in the settings: <c>ssm:NAME</c>, <c>secretsmanager:NAME#KEY</c>, <c>kms:BASE64</c>. It names a secret and is none.</remarks>
public abstract record VaultReference
{
    /// <summary>How each kind is written.</summary>
    public const string Forms = "ssm:NAME, secretsmanager:NAME or kms:BASE64";

    /// <summary>The longest ciphertext that KMS decrypts, in bytes.</summary>
    /// <seealso href="https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html"/>
    public const int LongestCiphertext = 6_144;

    private const int LongestName = 2_048;
    private static readonly ValueList<string> Kinds = ["ssm:", "secretsmanager:", "kms:"];

    private VaultReference() { }

    /// <summary>A parameter of the Systems Manager Parameter Store.</summary>
    /// <param name="Name">Its name or ARN, with :VERSION or :LABEL where one is asked for.</param>
    public sealed record Parameter(string Name) : VaultReference;

    /// <summary>A secret of Secrets Manager.</summary>
    /// <param name="Id">Its name or ARN.</param>
    /// <param name="Key">The member that is meant where it is a JSON object; null for all of it.</param>
    public sealed record Secret(string Id, string? Key) : VaultReference;

    /// <summary>A small text that KMS has encrypted with a symmetric key; the text knows which.</summary>
    /// <param name="Base64">The ciphertext.</param>
    public sealed record Ciphertext(string Base64) : VaultReference;

    /// <summary>One arm for each case.</summary>
    public T Match<T>(Func<Parameter, T> parameter, Func<Secret, T> secret, Func<Ciphertext, T> ciphertext) => this switch
    {
        Parameter x => parameter(x),
        Secret x => secret(x),
        Ciphertext x => ciphertext(x),
        _ => throw new UnreachableException(),
    };

    /// <summary>What has to be fetched: the same for two members of one secret.</summary>
    public VaultReference Source => this is Secret { Key: not null } secret ? secret with { Key = null } : this;

    /// <summary>Its region; null for the one we are in.</summary>
    public string? Region => Match(parameter => Arn.RegionOf(parameter.Name), secret => Arn.RegionOf(secret.Id), _ => null);

    /// <summary>What messages call it. A ciphertext is cut: it says nothing, at length.</summary>
    public sealed override string ToString() => Match(
        parameter => $"ssm:{parameter.Name}",
        secret => $"secretsmanager:{secret.Id}{(secret.Key is null ? "" : $"#{secret.Key}")}",
        ciphertext => $"kms:{Cut.OneLine(ciphertext.Base64[..Math.Min(12, ciphertext.Base64.Length)])}…");

    /// <summary>Reads a reference; null when the text is none, or not whole.</summary>
    public static VaultReference? Read(string text) => Kind(text) is { } kind && text.StartsWith(kind, StringComparison.Ordinal) && Fault(text) is null
        ? Made(kind, text[kind.Length..])
        : null;

    /// <summary>What is wrong with a text that begins like such a reference, as a sentence that says how to mend it; null for any other text.</summary>
    public static string? Fault(string text)
    {
        if (Kind(text) is not { } kind) return null;
        if (!text.StartsWith(kind, StringComparison.Ordinal)) return $"It is written in small letters: {kind}";
        var rest = text[kind.Length..];
        return kind switch
        {
            "ssm:" => FaultOfParameter(rest),
            "secretsmanager:" => FaultOfSecret(rest),
            _ => FaultOfCiphertext(rest),
        };
    }

    /// <summary>What a function reads when it starts: the secrets of its rooms, what Slack signs with, and its store, each once.</summary>
    public static ValueList<VaultReference> Needed(Settings settings)
    {
        var texts = settings.Rooms
            .SelectMany(room => Chats.Of(room).Keys.Where(key => key.Kind is RoomKeyKind.Secret or RoomKeyKind.SecretUrl).Select(key => room[key.Name]))
            .Append(settings.SlackApp?.SigningSecret).Append(settings.Store);
        return [.. (from text in texts where text is not null let read = Read(text) where read is not null select read.Source).Distinct()];
    }

    private static string? Kind(string text) => Kinds.FirstOrDefault(kind => text.StartsWith(kind, StringComparison.OrdinalIgnoreCase));

    private static VaultReference Made(string kind, string rest)
    {
        if (kind is "ssm:") return new Parameter(rest);
        if (kind is "kms:") return new Ciphertext(rest);
        var hash = rest.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? new Secret(rest, null) : new Secret(rest[..hash], rest[(hash + 1)..]);
    }

    private static string? FaultOfParameter(string name)
    {
        if (name.Length is 0) return "The name of the parameter is missing.";
        if (name.StartsWith("arn:", StringComparison.Ordinal))
        {
            return Arn.Read(name) is { Service: "ssm", Region: not null } arn && arn.Resource.StartsWith("parameter/", StringComparison.Ordinal)
                ? null : "The ARN of a parameter is arn:aws:ssm:REGION:ACCOUNT:parameter/NAME.";
        }
        var bare = name.Split(':') is [var first, _] ? first : name;
        if (name.Length > LongestName || bare.Length is 0 || !bare.All(unit => IsPlain(unit, "_.-/")) || name.EndsWith(':'))
            return "A parameter's name has letters, digits and _ . - / only; :VERSION or :LABEL may follow.";
        return bare.Contains('/', StringComparison.Ordinal) && bare[0] is not '/' ? $"A name with a / in it begins with one: ssm:/{bare}" : null;
    }

    private static string? FaultOfSecret(string text)
    {
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        var id = hash < 0 ? text : text[..hash];
        if (id.Length is 0) return "The name of the secret is missing.";
        if (hash == text.Length - 1) return "The key behind # is missing.";
        if (id.StartsWith("arn:", StringComparison.Ordinal))
        {
            return Arn.Read(id) is { Service: "secretsmanager", Region: not null } arn && arn.Resource.StartsWith("secret:", StringComparison.Ordinal)
                ? null : "The ARN of a secret is arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME.";
        }
        return id.Length <= LongestName && id.All(unit => IsPlain(unit, "/_+=.@-!"))
            ? null : "A secret's name has letters, digits and / _ + = . @ - only; #KEY may follow, for one member of a JSON object.";
    }

    private static string? FaultOfCiphertext(string text)
    {
        if (text.Length is 0) return "The ciphertext is missing.";
        var bytes = new byte[text.Length];
        return !Convert.TryFromBase64String(text, bytes, out var length) || length is 0
            ? "It is not Base64: take CiphertextBlob as aws kms encrypt prints it, on one line."
            : length > LongestCiphertext ? $"KMS decrypts {LongestCiphertext} bytes at most, these are {length}." : null;
    }

    private static bool IsPlain(char unit, string besides) => char.IsAsciiLetterOrDigit(unit) || besides.Contains(unit, StringComparison.Ordinal);
}
