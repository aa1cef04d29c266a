namespace Signalbox.Deploy;

/// <summary>What a function may read when it starts: the secrets that its settings refer to, and settings that lie elsewhere.</summary>
internal static class ReadingRights
{
    /// <summary>The statements, in a fixed order.</summary>
    public static IEnumerable<PolicyStatement> Of(Release release)
    {
        var site = release.Site;
        var needed = release.Settings is { } settings ? VaultReference.Needed(settings) : [];
        var place = Place(release.Spec.Environment);
        var parameters = needed.OfType<VaultReference.Parameter>().Select(parameter => Parameter(site, parameter.Name)).ToList();
        if (place is SettingsPlace.Parameter elsewhere) parameters.Add(Parameter(site, elsewhere.Name));
        if (parameters.Count > 0)
        {
            yield return new("Parameters", ["ssm:GetParameters"], Sorted(parameters),
                "it reads secrets or settings there; a parameter under a key of your own needs kms:Decrypt on that key besides");
        }
        var secrets = needed.OfType<VaultReference.Secret>().Select(secret => Secret(site, secret.Id)).ToList();
        if (secrets.Count > 0)
        {
            yield return new("Secrets", ["secretsmanager:GetSecretValue"], Sorted(secrets),
                "it reads secrets there; AWS puts six characters behind a name that nobody knows before");
        }
        if (needed.Any(reference => reference is VaultReference.Ciphertext))
        {
            yield return new("Ciphertexts", ["kms:Decrypt"], [$"arn:{site.Partition}:kms:{site.Region}:{site.Account}:key/*"],
                "it decrypts texts of its settings; which key they are under only KMS can see");
        }
        if (place is SettingsPlace.Object stored)
        {
            yield return new("Settings", [stored.Version is null ? "s3:GetObject" : "s3:GetObjectVersion"],
                [$"arn:{site.Partition}:s3:::{stored.Bucket}/{stored.Key}"], "its settings are there");
        }
        if (place is SettingsPlace.Profile profile)
        {
            yield return new("Settings", ["appconfig:StartConfigurationSession", "appconfig:GetLatestConfiguration"],
                [$"arn:{site.Partition}:appconfig:{site.Region}:{site.Account}:application/{Id(profile.Application)}/environment/{Id(profile.Environment)}"
                    + $"/configuration/{Id(profile.Name)}"],
                "its settings are there; where they are named rather than by their ids, the ARN is not known before");
        }
    }

    private static SettingsPlace? Place(ValueList<Fact> environment) =>
        environment.Where(fact => fact.Name is "SIGNALBOX_CONFIG").Select(fact => (string?)fact.Value).FirstOrDefault() is { } text && SettingsPlace.IsOne(text)
            ? SettingsPlace.Read(text).Place
            : null;

    /// <summary>The ARN of a parameter: without its version or label, and with one slash before a name that has none.</summary>
    private static string Parameter(Site site, string name)
    {
        var isArn = Site.IsArn(name);
        var bare = isArn ? name[(name.IndexOf(":parameter/", StringComparison.Ordinal) + ":parameter".Length)..] : name;
        var path = bare.Split(':')[0];
        return isArn ? $"{name[..^bare.Length]}{path}" : $"arn:{site.Partition}:ssm:{site.Region}:{site.Account}:parameter{(path[0] is '/' ? "" : "/")}{path}";
    }

    /// <summary>The ARN of a secret; one that is named whole has its six characters already.</summary>
    private static string Secret(Site site, string id) =>
        Site.IsArn(id) ? id : $"arn:{site.Partition}:secretsmanager:{site.Region}:{site.Account}:secret:{id}-??????";

    private static string Id(string text) =>
        text.Length is >= 4 and <= 7 && text.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit)) ? text : "*";

    private static ValueList<string> Sorted(IEnumerable<string> arns) => [.. arns.Distinct().Order(StringComparer.Ordinal)];
}
