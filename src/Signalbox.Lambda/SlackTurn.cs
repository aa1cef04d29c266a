using Signalbox.Effects;

namespace Signalbox.Lambda;

/// <summary>Calls in which somebody in Slack asks for something, through the function's URL.</summary>
/// <remarks>Slack waits three seconds, and nothing works between calls: what is asked for is done within the call, the room hears of it in what is left of the
/// time, and whatever waits then goes out with the next call.</remarks>
internal sealed class SlackTurn(Settings settings, Store? store, Shift? shift, World world, Log log)
{
    private const string NoStore = "This function keeps nothing between calls, so there is nothing to act on: give it a store (see docs/slack-app.md).";
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(2_200);
    private static readonly byte[] Wake = "{\"signalbox\":\"wake\"}"u8.ToArray();

    private readonly SlackPeople people = new();

    /// <summary>Takes a call.</summary>
    public async Task<Reply> Take(string requestId, SlackCall call, CancellationToken stop)
    {
        var until = world.Now() + Patience;
        if (await SlackDoor.Refusal(settings, world, call.Timestamp, call.Signature, call.Body, stop) is { } refusal)
        {
            log.Slack(requestId, "request", "refused", refusal.Why);
            return Text(refusal.Status, refusal.Status switch { 404 => "not here\n", 401 => "not signed by Slack\n", _ => "not now\n" });
        }
        var request = SlackReading.OfBody(call.Body);
        if (request is SlackRequest.Challenge challenge) return Text(200, challenge.Text);
        var name = NameOf(request);
        if (request.Identity is null)
        {
            log.Slack(requestId, name, "nothing to do");
            return Text(200, "");
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        var desk = store ?? MemoryStore.Open();
        var acts = new SlackActs(settings, new(settings, desk, world, $"lambda/{requestId}"), desk, world, people);
        var answer = NoStore;
        try
        {
            if (!await acts.IsNew(request, patience.Token))
            {
                log.Slack(requestId, name, "repeat");
                return Text(200, "");
            }
            if (store is not null) answer = await acts.Do(request, patience.Token) ?? "";
            log.Slack(requestId, name, store is null ? "no store" : "done");
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            log.Slack(requestId, name, "failed", fault is StoreException ? fault.Message : fault.GetType().Name);
            answer = "That did not work: Signalbox has trouble, and its log says which. Please try again.";
        }
        var told = request is SlackRequest.Command ? Task.CompletedTask : Tell(requestId, acts, request, answer, patience.Token);
        await Task.WhenAll(told, Deliver(requestId, until, stop));
        return request is SlackRequest.Command && answer.Length > 0 ? Replies.Http(200, SlackWords.Ephemeral(answer), "application/json") : Text(200, "");
    }

    private async Task Tell(string requestId, SlackActs acts, SlackRequest request, string answer, CancellationToken stop)
    {
        try
        {
            if (answer.Length > 0 && await acts.Tell(request, answer, stop) is { } why)
                log.Slack(requestId, NameOf(request), "the answer could not be shown", why);
        }
        catch (Exception fault)
        {
            log.Slack(requestId, NameOf(request), "the answer could not be shown", fault.GetType().Name);
        }
    }

    /// <summary>What the rooms are to hear goes out at once, as far as there is time.</summary>
    private async Task Deliver(string requestId, DateTimeOffset until, CancellationToken stop)
    {
        if (shift is null) return;
        try
        {
            await shift.Handle(requestId, Wake, until + Retry.Margin, stop);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            log.Trouble(requestId, fault is StoreException ? fault.Message : $"something unexpected happened ({fault.GetType().Name})");
        }
    }

    private static string NameOf(SlackRequest request) => request switch
    {
        SlackRequest.Pressed pressed => Cut.Line(pressed.Action, 60),
        SlackRequest.Command => "command",
        SlackRequest.Mentioned => "mention",
        SlackRequest.Other other => Cut.Line(other.Type, 60),
        _ => "challenge",
    };

    private static Reply Text(int status, string text) => Replies.Http(status, System.Text.Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8");
}
