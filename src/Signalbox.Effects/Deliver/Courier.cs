namespace Signalbox.Effects;

/// <summary>How posts reach a chat over HTTP: where and with which headers, and what an answer means. Everything else is the same for all.</summary>
/// <remarks>
/// One message may take up to three requests, none of which is a second try of the same thing: as it was rendered, in the chat's simpler form
/// when it refuses that, and with the secrets read afresh when it refuses those. No reason names a secret, whatever the chat answered.
/// </remarks>
internal sealed record Courier
{
    /// <summary>The request.</summary>
    public required Func<Errand, Letter> Write { get; init; }

    /// <summary>What an HTTP answer means.</summary>
    public required Func<Errand, Answer.Came, Verdict> Read { get; init; }

    /// <summary>The options of a room that are secrets and needed; those that a room does not have are left out.</summary>
    public required Func<Room, ValueList<string>> Secrets { get; init; }

    /// <summary>Further secrets, which a room does without where they cannot be had.</summary>
    public Func<Room, ValueList<string>> Optional { get; init; } = _ => [];

    /// <summary>The simpler form of the message; null when there is none.</summary>
    public Func<Routed, Rendering, byte[]>? Plainly { get; init; }

    /// <summary>What is done after a post was made, while there is time. Whatever becomes of it, the post is made; null for nothing.</summary>
    public Afterwards? Afterwards { get; init; }

    /// <summary>The delivery.</summary>
    public Deliver With(Means means) => async (post, within, stop) =>
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

    /// <summary>Where the posts of a room go; null when that cannot be known.</summary>
    public async Task<Uri?> Address(Room room, Reveal reveal, CancellationToken stop)
    {
        var (keys, _) = await Open(room, reveal, afresh: false, stop);
        if (keys is null) return null;
        var notice = new Notice { Source = "", Kind = "", Severity = Severity.Info, Status = Status.Stated, Title = "" };
        return Write(new(new Post(new(notice, room, null, ""), "{}"u8.ToArray()) { EventId = "" }, keys, DateTimeOffset.UnixEpoch)).Address;
    }

    private Task<(Keyring? Keys, Delivery Missing)> Open(Room room, Reveal reveal, bool afresh, CancellationToken stop) =>
        Keyring.Open(room, Secrets(room), reveal, afresh, stop, Optional(room));

    private async Task<Delivery> Deliver(Post post, Means means, TimeSpan within, CancellationToken stop)
    {
        var room = post.Routed.Room;
        var (keys, missing) = await Open(room, means.Reveal, afresh: false, stop);
        for (var (plain, afresh) = (false, false); ;)
        {
            if (keys is null) return missing;
            var errand = new Errand(post, keys, means.Now());
            var letter = Write(errand);
            if (letter.Address is null) return new Delivery.Refused(letter.Fault);

            var answer = await means.Send(letter, within, stop);
            var verdict = answer.Match(
                came => Read(errand, came).Without(keys, came.Status),
                none => new(none.MayPass ? new Delivery.Later(null, none.Why) : new Delivery.Refused(none.Why)));

            if (verdict.Remedy is Remedy.PlainText && Plainly is not null && !plain)
            {
                plain = true;
                post = post with { Payload = Plainly(post.Routed, means.Rendering) };
            }
            else if (verdict.Remedy is Remedy.NewSecret && !afresh)
            {
                afresh = true;
                var before = keys;
                (keys, missing) = await Open(room, means.Reveal, afresh, stop);
                // A secret that cannot be read just now may be another one by the next try.
                if (keys is null) return missing is Delivery.Later ? missing : verdict.Delivery;
                if (keys.Same(before)) return verdict.Delivery;
            }
            else
            {
                if (Afterwards is not null && verdict.Delivery is Delivery.Made made) await Run.Guard(() => Afterwards(errand, made, means, stop), _ => false);
                return verdict.Delivery;
            }
        }
    }
}

/// <summary>Does something more about a post that was made.</summary>
/// <returns>True when it was done.</returns>
internal delegate Task<bool> Afterwards(Errand errand, Delivery.Made made, Means means, CancellationToken stop);

/// <summary>A post on its way, with everything that its request is made of.</summary>
/// <param name="Post">The post.</param>
/// <param name="Keys">The options of its room, secrets revealed.</param>
/// <param name="Now">The time.</param>
internal sealed record Errand(Post Post, Keyring Keys, DateTimeOffset Now)
{
    /// <summary>An option of the room, its secret revealed; null when it is not set.</summary>
    public string? this[string option] => Keys[option];

    /// <summary>The message that the post changes or answers, by the chat's own id; null when it is a message of its own.</summary>
    public string? Message => Post is { Placing: not Placing.Begin, Reference.Length: > 0 } ? Post.Reference : null;

    /// <summary>True when it changes a message that is there.</summary>
    public bool IsChange => Message is not null && Post.Placing is Placing.Change;

    /// <summary>The same on every try of the same post, and another for every other post: for chats that tell repeats by it.</summary>
    /// <remarks>A store knows which post it is; without one, only what is said tells.</remarks>
    public string Id => (Post.Id.Length > 0 ? Post.Id : Convert.ToBase64String(Post.Payload.Span)) is var said && Message is null
        ? Identity.Hash(Post.EventId, said)
        : Identity.Hash(Post.EventId, said, Post.Placing.ToString(), Message ?? "");
}

/// <summary>The options of a room with its secrets revealed.</summary>
internal sealed class Keyring
{
    private readonly Room room;
    private readonly Dictionary<string, string> secrets = [];

    private Keyring(Room room) => this.room = room;

    /// <summary>An option; null when it is not set.</summary>
    public string? this[string option] => secrets.GetValueOrDefault(option) ?? room[option];

    /// <summary>An option that is a secret; null when it was not revealed, though the room may name where it would be.</summary>
    public string? Secret(string option) => secrets.GetValueOrDefault(option);

    /// <summary>Reveals what is needed, or says what becomes of a post whose secret cannot be had: it waits while that may pass.</summary>
    public static async Task<(Keyring? Keys, Delivery Missing)> Open(
        Room room, ValueList<string> needed, Reveal reveal, bool afresh, CancellationToken stop, ValueList<string> optional = default)
    {
        var keys = new Keyring(room);
        foreach (var option in needed)
        {
            if (room[option] is not { } reference) continue;
            var secret = await reveal(reference, afresh, stop);
            if (secret.Value is null)
            {
                var why = secret.Why ?? $"its {option} cannot be had";
                return (null, secret.MayPass ? new Delivery.Later(null, why) : new Delivery.Refused(why));
            }
            keys.secrets[option] = secret.Value;
        }
        foreach (var option in optional)
        {
            if (room[option] is { } reference && (await reveal(reference, afresh, stop)).Value is { } secret) keys.secrets[option] = secret;
        }
        return (keys, new Delivery.Made(""));
    }

    /// <summary>True when every secret is still the same.</summary>
    public bool Same(Keyring other) => secrets.Count == other.secrets.Count && secrets.All(pair => other.secrets.GetValueOrDefault(pair.Key) == pair.Value);

    /// <summary>True when a text holds a secret, or a telling part of one.</summary>
    public bool IsIn(string text) => secrets.Values.SelectMany(secret => secret.Split('/', '?', '&', '=', ':', ' ').Append(secret))
        .Any(part => part.Length >= 6 && text.Contains(part, StringComparison.OrdinalIgnoreCase));
}
