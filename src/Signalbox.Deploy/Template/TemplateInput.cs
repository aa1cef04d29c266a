namespace Signalbox.Deploy;

/// <summary>What kind of value a template is given.</summary>
internal enum InputKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>Several texts.</summary>
    Texts,

    /// <summary>Ids of subnets.</summary>
    Subnets,

    /// <summary>Ids of security groups.</summary>
    SecurityGroups,
}

/// <summary>Something that a template is given from outside, because it belongs to somebody else or is a secret.</summary>
/// <param name="Stands">The texts that it stands for in what is wanted: an ARN, or the value of a variable with its name.</param>
/// <param name="Name">Its name, as words with spaces between them.</param>
/// <param name="Default">What it is when nobody says otherwise; null where somebody must. Items are separated by commas.</param>
/// <param name="About">What it is for.</param>
internal sealed record TemplateInput(string Stands, string Name, string? Default, string About)
{
    /// <summary>What kind of value.</summary>
    public InputKind Kind { get; init; }

    /// <summary>True for what must not be shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>True for the name of something in the account and region of the template.</summary>
    public bool IsName { get; init; }

    /// <summary>What a function is given: everything that its files name and that is not made for it.</summary>
    public static ValueList<TemplateInput> Of(Release release)
    {
        var spec = release.Spec;
        ValueList<TemplateInput> all =
        [
            .. from variable in spec.Environment where IsSecretValue(variable) select new TemplateInput(
                Secret(variable.Name), variable.Name.ToLowerInvariant(), null,
                $"Environment variable {variable.Name}. Better than a secret here is a reference to one, as in ssm:/path/to/it.") { IsSecret = true },
            .. from topic in spec.Topics.Distinct() select Topic(release, topic),
            .. from queue in spec.Queues.Distinct() where Site.IsArn(queue) select new TemplateInput(
                queue, $"{LastName(queue)} queue arn", queue, "A queue of others that feeds the function."),
            .. from rule in spec.Rules where Site.IsArn(rule.Bus) select new TemplateInput(
                rule.Bus, $"{LastName(rule.Bus)} bus arn", rule.Bus, "A bus of EventBridge."),
            .. One(spec.Role, "role arn", "The role that the function runs as."),
            .. One(spec.KmsKeyArn, "kms key arn", "The key that its environment is kept with."),
            .. One(spec.DeadLetterArn, "dead letter arn", "The queue or topic for asynchronous calls that failed for good."),
            .. One(spec.OnFailure, "on failure arn", "Who hears of asynchronous calls that failed for good."),
            .. spec.Layers.Count > 0 ? [new("layers", "layer arns", string.Join(',', spec.Layers), "Versions of layers.") { Kind = InputKind.Texts }]
                : (ValueList<TemplateInput>)[],
            .. spec.Vpc is { } vpc ?
            [
                new("subnets", "subnet ids", string.Join(',', vpc.Subnets), "The subnets that it runs in.") { Kind = InputKind.Subnets },
                new("security groups", "security group ids", string.Join(',', vpc.SecurityGroups), "The security groups that it runs in.")
                {
                    Kind = InputKind.SecurityGroups,
                },
            ] : (ValueList<TemplateInput>)[],
        ];
        return [.. all.DistinctBy(input => input.Stands)];
    }

    /// <summary>What the value of a secret variable is called among <see cref="Stands"/>.</summary>
    public static string Secret(string variable) => $"secret {variable}";

    /// <summary>True for a variable whose value must not be written down: it looks like a secret, or its name says that it is one.</summary>
    public static bool IsSecretValue(Fact variable)
    {
        var (name, value) = variable;
        if (value.Length is 0 || References.Any(prefix => value.StartsWith(prefix, StringComparison.Ordinal)) || Site.IsArn(value)) return false;
        return SecretNames.Any(part => name.EndsWith(part, StringComparison.OrdinalIgnoreCase))
            || Secrets.Mask(value, []) != value || Secrets.IsSecretAddress(value)
            || value.Contains("-----BEGIN", StringComparison.Ordinal)
            || (Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.UserInfo.Contains(':', StringComparison.Ordinal));
    }

    private static readonly ValueList<string> References = ["env:", "file:", "ssm:", "secretsmanager:", "kms:"];

    private static readonly ValueList<string> SecretNames =
        ["TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "WEBHOOK", "WEBHOOK_URL", "CREDENTIALS", "_KEY", "APIKEY"];

    private static TemplateInput Topic(Release release, string topic) => Site.IsArn(topic)
        ? new(topic, $"{LastName(topic)} topic arn", topic, "A topic that the function listens to. It is there already.")
        : new(release.Site.Topic(topic), $"{topic} topic", topic, "A topic that the function listens to, by its name here. It is there already.")
        {
            IsName = true,
        };

    private static ValueList<TemplateInput> One(string? arn, string name, string about) => arn is null ? [] : [new(arn, name, arn, about)];

    private static string LastName(string arn) => Arn.Read(arn)?.Name ?? arn;
}
