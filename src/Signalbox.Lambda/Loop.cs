using Signalbox.Effects;

namespace Signalbox.Lambda;

/// <summary>Takes calls one after the other, for as long as Lambda keeps the process.</summary>
/// <param name="api">Lambda's side.</param>
/// <param name="settings">Who hears what.</param>
/// <param name="world">Everything else outside.</param>
/// <param name="log">What is written down.</param>
/// <param name="store">What outlives the process; null for nothing.</param>
internal sealed class Loop(RuntimeApi api, Settings settings, World world, Log log, Store? store = null)
{
    private Settings settings = settings;
    private World world = world;
    private Shift? shift = store is null ? null : new(settings, store, world, log);
    private SlackTurn? turn;

    /// <summary>Looks between two calls whether the settings are others now; null where they never are.</summary>
    public Func<CancellationToken, Task<Renewed>>? Renew { get; init; }

    /// <summary>The time for a call whose deadline Lambda did not say.</summary>
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(9);

    /// <summary>Serves until stopped, or until the Runtime API cannot be reached, which is the end of the process.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Serve(CancellationToken stop)
    {
        while (true)
        {
            Invocation invocation;
            try
            {
                invocation = await api.Next(stop);
            }
            catch (OperationCanceledException)
            {
                return 0;
            }
            catch (HttpRequestException fault)
            {
                log.Trouble(null, $"the Runtime API cannot be reached ({fault.HttpRequestError})");
                return 1;
            }
            await Answer(invocation, stop);
        }
    }

    private async Task Answer(Invocation invocation, CancellationToken stop)
    {
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.Trace);
        if (Renew is not null) await Begin(await Renew(stop), stop);
        var deadline = invocation.Deadline ?? world.Now() + UsualTimeout;
        var reply = await Replied(invocation, deadline, stop);
        try
        {
            if (reply.Body is { } body) await api.Respond(invocation, body, stop);
            else await api.Fail(invocation, reply.Failure!, stop);
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            // Lambda counts a call without an answer as failed and sends the event again; what arrived is remembered.
            log.Trouble(invocation.RequestId, "the answer could not be handed to the Runtime API");
        }
    }

    /// <summary>Goes on by other settings, and tells the operator's room where they could not be taken, or can again. Whatever becomes of that, the call is
    /// served.</summary>
    private async Task Begin(Renewed renewed, CancellationToken stop)
    {
        if (renewed is { Settings: { } changed, World: { } other })
        {
            (settings, world) = (changed, other);
            shift = store is null ? null : new(settings, store, world, log);
            turn = null;
        }
        if (renewed.News is not { } news || store is null) return;
        try
        {
            var engine = new Engine(settings, store, world, "lambda/settings");
            // That all is well again is news only to a room that has heard of the trouble, from this instance or another.
            if (news.Status is Status.Raised || (await engine.Find(news.Thread!, stop)).Count > 0) await engine.Report(news with { At = world.Now() }, stop);
        }
        catch (StoreException fault)
        {
            log.Doubt($"the operator's room could not be told of the settings: {fault.Message}");
        }
    }

    private async Task<Reply> Replied(Invocation invocation, DateTimeOffset deadline, CancellationToken stop)
    {
        if (SlackCall.Of(invocation.Event) is { } call && (call.Signature is not null || settings.SlackApp is not null))
        {
            turn ??= new(settings, store, shift, world, log);
            return await turn.Take(invocation.RequestId, call, stop);
        }
        if (shift is null)
        {
            var noting = world with { Record = handled => log.Event(invocation.RequestId, handled) };
            return Replies.To(await Run.Handle(invocation.Event, settings, noting, deadline, stop));
        }
        try
        {
            return Replies.To(await shift.Handle(invocation.RequestId, invocation.Event, deadline, stop));
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // Whoever sent the event sends it again; what was accepted meanwhile is known then.
            var why = fault is StoreException ? fault.Message : $"something unexpected happened ({fault.GetType().Name})";
            log.Trouble(invocation.RequestId, why);
            return new(null, new("Signalbox.StoreFailed", why));
        }
    }
}
