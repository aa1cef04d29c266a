namespace Signalbox;

/// <summary>What a chat's renderer may know besides the notice.</summary>
/// <param name="AccountName">The name that people gave an account; null when it has none.</param>
public sealed record Rendering(Func<string, string?> AccountName)
{
    /// <summary>True where somebody hears it when a button in Slack is pressed.</summary>
    public bool SlackButtons { get; init; }
}

/// <summary>Turns a routed notice into the body that a chat takes. Total, pure, and within every limit of that chat.</summary>
public delegate byte[] Render(Routed routed, Rendering rendering);

/// <summary>A chat that Signalbox can speak to: one row.</summary>
/// <param name="Name">The key in a room's settings, the label in logs and the heading in the docs.</param>
/// <param name="Keys">What a room of this chat can set; the parser, the JSON Schema and the docs come from it.</param>
/// <param name="Render">How a notice looks there.</param>
/// <param name="Fault">What is wrong with a room's keys taken together, or null.</param>
/// <param name="Docs">Where the chat describes its interface.</param>
public sealed record Chat(string Name, ValueList<RoomKey> Keys, Render Render, Func<Room, string?> Fault, string Docs)
{
    /// <summary>How messages get there and what they look like: a sentence or two for the docs.</summary>
    public string About { get; init; } = "";

    /// <summary>The limits of the chat that every message keeps, in words for the docs.</summary>
    public string Limits { get; init; } = "none";

    /// <summary>How the chat wants to be told whom to ring, in words for the docs; null when it rings nobody.</summary>
    public string? Mentions { get; init; }

    /// <summary>What is wrong with a mention, in a sentence that says what to write instead; null when it rings.</summary>
    public Func<string, string?> MentionFault { get; init; } = _ => null;

    /// <summary>What the chat can do with a message of such a room that is there already.</summary>
    public Func<Room, Abilities> Can { get; init; } = _ => default;

    /// <summary>How what follows about the same thing is said, in words for the docs.</summary>
    public string Conversations { get; init; } = "each message is a new one";

    /// <summary>How many characters the list of a digest may take.</summary>
    public int DigestRoom { get; init; } = 2_000;

    /// <summary>How fast messages may follow each other unless a room says otherwise; null for as fast as they come.</summary>
    public Pace? Pace { get; init; }
}

/// <summary>One thing that a room of a chat can set.</summary>
/// <param name="Name">The key.</param>
/// <param name="Kind">What its value must be.</param>
/// <param name="About">What it does, one sentence for the docs and the schema.</param>
/// <param name="Default">The value when it is not set; null for none.</param>
public sealed record RoomKey(string Name, RoomKeyKind Kind, string About, string? Default = null);

/// <summary>What a room's key takes.</summary>
public enum RoomKeyKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>An http or https address that is no secret.</summary>
    Url,

    /// <summary>A reference to a secret (<c>env:NAME</c>, <c>file:PATH</c>).</summary>
    Secret,

    /// <summary>A reference to a secret address, or an http or https address itself.</summary>
    SecretUrl,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>The number of a TCP port, from 1 to 65535.</summary>
    Port,

    /// <summary>One or several mail addresses. As an option of a room they are one text with commas.</summary>
    Addresses,
}
