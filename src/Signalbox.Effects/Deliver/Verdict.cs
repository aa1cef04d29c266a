using System.Text;

namespace Signalbox.Effects;

/// <summary>What can still be done about a refused message.</summary>
internal enum Remedy
{
    None,
    PlainText,
    NewSecret,
}

/// <summary>What an answer means.</summary>
/// <param name="Delivery">The outcome, unless the remedy helps.</param>
/// <param name="Remedy">What may help.</param>
internal readonly record struct Verdict(Delivery Delivery, Remedy Remedy = Remedy.None)
{
    private const int LongestWords = 120;

    /// <summary>The body as JSON; something empty when it is none.</summary>
    public static Json Body(Answer.Came answer) => Json.Parse(Encoding.UTF8.GetBytes(answer.Body)).Value;

    /// <summary>What a status means in every chat that keeps to HTTP.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="words">The chat's own words for what is wrong; null for none.</param>
    /// <param name="reference">The chat's id of the message; empty for none.</param>
    /// <param name="after">How long the body asks to wait; null when it does not say.</param>
    /// <param name="yes">False when the body is not the yes that the chat gives.</param>
    public static Verdict Of(Answer.Came answer, string? words = null, string reference = "", TimeSpan? after = null, bool yes = true)
    {
        var said = $"answered {answer.Status}{(Clean(words) is { Length: > 0 } clean ? $" {clean}" : "")}";
        return answer.Status switch
        {
            408 or 425 or 429 or (>= 500 and not 501) => new(new Delivery.Later(Longer(answer.RetryAfter, after), said)),
            >= 200 and < 300 when yes => new(new Delivery.Made(reference)),
            >= 200 and < 300 => new(new Delivery.Refused($"{said}, but not as this chat does: is the address right?")),
            >= 300 and < 400 => new(new Delivery.Refused($"{said}, a redirect, which is not followed")),
            401 or 403 => new(new Delivery.Refused(said), Remedy.NewSecret),
            _ => new(new Delivery.Refused(said)),
        };
    }

    /// <summary>The same, with what a refusal says of the room and of the message that it was to change or answer.</summary>
    public Verdict Saying(bool roomIsGone, bool messageIsGone = false) => Delivery is Delivery.Refused refused
        ? this with { Delivery = refused with { RoomIsGone = roomIsGone, MessageIsGone = messageIsGone } }
        : this;

    /// <summary>A wait in seconds, a day at most; null when it is none.</summary>
    public static TimeSpan? Seconds(double? seconds) =>
        seconds is { } wait && double.IsFinite(wait) ? TimeSpan.FromSeconds(Math.Clamp(wait, 0, TimeSpan.SecondsPerDay)) : null;

    /// <summary>The verdict, its reason without the chat's words when those hold a secret: servers repeat what they were sent.</summary>
    public Verdict Without(Keyring keys, int status)
    {
        var bare = $"answered {status}";
        return this with
        {
            Delivery = Delivery switch
            {
                Delivery.Made made when keys.IsIn(made.Reference) => new Delivery.Made(""),
                Delivery.Later later when keys.IsIn(later.Why) => later with { Why = bare },
                Delivery.Refused refused when keys.IsIn(refused.Why) => refused with { Why = bare },
                var same => same,
            },
        };
    }

    private static TimeSpan? Longer(TimeSpan? one, TimeSpan? other) => one is null || (other is not null && other > one) ? other : one;

    /// <summary>Words on one line; none when they hold an address or markup, which says nothing to people and could hold anything.</summary>
    private static string Clean(string? words)
    {
        if (words is null || words.Contains("://", StringComparison.Ordinal) || words.Contains('<')) return "";
        return Cut.Line(words.Trim().TrimEnd('.'), LongestWords);
    }
}
