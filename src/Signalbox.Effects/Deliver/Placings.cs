namespace Signalbox.Effects;

/// <summary>Where in its conversation a post stands, for rooms that programs read: nothing there can be changed or answered, but programs can follow.</summary>
internal static class Placings
{
    /// <summary>The word for it: begin, change, reply, shout.</summary>
    public static string Word(Placing placing) => placing switch
    {
        Placing.Change => "change",
        Placing.Reply => "reply",
        Placing.Shout => "shout",
        _ => "begin",
    };

    /// <summary>The payload with <c>placing</c>, unless it is a message of its own.</summary>
    public static ReadOnlyMemory<byte> Placed(Post post) =>
        post is { Placing: not Placing.Begin, Reference.Length: > 0 } ? Letter.With(post.Payload, "placing", Word(post.Placing)) : post.Payload;

    /// <summary>What the conversation is known by there: the thread in the notice; empty for a mere statement.</summary>
    public static string Reference(Post post) => post.Routed.Notice.Thread is null ? "" : Identity.Of(post.Routed.Notice, 500);
}
