using System.Net.WebSockets;

namespace Signalbox.Effects;

/// <summary>Socket Mode: Slack's requests over a WebSocket that we open, for servers without a public address.</summary>
/// <remarks>Every envelope is acknowledged before anything is done for it. When Slack wants a connection replaced, the new one opens first and the old one
/// is heard until it ends; a connection that is lost is opened again, ever more slowly up to once a minute.</remarks>
/// <param name="settings">Names the app's token.</param>
/// <param name="world">Reaches Slack.</param>
/// <param name="heard">Does what a request asks for.</param>
public sealed class SlackSocket(Settings settings, World world, Func<SlackRequest, CancellationToken, Task> heard)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseWhenDisabled = TimeSpan.FromMinutes(5);

    /// <summary>Called with what a connection does, in words without any secret.</summary>
    public Action<string> Says { get; init; } = _ => { };

    /// <summary>Called with what goes wrong, in words without any secret.</summary>
    public Action<string> Trouble { get; init; } = _ => { };

    /// <summary>Keeps a connection open until it is stopped; nothing without an app-token in the settings.</summary>
    public async Task Run(CancellationToken stop)
    {
        if (settings.SlackApp?.AppToken is not { } token) return;
        var open = new List<Task>();
        var failures = 0;
        try
        {
            while (true)
            {
                var (socket, why) = await Open(token, failures > 0, stop);
                if (socket is not null)
                {
                    var line = new SlackSocketLine(socket, Heard, Says, Farewell);
                    open.RemoveAll(each => each.IsCompleted);
                    open.Add(line.Listen(stop));
                    why = await line.Leaving;
                    if (line.IsGreeted) failures = 0;
                    if (why is null) continue;
                }
                stop.ThrowIfCancellationRequested();
                Trouble($"Socket Mode: {why}");
                await world.Wait(why is SlackSocketLine.Disabled ? PauseWhenDisabled : Pause(failures++), stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Task.WhenAll(open);
        }
    }

    /// <summary>A connection, or why there is none.</summary>
    private async Task<(WebSocket? Socket, string? Why)> Open(string reference, bool afresh, CancellationToken stop)
    {
        var revealed = await world.Reveal(reference, afresh, stop);
        if (revealed.Value is not { } token) return (null, $"the app-token: {revealed.Why}");
        var api = SlackBot.Of(settings, null)?.Api ?? "https://slack.com/api";
        var letter = Letter.To("api", $"{api}/apps.connections.open", Array.Empty<byte>()) with { Type = "application/x-www-form-urlencoded" };
        if (letter.Address is null) return (null, letter.Fault);
        var answer = await world.Send(letter.Authorized("Bearer", token), Longest, stop);
        if (answer is not Answer.Came came) return (null, $"apps.connections.open: {((Answer.Missing)answer).Why}");
        var said = Verdict.Body(came);
        if (said["url"u8].Text is not { } url || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("wss" or "ws"))
            return (null, $"apps.connections.open answered {came.Status} {Cut.Line(said["error"u8].Text ?? "without an address", 60)}");
        // Plain text is for stand-ins: where Slack is asked over TLS, it answers over TLS.
        if (address.Scheme is "ws" && letter.Address.Scheme is "https") return (null, "apps.connections.open answered with an address without TLS");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Longest);
        try
        {
            return (await world.Dial(address, patience.Token), null);
        }
        catch (Exception fault) when (fault is WebSocketException or HttpRequestException or IOException
            || (fault is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return (null, $"the connection could not be opened ({fault.GetType().Name})");
        }
    }

    private async Task Heard(SlackRequest request, CancellationToken stop)
    {
        try
        {
            await heard(request, stop);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            Trouble($"Socket Mode: a request could not be done ({fault.GetType().Name})");
        }
    }

    private TimeSpan Pause(int failures)
    {
        var most = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(failures, 10)), LongestPause.TotalSeconds));
        return most / 2 + most / 2 * world.Chance();
    }
}
