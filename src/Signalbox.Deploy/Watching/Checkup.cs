namespace Signalbox.Deploy;

/// <summary>What is well and what is not with a function, from what is wanted and what was found.</summary>
public static class Checkup
{
    /// <summary>A finding for each thing that was to be there, in the order of an event's way to the function and of what the function needs.</summary>
    /// <param name="release">What is wanted. Without a hash of the code, code is not compared.</param>
    /// <param name="found">What was found.</param>
    public static IEnumerable<Finding> Of(Release release, Found found)
    {
        var deploy = $"Run signalbox deploy {release.Spec.Name}.";
        if (found[PieceKind.Function, release.Spec.DeployedName] is not { } function)
        {
            yield return Finding.Wrong("function", $"{release.Spec.DeployedName} is not there, in {release.Site.Region} of account {release.Site.Account}",
                deploy);
            yield break;
        }
        if (function.Others is { } others)
        {
            yield return Finding.Wrong("function", $"{release.Spec.DeployedName} is there, but {others}", "Choose another name or nameTemplate.");
            yield break;
        }
        foreach (var wanted in Wanted.Of(release).Where(piece => IsLooked(piece.Kind)))
        {
            if (wanted.Kind is PieceKind.Code && release.Zip.Sha256.Length is 0) continue;
            if (wanted.Kind is PieceKind.Alias) yield return Alias(release, wanted, found, deploy);
            else yield return One(wanted, found[wanted.Kind, wanted.Name], deploy);
        }
        if (found[PieceKind.Concurrency, release.Spec.DeployedName]?["reserved"] is "0")
        {
            var wanted = release.Spec.ReservedConcurrency;
            yield return Finding.Wrong("concurrency", "0 is reserved: nothing runs, every call is throttled",
                wanted is 0 ? "Raise reservedConcurrency in function.json, then deploy." : deploy);
        }
    }

    /// <summary>What is looked at apart: concurrency; and what is part of another finding.</summary>
    private static bool IsLooked(PieceKind kind) => kind is not (PieceKind.Tags or PieceKind.Ledger or PieceKind.Concurrency);

    private static Finding One(Piece wanted, Piece? found, string deploy)
    {
        var check = Check(wanted.Kind);
        if (found is null) return Finding.Wrong(check, $"{Named(wanted)} is not there", deploy);
        if (found.Others is { } others) return Finding.Wrong(check, $"{Named(wanted)} is there, but {others}", "Choose another name, or name it by its ARN.");
        var differs = wanted.Differs(found).Where(trait => !trait.Name.StartsWith("tag ", StringComparison.Ordinal)).ToValueList();
        if (differs.Count is 0) return Finding.Well(check, Well(wanted));
        var change = Change.Of(Doing.Alter, wanted with
        {
            Traits = [.. wanted.Traits.Where(trait => !trait.Name.StartsWith("tag ",
            StringComparison.Ordinal))]
        }, found);
        var mend = $"deploy would {change.Words}.";
        return IsNeeded(wanted.Kind) ? Finding.Wrong(check, $"{Named(wanted)} is not as it is wanted", $"{deploy} It would {change.Words}.")
            : Finding.Doubtful(check, $"{Named(wanted)} is not as its files say", mend);
    }

    /// <summary>What events do not pass without, when it differs; other differences are merely not deployed yet.</summary>
    private static bool IsNeeded(PieceKind kind) => kind is PieceKind.Role or PieceKind.Rights or PieceKind.QueueGrant or PieceKind.Permission or PieceKind.Rule
        or PieceKind.Target or PieceKind.Mapping or PieceKind.Subscription or PieceKind.Url;

    private static Finding Alias(Release release, Piece wanted, Found found, string deploy)
    {
        if (found.Aliases.FirstOrDefault(alias => alias.Name == wanted.Name) is not { } alias)
            return Finding.Wrong("alias", $"there is no alias {wanted.Name}: topics, queues and rules lead to nothing", deploy);
        var last = found.Last is { } newest && newest.Number > alias.Version ? $"; version {newest.Text} is newer" : "";
        var isAsFiles = release.Zip.Sha256.Length is 0 || found[PieceKind.Alias, wanted.Name]?["state"] == wanted["state"];
        var what = $"{wanted.Name} names version {Release.Number(alias.Version)}{last}";
        return isAsFiles ? Finding.Well("alias", what) : Finding.Doubtful("alias", $"{what}, which is not what the files say", deploy);
    }

    private static string Check(PieceKind kind) => kind switch
    {
        PieceKind.Rights => "rights",
        PieceKind.LogGroup => "log",
        PieceKind.QueueGrant => "queue policy",
        PieceKind.AsyncCalls => "failures",
        PieceKind.Mapping => "feeding",
        PieceKind.Url => "address",
        var other => other.ToString().ToLowerInvariant(),
    };

    private static string Named(Piece piece) => piece.Kind switch
    {
        PieceKind.QueueGrant => $"the right of {piece.Called} to send to queue {piece.At}",
        PieceKind.Permission => $"the right of {piece.Called} to call alias {piece.At}",
        PieceKind.Subscription => $"the subscription of {Short(piece["endpoint"])} to topic {piece["topic"]}",
        PieceKind.Mapping => $"the feeding from queue {Short(piece.Name)}",
        PieceKind.Target => $"what rule {piece.Shown} leads to",
        _ => ChangeWords.Noun(piece),
    };

    private static string Well(Piece piece) => piece.Kind switch
    {
        PieceKind.Role => $"{piece.Name}, which Lambda alone may take",
        PieceKind.Rights => "as this function needs them, no more",
        PieceKind.LogGroup => $"{piece.Name}, {(piece["retention"] is { Length: > 0 } days ? $"kept {days} days" : "kept for ever")}",
        PieceKind.Function => $"{piece.Name}: {piece["runtime"]}, {piece["memory"]} MB, {piece["timeout"]} s",
        PieceKind.Code => $"as the files make it, {piece.Shown}",
        PieceKind.Queue => piece.Name,
        PieceKind.QueueGrant => $"{Short(piece.Called)} may send to {piece.At}",
        PieceKind.Permission => $"{Short(piece.Called)} may call alias {piece.At}",
        PieceKind.AsyncCalls => piece["on failure"] is { Length: > 0 } to ? $"calls that fail go to {Short(to)}" : "calls that fail are tried twice again",
        PieceKind.Mapping => $"queue {Short(piece.Name)} feeds the alias",
        PieceKind.Subscription => $"{Short(piece["endpoint"])} hears topic {Short(piece["topic"])}",
        PieceKind.Target => $"rule {piece.Shown} leads to {Short(piece["to"])}",
        PieceKind.Rule => $"{piece.Shown} is on{(piece["schedule"] is { Length: > 0 } schedule ? $", {schedule}" : "")}",
        PieceKind.Url => piece["auth"] is "NONE" ? "everybody may call it: the function checks signatures" : "callers sign",
        _ => piece.Shown,
    };

    private static string Short(string arn) => Arn.Read(arn)?.Name ?? arn;
}
