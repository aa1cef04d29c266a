using System.Globalization;
using System.Text;
using Signalbox.Server.Ingest;

namespace Signalbox.Server.Gates;

/// <summary>Standard Webhooks of any producer, signed over id, time and body.</summary>
internal static class StandardHook
{
    private const string Prefix = "whsec_";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Answers 200 when the event is in the store.</summary>
    public static readonly Gate Row = new("POST", "/hooks/standard", Door.Open, async (http, station) =>
    {
        var (secrets, refusal) = await Hook.Secrets(station.Now.Settings.Serving.Intake.Standard, "standard", station, http.RequestAborted);
        var bytes = refusal is null ? await Body.Raw(http) : [];
        refusal ??= Refused(http, bytes, [.. secrets.Select(KeyOf)], station.Now.World.Now());
        if (refusal is not null)
        {
            await refusal.Tell(http, station);
            return;
        }
        await Taking.Answer(http, station, [new(bytes)
        {
            Id = $"webhook/{http.Request.Headers["webhook-id"]}",
            Headers = Parcel.HeadersOf(http, "webhook-id", "webhook-timestamp"),
            IsWrapped = true,
        }]);
    });

    private static Refusal? Refused(HttpContext http, byte[] bytes, ValueList<byte[]> keys, DateTimeOffset now)
    {
        var (id, at, shown) = (http.Request.Headers["webhook-id"].ToString(), http.Request.Headers["webhook-timestamp"].ToString(),
            http.Request.Headers["webhook-signature"].ToString());
        if (id.Length is 0 || shown.Length is 0 || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return new(401, "webhook-id, webhook-timestamp and webhook-signature are needed");
        if (Math.Abs(now.ToUnixTimeSeconds() - seconds) > Window.TotalSeconds)
            return new(401, "the webhook-timestamp is more than 5 minutes away from the time here");
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{at}."), .. bytes];
        var isSigned = false;
        foreach (var signature in shown.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(16)) isSigned |= IsSigned(signature, signed, keys);
        return isSigned ? null : new(401, "no webhook-signature is made with a secret of this server");
    }

    private static bool IsSigned(string signature, byte[] signed, ValueList<byte[]> keys)
    {
        var bytes = new byte[32];
        return signature.StartsWith("v1,", StringComparison.Ordinal)
            && Convert.TryFromBase64Chars(signature.AsSpan(3), bytes, out var length) && length is 32
            && Hook.IsSigned(signed, bytes, keys);
    }

    /// <summary>A secret is base64 after whsec_; one that is not is taken as it stands.</summary>
    private static byte[] KeyOf(string secret)
    {
        var text = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : Encoding.UTF8.GetBytes(text);
    }
}
