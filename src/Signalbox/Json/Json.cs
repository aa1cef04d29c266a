using System.Globalization;

namespace Signalbox;

/// <summary>A value inside a JSON text that was read once: nothing is copied until it is asked for.</summary>
/// <remarks>
/// Total: a member that is not there is <see cref="JsonKind.Missing"/>, and so is everything below it, so that
/// <c>body["Trigger"u8]["Metrics"u8][0]["Id"u8].Text</c> needs no checks. Lone surrogates in escapes become U+FFFD.
/// Why this is ours and not a library's: docs/decisions/0002.
/// </remarks>
public readonly struct Json
{
    private readonly byte[]? bytes;
    private readonly JsonEntry[]? entries;
    private readonly int index;

    internal Json(byte[] bytes, JsonEntry[] entries, int index)
    {
        this.bytes = bytes;
        this.entries = entries;
        this.index = index;
    }

    /// <summary>Reads a whole text as one JSON value, or says why it is none.</summary>
    /// <param name="utf8">Valid UTF-8. The array is kept, not copied: it must not change any more.</param>
    public static JsonOutcome Parse(byte[] utf8)
    {
        Span<JsonEntry> room = stackalloc JsonEntry[160];
        var scanner = new JsonScanner(utf8, room);
        if (!scanner.ReadValue(0)) return new(default, scanner.At, scanner.Expected);
        return scanner.At < utf8.Length
            ? new(default, scanner.At, "the end of the text")
            : new(new(utf8, scanner.Tape(), 0), scanner.At, null);
    }

    /// <summary>Reads a text as JSON values one after the other (JSON lines, or one per paragraph).</summary>
    /// <returns>The values, or none when any part of the text is not JSON.</returns>
    public static ValueList<Json> ParseMany(byte[] utf8)
    {
        var values = new List<Json>();
        var at = 0;
        Span<JsonEntry> room = stackalloc JsonEntry[160];
        while (at < utf8.Length)
        {
            var scanner = new JsonScanner(utf8, room);
            if (!scanner.ReadValue(at)) return [];
            values.Add(new(utf8, scanner.Tape(), 0));
            at = scanner.At;
        }
        return [.. values];
    }

    private JsonEntry Entry => entries![index];

    /// <summary>Index of the entry after this value and everything in it.</summary>
    private int Beyond => bytes![Entry.Start] is (byte)'{' or (byte)'[' ? Entry.Extent : index + 1;

    private Json At(int place) => new(bytes!, entries!, place);

    /// <summary>What the value is.</summary>
    public JsonKind Kind => bytes is null ? JsonKind.Missing : bytes[Entry.Start] switch
    {
        (byte)'{' => JsonKind.Object,
        (byte)'[' => JsonKind.Array,
        (byte)'"' => JsonKind.Text,
        (byte)'t' => JsonKind.True,
        (byte)'f' => JsonKind.False,
        (byte)'n' => JsonKind.Null,
        _ => JsonKind.Number,
    };

    /// <summary>True unless the value is missing or null.</summary>
    public bool Exists => Kind is not (JsonKind.Missing or JsonKind.Null);

    /// <summary>True for an object.</summary>
    public bool IsObject => Kind is JsonKind.Object;

    /// <summary>True for an array.</summary>
    public bool IsArray => Kind is JsonKind.Array;

    /// <summary>True for a text.</summary>
    public bool IsText => Kind is JsonKind.Text;

    /// <summary>Where the value begins in the text it came from, in bytes.</summary>
    public int Offset => bytes is null ? 0 : Entry.Start;

    /// <summary>The bytes of the value as they were written; for a text, what is between the quotes, escapes and all.</summary>
    public ReadOnlySpan<byte> Raw
    {
        get
        {
            if (bytes is null) return default;
            var (start, extent) = Entry;
            return bytes[start] switch
            {
                (byte)'"' => bytes.AsSpan(start + 1, extent < 0 ? ~extent : extent),
                (byte)'{' or (byte)'[' => bytes.AsSpan(start..entries![extent - 1].Start),
                _ => bytes.AsSpan(start, extent),
            };
        }
    }

    private bool HasEscapes => Entry.Extent < 0;

    /// <summary>The member of that name, or missing. The last one wins where a name stands twice.</summary>
    public Json this[ReadOnlySpan<byte> name]
    {
        get
        {
            if (Kind is not JsonKind.Object) return default;
            var found = 0;
            var end = Entry.Extent - 1;
            for (var at = index + 1; at < end;)
            {
                var value = At(at + 1);
                // Names are texts, nearly all without escapes: comparing lengths rules most of them out.
                var (start, extent) = entries![at];
                var isIt = extent == name.Length ? bytes.AsSpan(start + 1, extent).SequenceEqual(name) : extent < 0 && At(at).TextIs(name);
                if (isIt) found = at + 1;
                at = value.Beyond;
            }
            return found == 0 ? default : At(found);
        }
    }

    /// <summary>The item at a place counted from zero, or missing.</summary>
    public Json this[int place]
    {
        get
        {
            if (Kind is not JsonKind.Array) return default;
            foreach (var item in Items)
            {
                if (place-- == 0) return item;
            }
            return default;
        }
    }

    /// <summary>The items of an array; none for anything else.</summary>
    public JsonItems Items => Kind is JsonKind.Array ? new(At(index + 1), Entry.Extent - 1) : default;

    /// <summary>The members of an object in their order; none for anything else.</summary>
    public JsonMembers Members => Kind is JsonKind.Object ? new(At(index + 1), Entry.Extent - 1) : default;

    /// <summary>How many items or members there are.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var _ in Items) count++;
            foreach (var _ in Members) count++;
            return count;
        }
    }

    /// <summary>The text, or null when this is not a text.</summary>
    public string? Text => Kind is JsonKind.Text ? HasEscapes ? JsonEscapes.ToText(Raw) : System.Text.Encoding.UTF8.GetString(Raw) : null;

    /// <summary>The text, or null when it is not one or holds nothing but white space.</summary>
    public string? Words => Text is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>A text, number or literal as text; null for everything else.</summary>
    public string? Scalar => Kind switch
    {
        JsonKind.Text => Text,
        JsonKind.Number or JsonKind.True or JsonKind.False => System.Text.Encoding.UTF8.GetString(Raw),
        _ => null,
    };

    /// <summary>The value as JSON text, or the text itself when it is one.</summary>
    public string AsWritten => Text ?? System.Text.Encoding.UTF8.GetString(Raw);

    /// <summary>The bytes of a text with its escapes undone; empty when this is not a text.</summary>
    public byte[] TextBytes() => Kind is not JsonKind.Text ? [] : HasEscapes ? JsonEscapes.ToBytes(Raw) : Raw.ToArray();

    /// <summary>The number, also when it was written as a text; null otherwise or when it is not finite.</summary>
    public double? Number =>
        Kind is JsonKind.Number or JsonKind.Text
        && double.TryParse(Raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;

    /// <summary>True when this is exactly that text.</summary>
    public bool TextIs(ReadOnlySpan<byte> text)
    {
        if (Kind is not JsonKind.Text) return false;
        return HasEscapes ? Raw.Length >= text.Length && JsonEscapes.ToBytes(Raw).AsSpan().SequenceEqual(text) : Raw.SequenceEqual(text);
    }

    /// <summary>The value after this one and everything in it; the entry that ends the container when this is the last.</summary>
    internal Json After => At(Beyond);

    /// <summary>True when this value lies before a place on the tape.</summary>
    internal bool IsBefore(int end) => bytes is not null && index < end;

    /// <summary>The value after a member's name.</summary>
    internal Json Beside => At(index + 1);

    /// <summary>The value as it was written.</summary>
    public override string ToString() => bytes is null ? "" : AsWritten;
}

/// <summary>What became of reading a text as JSON.</summary>
/// <param name="Value">The value; missing when the text is not JSON.</param>
/// <param name="At">The byte at which reading stopped.</param>
/// <param name="Expected">What was expected there, or null when the text is JSON.</param>
public readonly record struct JsonOutcome(Json Value, int At, string? Expected);

/// <summary>A member of an object.</summary>
/// <param name="Name">Its name, a text.</param>
/// <param name="Value">Its value.</param>
public readonly record struct JsonMember(Json Name, Json Value);
