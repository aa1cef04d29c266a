using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Signalbox.Effects;

/// <summary>E-mail by SMTP submission. See docs/decisions/0007.</summary>
internal static class ToEmail
{
    /// <summary>What a mail server answers, by its reply code.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(250, "2.0.0 Ok: queued as 12345", Fate.Made, "taken in; the Message-ID is the reference"),
        new(421, "4.3.2 Service not available", Fate.Later, "the server is closing"),
        new(451, "4.7.1 Greylisted, try again later", Fate.Later, "not now, as with every code from 400 to 499"),
        new(535, "5.7.8 Authentication credentials invalid", Fate.Refused, "user or password is wrong; the password is read afresh first"),
        new(550, "5.7.1 Relaying denied", Fate.Refused, "never, as with every code from 500 on; who is refused alone does not keep the mail from the others"),
        new(550, "5.1.1 No such user here", Fate.Refused, "no recipient has a mailbox there, as with 5.1.2, 5.1.10 and 5.2.1") { RoomIsGone = true },
        new(554, "5.7.1 Message rejected", Fate.Refused, "never"),
    ];

    /// <summary>The delivery.</summary>
    public static Deliver With(Means means) => async (post, within, stop) =>
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(within);
        var room = post.Routed.Room;
        var needed = (ValueList<string>)(room["user"] is null ? [] : ["password"]);
        try
        {
            var (keys, missing) = await Keyring.Open(room, needed, means.Reveal, afresh: false, patience.Token);
            if (keys is null) return missing;
            var verdict = await Send(post, keys, means, patience.Token);
            if (verdict.Remedy is not Remedy.NewSecret) return verdict.Delivery;

            var (fresh, none) = await Keyring.Open(room, needed, means.Reveal, afresh: true, patience.Token);
            if (fresh is null && none is Delivery.Later) return none;
            return fresh is null || fresh.Same(keys) ? verdict.Delivery : (await Send(post, fresh, means, patience.Token)).Delivery;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Delivery.Later(null, FormattableString.Invariant($"no answer within {within.TotalSeconds:0.#} s"));
        }
        catch (Exception fault) when (fault is IOException or SocketException or AuthenticationException or Untrusted)
        {
            var why = Wire.Reason(fault);
            return fault is Untrusted || fault.InnerException is Untrusted ? new Delivery.Refused(why) : new Delivery.Later(null, why);
        }
    };

    private static async Task<Verdict> Send(Post post, Keyring keys, Means means, CancellationToken stop)
    {
        if (keys["host"] is not { } host || keys["from"] is not { } from || keys["to"] is not { } to)
            return new(new Delivery.Refused("it has no host, from or to"));
        var port = int.TryParse(keys["port"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 587;
        var security = keys["security"] ?? "starttls";
        var id = $"signalbox-{Identity.Hash(post.EventId, Convert.ToBase64String(post.Payload.Span))}";
        // What became of some recipients stands behind the id.
        var date = means.Now().UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
        var mail = EmailMessage.Of(post.Payload, id, date, post.Reference.Split(',')[0]);
        var domain = from[(from.IndexOf('@') + 1)..];

        await using var smtp = new Smtp(await means.Doors.Connect(host, port, security is "tls", stop));
        var others = 0;
        var fault = await smtp.Greet(domain, stop);
        if (fault is null && security is "starttls") fault = await smtp.Secure((stream, token) => means.Doors.Secure(stream, host, token), domain, stop);
        if (fault is null && keys["user"] is { } user) fault = await smtp.SignIn(user, keys["password"] ?? "", stop);
        if (fault is null) (fault, others) = await smtp.Send(from, EmailMessage.Recipients(to), mail, stop);
        return fault ?? new(new Delivery.Made(others is 0 ? id : $"{id}, refused for {others} of its recipients"));
    }
}
