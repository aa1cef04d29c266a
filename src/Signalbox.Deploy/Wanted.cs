namespace Signalbox.Deploy;

/// <summary>Everything that a release needs in AWS, with the qualities that matter.</summary>
public static class Wanted
{
    /// <summary>How long a queue hides a message from others: Lambda's own advice is six times the function's timeout.</summary>
    /// <seealso href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html"/>
    private const int VisibilityTimes = 6;

    /// <summary>Dead letters are kept as long as SQS can, two weeks; others four days, as usual.</summary>
    private const int DeadLetterSeconds = 1_209_600;

    private const int UsualSeconds = 345_600;

    /// <summary>The things, in the order in which they are made; versions apart, which follow from what was found.</summary>
    public static ValueList<Piece> Of(Release release)
    {
        ValueList<Piece> all =
        [
            .. Role(release), LogGroup(release), Function(release), Code(release), Concurrency(release), Tags(release),
            .. release.OwnQueues.Select(queue => new Piece(PieceKind.Ledger, queue, [])),
            .. Queues(release), .. Table(release), .. Grants(release), AliasOf(release), .. AsyncCalls(release), .. Url(release), .. Rules(release),
            .. Mappings(release), .. Subscriptions(release),
        ];
        return [.. from piece in all.Select((piece, place) => (piece, place)) orderby piece.piece.Kind, piece.place select piece.piece];
    }

    /// <summary>The function with its configuration.</summary>
    public static Piece Function(Release release)
    {
        var spec = release.Spec;
        return new(PieceKind.Function, spec.DeployedName,
        [
            new("description", spec.Description), new("runtime", spec.Runtime), new("handler", spec.Handler),
            new("memory", Release.Number(spec.Memory)), new("timeout", Release.Number(spec.Timeout)), new("storage", Release.Number(spec.EphemeralStorage)),
            new("role", spec.Role ?? release.Site.Role(spec.DeployedName)), new("environment", EnvironmentOf(spec.Environment), IsHidden: true),
            new("layers", Joined(spec.Layers, sorted: false)), new("subnets", Joined(spec.Vpc?.Subnets ?? [])),
            new("security groups", Joined(spec.Vpc?.SecurityGroups ?? [])), new("key", spec.KmsKeyArn ?? ""), new("dead letters", spec.DeadLetterArn ?? ""),
            new("log format", spec.Logs.Format),
        ]);
    }

    /// <summary>Its code.</summary>
    public static Piece Code(Release release) =>
        new(PieceKind.Code, release.Spec.DeployedName, [new("sha256", release.Zip.Sha256), new("architecture", release.Spec.Architecture)])
        {
            Called = Quantity.Size(release.Zip.Size),
        };

    /// <summary>Variables as a JSON object, sorted by name.</summary>
    public static string EnvironmentOf(IEnumerable<Fact> variables) => CanonicalJson.Of(CanonicalJson.Written(json =>
    {
        json.WriteStartObject();
        foreach (var variable in variables) json.WriteString(variable.Name, variable.Value);
        json.WriteEndObject();
    }));

    /// <summary>A list as one text.</summary>
    public static string Joined(IEnumerable<string> items, bool sorted = true) => string.Join(' ', sorted ? items.Order(StringComparer.Ordinal) : items);

    /// <summary>The qualities that tags are.</summary>
    public static IEnumerable<Trait> Tagged(IEnumerable<Fact> tags) => tags.Select(tag => new Trait($"tag {tag.Name}", tag.Value));

    private static IEnumerable<Piece> Role(Release release)
    {
        if (release.Spec.Role is not null) yield break;
        var name = release.Spec.DeployedName;
        yield return new(PieceKind.Role, name, [new("trust", Policy.Trust), .. Tagged(release.AllTags)]);
        yield return new(PieceKind.Rights, name, [new("policy", Policy.Document(release))]);
    }

    private static Piece LogGroup(Release release) => new(PieceKind.LogGroup, Site.LogGroupName(release.Spec.DeployedName),
        [new("retention", release.Spec.Logs.RetentionDays is { } days ? Release.Number(days) : ""), .. Tagged(release.AllTags)]);

    private static Piece Concurrency(Release release) => new(PieceKind.Concurrency, release.Spec.DeployedName,
        [new("reserved", release.Spec.ReservedConcurrency is { } reserved ? Release.Number(reserved) : "")]);

    private static Piece Tags(Release release) => new(PieceKind.Tags, release.Spec.DeployedName,
        [.. Tagged(release.AllTags), .. Tagged([new(Marks.Roads, release.Roads)])]);

    private static IEnumerable<Piece> Queues(Release release)
    {
        var visibility = Release.Number(release.Spec.Timeout * VisibilityTimes);
        foreach (var queue in release.OwnQueues)
        {
            var isFeeding = release.Spec.Queues.Contains(queue);
            yield return new(PieceKind.Queue, queue,
            [
                new("visibility", isFeeding ? visibility : "30"), new("retention", Release.Number(isFeeding ? UsualSeconds : DeadLetterSeconds)),
                new("encryption", "true"),
                new("dead letters", isFeeding ? release.Site.Queue(Release.DeadLettersOf(queue)) : ""),
                new("tries", isFeeding ? Release.Number(Release.Tries) : ""),
                .. Tagged(release.AllTags),
            ]);
        }
    }

    private static IEnumerable<Piece> Table(Release release)
    {
        if (release.Table is { } table) yield return new(PieceKind.Table, table.Name, [new("expiry", "ttl")]) { At = table.Region ?? release.Site.Region };
    }

    private static Piece AliasOf(Release release) => new(PieceKind.Alias, release.Alias,
        [new("state", FunctionVersion.Of(Function(release), Code(release)))]);

    private static IEnumerable<Piece> AsyncCalls(Release release)
    {
        if (release.IsCalledAsynchronously || release.FailureDestination is not null)
            yield return new(PieceKind.AsyncCalls, release.Roads, [new("tries again", "2"), new("on failure", release.FailureDestination ?? "")]);
    }

    /// <summary>Who may send to the first queue, or call the alias: each topic and rule by its ARN.</summary>
    private static IEnumerable<Piece> Grants(Release release)
    {
        var site = release.Site;
        var topics = release.Spec.Topics.Select(topic => new Grant("sns.amazonaws.com", site.Topic(topic), release.Entrance));
        var rules = release.Spec.Rules.Select(rule => new Grant("events.amazonaws.com", site.Rule(rule.Bus, release.RuleName(rule.Name)), release.Entrance));
        var schedules = release.Spec.Schedules.Select(
            schedule => new Grant("events.amazonaws.com", site.Rule("default", release.RuleName(schedule.Name)), release.Called));
        foreach (var grant in topics.Concat(rules).Concat(schedules).Distinct())
        {
            if (grant.To == release.Called) yield return Permission(release, grant.Sid, "lambda:InvokeFunction", grant.Principal, grant.Source, "");
            else
                yield return new(PieceKind.QueueGrant, grant.Sid, []) { At = release.Spec.OwnQueue!, Called = grant.Source, Body = grant.Statement };
        }
    }

    private static Piece Permission(Release release, string sid, string action, string principal, string source, string auth) =>
        new(PieceKind.Permission, sid, [new("action", action), new("principal", principal), new("source", source), new("url auth", auth)])
        {
            At = release.Roads,
            Called = source.Length > 0 ? source : "whoever knows its address",
        };

    /// <summary>An address: everybody may call it where the function itself checks who calls, and since October 2025 that takes two rights.</summary>
    /// <seealso href="https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"/>
    private static IEnumerable<Piece> Url(Release release)
    {
        if (release.Spec.Url is not { } who) yield break;
        var isOpen = who is "none";
        if (isOpen)
        {
            yield return Permission(release, $"{Grant.Prefix}url", "lambda:InvokeFunctionUrl", "*", "", "NONE");
            yield return Permission(release, $"{Grant.Prefix}urlcall", "lambda:InvokeFunction", "*", "", "via url");
        }
        yield return new(PieceKind.Url, release.Roads, [new("auth", isOpen ? "NONE" : "AWS_IAM")]);
    }

    private static IEnumerable<Piece> Rules(Release release)
    {
        foreach (var rule in release.Spec.Rules)
        {
            var arn = release.Site.Rule(rule.Bus, release.RuleName(rule.Name));
            yield return Rule(release, arn, release.RuleName(rule.Name), rule.Bus, CanonicalJson.Of(rule.Pattern), "");
            yield return Target(arn, release.RuleName(rule.Name), rule.Bus, release.Entrance, "");
        }
        foreach (var schedule in release.Spec.Schedules)
        {
            var arn = release.Site.Rule("default", release.RuleName(schedule.Name));
            yield return Rule(release, arn, release.RuleName(schedule.Name), "default", "", schedule.Expression);
            yield return Target(arn, release.RuleName(schedule.Name), "default", release.Called, schedule.Input is { } input ? CanonicalJson.Of(input) : "");
        }
    }

    private static Piece Rule(Release release, string arn, string name, string bus, string pattern, string schedule) =>
        new(PieceKind.Rule, arn, [new("pattern", pattern), new("schedule", schedule), new("state", "ENABLED"), .. Tagged(release.AllTags)])
        {
            At = bus,
            Called = name,
        };

    private static Piece Target(string arn, string name, string bus, string to, string input) =>
        new(PieceKind.Target, arn, [new("to", to), new("input", input)]) { At = bus, Called = name };

    private static IEnumerable<Piece> Mappings(Release release) => release.Spec.Queues.Select(queue =>
        new Piece(PieceKind.Mapping, release.Site.Queue(queue),
            [new("function", release.Called), new("batch", "10"), new("window", "0"), new("failures", "ReportBatchItemFailures"), new("state", "on")]));

    private static IEnumerable<Piece> Subscriptions(Release release)
    {
        foreach (var topic in release.Spec.Topics.Select(release.Site.Topic).Distinct())
        {
            yield return new(PieceKind.Subscription, $"{topic} {release.Entrance}",
            [
                new("topic", topic), new("protocol", release.Spec.OwnQueue is null ? "lambda" : "sqs"), new("endpoint", release.Entrance),
                new("raw", "false"),
            ]);
        }
    }
}
