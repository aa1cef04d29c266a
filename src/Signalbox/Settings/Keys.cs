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

    private static readonly Shape RoomOrOwner = new("the name of a room, or owner", Checks.RoomOrOwner, json => Shapes.Typed(json, "string"));

    public static readonly Shape Condition = new("a condition", Checks.When, json => Shapes.Typed(json, "string"));

    private static readonly Shape FieldNames = Shapes.OneOrMany(new Shape("a field", Checks.FieldName, json => Shapes.Typed(json, "string")));

    private static readonly Shape HoursShape = Shapes.Scalar(
        "hours, as in mon-fri 08:00-18:00 Europe/Berlin", text => Hours.Read(text) is not null, json => Shapes.Typed(json, "string"),
        "Days (mon-fri, sat,sun) may be left out, the time zone too: it is UTC then.");

    /// <summary>Like notices in one message.</summary>
    public static readonly Section Group = new("a group", "routes[].group",
    [
        new("by", FieldNames, "The fields that are equal in a group: those of when.") { Required = true },
        new("wait", Shapes.Duration, "How long the first waits for its like.", "30s"),
    ]);

    /// <summary>A team and what it is in charge of.</summary>
    public static readonly Section Owner = new("an owner", "owners.NAME",
    [
        new("when", Condition, "What it is in charge of.", "tag.team = NAME or tag.owner = NAME"),
        new("room", Shapes.OneOrMany(RoomName), "Its rooms, where to: owner leads."),
        new("mention", Mention, "Whom its notices ring in its rooms, as the chat writes it.", "what the room says"),
        new("mention-at", Shapes.Severity, "The least severity that rings.", "what the room says"),
        new("hours", HoursShape, "When it is rung. What is critical rings at any time.", "always"),
        new("outside", Mention, "Whom its notices ring outside of its hours.", "nobody, unless they are critical"),
    ])
    {
        Together = Checks.Owner,
    };

    /// <summary>Tags for things that do not carry them.</summary>
    public static readonly Section Tagging = new("a tagging", "tags[]",
    [
        new("when", Condition, "The things.") { Required = true },
        new("set", Shapes.Named("a map from tags to values", (_, _) => { }, Shapes.Text("a value")),
            "The tags that these things get; those of the event itself count first.") { Required = true },
    ]);

    /// <summary>What is asked of AWS.</summary>
    public static readonly Section Lookups = new("lookups", "lookups",
    [
        new("tags", Shapes.Flag, "Ask AWS for the tags of resources and stacks (tag:GetResources, cloudformation:DescribeStacks).", "false"),
        new("accounts", Shapes.Flag,
            "Ask AWS for the names of accounts that are not in accounts (organizations:DescribeAccount, else iam:ListAccountAliases).", "false"),
        new("within", Shapes.Duration, "The time for all questions of an event; without an answer the notice goes out with what is known.", "800ms"),
        new("lifetime", Shapes.Duration, "How long an answer is kept, that there is none too.", "10m"),
        new("endpoint", Shapes.Text("an address"), "Where AWS is asked instead, for tests and proxies.", "what AWS_ENDPOINT_URL says, else AWS"),
    ]);

    /// <summary>When a thing flaps.</summary>
    public static readonly Section Flaps = new("flapping", "conversations.flapping",
    [
        new("times", Shapes.Count, "More than so many raises make it flap.", "4"),
        new("within", Shapes.Duration, "In so long.", "30m"),
        new("settled", Shapes.Duration, "It has settled when nothing has changed for so long.", "15m"),
    ]);

    /// <summary>When a room is reminded.</summary>
    public static readonly Section Reminder = new("a reminder", "conversations.remind",
    [
        new("after", Shapes.Duration, "How long after the room last heard of what is still raised and not acknowledged.") { Required = true },
        new("at", Shapes.Severity, "The least severity that is worth it.", "error"),
        new("most", Shapes.Count, "How often at most.", "3"),
        new("escalate-after", Shapes.Count, "After so many reminders others hear of it too.", "never"),
        new("escalate-to", RoomName, "The room that hears of it then.", "the same room"),
        new("escalate-mention", Mention, "Whom that rings.", "whom the room rings"),
    ]);

    /// <summary>How conversations behave.</summary>
    public static readonly Section Conversations = new("conversations", "conversations",
    [
        new("flapping", Shapes.Either("{ times, within, settled } or none", found => found is Tree.Scalar { IsNull: false },
            Shapes.Word([None], "{ times: …, within: … } or none"), Shapes.Fixed(Flaps)),
                "When a thing that raises and clears again and again is said to flap."),
        new("remind", Shapes.Either("{ after, at, … } or none", found => found is Tree.Scalar { IsNull: false },
            Shapes.Word([None], "{ after: … } or none"), Shapes.Fixed(Reminder)), "When a room is reminded of what is still raised.", None),
        new("digest-after", Shapes.Duration, "When what waits for a room would take longer than this one by one, digests name it.", "2m"),
    ]);

    /// <summary>How long what is kept.</summary>
    public static readonly Section Retention = new("retention", "retention",
    [
        new("events", Shapes.Duration, "Ids of events that were decided: a repeat within this time is known. At least a day.", "2d"),
        new("conversations", Shapes.Duration, "Conversations that are over.", "30d"),
        new("history", Shapes.Duration, "What was said where, and why.", "90d"),
        new("dead", Shapes.Duration, "Posts that could not be made.", "30d"),
    ])
    {
        Together = Checks.Retention,
    };

    /// <summary>What keeps what quiet.</summary>
    public static readonly Section Mute = new("a mute", "mutes[]",
    [
        new("when", Condition, "What is held back.") { Required = true },
        new("while", Condition, "What has to be raised meanwhile.") { Required = true },
        new("same", FieldNames, "Fields in which both have to be equal.", "none"),
    ]);

    /// <summary>What nobody shall hear for a time.</summary>
    public static readonly Section Silence = new("a silence", "silences[]",
    [
        new("when", Condition, "What is held back.") { Required = true },
        new("from", Shapes.Instant, "When it begins.", "at once"),
        new("until", Shapes.Instant, "When it ends. Needed unless it has hours."),
        new("hours", HoursShape, "The hours of the week in which it holds.", "all"),
        new("by", Shapes.Text("a name"), "Who asked for it.", "settings"),
        new("comment", Shapes.Text("a reason"), "Why."),
    ])
    {
        Together = Checks.Silence,
    };

    /// <summary>A rule of who hears what.</summary>
    public static readonly Section Route = new("a route", "routes[]",
    [
        new("when", Condition, "What it is about, as a condition over the notice.", "everything"),
        new("to", Shapes.OneOrMany(RoomOrOwner),
            "Who hears it: rooms, or owner for the rooms of whoever is in charge. Every route that matches counts; a room hears a notice once."),
        new("otherwise", RoomName, "Who hears it when nobody is in charge, or when the chat says that a room does not exist.", "defaults.room"),
        new("group", Shapes.Fixed(Group), "Says like notices that come in a burst in one message."),
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
        new("operator", RoomName, "Who hears of Signalbox's own troubles: a room that does not exist.", "defaults.room"),
    ]);

    /// <summary>A test that lives in the settings.</summary>
    public static readonly Section Test = new("a test", "tests[]",
    [
        new("event", Shapes.Text("a path"), "The event, a file beside the settings."),
        new("timeline", Shapes.Text("a path"), "Instead of an event: a timeline as signalbox simulate plays it, which says itself what it expects."),
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
        new("include", Shapes.OneOrMany(Shapes.Text("a path")),
            "Files of teams, beside this one: teams/*.yaml. Each may hold rooms, routes, owners, tags, silences, mutes, accounts and tests. One that is "
            + "broken is left out and said; the others hold.", "none"),
        new("routes", Shapes.ListOf("a list of routes", Shapes.Fixed(Route)), "Who hears what.", "everything goes to defaults.room"),
        new("owners", Shapes.Named("a map from names to owners", (_, _) => { }, Shapes.Fixed(Owner)), "Teams, and what each is in charge of."),
        new("tags", Shapes.ListOf("a list of taggings", Shapes.Fixed(Tagging)), "Tags for things that do not carry them."),
        new("lookups", Shapes.Fixed(Lookups), "What is asked of AWS before a notice goes out.", "nothing"),
        new("store", SecretShapes.Store,
            "What remembers events, conversations and posts: dynamodb://TABLE in the function; sqlite:FILE, postgres://… or memory: elsewhere.",
            "nothing: each event is one post"),
        new("conversations", Shapes.Fixed(Conversations), "How conversations behave, where there is a store."),
        new("retention", Shapes.Fixed(Retention), "How long a store keeps what is of no more use."),
        new("mutes", Shapes.ListOf("a list of mutes", Shapes.Fixed(Mute)), "What is held back while something else is raised, where there is a store."),
        new("silences", Shapes.ListOf("a list of silences", Shapes.Fixed(Silence)), "What is held back for a time."),
        new("accounts", Shapes.Named("a map from account ids to names", Checks.AccountId, Shapes.Text("a name")),
            "Names of AWS accounts: messages show them, and account = NAME takes them."),
        new("defaults", Shapes.Fixed(Defaults), "What holds where a room does not say."),
        new("slack-app", Shapes.Fixed(SlackAppKeys.App),
            "A Slack app through which people answer, where there is a store: buttons under messages, slash commands and mentions (see docs/slack-app.md)."),
        new("server", Shapes.Fixed(ServingKeys.Server), "What signalbox serve needs to know."),
        new("tests", Shapes.ListOf("a list of tests", Shapes.Fixed(Test)), "Events with what they must say, tried by signalbox check."),
    ]);

    /// <summary>Every map with fixed names, in the order of the docs.</summary>
    public static ValueList<Section> Sections =>
        [File, Room, .. OfChats.Where(section => section.Keys.Count > 0), Pace, Route, Group, Owner, Tagging, Lookups, Conversations, Flaps, Reminder,
            Retention, Mute, Silence, Defaults, SlackAppKeys.App, .. ServingKeys.Sections, Test];

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
