using Signalbox.Aws;
using Signalbox.Sql;
using Signalbox.StoreTests;

namespace Signalbox.EngineTests;

/// <summary>What the rooms of a killed process are.</summary>
internal enum Rooms
{
    /// <summary>A bot's, that takes one message after the other.</summary>
    Bots,

    /// <summary>A bot's without a pace: up to sixteen messages are on their way together.</summary>
    WideBots,

    /// <summary>A webhook's, that takes one message after the other and cannot be asked.</summary>
    Webhooks,
}

/// <summary>The process that the kill tests kill: an engine and its couriers on a store, as a server runs them.</summary>
internal static class Worker
{
    public const string Verb = "work-until-killed";
    private const int Many = 3;

    /// <summary>So many rooms at a stand-in of Slack.</summary>
    public static Settings Settings(string slack, Rooms kind)
    {
        var rooms = Enumerable.Range(0, Many).ToList();
        var pace = kind is Rooms.WideBots ? "\"none\"" : "{ \"per-second\": 1000, \"burst\": 1000 }";
        string Options(int room) => kind is Rooms.Webhooks ? $"\"webhook\": \"{slack}/room{room}\""
            : $"\"channel\": \"#room{room}\", \"token\": \"env:PATH\", \"api\": \"{slack}\"";
        return Play.Read($$"""
            { "rooms": { {{string.Join(", ", rooms.Select(room => $$"""
              "room{{room}}": { "slack": { {{Options(room)}} }, "pace": {{pace}} }
              """))}} },
              "routes": [ {{string.Join(", ", rooms.Select(room => $$"""{ "when": "tag.team = team{{room}}", "to": "room{{room}}" }"""))}} ] }
            """);
    }

    public static async Task<int> Run(string[] args)
    {
        if (args is not [var spec, var slack, var name, var kind]) return 2;
        var settings = Settings(slack, Enum.Parse<Rooms>(kind));
        var store = await Open(spec);
        using var outside = Outside.Open(settings, new Trust(() => "", () => []), _ => { });
        var posts = 0;
        var deliveries = new Deliveries(settings, store, outside.World, name)
        {
            Doubt = Console.Error.WriteLine,
            Tried = (_, _) =>
            {
                if (Interlocked.Exchange(ref posts, 1) is 0) Console.WriteLine("posts");
            },
        };
        var works = new Works(new Engine(settings, store, outside.World, name), deliveries, store, outside.World, Retention.Usual)
        {
            Trouble = line => Console.Error.WriteLine(line),
        };
        Console.WriteLine("ready");
        await works.Run(CancellationToken.None);
        return 0;
    }

    /// <summary>A store of any engine.</summary>
    public static async Task<Store> Open(string spec) => (await Stores.Open(spec, [.. Stores.All, DynamoStore.Kind(DynamoServer.Trust)])).Store!;

    public static byte[] Event(int number) => Events.Alert(
        $"event-{number}", $"team{number % Many}", $"alert-{number}.", $"alert-{number}. fails", true, "error", Play.Start.AddMilliseconds(number));
}
