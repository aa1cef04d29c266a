using System.Text;

namespace Signalbox.Effects;

/// <summary>The bot that Slack's Web API is called as: the one of a room.</summary>
/// <param name="Api">Base address, without a stroke at its end.</param>
/// <param name="Token">Reference to its token.</param>
internal sealed record SlackBot(string Api, string Token)
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>The bot of a room, else of the first room that has one; null where none has.</summary>
    public static SlackBot? Of(Settings settings, string? room)
    {
        var rooms = settings.Rooms.Where(each => each is { Chat: "slack" } && each["channel"] is not null).ToList();
        return (rooms.Find(each => each.Name == room) ?? rooms.FirstOrDefault()) is not { } found ? null
            : new((found["api"] ?? "https://slack.com/api").TrimEnd('/'), found["token"] ?? "env:SLACK_BOT_TOKEN");
    }

    /// <summary>Calls a method with a JSON body.</summary>
    public Task<Json> Call(string method, byte[] body, World world, TimeSpan within, CancellationToken stop) =>
        Call(Letter.To("api", $"{Api}/{method}", body), world, within, stop);

    /// <summary>Calls a method that takes no JSON.</summary>
    public Task<Json> Ask(string method, string name, string value, World world, TimeSpan within, CancellationToken stop) =>
        Call(Letter.To("api", $"{Api}/{method}", Encoding.UTF8.GetBytes($"{name}={Uri.EscapeDataString(value)}")) with { Type = Form }, world, within, stop);

    private async Task<Json> Call(Letter letter, World world, TimeSpan within, CancellationToken stop)
    {
        if (letter.Address is null || (await world.Reveal(Token, false, stop)).Value is not { } token) return default;
        letter = letter.Authorized("Bearer", token) with { LongestAnswer = 64 * 1024 };
        return await world.Send(letter, within, stop) is Answer.Came came ? Verdict.Body(came) : default;
    }
}
