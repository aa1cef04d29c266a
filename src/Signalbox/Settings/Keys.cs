using System.Text.Json;

namespace Signalbox;

/// <summary>Every key of the settings, once: the parser, the editor's schema and the tables of the docs come from here.</summary>
internal static class Keys
{
    /// <summary>The word that takes something back: no mention, no pace.</summary>
    public const string None = "none";

    private static readonly Shape RoomName = new("the name of a room", Checks.RoomName, json => Shapes.Typed(json, "string"));

    /// <summary>How fast messages may follow each other.</summary>
    public static readonly Section Pace = new("a pace", "pace",
    [
        new("per-second", Shapes.Rate, "How many messages a second, once the burst is used up.") { Required = true },
        new("burst", Shapes.Count, "How many messages may come at once after a quiet time.", "1"),
    ]);

    private static readonly Shape PaceShape = Shapes.Either(
        "{ per-second, burst } or none",
        found => found is Tree.Scalar { IsNull: false },
        Shapes.Word([None], "{ per-second: …, burst: … } or none"),
        Shapes.Fixed(Pace));

    private static readonly Shape Mention = Shapes.Text("a mention in the chat's own syntax, or none");

    /// <summary>What a room of each chat can set.</summary>
    public static readonly ValueList<Section> OfChats =
        [.. Chats.All.Select(chat => new Section(RoomOf(chat), $"rooms.NAME.{chat.Name}", [.. chat.Keys.Select(SecretShapes.Of)])
        {
            Example = chat.Keys.Count > 0 ? $"As in: {chat.Name}: {{ {chat.Keys[0].Name}: … }}.{Meant(chat.Name)}" : null,
        })];

    /// <summary>"a slack room", "an email room"; SNS is said letter by letter.</summary>
    private static string RoomOf(Chat chat) => $"{(chat.Name is ['a' or 'e' or 'i' or 'o', ..] or "sns" ? "an" : "a")} {chat.Name} room";

    /// <summary>A word that is a chat and also a key of another may have been meant as the key.</summary>
    private static string Meant(string word) =>
        Chats.All.FirstOrDefault(chat => chat.Keys.Any(key => key.Name == word)) is { } chat ? $" For {chat.Name}: {chat.Name}: {{ {word}: … }}." : "";

    /// <summary>A place where people read.</summary>
    public static readonly Section Room = new("a room", "rooms.NAME",
    [
        .. Chats.All.Zip(OfChats, (chat, section) =>
            new Setting(chat.Name, Shapes.Fixed(section), $"Makes it {RoomOf(chat)}. A room has exactly one chat.")),
        new("mention", Mention,
            "Whom a notice rings that is bad enough, as the chat writes it (see docs/chats.md): for Slack <!here>, <!channel>, <!everyone>, <@U…> or "
            + "<!subteam^S…>.", None),
        new("mention-at", Shapes.Severity, "The least severity that rings.", "defaults.mention-at, else error"),
        new("pace", PaceShape, "How fast messages may follow each other.",
            "defaults.pace, else what the chat takes (see docs/chats.md): 1 a second after a burst of 5 for Slack, none for a local room"),
    ])
    {
        Together = Checks.Room,
        Advice = name => Checks.ChatOf(name) is { } chat ? $"It belongs to the chat: {chat.Name}: {{ {name}: … }}." : null,
    };

    /// <summary>A rule of who hears what.</summary>
    public static readonly Section Route = new("a route", "routes[]",
    [
        new("when", new("a condition", Checks.When, json => Shapes.Typed(json, "string")),
            "What it is about, as a condition over the notice.", "everything"),
        new("to", Shapes.OneOrMany(RoomName), "Who hears it. Every route that matches counts; a room hears a notice once."),
        new("quiet", Shapes.Text("a reason"),
            "Instead of to: holds back what it matches, whatever other routes say. The text is the reason, shown by explain."),
        new("mention", Mention, "Whom it rings instead of whom the room rings.", "what the room says"),
        new("mention-at", Shapes.Severity, "The least severity that rings.", "what the room says"),
    ])
    {
        Together = Checks.Route,
    };

    /// <summary>What holds where a room or route does not say.</summary>
    public static readonly Section Defaults = new("defaults", "defaults",
    [
        new("room", RoomName, "Who hears what no route matches.", "the first room"),
        .. from pair in Chats.All.Zip(OfChats)
           let keys = pair.Second.Keys.Where(key => key.Default is not null).ToValueList()
           where keys.Count > 0
           select new Setting(pair.First.Name,
               Shapes.Fixed(new($"the defaults of {pair.First.Name} rooms", $"defaults.{pair.First.Name}", keys)),
               $"What {pair.First.Name} rooms set unless they say otherwise: {Sentence.Or([.. keys.Select(key => key.Name)])}."),
        new("pace", PaceShape, "How fast messages may follow each other in a room.", "what the room's chat takes"),
        new("mention-at", Shapes.Severity, "The least severity that rings.", "error"),
    ]);

    /// <summary>A test that lives in the settings.</summary>
    public static readonly Section Test = new("a test", "tests[]",
    [
        new("event", Shapes.Text("a path"), "The event, a file beside the settings.") { Required = true },
        new("says", Shapes.Named("a map from rooms to words", Checks.RoomName,
            Shapes.OneOrMany(Shapes.Scalar("words", _ => true, json => Shapes.Typed(json, "string")))),
            "For each room, words that its message must hold, whatever their case; \"\" for any message."),
        new("silent", Shapes.OneOrMany(RoomName), "Rooms that must hear nothing."),
    ])
    {
        Together = Checks.Test,
    };

    /// <summary>The whole file.</summary>
    public static readonly Section File = new("the settings", "",
    [
        new("rooms", Shapes.Named("a map from names to rooms", Checks.NewRoom, RoomShape()),
            "Places where people read, each under the name that routes use.", "one local room"),
        new("routes", Shapes.ListOf("a list of routes", Shapes.Fixed(Route)), "Who hears what.", "everything goes to defaults.room"),
        new("accounts", Shapes.Named("a map from account ids to names", Checks.AccountId, Shapes.Text("a name")),
            "Names of AWS accounts: messages show them, and account = NAME takes them."),
        new("defaults", Shapes.Fixed(Defaults), "What holds where a room does not say."),
        new("tests", Shapes.ListOf("a list of tests", Shapes.Fixed(Test)), "Events with what they must say, tried by signalbox check."),
    ]);

    /// <summary>Every map with fixed names, in the order of the docs.</summary>
    public static ValueList<Section> Sections =>
        [File, Room, .. OfChats.Where(section => section.Keys.Count > 0), Pace, Route, Defaults, Test];

    private static Shape RoomShape() => Shapes.Either(
        "a room",
        found => found is Tree.Scalar { IsNull: false },
        Shapes.Word([Local.Row.Name], $"{{ {Chats.All[0].Name}: {{ … }} }} or local"),
        Shapes.Fixed(Room));

    /// <summary>Writes a schema for the file.</summary>
    public static void Schema(Utf8JsonWriter json) => Shapes.Fixed(File).Schema(json);

    /// <summary>Checks a whole file.</summary>
    public static void Check(Tree tree, Findings findings) => Shapes.Fixed(File).Check(tree, findings);
}
