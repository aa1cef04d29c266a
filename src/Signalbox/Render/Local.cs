using System.Text;

namespace Signalbox;

/// <summary>The chat that needs nothing: the terminal, or the log of a function.</summary>
public static class Local
{
    /// <summary>Its row.</summary>
    public static readonly Chat Row = new("local", [], Render, _ => null, "docs/chats.md#local");

    /// <summary>The card as plain text in a JSON object: <c>{"text":"…"}</c>.</summary>
    public static byte[] Render(Routed routed, Rendering rendering) => Encoding.UTF8.GetBytes("{\"text\":\"" + routed.Notice.Title + "\"}");
}
