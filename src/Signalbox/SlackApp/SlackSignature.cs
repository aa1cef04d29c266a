using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signalbox;

/// <summary>How Slack signs its requests: <c>v0=</c> and the HMAC-SHA256 of <c>v0:timestamp:body</c> under the app's signing secret.</summary>
public static class SlackSignature
{
    /// <summary>A request whose time is further off is somebody else's, who overheard it.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Why a request is not Slack's, in a few words for the log; null when it is.</summary>
    /// <param name="secret">The signing secret.</param>
    /// <param name="timestamp">The header X-Slack-Request-Timestamp; null for none.</param>
    /// <param name="signature">The header X-Slack-Signature; null for none.</param>
    /// <param name="body">The body as it came, byte by byte.</param>
    /// <param name="now">The time.</param>
    public static string? Fault(string secret, string? timestamp, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (timestamp is null || signature is null) return "it has no signature";
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var at)) return "its timestamp is no number of seconds";
        var away = Math.Abs((decimal)now.ToUnixTimeSeconds() - at);
        if (away > (decimal)Window.TotalSeconds) return "its timestamp is more than five minutes away: a replay, or a clock that is wrong";
        // Both are of the same length by now or differ anyway: how long the comparison takes says nothing of the secret.
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(secret, timestamp, body)), Encoding.UTF8.GetBytes(signature))
            ? null : "its signature does not fit";
    }

    /// <summary>The signature of a body at a time.</summary>
    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body];
        return "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
