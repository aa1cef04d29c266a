using System.Diagnostics;
using System.Text;

namespace Signalbox;

/// <summary>Every event this system understands: one row each. A keyed table has no order to get wrong.</summary>
public static class Sources
{
    /// <summary>The rows.</summary>
    public static readonly ValueList<Source> All =
    [
        CloudFormation.Row,
        Rds.Row,
        CloudWatchAlarm.Row,
        LambdaResult.Row,
        SnsSubscription.Row,
        CloudTrail.Row,
        GuardDuty.Row,
        SecurityHub.Row,
        Inspector.Row,
        Macie.Row,
        AccessAnalyzer.Row,
        AwsConfig.Row,
        Certificates.Row,
        Kms.Row,
        TrustedAdvisor.Row,
        Health.Row,
        Waf.Row,
        DnsFirewall.Row,

        // Data
        ElastiCache.Row,
        Redshift.Row,
        Dms.Row,
        OpenSearch.Row,
        Backup.Row,
        StorageGateway.Row,
        DataSync.Row,
        Athena.Row,
        DynamoDb.Row,
        S3.Row,

        // Operations and applications
        Ses.Row,
        Sms.Row,
        CloudWatchLogs.Row,
        Budgets.Row,
        CostAnomaly.Row,
        SupportCase.Row,
        ServiceQuotas.Row,
        Licenses.Row,
        Marketplace.Row,
        TagChange.Row,
        Connect.Row,
        Transcribe.Row,
        Translate.Row,
        MediaConvert.Row,
        MediaLive.Row,
        ServerMigration.Row,

        // Compute and deploy
        DeadLetter.Row,
        DevOpsGuru.Row,
        Ec2.Row,
        Ebs.Row,
        Ec2Fleet.Row,
        AutoScaling.Row,
        Ecs.Row,
        Ecr.Row,
        Eks.Row,
        Batch.Row,
        AppRunner.Row,
        ElasticBeanstalk.Row,
        CodeBuild.Row,
        CodePipeline.Row,
        CodeDeploy.Row,
        CodeCommit.Row,
        CodeArtifact.Row,
        Amplify.Row,
        StepFunctions.Row,
        Glue.Row,
        Emr.Row,
        SageMaker.Row,
        OpsWorks.Row,
        GameLift.Row,
        ScheduledEvent.Row,
        AppConfig.Row,
        Dlm.Row,
        RecycleBin.Row,
        Synthetics.Row,
        Ssm.Row,
        Incidents.Row,
        Network.Row,
        RecoveryController.Row,
        ChatNotification.Row,
        Partner.Row,
        Alertmanager.Row,
        Grafana.Row,
        Datadog.Row,
        PagerDutyIncident.Row,
        CloudEvents.Row,
        StandardWebhooks.Row,
        SlackEvents.Row,
        GitHub.Row,
        GitLab.Row,
        Registry.Row,
        Sentry.Row,
    ];

    /// <summary>A row under one of its keys, and what to say when it knew an event by that.</summary>
    private readonly record struct Entry(Key Key, Source Source, string Why);

    private static readonly Dictionary<string, List<Entry>> ByPublisher = Index<Key.Event>(key => key.Publisher);
    private static readonly Dictionary<string, List<Entry>> ByDetail = Index<Key.Detail>(key => key.Type, StringComparer.OrdinalIgnoreCase);
    private static readonly Dictionary<string, List<Entry>> BySubject = Index<Key.Subject>(key => key.Text);
    private static readonly Dictionary<string, List<Entry>> ByAttribute = Index<Key.Attribute>(key => key.Name);
    private static readonly Dictionary<string, List<Entry>> ByDeadLetter = Index<Key.DeadLetter>(key => key.First);
    private static readonly Dictionary<string, List<Entry>> ByMember = Index<Key.Members>(key => key.First);
    private static readonly Dictionary<string, List<Entry>> ByPrefix = Index<Key.Prefix>(key => key.Word);
    private static readonly Dictionary<string, List<Entry>> ByWord = Index<Key.Words>(key => key.First);

    /// <summary>Reads an event by the row that knows it. Total: an event that no row knows is told as it came.</summary>
    public static Reading Read(Envelope envelope)
    {
        if (Find(envelope) is not var (source, known))
        {
            var unknown = AsItCame.Read(envelope, null);
            return unknown.Outcome is Outcome.AsItCame ? unknown with { Why = $"no row knows it: one would need {KeyFor(envelope)}" } : unknown;
        }
        return source.Read(envelope) switch
        {
            Parsed.Told told => new(envelope, source.Name, told.Notices[0].Kind, Outcome.Told, known, told.Notices),
            Parsed.Quiet quiet => new(envelope, source.Name, envelope.DetailType ?? "", Outcome.Quiet, quiet.Why, []),
            Parsed.Garbled garbled => AsItCame.Read(envelope, (source, garbled.Fault)),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The row that knows an event, and by what; null when none does. The cost does not grow with the rows.</summary>
    public static (Source Source, string Known)? Find(Envelope envelope)
    {
        if (envelope.Attributes.Count > 0 && FindDeadLetter(envelope.Attributes) is { } dead) return dead;
        if (envelope.Publisher is { } publisher && Published(publisher) is { } published)
        {
            Entry? any = null;
            foreach (var entry in published)
            {
                var type = ((Key.Event)entry.Key).DetailType;
                if (type is null) any = entry;
                else if (string.Equals(type, envelope.DetailType, StringComparison.OrdinalIgnoreCase))
                    return (entry.Source, entry.Why);
            }
            if (any is { } row && !IsNamedByType(envelope)) return (row.Source, row.Why);
        }
        if (IsNamedByType(envelope) && ByDetail[envelope.DetailType!][0] is var detailed) return (detailed.Source, detailed.Why);
        if (envelope.Subject is { } subject && BySubject.TryGetValue(subject, out var named)) return (named[0].Source, named[0].Why);
        if (envelope.Attributes.Count > 0 && FindByAttribute(envelope.Attributes) is { } marked) return marked;
        return envelope.Text is { } text ? FindByWord(text) : FindByMember(envelope.Body);
    }

    private static (Source Source, string Known)? FindDeadLetter(ValueList<Fact> attributes)
    {
        foreach (var attribute in attributes)
        {
            if (!ByDeadLetter.TryGetValue(attribute.Name, out var entries)) continue;
            foreach (var entry in entries)
            {
                if (HasAll(attributes, ((Key.DeadLetter)entry.Key).Others)) return (entry.Source, entry.Why);
            }
        }
        return null;
    }

    private static (Source Source, string Known)? FindByAttribute(ValueList<Fact> attributes)
    {
        foreach (var attribute in attributes)
        {
            if (ByAttribute.TryGetValue(attribute.Name, out var entries)) return (entries[0].Source, entries[0].Why);
        }
        return null;
    }

    /// <summary>The rows of a publisher, else those of all publishers that begin like it up to the first "/".</summary>
    private static List<Entry>? Published(string publisher)
    {
        if (ByPublisher.TryGetValue(publisher, out var published)) return published;
        var slash = publisher.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && ByPublisher.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(publisher.AsSpan(0, slash + 1), out published) ? published : null;
    }

    private static (Source Source, string Known)? FindByMember(Json body)
    {
        Span<char> name = stackalloc char[64];
        var lookup = ByMember.GetAlternateLookup<ReadOnlySpan<char>>();
        var prefixes = ByPrefix.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var member in body.Members)
        {
            var raw = member.Name.Raw;
            var colon = raw.IndexOf((byte)':');
            if (colon > 0 && colon <= name.Length && Encoding.UTF8.TryGetChars(raw[..colon], name, out var word)
                && prefixes.TryGetValue(name[..word], out var prefixed))
            {
                return (prefixed[0].Source, prefixed[0].Why);
            }
            if (raw.Length > name.Length || !Encoding.UTF8.TryGetChars(raw, name, out var length)) continue;
            if (!lookup.TryGetValue(name[..length], out var entries)) continue;
            Entry? best = null;
            foreach (var entry in entries)
            {
                var key = (Key.Members)entry.Key;
                var isBetter = best is not { Key: Key.Members so } || key.Others.Count > so.Others.Count;
                if (isBetter && (key.Value is null || member.Value.Text == key.Value) && HasAll(body, key.Others)) best = entry;
            }
            if (best is { } found) return (found.Source, found.Why);
        }
        return null;
    }

    private static (Source Source, string Known)? FindByWord(string text)
    {
        var start = text.AsSpan().TrimStart();
        var end = start.IndexOfAny("=: \n");
        if (end <= 0 || !ByWord.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(start[..end], out var entries)) return null;
        foreach (var entry in entries)
        {
            var key = (Key.Words)entry.Key;
            if (HoldsAll(text, key.Others)) return (entry.Source, entry.Why);
        }
        return null;
    }

    private static bool HasAll(Json body, ValueList<string> names)
    {
        Span<byte> utf8 = stackalloc byte[192];
        foreach (var name in names)
        {
            if (!Encoding.UTF8.TryGetBytes(name, utf8, out var length) || !Has(body, utf8[..length])) return false;
        }
        return true;
    }

    private static bool HasAll(ValueList<Fact> attributes, ValueList<string> names)
    {
        foreach (var name in names)
        {
            var found = false;
            foreach (var attribute in attributes) found |= attribute.Name == name;
            if (!found) return false;
        }
        return true;
    }

    private static bool Has(Json body, ReadOnlySpan<byte> path)
    {
        var dot = path.IndexOf((byte)'.');
        if (dot < 0) return body[path].Kind is not JsonKind.Missing;
        var inner = body[path[..dot]];
        return Has(inner.IsArray ? inner[0] : inner, path[(dot + 1)..]);
    }

    private static bool HoldsAll(string text, ValueList<string> words)
    {
        foreach (var word in words)
        {
            if (!text.Contains(word, StringComparison.Ordinal)) return false;
        }
        return true;
    }

    /// <summary>The key by which a row would know an event, as it would stand in its file.</summary>
    private static string KeyFor(Envelope envelope)
    {
        if (envelope is { Publisher: { } publisher, DetailType: { } type }) return $"new Key.Event(\"{publisher}\", \"{Cut.Line(type, 80)}\")";
        if (envelope.Publisher is { } alone) return $"new Key.Event(\"{alone}\")";
        if (envelope.Text is { } text)
        {
            var start = Cut.Line(text, 80);
            var end = start.AsSpan().IndexOfAny("=: ");
            return $"new Key.Words(\"{(end > 0 ? start[..end] : start)}\", […])";
        }
        var names = new List<string>();
        foreach (var member in envelope.Body.Members)
        {
            if (names.Count < 3) names.Add(Cut.Line(member.Name.Text!, 40));
        }
        return names.Count == 0
            ? "a kind of key of its own"
            : $"new Key.Members(\"{names[0]}\", [{string.Join(", ", names.Skip(1).Select(name => $"\"{name}\""))}])";
    }

    private static bool IsNamedByType(Envelope envelope) => envelope.DetailType is { } type && ByDetail.ContainsKey(type);

    private static string WhyOf(Key key) => key switch
    {
        Key.Event { DetailType: { } type } it => $"published by {it.Publisher} as \"{type}\"",
        Key.Event it => $"published by {it.Publisher}",
        Key.Detail it => $"its detail-type is \"{it.Type}\"",
        Key.Subject it => $"its subject is \"{it.Text}\"",
        Key.DeadLetter it => $"it carries the attributes {string.Join(", ", (string[])[it.First, .. it.Others])}",
        Key.Attribute it => $"it has the attribute {it.Name}",
        Key.Members { Value: { } value } it => $"its {it.First} is \"{value}\"",
        Key.Members it => $"it has {string.Join(", ", (string[])[it.First, .. it.Others])}",
        Key.Prefix it => $"it has a member named \"{it.Word}:…\"",
        Key.Words it => $"it begins with \"{it.First}\"",
        _ => throw new UnreachableException(),
    };

    private static Dictionary<string, List<Entry>> Index<TKey>(Func<TKey, string> by, StringComparer? alike = null) where TKey : Key
    {
        var index = new Dictionary<string, List<Entry>>(alike ?? StringComparer.Ordinal);
        foreach (var source in All)
        {
            foreach (var key in source.Keys)
            {
                if (key is not TKey mine) continue;
                var entry = new Entry(key, source, WhyOf(key));
                if (index.TryGetValue(by(mine), out var entries)) entries.Add(entry);
                else index[by(mine)] = [entry];
            }
        }
        return index;
    }
}
