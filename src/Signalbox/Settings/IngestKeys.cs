using System.Globalization;

namespace Signalbox;

/// <summary>The keys under <c>server</c> that say who may bring events.</summary>
internal static class IngestKeys
{
    private static readonly Shape Secret = SecretShapes.Of(new RoomKey("", RoomKeyKind.Secret, "")).Shape;

    private static readonly Shape Sha256 = Shapes.Scalar(
        "64 hexadecimal digits", text => text.Length is 64 && text.All(char.IsAsciiHexDigit),
        json =>
        {
            Shapes.Typed(json, "string");
            json.WriteString("pattern", "^[0-9A-Fa-f]{64}$");
        });

    private static readonly Shape Topic = Shapes.Scalar(
        "a pattern of topic ARNs, as in arn:aws:sns:*:123456789012:alerts-*", text => text.StartsWith("arn:", StringComparison.Ordinal),
        json => Shapes.Typed(json, "string"));

    /// <summary>A key.</summary>
    public static readonly Section Key = new("a key", "server.keys.NAME",
    [
        new("key", Secret, "Where the key is: the secret itself stays out of this file."),
        new("sha256", Sha256, "Instead of key: its SHA-256, as printf %s KEY | sha256sum shows it."),
        new("source", Shapes.Text("a label"), "What events that come with it have as topic, unless they name one: conditions can ask for it."),
        new("per-second", Shapes.Rate, "How many events a second it may bring, on average; more are answered with 429.", "any number"),
        new("silences", Shapes.Flag, "Whether it may also silence, as amtool does.", "false"),
    ])
    {
        Together = (found, findings) =>
        {
            if (found["key"] is null == found["sha256"] is null)
                findings.Says(found, "expected key or sha256 in a key, found " + (found["key"] is null ? "neither." : "both."));
        },
    };

    /// <summary>Secrets of webhooks.</summary>
    public static readonly Section Hooks = new("hooks", "server.hooks",
    [
        new("github", Shapes.OneOrMany(Secret), "The secret of GitHub's webhooks, for /hooks/github. Several while one replaces another."),
        new("gitlab", Shapes.OneOrMany(Secret), "The secret token of GitLab's webhooks, for /hooks/gitlab."),
        new("standard", Shapes.OneOrMany(Secret), "The secret (whsec_…) of Standard Webhooks, for /hooks/standard."),
    ]);

    /// <summary>The rows under <c>server</c>.</summary>
    public static ValueList<Setting> Rows =>
    [
        new("topics", Shapes.OneOrMany(Topic), "The SNS topics that may send to /sns.", "none"),
        new("replay", Shapes.Duration, "How old a message of SNS may be.", "1h"),
        new("keys", Shapes.Named("a map from names to keys", (_, _) => { }, Shapes.Fixed(Key)),
            "Keys of programs that bring events. Without any, only programs on this machine may.", "none"),
        new("hooks", Shapes.Fixed(Hooks), "The secrets with which webhooks are signed."),
    ];

    /// <summary>What stands there.</summary>
    public static Intake Of(Tree? tree) => new()
    {
        Topics = Words(tree?["topics"]),
        Replay = tree?["replay"]?.Word is { } replay && Durations.Read(replay) is { } span ? span : Intake.Usual.Replay,
        Keys = [.. from member in tree?["keys"]?.Members ?? [] select new KeyGrant(member.Name.Text)
        {
            Reference = member.Value["key"]?.Word,
            Sha256 = member.Value["sha256"]?.Word,
            Source = member.Value["source"]?.Word,
            PerSecond = double.TryParse(member.Value["per-second"]?.Word, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) ? rate : null,
            MaySilence = member.Value["silences"]?.Word is "true",
        }],
        GitHub = Words(tree?["hooks"]?["github"]),
        GitLab = Words(tree?["hooks"]?["gitlab"]),
        Standard = Words(tree?["hooks"]?["standard"]),
    };

    private static ValueList<string> Words(Tree? tree) => [.. from word in tree?.OneOrMany ?? [] where word.Word is not null select word.Word!];
}
