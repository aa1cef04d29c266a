namespace Signalbox.Effects;

/// <summary>What a chat's delivery may use of the world.</summary>
/// <param name="Send">Sends a request.</param>
/// <param name="Reveal">Finds secrets.</param>
/// <param name="Show">Shows a post of a local room.</param>
/// <param name="Rendering">For chats that have a simpler form to fall back to.</param>
public sealed record Means(Send Send, Reveal Reveal, Show Show, Rendering Rendering);

/// <summary>Shows a post of a local room: on the terminal, or as a line of a log.</summary>
public delegate void Show(Post post);

/// <summary>How posts reach one chat: one row.</summary>
/// <param name="Chat">The chat's name, as in <see cref="Chats"/>.</param>
/// <param name="With">Makes its delivery.</param>
/// <param name="Address">Where a room's posts go, or null when that needs no connection or cannot be known.</param>
public sealed record Deliverer(string Chat, Func<Means, Deliver> With, Func<Room, Reveal, CancellationToken, Task<Uri?>> Address);

/// <summary>Every chat that posts can reach: one row each.</summary>
public static class Deliverers
{
    /// <summary>The rows.</summary>
    public static readonly ValueList<Deliverer> All =
    [
        new("slack", ToSlack.With, ToSlack.Address),
        new("local", ToLocal.With, (_, _, _) => Task.FromResult<Uri?>(null)),
    ];

    /// <summary>One delivery for all chats: each post by its room's row.</summary>
    public static Deliver With(Means means)
    {
        var rows = All.ToDictionary(row => row.Chat, row => row.With(means), StringComparer.Ordinal);
        return (post, within, stop) => rows.TryGetValue(post.Routed.Room.Chat, out var deliver)
            ? deliver(post, within, stop)
            : Task.FromResult<Delivery>(new Delivery.Refused($"no delivery is known for {post.Routed.Room.Chat}"));
    }

    /// <summary>Where the posts of a room go, or null.</summary>
    public static Task<Uri?> Address(Room room, Reveal reveal, CancellationToken stop) =>
        All.FirstOrDefault(row => row.Chat == room.Chat)?.Address(room, reveal, stop) ?? Task.FromResult<Uri?>(null);
}
