namespace Signalbox.Effects;

/// <summary>The real world, put together.</summary>
public sealed class Outside : IDisposable
{
    private readonly Doors doors;
    private readonly Wire wire;
    private readonly Trust trust;
    private readonly Secrets secrets;

    private Outside(Settings settings, Trust trust, Show show, Reveal? others, Func<Send, Ask>? ask, Func<Send, Vault>? vault)
    {
        this.trust = trust;
        doors = new(trust);
        wire = new(doors);
        secrets = new(vault?.Invoke(wire.Send));
        var reveal = others ?? secrets.Reveal;
        var means = new Means
        {
            Send = wire.Send,
            Reveal = reveal,
            Show = show,
            Rendering = settings.Rendering,
            Now = () => DateTimeOffset.UtcNow,
            Doors = doors,
            Append = ToFile.Append,
        };
        World = new()
        {
            Deliver = Deliverers.With(means),
            ReadBack = Deliverers.ReadBack(means),
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
    /// <param name="vault">Makes who fetches secrets that AWS keeps, over our connections; null for nobody.</param>
    public static Outside Open(
        Settings settings, Trust trust, Show show, Reveal? reveal = null, Func<Send, Ask>? ask = null, Func<Send, Vault>? vault = null) =>
        new(settings, trust, show, reveal, ask, vault);

    /// <inheritdoc cref="Secrets.Learn"/>
    public Task Learn(ValueList<VaultReference> references) => secrets.Learn(references);

    /// <summary>Looks up secrets and opens a connection to each host of these rooms, ahead of the first post.</summary>
    public async Task Greet(ValueList<Room> rooms, CancellationToken stop)
    {
        var hosts = new Dictionary<string, Uri>();
        var later = new List<Room>();
        foreach (var room in rooms)
        {
            if (await Deliverers.Address(room, Guessed, stop) is { } address) hosts.TryAdd(address.Authority, address);
            else later.Add(room);
        }
        var opened = hosts.Values.Take(MostHosts).Select(host => doors.Open(host, stop)).ToList();
        foreach (var room in later)
        {
            if (await Deliverers.Address(room, World.Reveal, stop) is { } address && hosts.TryAdd(address.Authority, address) && hosts.Count <= MostHosts)
                opened.Add(doors.Open(address, stop));
        }
        await Task.WhenAll(opened);
    }

    /// <summary>Most hosts are known without the secret that goes there: a connection need not wait until AWS has told it.</summary>
    private ValueTask<Revealed> Guessed(string reference, bool afresh, CancellationToken stop) =>
        VaultReference.Read(reference) is null ? World.Reveal(reference, afresh, stop) : new(new Revealed("-", null));

    /// <inheritdoc cref="Effects.Dial"/>
    /// <remarks>Not in the world of every host: a function never dials, and need not carry what it takes.</remarks>
    public Task<System.Net.WebSockets.WebSocket> Dial(Uri address, CancellationToken stop) => wire.Dial(address, stop);

    /// <inheritdoc/>
    public void Dispose() => wire.Dispose();

    private const int MostHosts = 8;
}
