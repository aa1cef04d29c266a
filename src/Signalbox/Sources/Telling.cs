using System.Text;

namespace Signalbox;

/// <summary>A scalar somewhere in an event that nobody described to us.</summary>
/// <param name="Name">The last member name on the way to it, as written.</param>
/// <param name="Plain">The same in lower case, letters and digits only: "instance-id", "InstanceId" and "Instance ID" are one.</param>
/// <param name="Parent">The member name above; empty at the top.</param>
/// <param name="Above">The same in lower case, letters and digits only.</param>
/// <param name="Value">Its value.</param>
/// <param name="Depth">How deep it lies; 0 at the top.</param>
internal readonly record struct Scalar(string Name, string Plain, string Parent, string Above, string Value, int Depth);

/// <summary>Finds the telling fields of an unknown event by their names.</summary>
internal static class Telling
{
    private const int MaxDepth = 5;
    private const int MaxScalars = 400;

    public static readonly string[] Titles =
    [
        "title", "headline", "alertname", "alarmname", "rulename", "eventname", "eventtype", "subject", "name", "displayname", "action", "event",
        "type",
    ];
    public static readonly string[] Messages =
    [
        "message", "msg", "displaymessage", "description", "statusmessage", "statusreason", "statereason", "reason", "errormessage", "cause",
        "error", "summary", "text", "detailmessage", "body", "content",
    ];

    /// <summary>How names of sentences end that are not among <see cref="Messages"/>: "failureMessage", "failure-reason", "statusDetails".</summary>
    private static readonly string[] MessageEndings = ["message", "reason", "description", "errordetails", "statusdetails"];
    public static readonly string[] States =
    [
        "status", "state", "newstate", "currentstate", "newstatevalue", "jobstatus", "buildstatus", "teststatus", "result", "outcome",
        "conclusion", "phase", "monitorcondition", "alertstate", "problemstate",
    ];

    /// <summary>Fields that may say how bad it is, and mostly say something else.</summary>
    private static readonly string[] Weak = ["type", "kind", "messagetype", "alerttype", "impact"];
    public static readonly string[] Severities = ["severity", "level", "loglevel", "priority", "severitylabel", "urgency", "eventtype"];
    public static readonly string[] Resources =
    [
        "checkname", "monitorname", "monitorfriendlyname",
        "resource", "resourcename", "resourceid", "resourcearn", "service", "servicename", "application", "app", "function", "functionname",
        "cluster", "host", "hostname", "instance", "instanceid", "bucket", "bucketname", "pipeline", "jobname", "job", "project", "repository",
        "queue", "table", "database", "arn", "entity", "entityname", "entitydisplayname", "impactedentity", "impactedentities", "check",
        "monitor", "workspacename", "configurationitems",
    ];
    public static readonly string[] Happenings = ["eventname", "eventtype", "event"];
    public static readonly string[] Acts = [.. Happenings, "type", "action"];
    public static readonly string[] Times =
    [
        "time", "timestamp", "eventtime", "updatedat", "createdat", "starttime", "date", "datetime", "occurredat", "at", "ts",
    ];
    public static readonly string[] Accounts = ["accountid", "awsaccountid", "account", "awsaccount"];
    public static readonly string[] Regions = ["region", "awsregion"];
    public static readonly string[] Pages = ["htmlurl", "weburl", "fullurl", "url", "link", "consolelink", "dashboardurl", "runbook", "runbookurl", "href"];

    /// <summary>Parts of names that name no thing of its own.</summary>
    private static readonly string[] OtherNames =
    [
        "user", "account", "region", "event", "role", "policy", "type", "metric", "parameter", "key", "class", "file", "product", "document", "template",
        "client", "platform", "owner", "author", "actor", "company", "country", "city", "domain", "display", "first", "full",
    ];

    /// <summary>How names of ids begin that tell requests, versions and generations apart.</summary>
    private static readonly string[] OtherIds =
        ["id", "request", "message", "version", "session", "correlation", "trace", "transaction", "execution", "invocation", "parent", "aws", "uu", "external"];

    /// <summary>Who sent it and for whom, which is not what it is about.</summary>
    private static readonly string[] OtherParents =
    [
        "webhook", "organization", "org", "team", "metadata", "meta", "source", "page", "sender", "integration", "account", "user", "actor", "owner",
        "author",
    ];

    private static readonly string[] Hidden =
    [
        "password", "passwd", "secret", "token", "apikey", "accesskey", "privatekey", "credential", "authorization", "signature", "webhook",
        "cookie", "connectionstring", "subscribeurl", "unsubscribe", "passphrase", "routingkey", "servicekey", "integrationkey", "authpass", "authkey",
        "bearer",
    ];

    /// <summary>Names that are secret as a whole, and harmless as a part of another.</summary>
    private static readonly string[] HiddenWhole = ["pass", "pwd", "auth", "jwt", "session", "headers"];

    private static readonly string[] HiddenBeginnings = ["Bearer ", "Basic ", "eyJ", "xoxb-", "xoxp-", "xapp-", "ghp_", "github_pat_", "glpat-"];

    /// <summary>Every scalar of a value, those nearer to the top first, in the order of the event.</summary>
    public static List<Scalar> Of(Json value)
    {
        var found = new List<Scalar>();
        Walk(value, "", 0, found);
        var ordered = new List<Scalar>(found.Count);
        for (var depth = 0; depth <= MaxDepth + 1; depth++)
        {
            foreach (var scalar in found)
            {
                if (scalar.Depth == depth) ordered.Add(scalar);
            }
        }
        return ordered;
    }

    /// <summary>The value of the first of these names that occurs, the nearest to the top; null when none does.</summary>
    public static string? First(List<Scalar> scalars, string[] names) => First(scalars, names, int.MaxValue);

    private static string? First(List<Scalar> scalars, string[] names, int depth)
    {
        var best = names.Length;
        string? value = null;
        foreach (var scalar in scalars)
        {
            if (scalar.Depth > depth || best == 0) break;
            var place = Array.IndexOf(names, scalar.Plain, 0, best);
            if (place >= 0 && !IsSecret(scalar) && !IsOfThePast(scalar)) (best, value) = (place, scalar.Value);
        }
        return value;
    }

    /// <summary>The same among the values near the top only: deep down a "state" may be one of a country.</summary>
    public static string? FirstNear(List<Scalar> scalars, string[] names) => First(scalars, names, 1);

    /// <summary>The state near the top: of a field that is called so, the worst where several are; else of one whose name ends so ("virtualInterfaceState",
    /// "status-code"); else of one that holds a word for a state.</summary>
    public static string? State(List<Scalar> scalars) => Worst(scalars)
        ?? FirstWhere(scalars, 1, scalar =>
            Ends(scalar, "state") || Ends(scalar, "status") || (Ends(scalar, "statuscode") && scalar.Value.Any(char.IsAsciiLetter)))
        ?? FirstWhere(scalars, 2, scalar => Array.IndexOf(States, scalar.Plain) >= 0 && StateWords.StandingOfPhrase(scalar.Value) is not null)
        ?? FirstWhere(scalars, 1, scalar => Array.IndexOf(Severities, scalar.Plain) < 0 && !Weak.Contains(scalar.Plain)
            && scalar.Value.Length < 16 && StateWords.StandingOf(scalar.Value) is { Severity: > Severity.Info } or { Status: Status.Cleared });

    /// <summary>"status: completed, result: failed" has failed.</summary>
    private static string? Worst(List<Scalar> scalars)
    {
        var (named, worst) = (FirstNear(scalars, States), Severity.Info);
        var state = named;
        foreach (var scalar in scalars)
        {
            if (scalar.Depth > 1) break;
            if (Array.IndexOf(States, scalar.Plain) < 0 || IsOfThePast(scalar) || IsSecret(scalar)) continue;
            if (StateWords.StandingOfPhrase(scalar.Value) is { } standing && standing.Severity > worst) (worst, state) = (standing.Severity, scalar.Value);
        }
        return state;
    }

    /// <summary>What it is about, of a field near the top that is called so, and not one of who sent it.</summary>
    public static string? Resource(List<Scalar> scalars)
    {
        var (best, value) = (Resources.Length, default(string));
        foreach (var scalar in scalars)
        {
            if (scalar.Depth > 1 || best == 0) break;
            if (Array.IndexOf(Resources, scalar.Plain, 0, best) is >= 0 and var place && !IsOfOthers(scalar) && !IsSecret(scalar) && !IsOfThePast(scalar))
                (best, value) = (place, scalar.Value);
        }
        return value;
    }

    /// <summary>What happened, in a sentence: of a field that is called so, else of one whose name ends so.</summary>
    public static string? Message(List<Scalar> scalars) => First(scalars, Messages) ?? FirstWhere(scalars, 2, IsSentence);

    /// <summary>True for a field whose name ends as those of sentences do.</summary>
    public static bool IsSentence(Scalar scalar) => MessageEndings.Any(ending => Ends(scalar, ending)) && scalar.Value.Any(char.IsLetter);

    /// <summary>The page to open: of a field that is called so, else of one whose name ends so.</summary>
    public static string? Page(List<Scalar> scalars)
    {
        List<Scalar> whole = [.. scalars.Where(scalar => scalar.Value.StartsWith("http", StringComparison.Ordinal))];
        // That of an API only where there is no other.
        return Among([.. whole.Where(scalar => !scalar.Value.Contains("://api.", StringComparison.Ordinal))]) ?? Among(whole);

        static string? Among(List<Scalar> addresses) => First(addresses, Pages) ?? FirstWhere(addresses, 1, IsPage);
    }

    /// <summary>True for an address of a page, which is a button and no fact.</summary>
    public static bool IsPage(Scalar scalar) => Array.IndexOf(Pages, scalar.Plain) >= 0
        || ((Ends(scalar, "url") || Ends(scalar, "link")) && scalar.Value.StartsWith("https://", StringComparison.Ordinal));

    /// <summary>How bad it is: what a field of such a name says, else one whose name ends so, else the worst severity of which some are counted.</summary>
    public static Severity? SeverityOf(List<Scalar> scalars)
    {
        bool IsKnown(Scalar scalar) => StateWords.SeverityOf(scalar.Value) is not null;
        var word = First(scalars, Severities) is { } named && StateWords.SeverityOf(named) is not null ? named
            : FirstWhere(scalars, 2, scalar => (Ends(scalar, "severity") || Array.IndexOf(Severities, scalar.Plain) >= 0) && IsKnown(scalar))
                ?? FirstWhere(scalars, 1, scalar => Weak.Contains(scalar.Plain) && IsKnown(scalar));
        if (word is not null) return StateWords.SeverityOf(word);
        Severity? worst = null;
        foreach (var scalar in scalars)
        {
            if (scalar.Value.AsSpan().TrimStart('0').IsEmpty || !scalar.Above.EndsWith("severitycounts", StringComparison.Ordinal)) continue;
            if (StateWords.SeverityOf(scalar.Name) is { } counted && !(worst >= counted)) worst = counted;
        }
        return worst;
    }

    /// <summary>What it is about, by a field near the top whose name ends in "name"; null where only people, places and kinds are named.</summary>
    public static string? NameOfThing(List<Scalar> scalars) => FirstWhere(scalars, 1, scalar => Ends(scalar, "name") && IsOfThing(scalar))
        ?? FirstWhere(scalars, 2, scalar => scalar.Plain is "name" && scalar.Parent is "attributes" or "object" or "properties");

    /// <summary>What it is about, by an id at the top that is one of a thing: "fileSystemId", not "requestId".</summary>
    public static string? IdOfThing(List<Scalar> scalars) => FirstWhere(scalars, 0, scalar =>
        (Ends(scalar, "id") || Ends(scalar, "identifier")) && scalar.Value.Length is > 2 and <= 60 && IsOfThing(scalar)
        && !OtherIds.Any(other => scalar.Plain.StartsWith(other, StringComparison.Ordinal)));

    private static bool IsOfThing(Scalar scalar)
    {
        if (IsOfOthers(scalar)) return false;
        var isOwn = scalar.Plain.StartsWith("filesystem", StringComparison.Ordinal);
        foreach (var other in OtherNames)
        {
            if (scalar.Above.Contains(other, StringComparison.Ordinal) || (!isOwn && scalar.Plain.Contains(other, StringComparison.Ordinal))) return false;
        }
        return true;
    }

    private static bool IsOfOthers(Scalar scalar) => Array.IndexOf(OtherParents, scalar.Above) >= 0;

    private static string? FirstWhere(List<Scalar> scalars, int depth, Func<Scalar, bool> isMeant)
    {
        foreach (var scalar in scalars)
        {
            if (scalar.Depth > depth) break;
            if (isMeant(scalar) && !IsSecret(scalar) && !IsOfThePast(scalar)) return scalar.Value;
        }
        return null;
    }

    private static bool Ends(Scalar scalar, string ending) => scalar.Plain.EndsWith(ending, StringComparison.Ordinal);

    /// <summary>True for a state or a reason of before, or of what is wanted: it says nothing of what is.</summary>
    public static bool IsOfThePast(Scalar scalar) =>
        Begins(scalar.Plain, ["previous", "old", "last", "desired", "target", "from"])
        || (Begins(scalar.Plain, ["prior"]) && !Begins(scalar.Plain, ["priority"]))
        || (Begins(scalar.Above, ["previous", "old", "prior", "before"]));

    private static bool Begins(string name, ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (name.StartsWith(word, StringComparison.Ordinal)) return true;
        }
        return false;
    }

    /// <summary>What a yes or no near the top says of success: <c>"failure": true</c>, <c>"ok": false</c>; null when there is none.</summary>
    public static (Severity Severity, Status Status)? Verdict(List<Scalar> scalars)
    {
        foreach (var scalar in scalars)
        {
            if (scalar.Depth > 1 || scalar.Value is not ("true" or "false")) continue;
            var isBad = scalar.Plain is "failure" or "failed" or "error" or "iserror" or "hasfailed" or "timedout";
            if (isBad || scalar.Plain is "success" or "succeeded" or "successful" or "ok" or "passed" or "healthy")
                return isBad == (scalar.Value is "true") ? (Severity.Error, Status.Raised) : (Severity.Info, Status.Cleared);
        }
        return null;
    }

    /// <summary>True for what must not be shown: by its name (of a webhook its address alone), by how its value begins, or by what an address asks.</summary>
    public static bool IsSecret(Scalar scalar)
    {
        if (IsSecretValue(scalar.Value) || Array.IndexOf(HiddenWhole, scalar.Plain) >= 0) return true;
        if (!IsSecretName(scalar.Plain)) return false;
        return scalar.Value.Contains('/', StringComparison.Ordinal) || !scalar.Plain.Contains("webhook", StringComparison.Ordinal)
            || IsSecretName(scalar.Plain.Replace("webhook", "", StringComparison.Ordinal));
    }

    private static bool IsSecretValue(string value)
    {
        if (value.Length > 12 && Array.Exists(HiddenBeginnings, begin => value.StartsWith(begin, StringComparison.Ordinal)))
            return value.IndexOf(' ', value.IndexOf(' ') + 1) < 0;
        if (!value.StartsWith("http", StringComparison.Ordinal) || value.IndexOf('?', StringComparison.Ordinal) is not (> 0 and var query)) return false;
        foreach (var pair in value[(query + 1)..].Split('&'))
        {
            if (IsSecretName(Plain(pair[..(pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var cut ? cut : 0)]))) return true;
        }
        return false;
    }

    /// <summary>True for the name, in lower case, of what may be a secret.</summary>
    public static bool IsSecretName(string plain)
    {
        foreach (var secret in Hidden)
        {
            if (plain.Contains(secret, StringComparison.Ordinal)) return true;
        }
        return false;
    }

    /// <summary>"instance-id" and "instanceId" as words: "Instance id"; a run of capitals stays one: "Instance ID".</summary>
    public static string Label(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        for (var at = 0; at < name.Length; at++)
        {
            var unit = name[at];
            if (unit is '_' or '-' or '.' or ' ')
            {
                if (words.Length > 0 && words[^1] is not ' ') words.Append(' ');
            }
            else if (char.IsUpper(unit) && at > 0 && char.IsLower(name[at - 1]))
            {
                var isRun = at + 1 < name.Length && char.IsUpper(name[at + 1]);
                words.Append(' ').Append(isRun ? unit : char.ToLowerInvariant(unit));
            }
            else
            {
                words.Append(words.Length == 0 ? char.ToUpperInvariant(unit) : unit);
            }
        }
        return Cut.Line(words.ToString(), 60);
    }

    private static void Walk(Json value, string parent, int depth, List<Scalar> into)
    {
        if (depth > MaxDepth) return;
        var above = Plain(parent);
        foreach (var (nameJson, member) in value.Members)
        {
            if (into.Count >= MaxScalars) return;
            var name = nameJson.Text!;
            if (member.IsObject) Walk(member, name, depth + 1, into);
            else if (member.IsArray) WalkArray(member, name, parent, depth, into);
            else if (member.Scalar is { } scalar && !string.IsNullOrWhiteSpace(scalar)) into.Add(new(name, Plain(name), parent, above, scalar, depth));
        }
        if (value.IsArray) WalkArray(value, parent, "", depth, into);
    }

    private static void WalkArray(Json array, string name, string parent, int depth, List<Scalar> into)
    {
        var texts = new List<string>();
        foreach (var item in array.Items)
        {
            if (item.IsObject || item.IsArray) Walk(item, name, depth + 1, into);
            else if (item.Scalar is { } scalar && !string.IsNullOrWhiteSpace(scalar)) texts.Add(scalar);
        }
        if (texts.Count == 0) return;
        var all = string.Join(", ", texts.Take(5)) + (texts.Count > 5 ? $" and {texts.Count - 5} more" : "");
        into.Add(new(name, Plain(name), parent, Plain(parent), all, depth));
    }

    /// <summary>A name in lower case, letters and digits only.</summary>
    public static string Plain(string name)
    {
        if (name.Length > 100) return name.ToLowerInvariant();
        Span<char> plain = stackalloc char[name.Length];
        var length = 0;
        foreach (var unit in name)
        {
            if (char.IsLetterOrDigit(unit)) plain[length++] = char.ToLowerInvariant(unit);
        }
        return length == name.Length && plain.SequenceEqual(name) ? name : plain[..length].ToString();
    }
}
