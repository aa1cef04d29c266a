namespace Signalbox.Effects;

/// <summary>What a chat's delivery may use of the world.</summary>
public sealed record Means
{
    /// <summary>Sends a request.</summary>
    public required Send Send { get; init; }

    /// <summary>Finds secrets.</summary>
    public required Reveal Reveal { get; init; }

    /// <summary>Shows a post of a local room.</summary>
    public required Show Show { get; init; }

    /// <summary>For chats that have a simpler form to fall back to.</summary>
    public required Rendering Rendering { get; init; }

    /// <summary>The time, for chats that want it in the message.</summary>
    public required Now Now { get; init; }

    /// <summary>Connections for chats that do not speak HTTP.</summary>
    public required Doors Doors { get; init; }

    /// <summary>Adds a line to a file.</summary>
    public required Append Append { get; init; }
}

/// <summary>Adds a line to a file, or to the standard output for "-". Throws what the file system throws.</summary>
public delegate Task Append(string path, ReadOnlyMemory<byte> line, CancellationToken stop);

/// <summary>Shows a post of a local room: on the terminal, or as a line of a log.</summary>
public delegate void Show(Post post);

/// <summary>How posts reach one chat: one row.</summary>
/// <param name="Chat">The chat's name, as in <see cref="Chats"/>.</param>
/// <param name="With">Makes its delivery.</param>
/// <param name="Answers">What the chat answers, for the docs and the tests; made only when asked for.</param>
public sealed record Deliverer(string Chat, Func<Means, Deliver> With, Func<ValueList<KnownAnswer>> Answers)
{
    /// <summary>Where a room's posts go, or null when that needs no connection that can be opened ahead, or cannot be known.</summary>
    public Func<Room, Reveal, CancellationToken, Task<Uri?>> Address { get; init; } = (_, _, _) => Task.FromResult<Uri?>(null);

    /// <summary>How a room is asked what it got; null for one that cannot be.</summary>
    public Func<Means, Room, ReadBack?> ReadBack { get; init; } = (_, _) => null;

    /// <summary>A chat that is reached over HTTP.</summary>
    internal static Deliverer By(string chat, Courier courier, Func<ValueList<KnownAnswer>> answers) =>
        new(chat, courier.With, answers) { Address = courier.Address };
}

/// <summary>Every chat that posts can reach: one row each.</summary>
public static class Deliverers
{
    /// <summary>The rows.</summary>
    public static readonly ValueList<Deliverer> All =
    [
        Deliverer.By("slack", ToSlack.Courier, () => ToSlack.Answers) with { ReadBack = SlackHistory.Of },
        Deliverer.By("teams", ToTeams.Courier, () => ToTeams.Answers),
        Deliverer.By("discord", ToDiscord.Courier, () => ToDiscord.Answers),
        Deliverer.By("mattermost", ToMattermost.Courier, () => ToMattermost.Answers),
        Deliverer.By("rocketchat", ToRocketChat.Courier, () => ToRocketChat.Answers),
        Deliverer.By("googlechat", ToGoogleChat.Courier, () => ToGoogleChat.Answers),
        Deliverer.By("telegram", ToTelegram.Courier, () => ToTelegram.Answers),
        Deliverer.By("zulip", ToZulip.Courier, () => ToZulip.Answers),
        Deliverer.By("matrix", ToMatrix.Courier, () => ToMatrix.Answers),
        new("email", ToEmail.With, () => ToEmail.Answers),
        Deliverer.By("pagerduty", ToPagerDuty.Courier, () => ToPagerDuty.Answers),
        Deliverer.By("opsgenie", ToOpsgenie.Courier, () => ToOpsgenie.Answers),
        Deliverer.By("webhook", ToWebhook.Courier, () => ToWebhook.Answers),
        Deliverer.By("sns", ToSns.Courier, () => ToSns.Answers),
        new("file", ToFile.With, () => []),
        new("local", ToLocal.With, () => []),
    ];

    /// <summary>One delivery for all chats: each post by its room's row.</summary>
    public static Deliver With(Means means)
    {
        var rows = All.ToDictionary(row => row.Chat, row => row.With(means), StringComparer.Ordinal);
        return (post, within, stop) => rows.TryGetValue(post.Routed.Room.Chat, out var deliver)
            ? deliver(post, within, stop)
            : Task.FromResult<Delivery>(new Delivery.Refused($"no delivery is known for {post.Routed.Room.Chat}"));
    }

    /// <summary>How each room is asked what it got: by its row.</summary>
    public static Func<Room, ReadBack?> ReadBack(Means means) => room => All.FirstOrDefault(row => row.Chat == room.Chat)?.ReadBack(means, room);

    /// <summary>Where the posts of a room go, or null.</summary>
    public static Task<Uri?> Address(Room room, Reveal reveal, CancellationToken stop) =>
        All.FirstOrDefault(row => row.Chat == room.Chat)?.Address(room, reveal, stop) ?? Task.FromResult<Uri?>(null);
}
