using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Signalbox.Effects;

/// <summary>One connection of Socket Mode, from its greeting to its end.</summary>
/// <param name="socket">The connection; closed at the end.</param>
/// <param name="heard">Does what a request asks for; never throws but when stopped.</param>
/// <param name="says">Called with what the connection does.</param>
/// <param name="farewell">How long it is heard after Slack has asked for another.</param>
internal sealed class SlackSocketLine(WebSocket socket, Func<SlackRequest, CancellationToken, Task> heard, Action<string> says, TimeSpan farewell)
{
    /// <summary>Why a connection ends that nobody may open again.</summary>
    public const string Disabled = "Socket Mode is switched off in the app's settings";

    private const int MostBytes = 1024 * 1024;
    private readonly TaskCompletionSource<string?> leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> works = [];

    /// <summary>Ends when another connection is needed: with null when Slack wants this one replaced, else with why it is lost.</summary>
    public Task<string?> Leaving => leaving.Task;

    /// <summary>True once Slack has said hello.</summary>
    public bool IsGreeted { get; private set; }

    /// <summary>Listens until the connection ends. Never throws.</summary>
    public async Task Listen(CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var why = "Slack has closed the connection";
        try
        {
            while (await Next(ending.Token) is { } message)
            {
                if (Json.Parse(message) is not { Expected: null, Value: { IsObject: true } said }) continue;
                if (said["envelope_id"u8].Text is { } envelope)
                {
                    await Acknowledge(envelope, ending.Token);
                    var request = SlackReading.OfEnvelope(said["type"u8].Text ?? "", said["payload"u8]);
                    works.RemoveAll(work => work.IsCompleted);
                    works.Add(heard(request, stop));
                }
                else if (said["type"u8].Text is "hello")
                {
                    IsGreeted = true;
                    says("Socket Mode: connected");
                }
                else if (said["type"u8].Text is "disconnect")
                {
                    var disabled = said["reason"u8].Text is "link_disabled";
                    says($"Socket Mode: Slack wants another connection ({Cut.Line(said["reason"u8].Text ?? "no reason", 40)})");
                    leaving.TrySetResult(disabled ? Disabled : null);
                    ending.CancelAfter(farewell);
                }
            }
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            why = $"the connection was lost ({fault.GetType().Name})";
        }
        leaving.TrySetResult(why);
        await Close();
        try
        {
            await Task.WhenAll(works);
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    /// <summary>The next whole message; null when Slack has closed the connection, or says more than anybody may.</summary>
    private async Task<byte[]?> Next(CancellationToken stop)
    {
        var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), stop);
            if (part.MessageType is WebSocketMessageType.Close) return null;
            message.Write(buffer, 0, part.Count);
            if (message.Length > MostBytes) return null;
            if (!part.EndOfMessage) continue;
            var bytes = message.ToArray();
            return Utf8.IsValid(bytes) ? bytes : "{}"u8.ToArray();
        }
    }

    private Task Acknowledge(string envelope, CancellationToken stop) => socket.SendAsync(
        Encoding.UTF8.GetBytes($$"""{"envelope_id":"{{JsonEncodedText.Encode(envelope)}}"}"""), WebSocketMessageType.Text, endOfMessage: true, stop);

    private async Task Close()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            socket.Abort();
        }
        socket.Dispose();
    }
}
