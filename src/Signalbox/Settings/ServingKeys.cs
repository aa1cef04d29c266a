namespace Signalbox;

/// <summary>The keys under <c>server</c>, and what is made of them.</summary>
internal static class ServingKeys
{
    /// <summary>The section.</summary>
    public static readonly Section Server = new("a server", "server",
    [
        new("listen", Shapes.Text("an address and a port"), "Where signalbox serve listens.", "127.0.0.1:9080"),
        new("url", Shapes.Scalar("an http or https address", Secrets.IsAddress, json => Shapes.Typed(json, "string")),
            "Under which address people reach it: links in messages lead there."),
        .. IngestKeys.Rows,
    ]);

    /// <summary>Every section of it, in the order of the docs.</summary>
    public static ValueList<Section> Sections => [Server, IngestKeys.Key, IngestKeys.Hooks];

    /// <summary>What stands there. Takes what it understands; complaining is the checks' part.</summary>
    public static Serving Of(Tree? tree) => new()
    {
        Listen = tree?["listen"]?.Word,
        Url = tree?["url"]?.Word?.TrimEnd('/'),
        Intake = IngestKeys.Of(tree),
    };
}
