namespace Signalbox;

/// <summary>Writes a payload of one size.</summary>
internal delegate void Fill(ref JsonOut json, Routed routed, Card card, int room);

/// <summary>Finds the largest size that a chat takes.</summary>
internal static class Fitting
{
    /// <summary>The payload of at most so many bytes that says the most.</summary>
    public static byte[] Within(int bytes, Routed routed, Rendering rendering, Fill fill)
    {
        var card = Card.Of(routed.Notice, rendering);
        var json = new JsonOut(stackalloc byte[4096]);
        for (var room = 3000; ; room /= 2)
        {
            fill(ref json, routed, card, room);
            if (json.Length <= bytes || room < 20) return json.ToArray();
            json.BackTo(0);
        }
    }
}
