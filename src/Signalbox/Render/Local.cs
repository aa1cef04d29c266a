namespace Signalbox;

/// <summary>The chat that needs nothing: the terminal, or the log of a function.</summary>
public static class Local
{
    /// <summary>Its row.</summary>
    public static readonly Chat Row = new("local", [], Render, _ => null, "docs/configuration.md")
    {
        Can = _ => new(Updates: true, Threads: true),
        DigestRoom = 6_000,
        About = "The terminal, or the log of a function: needs nothing, and is there when no room is set.",
    };

    /// <summary>The card as plain text in a JSON object: <c>{"text":"…"}</c>.</summary>
    public static byte[] Render(Routed routed, Rendering rendering)
    {
        var json = new JsonOut(stackalloc byte[2048]);
        json.Raw("{\"text\":"u8);
        json.Text(PlainText.Of(Card.Of(routed.Notice, rendering)));
        json.Raw("}"u8);
        return json.ToArray();
    }
}
