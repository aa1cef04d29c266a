namespace Signalbox.Deploy;

/// <summary>From what is wanted and what was found to what is to be done.</summary>
/// <remarks>
/// New things are made before old ones go, so that no event falls between them; rights are given before what uses them and taken after it, so that a plan
/// that was cut short can be found and finished by the next one.
/// </remarks>
public static class Plan
{
    /// <summary>The steps that bring a function to where it is wanted.</summary>
    /// <param name="release">What is wanted.</param>
    /// <param name="found">What was found.</param>
    public static Planned Deploy(Release release, Found found)
    {
        var wanted = Wanted.Of(release);
        var conflicts = wanted.Select(piece => (piece, there: found[piece.Kind, piece.Name])).Where(pair => pair.there?.Others is not null)
            .Select(pair => Conflict(pair.piece, pair.there!)).ToValueList();
        if (conflicts.Count > 0) return new Planned.Refused(conflicts);

        var isNew = found[PieceKind.Function, release.Spec.DeployedName] is null;
        var made = wanted.Where(piece => piece.Kind is not PieceKind.Alias && !(isNew && IsMadeWith(piece))).SelectMany(piece => Towards(piece, found));
        var left = found.Pieces.Where(piece => piece.Others is null && found[piece.Kind, piece.Name] is not null
            && !wanted.Any(one => one.Kind == piece.Kind && one.Name == piece.Name) && CanBeLeft(piece.Kind));
        var changes = (Change[])[.. made, .. Versions(release, found)];
        return new Planned.Steps([.. changes.OrderBy(change => change.Kind), .. Gone(left), .. Old(release, found)]);
    }

    /// <summary>The steps that take away everything that was made for a function, and nothing else.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="data">True to take the table and the log away too.</param>
    public static ValueList<Change> Delete(Found found, bool data) => Gone(found.Pieces.Where(piece =>
        piece.Others is null && (IsAlone(piece.Kind) || (data && IsData(piece)))));

    /// <summary>What a new function brings with it: it is created with its code and tags.</summary>
    private static bool IsMadeWith(Piece piece) => piece.Kind is PieceKind.Code or PieceKind.Tags or PieceKind.Ledger
        || piece.Kind is PieceKind.Concurrency && piece["reserved"].Length is 0;

    /// <summary>What goes when it is no longer wanted. Data stays, and what a function cannot be without.</summary>
    private static bool CanBeLeft(PieceKind kind) => kind is PieceKind.Role or PieceKind.Rights or PieceKind.Ledger or PieceKind.Queue or PieceKind.QueueGrant
        or PieceKind.AsyncCalls or PieceKind.Permission or PieceKind.Url or PieceKind.Rule or PieceKind.Target or PieceKind.Mapping
        or PieceKind.Subscription;

    /// <summary>What has to be taken away by itself; everything else goes with its function or queue.</summary>
    private static bool IsAlone(PieceKind kind) => kind is PieceKind.Role or PieceKind.Rights or PieceKind.Function or PieceKind.Queue or PieceKind.Rule
        or PieceKind.Target or PieceKind.Mapping or PieceKind.Subscription;

    /// <summary>What is kept unless it is asked for: a table that another made is not even then ours to take.</summary>
    private static bool IsData(Piece piece) => piece.Kind is PieceKind.LogGroup || (piece.Kind is PieceKind.Table && piece["ours"] is "true");

    private static IEnumerable<Change> Towards(Piece wanted, Found found)
    {
        if (found[wanted.Kind, wanted.Name] is not { } there)
        {
            yield return Change.Of(Doing.Make, wanted, null);
        }
        else if (wanted.Differs(there).Count > 0)
        {
            yield return Change.Of(Doing.Alter, wanted with { At = there.At.Length > 0 ? there.At : wanted.At }, there);
        }
    }

    /// <summary>Takes things away, what is used after what uses it. Rights at a queue go with the queue.</summary>
    private static ValueList<Change> Gone(IEnumerable<Piece> pieces)
    {
        var all = pieces.ToList();
        var queues = all.Where(piece => piece.Kind is PieceKind.Queue).Select(piece => piece.Name).ToHashSet();
        return
        [
            .. from piece in all.Select((piece, place) => (piece, place))
               where !(piece.piece.Kind is PieceKind.QueueGrant && queues.Contains(piece.piece.At))
               orderby piece.piece.Kind descending, piece.place descending
               select Change.Of(Doing.Remove, piece.piece, piece.piece),
        ];
    }

    /// <summary>Publishes a version when none is what is wanted, and has the alias name it.</summary>
    private static IEnumerable<Change> Versions(Release release, Found found)
    {
        var alias = Wanted.Of(release).First(piece => piece.Kind is PieceKind.Alias);
        var there = found[PieceKind.Alias, alias.Name];
        if (there is not null && alias.Differs(there).Count is 0) yield break;
        var (state, last) = (alias["state"], found.Last);
        var number = last?.State == state ? last.Text : null;
        if (number is null) yield return Change.Of(Doing.Make, new(PieceKind.Version, release.Spec.DeployedName, [new("state", state)]), null);
        yield return Change.Of(there is null ? Doing.Make : Doing.Alter, alias with { Traits = [.. alias.Traits, new("version", number ?? "")] }, there);
    }

    private static IEnumerable<Change> Old(Release release, Found found)
    {
        var state = Wanted.Of(release).First(piece => piece.Kind is PieceKind.Alias)["state"];
        var live = found[PieceKind.Alias, release.Alias]?["state"] == state
            ? found.Aliases.FirstOrDefault(alias => alias.Name == release.Alias)?.Version
            : found.Last is { } last && last.State == state ? last.Number : null;
        var others = found.Aliases.SelectMany(alias => alias.Name == release.Alias ? alias.Others : [alias.Version, .. alias.Others]);
        ValueList<int> named = [.. others, .. live is { } number ? (int[])[number] : []];
        return from old in FunctionVersion.Old([.. found.Versions.Select(version => version.Number)], named, release.Spec.RetainedVersions)
               let piece = new Piece(PieceKind.OldVersion, Release.Number(old), []) { At = release.Spec.DeployedName }
               select Change.Of(Doing.Remove, piece, piece);
    }

    private static string Conflict(Piece wanted, Piece found)
    {
        var mend = wanted.Kind switch
        {
            PieceKind.Queue => "name it by its ARN in queues to be fed by it as it is, or choose another name",
            PieceKind.Role => "name it by its ARN as role to use it as it is, or choose another nameTemplate",
            PieceKind.Function => "choose another name or nameTemplate, or hand it over: aws lambda tag-resource with the tags signalbox:project and "
                + "signalbox:function (and signalbox:environment, where there is one)",
            _ => "choose another name",
        };
        return $"{ChangeWords.Noun(wanted)} is there already, and {found.Others}: {mend}";
    }
}
