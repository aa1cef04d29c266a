using System.Text;

namespace Signalbox.Deploy;

/// <summary>Steps in words that a person can check: what, and from what to what.</summary>
internal static class ChangeWords
{
    /// <summary>One line.</summary>
    public static string Of(Doing doing, Piece wanted, Piece? found) => doing switch
    {
        Doing.Make => Made(wanted),
        Doing.Alter => Altered(wanted, found!),
        _ => Gone(wanted),
    };

    /// <summary>A thing with its kind: "queue events".</summary>
    public static string Noun(Piece piece) => $"{Kind(piece.Kind)} {Name(piece)}";

    private static string Kind(PieceKind kind) => kind switch
    {
        PieceKind.Rights => "rights of role",
        PieceKind.LogGroup => "log group",
        PieceKind.Concurrency => "concurrency of function",
        PieceKind.Tags => "tags of function",
        PieceKind.AsyncCalls => "asynchronous calls of alias",
        PieceKind.Url => "address of alias",
        PieceKind.OldVersion => "version",
        PieceKind.Code => "code of function",
        var other => other.ToString().ToLowerInvariant(),
    };

    private static string Name(Piece piece) => piece.Kind is PieceKind.Code ? piece.Name : piece.Shown;

    private static string Made(Piece piece) => piece.Kind switch
    {
        PieceKind.Role => $"create role {piece.Name}: may be assumed by Lambda",
        PieceKind.Rights => $"give role {piece.Name} its rights: {string.Join(", ", Sids(piece["policy"]))}",
        PieceKind.LogGroup => $"create log group {piece.Name}: {Kept(piece["retention"])}",
        PieceKind.Function => $"create function {piece.Name}: {piece["runtime"]}, {piece["memory"]} MB, {piece["timeout"]} s",
        PieceKind.Concurrency => $"reserve concurrency of function {piece.Name}: {piece["reserved"]}",
        PieceKind.Ledger => $"note queue {piece.Name} as the function's own",
        PieceKind.Queue when piece["dead letters"].Length > 0 =>
            $"create queue {piece.Name}: encrypted, hides a message for {piece["visibility"]} s, "
            + $"after {piece["tries"]} tries to {Short(piece["dead letters"])}",
        PieceKind.Queue => $"create queue {piece.Name}: encrypted, keeps failures for {Quantity.Count(Whole(piece["retention"]) / 86_400, "day")}",
        PieceKind.Table => $"create table {piece.Name} in {piece.At}: on demand, with expiry",
        PieceKind.QueueGrant => $"let {piece.Called} send to queue {piece.At}",
        PieceKind.Version => $"publish a version of function {piece.Name}",
        PieceKind.Alias => $"create alias {piece.Name}: {VersionOf(piece)}",
        PieceKind.AsyncCalls => $"try asynchronous calls of alias {piece.Name} twice again{Then(piece["on failure"])}",
        PieceKind.Permission => $"let {piece.Called} call alias {piece.At}"
            + $"{(piece["action"].EndsWith("Url", StringComparison.Ordinal) ? " by its address" : "")}",
        PieceKind.Url => $"give alias {piece.Name} an address: {Auth(piece)}",
        PieceKind.Rule => $"create rule {piece.Shown}: {(piece["schedule"].Length > 0 ? piece["schedule"] : piece["pattern"])}",
        PieceKind.Target => $"lead rule {piece.Shown} to {piece["to"]}",
        PieceKind.Mapping => $"feed {piece["function"]} from queue {Short(piece.Name)}: ten at a time, with partial failures",
        PieceKind.Subscription => $"subscribe {(piece["protocol"] is "sqs" ? "queue" : "function")} {Short(piece["endpoint"])} to topic {piece["topic"]}",
        _ => $"create {Noun(piece)}",
    };

    private static string Gone(Piece piece) => piece.Kind switch
    {
        PieceKind.Rights => $"take its rights from role {piece.Name}",
        PieceKind.Ledger => $"forget queue {piece.Name} as the function's own",
        PieceKind.Queue => $"delete queue {piece.Name} with what is in it",
        PieceKind.QueueGrant => $"no longer let {piece.Called} send to queue {piece.At}",
        PieceKind.Permission => $"no longer let {piece.Called} call alias {piece.At}",
        PieceKind.AsyncCalls => $"treat failed asynchronous calls of alias {piece.Name} as usual",
        PieceKind.Url => $"take its address from alias {piece.Name}",
        PieceKind.Target => $"no longer lead rule {piece.Shown} anywhere",
        PieceKind.Mapping => $"no longer feed {piece["function"]} from queue {Short(piece.Name)}",
        PieceKind.Subscription => $"unsubscribe {Short(piece["endpoint"])} from topic {piece["topic"]}",
        PieceKind.OldVersion => $"delete old version {piece.Name}",
        _ => $"delete {Noun(piece)}",
    };

    private static string Altered(Piece wanted, Piece found) => wanted.Kind switch
    {
        PieceKind.Rights => $"change rights of role {wanted.Name}: {Rights(Sids(found["policy"]), Sids(wanted["policy"]))}",
        PieceKind.Role when wanted["trust"] != found["trust"] => $"change role {wanted.Name}: may be assumed by Lambda, and by nobody else",
        PieceKind.Code => $"update code of function {wanted.Name}: sha256 {Hash(found["sha256"])} → {Hash(wanted["sha256"])}, {wanted.Called}"
            + (wanted["architecture"] == found["architecture"] ? "" : $", {found["architecture"]} → {wanted["architecture"]}"),
        PieceKind.Alias => $"move alias {wanted.Name}: version {found["version"]} → {VersionOf(wanted)}",
        _ => $"change {Noun(wanted)}: {string.Join(", ", wanted.Differs(found).Select(trait => Differs(trait, found[trait.Name])))}",
    };

    private static string Differs(Trait wanted, string found) => wanted.IsHidden
        ? $"{wanted.Name} ({string.Join(", ", Names(wanted.Value, found))})"
        : $"{wanted.Name} {Shown(found)} → {Shown(wanted.Value)}";

    private static string Shown(string value) => value.Length > 0 ? Cut.Line(value, 120) : "none";

    /// <summary>The members in which two JSON objects differ, by name alone.</summary>
    private static IEnumerable<string> Names(string wanted, string found)
    {
        var (next, before) = (Members(wanted), Members(found));
        foreach (var name in next.Keys.Union(before.Keys).Order(StringComparer.Ordinal))
        {
            if (!before.ContainsKey(name)) yield return $"+{name}";
            else if (!next.ContainsKey(name)) yield return $"−{name}";
            else if (next.GetValueOrDefault(name) != before.GetValueOrDefault(name)) yield return name;
        }
    }

    private static Dictionary<string, string> Members(string json)
    {
        var members = new Dictionary<string, string>();
        foreach (var (name, value) in Json.Parse(Encoding.UTF8.GetBytes(json)).Value.Members) members[name.Text ?? ""] = value.AsWritten;
        return members;
    }

    private static ValueList<string> Sids(string policy)
    {
        var sids = new List<string>();
        foreach (var statement in Json.Parse(Encoding.UTF8.GetBytes(policy)).Value["Statement"u8].Items) sids.Add(statement["Sid"u8].Text ?? "policy.json");
        return [.. sids];
    }

    private static string Rights(ValueList<string> before, ValueList<string> after)
    {
        string[] words = [.. after.Except(before).Select(sid => $"+{sid}"), .. before.Except(after).Select(sid => $"−{sid}")];
        return words.Length > 0 ? string.Join(", ", words) : $"the same names ({string.Join(", ", after)}), other resources or actions";
    }

    private static string VersionOf(Piece alias) => alias["version"] is { Length: > 0 } number ? number : "the new one";

    private static string Then(string destination) => destination.Length > 0 ? $", then hand them to {destination}" : "";

    private static string Auth(Piece url) => url["auth"] is "NONE" ? "open, the function checks signatures" : "for principals of IAM";

    private static string Kept(string days) => days.Length > 0 ? $"kept for {Quantity.Count(Whole(days), "day")}" : "kept for ever";

    private static long Whole(string digits) => long.TryParse(digits, out var number) ? number : 0;

    private static string Hash(string sha256) => sha256.Length > 8 ? sha256[..8] + "…" : sha256;

    private static string Short(string arn) => Arn.Read(arn)?.Resource ?? arn;
}
