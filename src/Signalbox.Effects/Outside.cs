namespace Signalbox.Effects;

/// <summary>The real world, put together.</summary>
public sealed class Outside : IDisposable
{
    private readonly Doors doors;
    private readonly Wire wire;
    private readonly Trust trust;

    private Outside(Settings settings, Trust trust, Show show, Reveal reveal, Func<Send, Ask>? ask)
    {
        this.trust = trust;
        doors = new(trust);
        wire = new(doors);
        World = new()
        {
            Deliver = Deliverers.With(new()
            {
                Send = wire.Send,
                Reveal = reveal,
                Show = show,
                Rendering = settings.Rendering,
                Now = () => DateTimeOffset.UtcNow,
                Doors = doors,
                Append = ToFile.Append,
            }),
            Reveal = reveal,
            Now = () => DateTimeOffset.UtcNow,
            Wait = Task.Delay,
            Chance = Random.Shared.NextDouble,
            Record = _ => { },
            Send = wire.Send,
            Memory = new(),
        };
        if (ask is not null && settings.Lookups is not { Tags: false, Accounts: false }) World = World with { Ask = ask(wire.Send) };
    }

    /// <summary>The world as a value; hosts replace what they do their own way.</summary>
    public World World { get; }

    /// <summary>Sends any request over the same connections.</summary>
    public Send Send => wire.Send;

    /// <summary>Whether a certificate leads to somebody whom we trust: null, or why it does not.</summary>
    public Vouch Vouch => trust.Fault;

    /// <summary>Opens the world.</summary>
    /// <param name="settings">For what a fallback rendering knows besides the notice.</param>
    /// <param name="trust">Whom TLS trusts: <see cref="Roots.Open"/>.</param>
    /// <param name="show">Shows posts of local rooms.</param>
    /// <param name="reveal">Finds secrets; null for variables of this process and files.</param>
    /// <param name="ask">Makes who answers questions, over our connections; null for nobody. Only where the settings allow to ask.</param>
    public static Outside Open(Settings settings, Trust trust, Show show, Reveal? reveal = null, Func<Send, Ask>? ask = null) =>
        new(settings, trust, show, reveal ?? new Secrets().Reveal, ask);

    /// <summary>Looks up secrets and opens a connection to each host of these rooms, ahead of the first post.</summary>
    public async Task Greet(ValueList<Room> rooms, CancellationToken stop)
    {
        var hosts = new Dictionary<string, Uri>();
        foreach (var room in rooms)
        {
            if (await Deliverers.Address(room, World.Reveal, stop) is { } address) hosts.TryAdd(address.Authority, address);
        }
        await Task.WhenAll(hosts.Values.Take(MostHosts).Select(host => doors.Open(host, stop)));
    }

    /// <inheritdoc cref="Effects.Dial"/>
    /// <remarks>Not in the world of every host: a function never dials, and need not carry what it takes.</remarks>
    public Task<System.Net.WebSockets.WebSocket> Dial(Uri address, CancellationToken stop) => wire.Dial(address, stop);

    /// <inheritdoc/>
    public void Dispose() => wire.Dispose();

    private const int MostHosts = 8;
}
