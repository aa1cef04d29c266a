namespace Signalbox.Deploy;

/// <summary>What a function may read when it starts: the secrets that its settings refer to, and settings that lie elsewhere.</summary>
internal static class ReadingRights
{
    /// <summary>A row for each, in the order of the statements.</summary>
    public static ValueList<Right> All { get; } =
    [
        new("Parameters", "secrets `ssm:NAME`; `SIGNALBOX_CONFIG=ssm:NAME`", ["ssm:GetParameters"],
            "it reads secrets or settings there; a parameter under a key of your own needs kms:Decrypt on that key besides", Parameters),
        new("Secrets", "secrets `secretsmanager:NAME`", ["secretsmanager:GetSecretValue"],
            "it reads secrets there; AWS puts six characters behind a name that nobody knows before",
            release => Needed(release).OfType<VaultReference.Secret>().Select(secret => Secret(release.Site, secret.Id))),
        new("Ciphertexts", "secrets `kms:CIPHERTEXT`", ["kms:Decrypt"],
            "it decrypts texts of its settings; which key they are under only KMS can see", Keys),
        new("SettingsObject", "`SIGNALBOX_CONFIG=s3://BUCKET/KEY`", ["s3:GetObject"], "its settings are there",
            release => Object(release, isVersion: false)),
        new("SettingsVersion", "`SIGNALBOX_CONFIG=s3://BUCKET/KEY?versionId=ID`", ["s3:GetObjectVersion"], "its settings are there",
            release => Object(release, isVersion: true)),
        new("SettingsProfile", "`SIGNALBOX_CONFIG=appconfig:APPLICATION/ENVIRONMENT/PROFILE`",
            ["appconfig:StartConfigurationSession", "appconfig:GetLatestConfiguration"],
            "its settings are there; where they are named rather than by their ids, the ARN is not known before", Profile),
    ];

    private static ValueList<VaultReference> Needed(Release release) => release.Settings is { } settings ? [.. VaultReference.Needed(settings)] : [];

    private static IEnumerable<string> Parameters(Release release)
    {
        var names = Needed(release).OfType<VaultReference.Parameter>().Select(parameter => parameter.Name);
        if (Place(release.Spec.Environment) is SettingsPlace.Parameter elsewhere) names = names.Append(elsewhere.Name);
        return names.Select(name => Parameter(release.Site, name));
    }

    private static IEnumerable<string> Keys(Release release) => Needed(release).Any(reference => reference is VaultReference.Ciphertext)
        ? [$"arn:{release.Site.Partition}:kms:{release.Site.Region}:{release.Site.Account}:key/*"]
        : (ValueList<string>)[];

    private static IEnumerable<string> Object(Release release, bool isVersion) =>
        Place(release.Spec.Environment) is SettingsPlace.Object stored && stored.Version is not null == isVersion
            ? [$"arn:{release.Site.Partition}:s3:::{stored.Bucket}/{stored.Key}"]
            : (ValueList<string>)[];

    private static IEnumerable<string> Profile(Release release)
    {
        if (Place(release.Spec.Environment) is not SettingsPlace.Profile profile) yield break;
        yield return $"arn:{release.Site.Partition}:appconfig:{release.Site.Region}:{release.Site.Account}:application/{Id(profile.Application)}/environment/"
            + $"{Id(profile.Environment)}/configuration/{Id(profile.Name)}";
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
}
