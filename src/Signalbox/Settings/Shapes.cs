using System.Globalization;
using System.Text.Json;

namespace Signalbox;

/// <summary>The shapes that settings are made of.</summary>
internal static class Shapes
{
    /// <summary>Any text that is not empty.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="help">What to do where nothing stands.</param>
    public static Shape Text(string type, string? help = null) => new(
        type,
        (found, findings) =>
        {
            if (string.IsNullOrWhiteSpace(found.Word)) findings.Expected(type, found, found is Tree.Scalar ? help : null);
        },
        json => Typed(json, "string"));

    /// <summary>One of some words.</summary>
    /// <param name="words">The words.</param>
    /// <param name="expected">What an error says was expected, when other things may stand there too.</param>
    public static Shape Word(ValueList<string> words, string? expected = null) => new(
        words.Count is 1 ? words[0] : "one of " + Sentence.Or(words),
        (found, findings) =>
        {
            if (found.Word is not { } text || !words.Contains(text))
                findings.Expected(expected ?? Sentence.Or(words), found, found.Word is { } word ? Nearest.Hint(word, words) : null);
        },
        json =>
        {
            json.WriteStartArray("enum");
            foreach (var word in words) json.WriteStringValue(word);
            json.WriteEndArray();
        });

    /// <summary>A severity.</summary>
    public static readonly Shape Severity = Word([.. Words.Severities.Select(pair => pair.Word)]);

    /// <summary>True or false.</summary>
    public static readonly Shape Flag = Scalar("true or false", text => text is "true" or "false", json => Typed(json, "boolean"));

    /// <summary>A number above zero, at most a thousand.</summary>
    public static readonly Shape Rate = Scalar(
        "a number above 0, at most 1000",
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 1000,
        json =>
        {
            Typed(json, "number");
            json.WriteNumber("exclusiveMinimum", 0);
            json.WriteNumber("maximum", 1000);
        });

    /// <summary>A whole number from 1 to a thousand.</summary>
    public static readonly Shape Count = Scalar(
        "a whole number from 1 to 1000",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1000,
        json =>
        {
            Typed(json, "integer");
            json.WriteNumber("minimum", 1);
            json.WriteNumber("maximum", 1000);
        });

    /// <summary>The number of a TCP port.</summary>
    public static readonly Shape Port = Scalar(
        "a port, from 1 to 65535",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65535,
        json =>
        {
            Typed(json, "integer");
            json.WriteNumber("minimum", 1);
            json.WriteNumber("maximum", 65535);
        });

    /// <summary>A time span.</summary>
    public static readonly Shape Duration = Scalar(
        "a duration, as in 90s, 10m, 2h or 1d", text => Durations.Read(text) is not null,
        json =>
        {
            Typed(json, "string");
            json.WriteString("pattern", "^[0-9]+(ms|s|m|h|d)$");
        });

    /// <summary>An instant.</summary>
    public static readonly Shape Instant = Scalar(
        "an instant, as in 2026-11-22T18:00:00Z", text => Instants.Read(text) is not null, json => Typed(json, "string"));

    /// <summary>A map with fixed names.</summary>
    public static Shape Fixed(Section section) => new(
        section.Title,
        (found, findings) =>
        {
            if (found is Tree.Scalar { IsNull: true } nothing) found = new Tree.Map([]) { At = nothing.At };
            if (found is not Tree.Map) findings.Expected($"{section.Title} ({Names(section)})", found, section.Example);
            else CheckKeys(section, found, findings);
        },
        json =>
        {
            Typed(json, "object");
            json.WriteBoolean("additionalProperties", false);
            if (section.Keys.Any(key => key.Required))
            {
                json.WriteStartArray("required");
                foreach (var key in section.Keys.Where(key => key.Required)) json.WriteStringValue(key.Name);
                json.WriteEndArray();
            }
            json.WriteStartObject("properties");
            foreach (var key in section.Keys)
            {
                json.WriteStartObject(key.Name);
                json.WriteString("description", key.About + (key.Default is { } otherwise ? $" Default: {otherwise}." : ""));
                key.Shape.Schema(json);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        });

    /// <summary>A map from names that people choose.</summary>
    public static Shape Named(string type, Action<Tree.Scalar, Findings> name, Shape value) => new(
        type,
        (found, findings) =>
        {
            if (found is not (Tree.Map or Tree.Scalar { IsNull: true })) findings.Expected(type, found);
            foreach (var member in found.Members)
            {
                name(member.Name, findings);
                value.Check(member.Value, findings);
            }
        },
        json =>
        {
            Typed(json, "object");
            json.WriteStartObject("additionalProperties");
            value.Schema(json);
            json.WriteEndObject();
        });

    /// <summary>A list.</summary>
    public static Shape ListOf(string type, Shape item) => new(
        type,
        (found, findings) =>
        {
            if (found is Tree.List list)
            {
                foreach (var each in list.Items) item.Check(each, findings);
            }
            else if (found is not Tree.Scalar { IsNull: true })
            {
                findings.Expected(type, found, "Begin each with \"- \", or write them as [a, b].");
            }
        },
        json =>
        {
            Typed(json, "array");
            json.WriteStartObject("items");
            item.Schema(json);
            json.WriteEndObject();
        });

    /// <summary>A list where another shape may stand alone.</summary>
    public static Shape OneOrMany(Shape item) =>
        Either($"{item.Type}, or a list of them", found => found is Tree.List, ListOf($"a list, each {item.Type}", item), item);

    /// <summary>One shape or another, told apart by what stands there.</summary>
    public static Shape Either(string type, Func<Tree, bool> isFirst, Shape first, Shape second) => new(
        type,
        (found, findings) => (isFirst(found) ? first : second).Check(found, findings),
        json =>
        {
            json.WriteStartArray("anyOf");
            foreach (var shape in (Shape[])[first, second])
            {
                json.WriteStartObject();
                shape.Schema(json);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });

    /// <summary>A scalar that passes a test.</summary>
    public static Shape Scalar(string type, Func<string, bool> fits, Action<Utf8JsonWriter> schema, string? help = null) => new(
        type,
        (found, findings) =>
        {
            if (found.Word is not { } text || !fits(text)) findings.Expected(type, found, help);
        },
        schema);

    /// <summary>Writes the type of a schema.</summary>
    public static void Typed(Utf8JsonWriter json, string type) => json.WriteString("type", type);

    private static string Names(Section section) => string.Join(", ", section.Keys.Select(key => key.Name));

    private static string Expected(Section section) =>
        section.Keys.Count is 0 ? $"nothing in {section.Title}" : $"a key of {section.Title} ({Names(section)})";

    private static string? Advice(Section section, string name) =>
        Nearest.Hint(name, [.. section.Keys.Select(known => known.Name)]) ?? section.Advice(name);

    private static void CheckKeys(Section section, Tree found, Findings findings)
    {
        foreach (var member in found.Members)
        {
            if (section.Keys.FirstOrDefault(key => key.Name == member.Name.Text) is { } key) key.Shape.Check(member.Value, findings);
            else findings.Expected(Expected(section), member.Name, Advice(section, member.Name.Text));
        }
        foreach (var key in section.Keys.Where(key => key.Required && found[key.Name] is null))
            findings.Says(found, $"expected {key.Name} in {section.Title}, found none. {key.About}");
        section.Together(found, findings);
    }
}
