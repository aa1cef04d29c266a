using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Signalbox.Server;

namespace Signalbox.ServerTests;

/// <summary>A server whose room is a channel of somebody else's Slack, which brings it what people do there.</summary>
internal sealed class SlackTown : IAsyncDisposable
{
    private readonly DirectoryInfo secrets = Directory.CreateTempSubdirectory("signalbox-slack-town-");

    /// <summary>Slack.</summary>
    public required LocalSlack Slack { get; init; }

    /// <summary>The server.</summary>
    public Served Served { get; private set; } = null!;

    /// <summary>Starts both and lets them find each other, or skips the test where there is no such Slack.</summary>
    /// <param name="bySocket">True for Socket Mode, false for requests over HTTP.</param>
    public static async Task<SlackTown> Build(bool bySocket = false)
    {
        var port = LocalSlack.FreePort();
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        var town = new SlackTown { Slack = new() { RequestUrl = bySocket ? null : $"http://{address}/hooks/slack/actions" } };
        await town.Slack.InitializeAsync();
        town.Slack.Needed();
        var app = bySocket ? $"app-token: {town.Secret("app", LocalSlack.AppToken)}" : $"signing-secret: {town.Secret("signing", LocalSlack.SigningSecret)}";
        town.Served = await Served.With($$"""
            rooms: { ops: { slack: { channel: "#ops", api: "{{town.Slack.Api}}", token: {{town.Secret("bot", LocalSlack.BotToken)}} } } }
            slack-app: { {{app}} }
            server: { url: "https://signalbox.example.com" }
            """, options => options with { Listen = address });
        // A command has nobody to go to before there is a socket, and this Slack does not say it again.
        if (bySocket) await Served.Until(() => Task.FromResult(town.Served.Log.Any(line => line.Contains("Socket Mode: connected", StringComparison.Ordinal))));
        return town;
    }

    /// <summary>A reference to a secret.</summary>
    private string Secret(string name, string value)
    {
        var path = Path.Combine(secrets.FullName, name);
        File.WriteAllText(path, value);
        return $"\"file:{path}\"";
    }

    /// <summary>An alarm is raised; its message.</summary>
    public async Task<JsonElement> Raise()
    {
        Assert.Equal(200, (await Served.Post("/events", WhatAServerAnswers.Alarm)).Status);
        return await Message(message => Text(message).Contains("ServerCpuTooHigh", StringComparison.Ordinal) && Buttons(message).Length > 0);
    }

    /// <summary>The first message that is as it should be; waits for it.</summary>
    public async Task<JsonElement> Message(Func<JsonElement, bool> fits)
    {
        JsonElement[] found = [];
        await Served.Until(async () => (found = [.. (await Slack.Messages()).Where(fits)]).Length > 0);
        return found[0];
    }

    /// <summary>All that a message says.</summary>
    public static string Text(JsonElement message) => message.GetProperty("text").GetString() + (message.TryGetProperty("blocks", out var blocks) ? blocks.GetRawText() : "");

    /// <summary>A message's id.</summary>
    public static string Time(JsonElement message) => message.GetProperty("ts").GetString()!;

    /// <summary>The buttons under a message: what they are called, and what they carry.</summary>
    public static (string Action, string Value)[] Buttons(JsonElement message) => !message.TryGetProperty("blocks", out var blocks) ? []
        : [.. from block in blocks.EnumerateArray()
              where block.GetProperty("type").GetString() is "actions"
              from element in block.GetProperty("elements").EnumerateArray()
              where element.TryGetProperty("action_id", out _)
              select (element.GetProperty("action_id").GetString()!, element.GetProperty("value").GetString()!)];

    /// <summary>A request as Slack signs it, or as somebody else does.</summary>
    public Task<(int Status, string Text)> Post(string body, string secret = LocalSlack.SigningSecret, int late = 0, string? sent = null, string path = "/hooks/slack/commands") =>
        Post(Served, body, secret, late, sent, path);

    /// <summary>A request to any server.</summary>
    public static async Task<(int Status, string Text)> Post(Served served, string body, string secret, int late = 0, string? sent = null, string path = "/hooks/slack/commands")
    {
        var time = DateTimeOffset.UtcNow.AddSeconds(-late).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(sent ?? body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        request.Headers.Add("X-Slack-Request-Timestamp", time);
        request.Headers.Add("X-Slack-Signature", SlackSignature.Sign(secret, time, Encoding.UTF8.GetBytes(body)));
        using var answer = await served.Http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (Served is not null) await Served.DisposeAsync();
        await Slack.DisposeAsync();
        secrets.Delete(recursive: true);
    }
}
