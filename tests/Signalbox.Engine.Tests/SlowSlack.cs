namespace Signalbox.EngineTests;

/// <summary>A Slack channel that takes one message a second and five at once, and refuses with 429 and Retry-After what comes faster.</summary>
internal sealed class SlowSlack
{
    private static readonly Pace Pace = new(1, 5);
    private Bucket bucket = Bucket.Full(Pace, Play.Start);

    /// <summary>What it took, and when.</summary>
    public List<Shown> Taken { get; } = [];

    public int Refusals { get; private set; }

    public Delivery Take(Post post, DateTimeOffset now)
    {
        var (after, wait) = bucket.Take(Pace, now, TimeSpan.Zero);
        bucket = after;
        if (wait is null)
        {
            Refusals++;
            return new Delivery.Later(TimeSpan.FromSeconds(1), "answered 429 ratelimited");
        }
        Taken.Add(new(now, post));
        return new Delivery.Made($"C1/{Taken.Count}");
    }

    /// <summary>When something was first named, in a message or a digest that people can read.</summary>
    public Dictionary<string, DateTimeOffset> FirstNamed(Func<string, IEnumerable<string>> names)
    {
        var first = new Dictionary<string, DateTimeOffset>();
        foreach (var shown in Taken)
        {
            foreach (var name in names(Payload.Words(shown.Post.Payload))) first.TryAdd(name, shown.At);
        }
        return first;
    }
}
