namespace Signalbox.Deploy.Tests;

/// <summary>A project ops with a function alerts, and what AWS has when it was deployed.</summary>
internal static class Ops
{
    public const string Topic = "arn:aws:sns:eu-west-1:123456789012:cloudformation";

    public static Site Site { get; } = new("aws", "eu-west-1", "123456789012");

    public static FunctionSpec Bare { get; } = new() { Name = "alerts", DeployedName = "ops_alerts", Folder = "functions/alerts" };

    /// <summary>Everything that a function can have.</summary>
    public static FunctionSpec Full { get; } = Bare with
    {
        Description = "Tells people",
        Topics = ["cloudformation", "arn:aws:sns:us-east-1:999999999999:theirs"],
        Queues = ["events", "arn:aws:sqs:eu-west-1:123456789012:others"],
        Rules = [new("health", """{"source":["aws.health"]}""", "default"), new("builds", """{"source":["ci"]}""", "tools")],
        Schedules = [new("wake", "rate(1 minute)", """{"signalbox":"wake"}""")],
        Url = "none",
        ReservedConcurrency = 5,
        Environment = [new("TOKEN", "s3cret"), new("SIGNALBOX_STORE", "dynamodb://ops")],
        Tags = [new("team", "ops")],
    };

    public static Release Release(FunctionSpec spec) =>
        new("ops", "prod", spec, new("abcdefghijklmnop=", 8_600_000), Settings.None, Site, Signalbox.Deploy.Release.UsualAlias);

    /// <summary>AWS as it is after a release.</summary>
    public static Found After(Release release, params int[] before)
    {
        var wanted = Wanted.Of(release);
        var state = FunctionVersion.Of(Wanted.Function(release), Wanted.Code(release));
        var live = before.Length is 0 ? 1 : before.Max() + 1;
        return new(
            [.. from piece in wanted
                select piece.Kind switch
                {
                    PieceKind.Alias => piece with { Traits = [.. piece.Traits, new("version", $"{live}")] },
                    PieceKind.Mapping or PieceKind.Subscription => piece with { At = "its id" },
                    PieceKind.Table => piece with { Traits = [.. piece.Traits, new("ours", "true")] },
                    _ => piece,
                }],
            [.. before.Select(number => new FunctionVersion(number, $"state {number}")), new(live, state)],
            [new(release.Alias, live, [])]);
    }

    public static ValueList<Change> Plan(Release release, Found found) =>
        Signalbox.Deploy.Plan.Deploy(release, found).Match(steps => steps.Changes, refused => throw new InvalidOperationException(string.Join("; ", refused.Why)));

    public static string[] Words(FunctionSpec spec, Found found) => [.. Plan(Release(spec), found).Select(change => change.Words)];

    public static Found Without(this Found found, PieceKind kind) => found with { Pieces = [.. found.Pieces.Where(piece => piece.Kind != kind)] };

    public static Found With(this Found found, PieceKind kind, Func<Piece, Piece> change) =>
        found with { Pieces = [.. found.Pieces.Select(piece => piece.Kind == kind ? change(piece) : piece)] };

    public static Piece With(this Piece piece, string trait, string value) =>
        piece with { Traits = [.. piece.Traits.Where(one => one.Name != trait), new(trait, value)] };
}
