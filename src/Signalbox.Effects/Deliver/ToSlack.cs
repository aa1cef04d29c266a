namespace Signalbox.Effects;

/// <summary>Slack by an incoming webhook, or by <c>chat.postMessage</c> with a bot's token.</summary>
/// <remarks>
/// One message may take up to three requests, none of which is a second try of the same thing: as blocks, as plain text when Slack refuses
/// the blocks, and with the secret read afresh when it refuses that.
/// </remarks>
internal static class ToSlack
{
    public static Deliver With(Means means) => async (post, within, stop) =>
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(within);
        try
        {
            return await Deliver(post, means, within, patience.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Delivery.Later(null, FormattableString.Invariant($"no answer within {within.TotalSeconds:0.#} s"));
        }
    };

    public static async Task<Uri?> Address(Room room, Reveal reveal, CancellationToken stop) => room["webhook"] is { } webhook
        ? Parsed((await reveal(webhook, false, stop)).Value)
        : PostMessage(room);

    private static async Task<Delivery> Deliver(Post post, Means means, TimeSpan within, CancellationToken stop)
    {
        var (room, payload, plain, afresh) = (post.Routed.Room, post.Payload, false, false);
        while (true)
        {
            var (target, why) = await Target(room, means.Reveal, afresh, stop);
            if (target is null) return new Delivery.Refused(why);

            var body = target.IsWebhook ? payload : SlackAnswer.WithChannel(payload, room["channel"]!);
            var answer = await means.Send(target.Address, body, target.Token, within, stop);
            var verdict = answer.Match(
                came => SlackAnswer.Read(came, target.IsWebhook),
                missing => new(missing.MayPass ? new Delivery.Later(null, missing.Why) : new Delivery.Refused(missing.Why), Remedy.None));

            switch (verdict.Remedy)
            {
                case Remedy.PlainText when !plain:
                    plain = true;
                    payload = Slack.RenderPlain(post.Routed, means.Rendering);
                    break;
                case Remedy.NewSecret when !afresh && await Changed(target, room, means.Reveal, stop):
                    afresh = true;
                    break;
                default:
                    return verdict.Delivery;
            }
        }
    }

    private static async Task<bool> Changed(SlackTarget refused, Room room, Reveal reveal, CancellationToken stop) =>
        (await Target(room, reveal, true, stop)).Target is { } now && now != refused;

    private static async Task<(SlackTarget? Target, string Why)> Target(Room room, Reveal reveal, bool afresh, CancellationToken stop)
    {
        if (room["webhook"] is { } webhook)
        {
            var secret = await reveal(webhook, afresh, stop);
            if (secret.Value is null) return (null, secret.Why ?? "its webhook cannot be had");
            return Parsed(secret.Value) is { } address ? (new(address, null), "") : (null, "its webhook is not an http or https address");
        }

        if (room["channel"] is null) return (null, "it has neither a webhook nor a channel");
        if (PostMessage(room) is not { } api) return (null, "its api is not an http or https address");
        var token = await reveal(room["token"] ?? "env:SLACK_BOT_TOKEN", afresh, stop);
        return token.Value is null ? (null, token.Why ?? "its token cannot be had") : (new(api, token.Value), "");
    }

    private static Uri? PostMessage(Room room) => Parsed($"{(room["api"] ?? "https://slack.com/api").TrimEnd('/')}/chat.postMessage");

    private static Uri? Parsed(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;

    private sealed record SlackTarget(Uri Address, string? Token)
    {
        public bool IsWebhook => Token is null;
    }
}
