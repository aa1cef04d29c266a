using System.Globalization;
using System.Text;
using System.Text.Json;
using Signalbox.Deploy;

namespace Signalbox.Aws.Cloud;

/// <summary>What services answer, in the form in which plans compare it.</summary>
internal static class Compared
{
    /// <summary>JSON in one form.</summary>
    public static string Json(string text) => CanonicalJson.Of(text);

    /// <summary>Tags that are the members of an object.</summary>
    public static ValueList<Fact> TagMap(Json tags)
    {
        var read = new List<Fact>();
        foreach (var (name, value) in tags.Members) read.Add(new(name.Text ?? "", value.Text ?? ""));
        return [.. read];
    }

    /// <summary>Tags that are a list of Key and Value.</summary>
    public static ValueList<Fact> TagList(Json tags)
    {
        var read = new List<Fact>();
        foreach (var tag in tags.Items) read.Add(new(tag["Key"u8].Text ?? "", tag["Value"u8].Text ?? ""));
        return [.. read];
    }

    /// <summary>The texts of a list.</summary>
    public static ValueList<string> Texts(Json list)
    {
        var read = new List<string>();
        foreach (var item in list.Items) read.Add(item.Text ?? "");
        return [.. read];
    }

    /// <summary>Writes tags as the members of an object.</summary>
    public static void WriteTagMap(Utf8JsonWriter json, string name, IEnumerable<Fact> tags)
    {
        json.WriteStartObject(name);
        foreach (var tag in tags) json.WriteString(tag.Name, tag.Value);
        json.WriteEndObject();
    }

    /// <summary>Writes tags as a list of Key and Value.</summary>
    public static void WriteTagList(Utf8JsonWriter json, string name, IEnumerable<Fact> tags)
    {
        json.WriteStartArray(name);
        foreach (var tag in tags)
        {
            json.WriteStartObject();
            json.WriteString("Key", tag.Name);
            json.WriteString("Value", tag.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Writes a list of texts.</summary>
    public static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>The items of a text that <see cref="Wanted.Joined"/> made.</summary>
    public static ValueList<string> Split(string joined) => [.. joined.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>A number that a trait holds.</summary>
    public static int Whole(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    /// <summary>Bytes of a text that is JSON.</summary>
    public static Json Parse(string text) => Signalbox.Json.Parse(Encoding.UTF8.GetBytes(text)).Value;
}
