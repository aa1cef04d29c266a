using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Effects;

/// <summary>What the engine keeps in a store, as JSON. Unknown members are left out and missing ones have their defaults, so that a store
/// outlives the program that wrote it.</summary>
internal static class StateJson
{
    /// <summary>The bytes of a conversation.</summary>
    public static byte[] Write(Conversation conversation) => JsonSerializer.SerializeToUtf8Bytes(conversation, StateContext.Default.Conversation);

    /// <summary>The bytes of a memo.</summary>
    public static byte[] Write(Memo memo) => JsonSerializer.SerializeToUtf8Bytes(memo, StateContext.Default.Memo);

    /// <summary>The bytes of a post to be made.</summary>
    public static byte[] Write(PostNote note) => JsonSerializer.SerializeToUtf8Bytes(note, StateContext.Default.PostNote);

    /// <summary>The bytes of a silence.</summary>
    public static byte[] Write(SilenceNote note) => JsonSerializer.SerializeToUtf8Bytes(note, StateContext.Default.SilenceNote);

    /// <summary>The bytes of what happened.</summary>
    public static byte[] Write(HistoryNote note) => JsonSerializer.SerializeToUtf8Bytes(note, StateContext.Default.HistoryNote);

    /// <summary>The bytes of a room's pace.</summary>
    public static byte[] Write(PaceNote note) => JsonSerializer.SerializeToUtf8Bytes(note, StateContext.Default.PaceNote);

    /// <summary>The bytes of what a digest covers.</summary>
    public static byte[] Write(DigestNote note) => JsonSerializer.SerializeToUtf8Bytes(note, StateContext.Default.DigestNote);

    /// <summary>What a digest covers; null for none.</summary>
    public static DigestNote? Digest(ReadOnlyMemory<byte> bytes) => Read(bytes, StateContext.Default.DigestNote);

    /// <summary>A conversation; null for no bytes, and for bytes that are none, which then begins anew.</summary>
    public static Conversation? Conversation(ReadOnlyMemory<byte> bytes) => Read(bytes, StateContext.Default.Conversation);

    /// <summary>A memo; null for none.</summary>
    public static Memo? Memo(ReadOnlyMemory<byte> bytes) => Read(bytes, StateContext.Default.Memo);

    /// <summary>A post to be made; null for none.</summary>
    public static PostNote? Post(ReadOnlyMemory<byte> bytes) => Read(bytes, StateContext.Default.PostNote);

    /// <summary>A silence; null for none.</summary>
    public static SilenceNote? Silence(ReadOnlyMemory<byte> bytes) => Read(bytes, StateContext.Default.SilenceNote);

    /// <summary>What happened; null for none.</summary>
    public static HistoryNote? History(ReadOnlyMemory<byte> bytes) => Read(bytes, StateContext.Default.HistoryNote);

    /// <summary>A room's pace; null for none.</summary>
    public static PaceNote? Pace(ReadOnlyMemory<byte> bytes) => Read(bytes, StateContext.Default.PaceNote);

    private static T? Read<T>(ReadOnlyMemory<byte> bytes, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        if (bytes.IsEmpty) return null;
        try
        {
            return JsonSerializer.Deserialize(bytes.Span, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A post to be made, as it waits in a store.</summary>
/// <param name="Placing">Where in its conversation.</param>
/// <param name="Notice">What it says.</param>
/// <param name="Mention">Whom it rings; null for nobody.</param>
/// <param name="Because">Why.</param>
/// <param name="Event">Identity of its event.</param>
/// <param name="Otherwise">Name of the room that hears it when its own does not exist; null for none.</param>
/// <param name="Webhook">The event's own webhook, for a room that is in no settings; null for a room of the settings.</param>
internal sealed record PostNote(Placing Placing, Notice Notice, string? Mention, string Because, string Event, string? Otherwise, string? Webhook)
{
    /// <summary>What a digest says of it; none for its title.</summary>
    public ValueList<string> Lines { get; init; }
}

/// <summary>A silence as it is kept.</summary>
public sealed record SilenceNote(string Id, string When, DateTimeOffset? From, DateTimeOffset? Until, string? Hours, string By, string Comment)
{
    /// <summary>The silence; null when its condition cannot be read any more.</summary>
    public Silence? Silence(ValueList<Account> accounts) => WhenOutcome.Of(When, accounts).When is not { } when ? null : new()
    {
        Id = Id,
        When = when,
        Text = When,
        From = From,
        Until = Until,
        Hours = Hours is null ? null : Signalbox.Hours.Read(Hours),
        By = By,
        Comment = Comment,
    };
}

/// <summary>What happened, beside what a store knows of it by itself.</summary>
/// <param name="Title">What it was about.</param>
/// <param name="Because">Why.</param>
/// <param name="Source">The row that read it.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Status">How it stands.</param>
internal sealed record HistoryNote(string Title, string Because, string Source, Severity Severity, Status Status)
{
    /// <summary>What was said, word for word; null where that is not kept.</summary>
    public Wording? Words { get; init; }

    /// <summary>Who did it; null for what nobody did.</summary>
    public Doer? Doer { get; init; }

    /// <summary>A note about a notice.</summary>
    public static HistoryNote Of(Notice notice, string because) => new(notice.Title, because, notice.Source, notice.Severity, notice.Status);
}

/// <summary>What a room was told, word for word.</summary>
/// <param name="Placing">Where in its conversation.</param>
/// <param name="Notice">What it says.</param>
/// <param name="Mention">Whom it rang; null for nobody.</param>
internal sealed record Wording(Placing Placing, Notice Notice, string? Mention);

/// <summary>Who did something.</summary>
/// <param name="By">Their name.</param>
/// <param name="Role">What they might do: viewer, responder or admin.</param>
/// <param name="From">The address that they called from; empty when nobody knows.</param>
internal sealed record Doer(string By, string Role, string From)
{
    /// <summary>What history calls an act. It stands where other lines have their event too, so that every store finds the few acts among many lines.</summary>
    public const string Act = "act";

    /// <summary>A line of history: they did something, and what came of it.</summary>
    public HistoryLine Did(string what, Place place, string outcome, DateTimeOffset now) => new(now, Act, place, Act,
        StateJson.Write(new HistoryNote(Cut.Line(what, 500), Cut.Text(outcome, 1_000), "signalbox", Severity.Info, Status.Stated) { Doer = this }));
}

/// <summary>A room's pace as the last courier left it.</summary>
/// <param name="Tokens">Messages that may go out at once.</param>
/// <param name="At">When that was so; null when nobody took from it.</param>
/// <param name="Pause">Until when the chat asked to be left alone; null for not at all.</param>
/// <param name="By">Whose note it is, each time another.</param>
internal sealed record PaceNote(double Tokens, DateTimeOffset? At, DateTimeOffset? Pause, string? By)
{
    /// <summary>The chat's id of the last message that he made; null for none.</summary>
    public string? Reference { get; init; }

    /// <summary>When he was cut short with a message under way; null when every message was noted.</summary>
    public DateTimeOffset? Broken { get; init; }
}

/// <summary>A message that names many posts, noted before it goes out.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Covers">Those posts, by their ids in the store.</param>
internal sealed record DigestNote(string Id, ValueList<string> Covers);

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters =
    [
        typeof(ListConverter<Part>), typeof(ListConverter<Fact>), typeof(ListConverter<Tag>), typeof(ListConverter<Link>), typeof(ListConverter<double>),
        typeof(ListConverter<DateTimeOffset>), typeof(ListConverter<string>), typeof(ListConverter<Member>), typeof(ListConverter<Cause>),
    ])]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(Memo))]
[JsonSerializable(typeof(PostNote))]
[JsonSerializable(typeof(SilenceNote))]
[JsonSerializable(typeof(HistoryNote))]
[JsonSerializable(typeof(PaceNote))]
[JsonSerializable(typeof(DigestNote))]
[JsonSerializable(typeof(Part[]))]
[JsonSerializable(typeof(Fact[]))]
[JsonSerializable(typeof(Tag[]))]
[JsonSerializable(typeof(Link[]))]
[JsonSerializable(typeof(double[]))]
[JsonSerializable(typeof(DateTimeOffset[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Member[]))]
[JsonSerializable(typeof(Cause[]))]
internal sealed partial class StateContext : JsonSerializerContext;

/// <summary>A list as a JSON array.</summary>
internal sealed class ListConverter<T> : JsonConverter<ValueList<T>>
{
    /// <inheritdoc/>
    public override ValueList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<T[]>)options.GetTypeInfo(typeof(T[]))) is { } items
            ? [.. items] : [];

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, (T[])[.. value], (System.Text.Json.Serialization.Metadata.JsonTypeInfo<T[]>)options.GetTypeInfo(typeof(T[])));
}

