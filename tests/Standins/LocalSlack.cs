using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>Somebody else's stand-in for Slack, <c>local-slack</c> from npm, with one channel "ops" (C1), the bot "signalbox" and ada.</summary>
public sealed class LocalSlack : IAsyncLifetime
{
    /// <summary>What it signs its requests with.</summary>
    public const string SigningSecret = "SECRET-signing-xyzzy";

    /// <summary>The token of its bot, and the one for Socket Mode.</summary>
    public const string BotToken = "SECRET-token-xyzzy", AppToken = "xapp-SECRET-token-xyzzy";

    private string Workspace => $$"""
        {"workspace":{"name":"Signalbox","domain":"signalbox","teamId":"T1"},
         "apps":[{"appId":"A1","botUserId":"U0BOT","botName":"signalbox","botToken":"{{BotToken}}","appToken":"{{AppToken}}","signingSecret":"{{SigningSecret}}",
         {{(RequestUrl is { } url ? $"\"mode\":\"events\",\"requestUrl\":\"{url}\"" : "\"mode\":\"socket\"")}}}],
         "users":[{"id":"U1","name":"ada","tz":"Europe/Berlin"}],"channels":[{"id":"C1","name":"ops","members":["U0BOT","U1"]}]}
        """;

    /// <summary>Where it sends what people do; null for Socket Mode.</summary>
    public string? RequestUrl { get; init; }

    private readonly HttpClient http = new();
    private DirectoryInfo? folder;
    private Process? server;
    private string? missing;

    /// <summary>Base address of its Web API.</summary>
    public string Api => $"{Address}/api";

    /// <summary>Where it and its browser view are.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Skips the test, and says why, where it cannot be installed or started.</summary>
    public void Needed()
    {
        if (missing is { } why) Assert.Skip(why);
    }

    /// <summary>The messages of the channel, as the stand-in has them.</summary>
    public async Task<JsonElement[]> Messages() => [.. (await Get("_control/messages/C1")).GetProperty("messages").EnumerateArray()];

    /// <summary>What is there.</summary>
    public async Task<JsonElement> Get(string path) => JsonDocument.Parse(await http.GetStringAsync($"{Address}/{path}")).RootElement;

    /// <summary>Ada presses a button under a message.</summary>
    public Task Press(string time, string action, string value) => Control("interact",
        new() { ["channel"] = "C1", ["messageTs"] = time, ["user"] = "U1", ["action"] = new JsonObject { ["action_id"] = action, ["value"] = value, ["type"] = "button" } });

    /// <summary>Ada types a slash command.</summary>
    public Task Command(string text) => Control("command", new() { ["channel"] = "C1", ["user"] = "U1", ["command"] = "/signalbox", ["text"] = text });

    /// <summary>Ada says something in the channel, or in a thread of it.</summary>
    public Task Say(string text, string? thread = null) => Control("message", new() { ["channel"] = "C1", ["user"] = "U1", ["text"] = text, ["thread_ts"] = thread });

    private async Task Control(string what, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri($"{Address}/_control/{what}"), content);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>A file, as the bot reads it.</summary>
    public async Task<string> Text(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new("Bearer", BotToken);
        using var response = await http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>A method of the Web API, as the bot calls it.</summary>
    public async Task<JsonElement> Call(string method, string query) => await Get($"api/{method}?token={BotToken}&{query}");

    public async ValueTask InitializeAsync() => missing = await Start();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (server is not null)
        {
            if (!server.HasExited) server.Kill();
            await server.WaitForExitAsync();
            server.Dispose();
        }
        folder?.Delete(recursive: true);
    }

    private async Task<string?> Start([CallerFilePath] string here = "")
    {
        if (!OperatingSystem.IsLinux() || System.Runtime.InteropServices.RuntimeInformation.OSArchitecture is not System.Runtime.InteropServices.Architecture.X64)
            return "local-slack is for Linux on x64";
        var package = Path.Combine(Path.GetDirectoryName(here)!, "../local-slack");
        var program = Path.Combine(package, "node_modules/local-slack-linux-x64/bin/local-slack");
        if (!File.Exists(program) && await Install(package) is { } why) return why;

        folder = Directory.CreateTempSubdirectory("signalbox-local-slack-");
        var config = Path.Combine(folder.FullName, "workspace.json");
        await File.WriteAllTextAsync(config, Workspace);
        // Between here and there somebody else may take the port.
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var port = FreePort();
            Address = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");
            server = Launch(program, folder.FullName, "--config", config, "--port", port.ToString(CultureInfo.InvariantCulture), "--files-dir", folder.FullName);
            if (await IsUp(server)) return null;
            if (!server.HasExited) server.Kill();
            server.Dispose();
            server = null;
        }
        return "local-slack did not start";
    }

    private async Task<bool> IsUp(Process process)
    {
        for (var attempt = 0; attempt < 100 && !process.HasExited; attempt++)
        {
            try
            {
                if ((await Get("_control/state")).TryGetProperty("workspace", out _)) return true;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }
        }
        return false;
    }

    private static async Task<string?> Install(string package)
    {
        try
        {
            using var npm = Launch("npm", package, "ci", "--no-audit", "--no-fund");
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            await npm.WaitForExitAsync(patience.Token);
            return npm.ExitCode is 0 ? null : $"npm cannot install local-slack: it ended with {npm.ExitCode}";
        }
        catch (Exception fault) when (fault is System.ComponentModel.Win32Exception or OperationCanceledException)
        {
            return fault is OperationCanceledException ? "npm did not install local-slack within two minutes" : "npm is not there, which installs local-slack";
        }
    }

    private static Process Launch(string program, string folder, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>A port that nobody has yet.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
