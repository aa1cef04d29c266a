using Signalbox.Aws;
using Signalbox.Sql;
using Signalbox.StoreTests;

namespace Signalbox.EngineTests;

/// <summary>The process that the kill tests kill: an engine and its couriers on a store, as a server runs them.</summary>
internal static class Worker
{
    public const string Verb = "work-until-killed";
    public const int Rooms = 3;

    /// <summary>So many rooms at a stand-in of Slack, each of which takes one message after the other.</summary>
    public static Settings Settings(string slack)
    {
        var rooms = Enumerable.Range(0, Rooms).ToList();
        return Play.Read($$"""
            { "rooms": { {{string.Join(", ", rooms.Select(room => $$"""
              "room{{room}}": { "slack": { "webhook": "{{slack}}/room{{room}}" }, "pace": { "per-second": 1000, "burst": 1000 } }
              """))}} },
              "routes": [ {{string.Join(", ", rooms.Select(room => $$"""{ "when": "tag.team = team{{room}}", "to": "room{{room}}" }"""))}} ] }
            """);
    }

    public static async Task<int> Run(string[] args)
    {
        if (args is not [var spec, var slack, var name]) return 2;
        var settings = Settings(slack);
        var store = await Open(spec);
        using var outside = Outside.Open(settings, new Trust(() => "", () => []), _ => { });
        var works = new Works(new Engine(settings, store, outside.World, name), new Deliveries(settings, store, outside.World, name), store, outside.World, Retention.Usual)
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
        $"event-{number}", $"team{number % Rooms}", $"alert-{number}.", $"alert-{number}. fails", true, "error", Play.Start.AddMilliseconds(number));
}
