using Signalbox.Effects;

namespace Signalbox.Lambda;

/// <summary>Takes calls one after the other, for as long as Lambda keeps the process.</summary>
internal sealed class Loop(RuntimeApi api, Settings settings, World world, Log log)
{
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
        var deadline = invocation.Deadline ?? world.Now() + UsualTimeout;
        var noting = world with { Record = handled => log.Event(invocation.RequestId, handled) };
        var reply = Replies.To(await Run.Handle(invocation.Event, settings, noting, deadline, stop));
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
}
