using System.Diagnostics;

namespace Signalbox;

/// <summary>Where settings are that lie outside of the package: closed.</summary>
public abstract record SettingsPlace
{
    /// <summary>How each kind is written.</summary>
    public const string Forms = "s3://BUCKET/KEY, ssm:NAME or appconfig:APPLICATION/ENVIRONMENT/PROFILE";

    private SettingsPlace() { }

    /// <summary>A parameter of the Systems Manager Parameter Store.</summary>
    /// <param name="Name">Its name or ARN, with :VERSION or :LABEL where one is asked for.</param>
    public sealed record Parameter(string Name) : SettingsPlace;

    /// <summary>An object of S3.</summary>
    /// <param name="Bucket">The bucket.</param>
    /// <param name="Key">The key, as it is: not escaped.</param>
    /// <param name="Version">The version of the object; null for the latest.</param>
    /// <param name="Region">The bucket's region; null for the one we are in.</param>
    public sealed record Object(string Bucket, string Key, string? Version, string? Region) : SettingsPlace;

    /// <summary>A profile of AppConfig, as its Lambda extension serves it.</summary>
    public sealed record Profile(string Application, string Environment, string Name) : SettingsPlace;

    /// <summary>One arm for each case.</summary>
    public T Match<T>(Func<Parameter, T> parameter, Func<Object, T> @object, Func<Profile, T> profile) => this switch
    {
        Parameter x => parameter(x),
        Object x => @object(x),
        Profile x => profile(x),
        _ => throw new UnreachableException(),
    };

    /// <summary>What messages call it.</summary>
    public sealed override string ToString() => Match(
        parameter => $"ssm:{parameter.Name}",
        stored => $"s3://{stored.Bucket}/{stored.Key}{(stored.Version is { } version ? $"?versionId={version}" : "")}",
        profile => $"appconfig:{profile.Application}/{profile.Environment}/{profile.Name}");

    /// <summary>True for a text that means such a place, rightly written or not; false for a path.</summary>
    public static bool IsOne(string text) => ((string[])["s3:", "ssm:", "appconfig:"]).Any(kind => text.StartsWith(kind, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a place.</summary>
    /// <param name="text">A text of which <see cref="IsOne"/> is true.</param>
    /// <returns>The place, or what is wrong with it in a sentence.</returns>
    public static (SettingsPlace? Place, string Fault) Read(string text) => text switch
    {
        _ when text.StartsWith("s3://", StringComparison.Ordinal) => InS3(text),
        _ when text.StartsWith("ssm:", StringComparison.Ordinal) => VaultReference.Read(text) is VaultReference.Parameter parameter
            ? (new Parameter(parameter.Name), "") : Wrong(text, VaultReference.Fault(text)),
        _ when text.StartsWith("appconfig:", StringComparison.Ordinal) => OfAppConfig(text),
        _ => Wrong(text, null),
    };

    private static (SettingsPlace?, string) InS3(string text)
    {
        var rest = text["s3://".Length..];
        var (path, query) = rest.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? (rest[..mark], rest[(mark + 1)..]) : (rest, "");
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == path.Length - 1) return Wrong(text, "A bucket and a key are needed: s3://BUCKET/KEY.");
        var bucket = path[..slash];
        if (!bucket.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit is '.' or '-'))
            return Wrong(text, "A bucket's name has small letters, digits, dots and hyphens.");
        string? version = null, region = null;
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.StartsWith("versionId=", StringComparison.Ordinal)) version = part["versionId=".Length..];
            else if (part.StartsWith("region=", StringComparison.Ordinal)) region = part["region=".Length..];
            else return Wrong(text, "Behind the ? may stand versionId=ID and region=REGION, with & between them.");
        }
        return (new Object(bucket, path[(slash + 1)..], version, region), "");
    }

    private static (SettingsPlace?, string) OfAppConfig(string text) =>
        text["appconfig:".Length..].Split('/') is [{ Length: > 0 } application, { Length: > 0 } environment, { Length: > 0 } profile]
            ? (new Profile(application, environment, profile), "")
            : Wrong(text, "Names or ids of an application, an environment and a profile are needed, with / between them.");

    private static (SettingsPlace?, string) Wrong(string text, string? help) => (null, Sentence.Of($"a file, {Forms}", $"\"{text}\"", help));
}
