namespace Signalbox;

/// <summary>A Slack app through which people answer: buttons, slash commands and mentions. References to secrets come as they are written.</summary>
/// <param name="SigningSecret">What Slack signs its requests with; null where nothing comes in over HTTP.</param>
/// <param name="AppToken">What opens Socket Mode; null where it is not used.</param>
/// <param name="People">Names for people by their Slack ids, in place of those that Slack has.</param>
public sealed record SlackApp(string? SigningSecret, string? AppToken, ValueList<Fact> People);
