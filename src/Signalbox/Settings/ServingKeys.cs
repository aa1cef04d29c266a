namespace Signalbox;

/// <summary>The keys under <c>server</c>, and what is made of them.</summary>
internal static class ServingKeys
{
    /// <summary>When the operator's room hears of another.</summary>
    private static readonly Section Watch = new("a watch", "server.watch",
    [
        new("refused", Shapes.Duration, "A room that has refused everything for so long.", "10m"),
        new("backlog", Shapes.Count, "A room for which so many posts wait.", "1000"),
        new("behind", Shapes.Duration, "A room whose oldest post has waited for so long.", "15m"),
    ]);

    /// <summary>An event that is expected.</summary>
    private static readonly Section Beat = new("a heartbeat", "server.heartbeats.NAME",
    [
        new("when", Keys.Condition, "Which events.") { Required = true },
        new("every", Shapes.Duration, "They come at least so often.") { Required = true },
    ]);

    /// <summary>A queue.</summary>
    private static readonly Section Sqs = new("a queue", "server.queues[]",
    [
        new("url", Shapes.Scalar("the URL of a queue", Secrets.IsAddress, json => Shapes.Typed(json, "string")),
            "The URL of the queue, as in https://sqs.eu-west-1.amazonaws.com/123456789012/signalbox.") { Required = true },
        new("region", Shapes.Text("a region"), "Its region.", "the one in its URL"),
        new("endpoint", Shapes.Scalar("an http or https address", Secrets.IsAddress, json => Shapes.Typed(json, "string")),
            "Where SQS is asked instead, for tests and proxies."),
    ]);

    /// <summary>The section.</summary>
    public static readonly Section Server = new("a server", "server",
    [
        new("listen", Shapes.Text("an address and a port"), "Where signalbox serve listens.", "127.0.0.1:9080"),
        new("url", Shapes.Scalar("an http or https address", Secrets.IsAddress, json => Shapes.Typed(json, "string")),
            "Under which address people reach it: links in messages lead there."),
        new("queues", Shapes.ListOf("a list of queues", Shapes.Fixed(Sqs)),
            "SQS queues whose messages are taken: each is deleted when its events are in the store (sqs:ReceiveMessage, sqs:DeleteMessage)."),
        new("watch", Shapes.Fixed(Watch), "When the operator's room hears that another room refuses, or is behind."),
        new("heartbeats", Shapes.Named("a map from names to heartbeats", (_, _) => { }, Shapes.Fixed(Beat)),
            "Events that are expected again and again: the operator's room hears when one does not come."),
        new("otlp", Shapes.Scalar("an http or https address", Secrets.IsAddress, json => Shapes.Typed(json, "string")),
            "Where traces and metrics are sent by OTLP over HTTP, as in http://localhost:4318; so does OTEL_EXPORTER_OTLP_ENDPOINT."),
        .. IngestKeys.Rows,
        new("sign-in", Shapes.Fixed(SignInKeys.SignIn), "How people at a browser say who they are.",
            "nobody has to where only this machine can call, and nobody can from anywhere else"),
    ]);

    /// <summary>Every section of it, in the order of the docs.</summary>
    public static ValueList<Section> Sections => [Server, IngestKeys.Key, IngestKeys.Hooks, Sqs, .. SignInKeys.Sections, Watch, Beat];

    /// <summary>What stands there. Takes what it understands; complaining is the checks' part.</summary>
    public static Serving Of(Tree? tree, ValueList<Account> accounts) => new()
    {
        Listen = tree?["listen"]?.Word,
        Url = tree?["url"]?.Word?.TrimEnd('/'),
        Otlp = tree?["otlp"]?.Word,
        Queues = [.. from queue in tree?["queues"]?.OneOrMany ?? []
                     select new Queue(queue["url"]?.Word ?? "", queue["region"]?.Word, queue["endpoint"]?.Word)],
        Watch = new(
            Conducts.SpanOf(tree?["watch"]?["refused"], Watching.Usual.RefusedFor),
            Conducts.CountOf(tree?["watch"]?["backlog"], Watching.Usual.Backlog),
            Conducts.SpanOf(tree?["watch"]?["behind"], Watching.Usual.Behind)),
        Heartbeats = [.. from beat in tree?["heartbeats"]?.Members ?? []
                         let text = beat.Value["when"]?.Word ?? ""
                         select new Heartbeat(beat.Name.Text, Conducts.Condition(beat.Value["when"], accounts), text,
                             Conducts.SpanOf(beat.Value["every"], TimeSpan.FromMinutes(10)))],
        Intake = IngestKeys.Of(tree),
        SignIn = SignInKeys.Of(tree?["sign-in"]),
    };
}
