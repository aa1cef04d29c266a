using System.Collections.Concurrent;

namespace Signalbox.Effects;

/// <summary>Somebody in Slack, as others know them.</summary>
/// <param name="Name">Their name in the settings, else their display name, else the name in the request.</param>
/// <param name="Zone">Their time zone; UTC when nobody knows.</param>
public sealed record SlackPerson(string Name, string Zone);

/// <summary>Who people in Slack are: asked by <c>users.info</c> and remembered for a while. Safe to share.</summary>
public sealed class SlackPeople
{
    private const int Most = 5_000;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeptUnknown = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, (string? Name, string? Zone, DateTimeOffset Until)> known = [];

    /// <summary>Who somebody is. Without an answer within a second they are who the request says.</summary>
    public async Task<SlackPerson> Of(SlackUser user, string? room, Settings settings, World world, CancellationToken stop)
    {
        var now = world.Now();
        if (!known.TryGetValue(user.Id, out var found) || found.Until < now)
        {
            if (known.Count >= Most) known.Clear();
            known[user.Id] = found = await Ask(user, room, settings, world, now, stop);
        }
        var chosen = settings.SlackApp?.People.FirstOrDefault(person => person.Name == user.Id).Value;
        string?[] names = [chosen, found.Name, user.Name, user.Id, "somebody"];
        return new(Cut.Line(names.First(name => !string.IsNullOrWhiteSpace(name))!, 60), found.Zone ?? "UTC");
    }

    private static async Task<(string?, string?, DateTimeOffset)> Ask(
        SlackUser user, string? room, Settings settings, World world, DateTimeOffset now, CancellationToken stop)
    {
        if (user.Id.Length is 0 || SlackBot.Of(settings, room) is not { } bot) return (null, null, now + KeptUnknown);
        var who = (await bot.Ask("users.info", "user", user.Id, world, Longest, stop))["user"u8];
        if (!who.IsObject) return (null, null, now + KeptUnknown);
        var profile = who["profile"u8];
        string?[] names = [profile["display_name"u8].Text, profile["real_name"u8].Text, who["real_name"u8].Text, who["name"u8].Text];
        var zone = who["tz"u8].Text is { } named && world.Zones(named, now) is not null ? named : null;
        return (names.FirstOrDefault(name => !string.IsNullOrWhiteSpace(name)), zone, now + Kept);
    }
}
