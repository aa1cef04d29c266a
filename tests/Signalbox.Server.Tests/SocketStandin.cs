using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Signalbox.ServerTests;

/// <summary>Slack's end of Socket Mode, which does what it is told: for what somebody else's stand-in never does, such as going away.</summary>
internal sealed class SocketStandin : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ConcurrentQueue<WebSocket> sockets = [];

    private SocketStandin()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(Port));
        web = builder.Build();
        web.UseWebSockets();
        web.Run(Answer);
    }

    public int Port { get; } = LocalSlack.FreePort();

    /// <summary>What apps.connections.open answers; null for an address.</summary>
    public string? Refusal { get; set; }

    /// <summary>The tokens that came.</summary>
    public ConcurrentQueue<string> Tokens { get; } = [];

    /// <summary>What came over each connection, in order.</summary>
    public ConcurrentQueue<(int Connection, string Text)> Heard { get; } = [];

    /// <summary>The connections that have ended.</summary>
    public ConcurrentQueue<int> Ended { get; } = [];

    /// <summary>How many connections there have been.</summary>
    public int Connections => sockets.Count;

    public static async Task<SocketStandin> Start()
    {
        var slack = new SocketStandin();
        await slack.web.StartAsync();
        return slack;
    }

    /// <summary>Says something over a connection, counted from 0.</summary>
    public Task Say(int connection, string text) =>
        sockets.ElementAt(connection).SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>Cuts a connection off.</summary>
    public void Cut(int connection) => sockets.ElementAt(connection).Abort();

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in sockets) socket.Abort();
        await web.DisposeAsync();
    }

    private async Task Answer(HttpContext http)
    {
        if (http.Request.Path == "/api/apps.connections.open")
        {
            Tokens.Enqueue(http.Request.Headers.Authorization.ToString());
            await http.Response.WriteAsync(Refusal ?? $$"""{"ok":true,"url":"ws://localhost:{{Port}}/link/?ticket=xyzzy"}""");
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        sockets.Enqueue(socket);
        var mine = sockets.Count - 1;
        await Say(mine, """{"type":"hello","num_connections":1}""");
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: WebSocketMessageType.Text, Count: var count })
                Heard.Enqueue((mine, Encoding.UTF8.GetString(buffer, 0, count)));
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or OperationCanceledException)
        {
            Ended.Enqueue(mine);
            return;
        }
        Ended.Enqueue(mine);
    }
}
