using System.Net;
using System.Text;
using Signalbox.Server.Ingest;

namespace Signalbox.Server.Gates;

/// <summary>Webhooks of GitHub, signed with <c>X-Hub-Signature-256</c>.</summary>
internal static class GitHubHook
{
    private const string Form = "payload=";

    /// <summary>Answers 200 when the event is in the store.</summary>
    public static readonly Gate Row = new("POST", "/hooks/github", Door.Open, async (http, station) =>
    {
        var (secrets, refusal) = await Hook.Secrets(station.Now.Settings.Serving.Intake.GitHub, "github", station, http.RequestAborted);
        var bytes = refusal is null ? await Body.Raw(http) : [];
        refusal ??= Refused(http.Request.Headers["X-Hub-Signature-256"].ToString(), bytes, [.. secrets.Select(Encoding.UTF8.GetBytes)]);
        if (refusal is not null)
        {
            await refusal.Tell(http, station);
            return;
        }
        await Taking.Answer(http, station, [new(Payload(http, bytes))
        {
            Id = http.Request.Headers["X-GitHub-Delivery"] is [{ Length: > 0 } id] ? $"github/{id}" : null,
            Headers = Parcel.HeadersOf(http, "x-github-event", "x-github-delivery"),
            IsWrapped = true,
        }]);
    });

    private static Refusal? Refused(string shown, byte[] bytes, ValueList<byte[]> keys)
    {
        if (!shown.StartsWith("sha256=", StringComparison.Ordinal)) return new(401, "there is no X-Hub-Signature-256: set a secret for the webhook at GitHub");
        var signature = new byte[32];
        var isHex = Convert.FromHexString(shown.AsSpan("sha256=".Length), signature, out _, out var length) is System.Buffers.OperationStatus.Done;
        return isHex && length is 32 && Hook.IsSigned(bytes, signature, keys) ? null
            : new(401, "the X-Hub-Signature-256 is not made with the secret of this server");
    }

    /// <summary>GitHub sends a form unless it is told to send JSON; the signature is over the form.</summary>
    private static byte[] Payload(HttpContext http, byte[] bytes)
    {
        if (http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is not true) return bytes;
        var field = Encoding.UTF8.GetString(bytes).Split('&').FirstOrDefault(each => each.StartsWith(Form, StringComparison.Ordinal));
        return field is null ? bytes : Encoding.UTF8.GetBytes(WebUtility.UrlDecode(field[Form.Length..]));
    }
}
