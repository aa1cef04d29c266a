using System.Diagnostics;

namespace Signalbox;

/// <summary>Somebody in Slack, as a request names them.</summary>
/// <param name="Id">Slack's id: "U012AB3CD".</param>
/// <param name="Name">The name in the request; empty for none.</param>
public sealed record SlackUser(string Id, string Name);

/// <summary>Where in Slack something was asked.</summary>
/// <param name="Channel">Id of the channel.</param>
/// <param name="ChannelName">Its name without #, as far as the request says; empty for none.</param>
/// <param name="Message">The ts of the message that it is about: the pressed one, else the thread's first; null for none.</param>
public sealed record SlackSpot(string Channel, string ChannelName, string? Message);

/// <summary>What Slack sends to an app, as far as it is anything to Signalbox: closed.</summary>
/// <remarks>The same comes in forms over HTTP and in JSON over Socket Mode. Ids are the same when Slack sends the same thing again.</remarks>
public abstract record SlackRequest
{
    private SlackRequest() { }

    /// <summary>Slack asks whether this address is the app's.</summary>
    /// <param name="Text">What it wants to hear.</param>
    public sealed record Challenge(string Text) : SlackRequest;

    /// <summary>A button was pressed.</summary>
    /// <param name="Id">Identity of the press.</param>
    /// <param name="By">Who pressed it.</param>
    /// <param name="At">Under which message.</param>
    /// <param name="Action">Which: <see cref="SlackButtons"/>.</param>
    /// <param name="Value">What the button carries.</param>
    /// <param name="ResponseUrl">Where the answer goes; empty for nowhere.</param>
    public sealed record Pressed(string Id, SlackUser By, SlackSpot At, string Action, string Value, string ResponseUrl) : SlackRequest;

    /// <summary>A slash command.</summary>
    /// <param name="Id">Identity of the command.</param>
    /// <param name="By">Who typed it.</param>
    /// <param name="At">In which channel.</param>
    /// <param name="Text">What stands behind the command, in plain characters.</param>
    /// <param name="ResponseUrl">Where the answer goes; empty for nowhere.</param>
    public sealed record Command(string Id, SlackUser By, SlackSpot At, string Text, string ResponseUrl) : SlackRequest;

    /// <summary>The app was mentioned in a message.</summary>
    /// <param name="Id">Identity of the event.</param>
    /// <param name="By">Who wrote it.</param>
    /// <param name="At">In which channel, and in which thread if in one.</param>
    /// <param name="Text">What stands beside the mention, in plain characters.</param>
    public sealed record Mentioned(string Id, SlackUser By, SlackSpot At, string Text) : SlackRequest;

    /// <summary>Anything else: taken note of, and nothing done.</summary>
    /// <param name="Type">What Slack calls it; what is no request of Slack's at all says what it lacks.</param>
    public sealed record Other(string Type) : SlackRequest;

    /// <summary>Identity of what asks for something, the same on every repeat; null for what asks for nothing.</summary>
    public string? Identity => this switch
    {
        Pressed pressed => $"press/{pressed.Id}",
        Command command => $"command/{command.Id}",
        Mentioned mentioned => $"event/{mentioned.Id}",
        Challenge or Other => null,
        _ => throw new UnreachableException(),
    };
}
