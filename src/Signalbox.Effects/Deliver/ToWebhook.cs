using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Effects;

/// <summary>Any program that takes a signed webhook: Standard Webhooks 1.0.</summary>
internal static class ToWebhook
{
    /// <summary>How it gets there. The id is the same on every try, the time is that of the try.</summary>
    public static readonly Courier Courier = new()
    {
        Secrets = _ => ["url", "secret", "token"],
        Write = Write,
        Read = (errand, answer) => Verdict.Of(answer, answer.Status is 410 ? "the receiver wants no more of it" : null, Placings.Reference(errand.Post))
            .Saying(answer.Status is 404 or 410),
    };

    /// <summary>What receivers answer.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(200, "", Fate.Made, "any 2xx is a yes"),
        new(204, "", Fate.Made, "any 2xx is a yes"),
        new(400, "", Fate.Refused, "the receiver does not take it"),
        new(401, "", Fate.Refused, "the signature or the token is wrong"),
        new(404, "", Fate.Refused, "nobody is there") { RoomIsGone = true },
        new(410, "", Fate.Refused, "the receiver wants no more of it") { RoomIsGone = true },
        new(429, "", Fate.Later, "too fast; Retry-After is kept"),
        new(502, "", Fate.Later, "the receiver has trouble"),
        new(504, "", Fate.Later, "the receiver has trouble"),
    ];

    /// <summary>The signatures of a body: one <c>v1,…</c> for each secret. Null when a secret is none.</summary>
    internal static string? Sign(string secrets, string id, string time, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body];
        var signatures = new List<string>();
        foreach (var secret in secrets.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var key = new byte[secret.Length];
            var text = secret.StartsWith("whsec_", StringComparison.Ordinal) ? secret[6..] : secret;
            if (!Convert.TryFromBase64String(text, key, out var length) || length < 16) return null;
            signatures.Add($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key.AsSpan(0, length), signed))}");
        }
        return signatures.Count > 0 ? string.Join(' ', signatures) : null;
    }

    private static Letter Write(Errand errand)
    {
        var (id, time) = ($"msg_{errand.Id}", errand.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var payload = Placings.Placed(errand.Post);
        var letter = Letter.To("url", errand["url"], payload).Authorized("Bearer", errand["token"]);
        letter = letter with { Headers = [.. letter.Headers, new("webhook-id", id), new("webhook-timestamp", time)] };
        if (errand["secret"] is not { } secrets) return letter;
        return Sign(secrets, id, time, payload.Span) is { } signature
            ? letter with { Headers = [.. letter.Headers, new("webhook-signature", signature)] }
            : letter with { Address = null, Fault = "its secret is not whsec_ and base64 of 24 to 64 bytes" };
    }
}
