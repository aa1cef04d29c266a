using System.Security.Cryptography;
using System.Text;
using Signalbox.Aws.Cloud;
using Signalbox.Effects;

namespace Signalbox.Aws;

/// <summary>Settings in AppConfig, as its Lambda extension serves them on this machine: it polls, keeps and rolls out; nothing is signed here.</summary>
/// <seealso href="https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-integration-lambda-extensions.html"/>
internal static class SettingsProfile
{
    private const string UsualPort = "2772";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The text; null when the version is the known one.</summary>
    /// <exception cref="CloudException">It cannot be had.</exception>
    public static async Task<SettingsText?> Look(
        Send send, Func<string, string?> variable, SettingsPlace.Profile place, string? known, CancellationToken stop)
    {
        var port = variable("AWS_APPCONFIG_EXTENSION_HTTP_PORT") is { Length: > 0 } chosen ? chosen : UsualPort;
        var path = $"applications/{Uri.EscapeDataString(place.Application)}/environments/{Uri.EscapeDataString(place.Environment)}"
            + $"/configurations/{Uri.EscapeDataString(place.Name)}";
        var letter = Letter.To("port", $"http://localhost:{port}/{path}", default) with
        {
            Method = "GET",
            LongestAnswer = SettingsObject.Longest,
            Wants = ["configuration-version"],
        };
        if (letter.Address is null) throw new CloudException("NoPort", $"AWS_APPCONFIG_EXTENSION_HTTP_PORT is no port: \"{port}\"");
        for (var tries = 1; ; tries++)
        {
            var answer = await send(letter, VaultDesk.Try, stop);
            if (answer is Answer.Came came) return Read(came, known);
            // At a cold start the extension may begin to listen after us.
            if (tries >= 20)
            {
                var why = ((Answer.Missing)answer).Why;
                throw new CloudException("", $"the AppConfig extension does not answer on port {port} ({why}): see that its layer is part of the function");
            }
            await Task.Delay(Pause, stop);
        }
    }

    private static SettingsText? Read(Answer.Came came, string? known)
    {
        if (came.Status is not 200)
        {
            var said = Cut.Line(Signalbox.Json.Parse(Encoding.UTF8.GetBytes(came.Body)).Value["Message"u8].Text ?? "", 300);
            throw new CloudException($"{came.Status}", $"the AppConfig extension answered {came.Status}{(said.Length > 0 ? $": {said.TrimEnd('.')}" : "")}. "
                + "Allow appconfig:StartConfigurationSession and appconfig:GetLatestConfiguration, and see that something is deployed there");
        }
        if (came.Body.Length >= SettingsObject.Longest) throw new CloudException("TooLong", $"they are longer than {SettingsObject.Longest} characters");
        var mark = came.Headers.Count > 0 ? came.Headers[0].Value : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(came.Body)))[..12];
        return mark == known ? null : new(came.Body, mark, $"version {mark}");
    }
}
