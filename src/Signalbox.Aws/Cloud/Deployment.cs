using Signalbox.Deploy;
using Change = Signalbox.Deploy.Change;

namespace Signalbox.Aws.Cloud;

/// <summary>Reads what there is of a function in AWS, and takes the steps of a plan.</summary>
/// <param name="cloud">Where.</param>
/// <param name="zip">Reads the code, when it is to be sent.</param>
public sealed class Deployment(AwsCloud cloud, Func<ReadOnlyMemory<byte>> zip)
{
    /// <summary>What there is.</summary>
    /// <param name="release">What is wanted: its names say where to look besides what the function's own tags and rights say.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>The release as it leads where the roads of the function already lead, and what was found.</returns>
    /// <exception cref="CloudException">A service said no.</exception>
    public async Task<(Release Release, Found Found)> Read(Release release, CancellationToken stop)
    {
        var hand = new Hand(cloud, release, zip, stop);
        var function = (await FunctionWork.Read(hand)).ToList();
        if (function.FirstOrDefault(piece => piece.Kind is PieceKind.Tags)?[$"tag {Marks.Roads}"] is { Length: > 0 } roads)
            hand = hand with { Release = release = release with { Roads = roads } };
        var isThere = function.Count > 0;
        var isOurs = isThere && function[0].Others is null;
        var wanted = Wanted.Of(release);

        List<Piece> pieces = [.. function, .. await RoleWork.Read(hand), .. await LogWork.Read(hand), .. await TableWork.Read(hand)];
        var ledger = function.Where(piece => piece.Kind is PieceKind.Ledger && isOurs).Select(piece => piece.Name);
        var queues = release.OwnQueues.Union(ledger).ToList();
        foreach (var queue in queues) pieces.AddRange(await QueueWork.Read(hand, queue));
        if (isOurs) pieces.AddRange(await CallerWork.Read(hand));

        // Whom our rights name is whom something of ours may be with: what was made before is found so, whatever the files say now.
        var sources = pieces.Where(piece => piece.Others is null)
            .Where(piece => piece.Kind is PieceKind.QueueGrant || (piece.Kind is PieceKind.Permission && Site.IsArn(piece.Called)))
            .Select(piece => piece.Called).ToList();
        var theirs = pieces.Where(piece => piece is { Kind: PieceKind.Queue, Others: not null }).Select(piece => piece.Name);
        HashSet<string> endpoints = [.. isOurs ? (string[])[release.Called] : [], .. queues.Except(theirs).Select(release.Site.Queue)];
        var topics = wanted.Where(piece => piece.Kind is PieceKind.Subscription).Select(piece => piece["topic"]).Union(Of("sns"));
        foreach (var topic in topics) pieces.AddRange(await TopicWork.Read(hand, topic, endpoints));
        var rules = wanted.Where(piece => piece.Kind is PieceKind.Rule).Select(piece => piece.Name).Union(Of("events"));
        foreach (var rule in rules) pieces.AddRange(await RuleWork.Read(hand, rule));

        if (!isThere) return (release, new(Mine(pieces), [], []));
        var (versions, aliases) = (await VersionWork.Versions(hand), await VersionWork.Aliases(hand));
        pieces.AddRange(from alias in aliases
                        let state = versions.FirstOrDefault(version => version.Number == alias.Version)?.State ?? ""
                        select new Piece(PieceKind.Alias, alias.Name, [new("state", state), new("version", $"{alias.Version}")]));
        return (release, new(Mine(pieces), versions, aliases));

        IEnumerable<string> Of(string service) => sources.Where(source => Arn.Read(source)?.Service == service);
    }

    /// <summary>Takes steps, one after the other, until one fails.</summary>
    /// <param name="release">What is wanted.</param>
    /// <param name="changes">The steps.</param>
    /// <param name="before">Hears of each step before it is taken.</param>
    /// <param name="after">Hears of each step when it was taken.</param>
    /// <param name="stop">Stops it between two calls.</param>
    /// <exception cref="CloudException">A service said no: that step and those after it are not done, or not known to be.</exception>
    public async Task Take(Release release, ValueList<Change> changes, Action<Change> before, Action<Change> after, CancellationToken stop)
    {
        var hand = new Hand(cloud, release, zip, stop);
        var published = "";
        foreach (var change in changes)
        {
            before(change);
            switch (change.Kind)
            {
                case PieceKind.Version:
                    published = await VersionWork.Publish(hand);
                    break;
                case PieceKind.Alias:
                    var version = change.Wanted["version"] is { Length: > 0 } known ? known : published;
                    await VersionWork.Name(hand, change.Wanted.Name, version, change.Doing is Doing.Make);
                    break;
                default:
                    await Work(hand, change);
                    break;
            }
            after(change);
        }
    }

    /// <summary>The published versions of a function and its aliases; none when it is not there.</summary>
    /// <exception cref="CloudException">Lambda said no.</exception>
    public async Task<(ValueList<FunctionVersion> Versions, ValueList<FunctionAlias> Aliases)> Versions(Release release, CancellationToken stop)
    {
        var hand = new Hand(cloud, release, zip, stop);
        try
        {
            return (await VersionWork.Versions(hand), await VersionWork.Aliases(hand));
        }
        catch (CloudException fault) when (fault.IsNotThere)
        {
            return ([], []);
        }
    }

    /// <summary>Has an alias that is there name another version.</summary>
    /// <exception cref="CloudException">Lambda said no.</exception>
    public Task Move(Release release, int version, CancellationToken stop) =>
        VersionWork.Name(new(cloud, release, zip, stop), release.Alias, $"{version}", isNew: false);

    private static Task Work(Hand hand, Change change) => change.Kind switch
    {
        PieceKind.Role or PieceKind.Rights => RoleWork.Apply(hand, change),
        PieceKind.LogGroup => LogWork.Apply(hand, change),
        PieceKind.Function or PieceKind.Code or PieceKind.Concurrency or PieceKind.Tags or PieceKind.Ledger => FunctionWork.Apply(hand, change),
        PieceKind.Queue => QueueWork.Apply(hand, change),
        PieceKind.QueueGrant => QueueWork.ApplyGrant(hand, change),
        PieceKind.Table => TableWork.Apply(hand, change),
        PieceKind.Rule => RuleWork.Apply(hand, change),
        PieceKind.Target => RuleWork.ApplyTarget(hand, change),
        PieceKind.Subscription => TopicWork.Apply(hand, change),
        PieceKind.OldVersion => VersionWork.DeleteVersion(hand, change.Wanted.Name),
        _ => CallerWork.Apply(hand, change),
    };

    private static ValueList<Piece> Mine(IEnumerable<Piece> pieces) => [.. pieces.DistinctBy(piece => (piece.Kind, piece.Name))];
}
