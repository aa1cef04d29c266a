using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Signalbox.Tests;

/// <summary>Our reader against the framework's: what one takes the other takes, with the same values.</summary>
public class JsonReading
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Elements("", "a", "with \"quotes\"", "back\\slash", "line\nbreak", "tab\t", "é", "日本語", "😀", "\u0001", "/", "a\u2028b", "{\"inner\":\"json\"}"),
        ArbMap.Default.GeneratorFor<string>().Select(text => new string([.. (text ?? "").Where(unit => !char.IsSurrogate(unit))])));

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Gen<string> Value = Gen.Sized(size => Grown(Math.Min(size, 5)));

    private static Gen<string> Grown(int size) => size is 0
        ? Gen.OneOf(
            Text.Select(text => JsonSerializer.Serialize(text)),
            Gen.Elements("0", "-0", "1", "-12", "3.25", "1e5", "2.5E-3", "true", "false", "null"))
        : Gen.OneOf(
            Grown(0),
            Grown(size - 1).ListOf().Select(items => $"[{string.Join(" , ", items.Take(5))}]"),
            (from name in Text from value in Grown(size - 1) select (name, value)).ListOf()
                .Select(members => $"{{ {string.Join(",\n", members.Take(5).Select(member => $"{JsonSerializer.Serialize(member.name)} : {member.value}"))} }}"));

    [Fact]
    public void A_text_that_is_json_reads_the_same() => Prop.ForAll(Arb.From(Value), text =>
    {
        var ours = Signalbox.Json.Parse(Encoding.UTF8.GetBytes(text));
        using var theirs = JsonDocument.Parse(text);
        return (ours.Expected is null && Same(ours.Value, theirs.RootElement)).Label(text);
    }).Check(Searches.Of(500));

    [Fact]
    public void A_text_with_a_fault_is_refused_by_both() => Prop.ForAll(Arb.From(Value), Arb.From(Gen.Choose(0, 10_000)), Arb.From(Gen.Elements("{", "}", "[", "]", ",", ":", "\"", "1", "x", " ", "")), (text, place, sign) =>
    {
        var line = text.Replace('\n', ' ');
        var at = place % line.Length;
        var broken = line[..at] + sign + line[(at + 1)..];
        var ours = Signalbox.Json.Parse(Encoding.UTF8.GetBytes(broken)).Expected is null;
        var theirs = TheyTake(broken);

        // A broken escape is taken as it stands: there we may be kinder, never stricter.
        return (broken.Contains('\\') ? ours || !theirs : ours == theirs).Label(broken);
    }).Check(Searches.Of(1000));

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "2")]
    [InlineData("""{"\u0061":"escaped name"}""", "escaped name")]
    [InlineData("""{"a":"\ud83d\ude00"}""", "😀")]
    [InlineData("""{"a":"\ud83d lonely"}""", "\uFFFD lonely")]
    [InlineData("""{"a":"\ude00"}""", "\uFFFD")]
    [InlineData("""{"a":"it\'s"}""", "it's")]
    [InlineData("""{"a":"\uZZZZ"}""", "uZZZZ")]
    [InlineData("{\"a\":\"raw\nnewline\"}", "raw\nnewline")]
    public void Odd_texts_have_an_answer(string json, string expected) =>
        Assert.Equal(expected, Signalbox.Json.Parse(Encoding.UTF8.GetBytes(json)).Value["a"u8].Scalar);

    [Theory]
    [InlineData("", 0, "a value")]
    [InlineData("{\"a\" 1}", 5, "':'")]
    [InlineData("[1 2]", 3, "',' or ']'")]
    [InlineData("{\"a\":1", 6, "'}'")]
    [InlineData("\"open", 5, "'\"'")]
    [InlineData("[1,]", 3, "a value")]
    [InlineData("1 2", 2, "the end of the text")]
    [InlineData("[1", 2, "']'")]
    [InlineData("{\"a\":1 \"b\":2}", 7, "',' or '}'")]
    [InlineData("{\"a\"", 4, "':'")]
    [InlineData("{a:1}", 1, "a member name in double quotes")]
    [InlineData("{\"a\":1,", 7, "a member name in double quotes")]
    [InlineData("[tru]", 1, "a value")]
    [InlineData("[nullx]", 5, "the end of the value")]
    [InlineData("[9x]", 2, "the end of the value")]
    [InlineData("-", 1, "a digit")]
    [InlineData("[1.]", 3, "a digit")]
    [InlineData("[1e+]", 4, "a digit")]
    [InlineData("\"cut \\", 6, "'\"'")]
    public void A_fault_says_where_and_what_was_expected(string json, int at, string expected)
    {
        var outcome = Signalbox.Json.Parse(Encoding.UTF8.GetBytes(json));
        Assert.Equal((at, expected), (outcome.At, outcome.Expected));
    }

    [Fact]
    public void What_is_not_there_is_missing_all_the_way_down()
    {
        var json = Signalbox.Json.Parse("{\"a\":[1]}"u8.ToArray()).Value;
        Assert.Equal(JsonKind.Missing, json["b"u8]["c"u8][7]["d"u8].Kind);
        Assert.Equal(JsonKind.Missing, json["a"u8][1].Kind);
        Assert.Equal(1, json["a"u8][0].Number);
        Assert.Null(json["b"u8].Text);
    }

    [Fact]
    public void What_is_told_as_it_was_written_is_the_text_without_quotes_and_escapes()
    {
        var json = Signalbox.Json.Parse("""{"text":"two\nlines","list":[1, "a"],"number":9.50}"""u8.ToArray()).Value;
        Assert.Equal(("two\nlines", "[1, \"a\"]", "9.50"), (json["text"u8].AsWritten, json["list"u8].AsWritten, json["number"u8].AsWritten));
        Assert.Equal("", $"{json["nothing"u8]}");
        Assert.Empty(json["number"u8].TextBytes());
    }

    [Fact]
    public void Quotes_and_escapes_end_a_text_wherever_they_stand_in_it()
    {
        for (var before = 0; before < 100; before++)
        {
            for (var between = 0; between < 40; between++)
            {
                var plain = $"{new string('a', before)}\"{new string('b', between)}\\\n{new string('c', 99 - before)}é";
                var json = $"[{JsonSerializer.Serialize(plain, Relaxed)},7]";
                var read = Signalbox.Json.Parse(Encoding.UTF8.GetBytes(json)).Value;
                Assert.Equal((plain, 7), (read[0].Text, read[1].Number));
            }
        }
    }

    /// <summary>Backslashes escape each other two by two, wherever the blocks in which they are looked for begin.</summary>
    [Fact]
    public void A_run_of_backslashes_escapes_what_follows_or_not()
    {
        for (var before = 0; before < 70; before++)
        {
            for (var run = 0; run < 70; run++)
            {
                var texts = new[] { $"{new string('a', before)}{new string('\\', run)}\"b", $"{new string('a', before)}{new string('\\', run)}", "\\\"" };
                var read = Signalbox.Json.Parse(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(texts, Relaxed))).Value;
                Assert.Equal((texts[0], texts[1], texts[2]), (read[0].Text, read[1].Text, read[2].Text));
            }
        }
    }

    [Fact]
    public void A_text_of_megabytes_with_an_escape_at_its_end_is_read_whole()
    {
        var words = new string('a', 10_000_000);
        var json = Signalbox.Json.Parse(Encoding.UTF8.GetBytes($"{{\"a\":\"{words}\\n\"}}")).Value["a"u8];
        Assert.Equal(words + "\n", json.Text);
        Assert.Equal(words.Length + 1, json.TextBytes().Length);
    }

    [Fact]
    public void Nesting_has_an_end()
    {
        Assert.Null(Signalbox.Json.Parse(Encoding.UTF8.GetBytes(new string('[', 512) + new string(']', 512))).Expected);
        Assert.Equal("at most 512 levels of nesting", Signalbox.Json.Parse(Encoding.UTF8.GetBytes(new string('[', 513) + new string(']', 513))).Expected);
    }

    private static bool TheyTake(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Same(Json ours, JsonElement theirs) => theirs.ValueKind switch
    {
        JsonValueKind.Object => ours.IsObject && theirs.EnumerateObject().All(member =>
            Same(ours[Encoding.UTF8.GetBytes(member.Name)], theirs.GetProperty(member.Name))) && ours.Count == theirs.EnumerateObject().Count(),
        JsonValueKind.Array => ours.Count == theirs.GetArrayLength() && theirs.EnumerateArray().Select((item, place) => Same(ours[place], item)).All(same => same),
        JsonValueKind.String => ours.Text == theirs.GetString() && Encoding.UTF8.GetString(ours.TextBytes()) == theirs.GetString(),
        JsonValueKind.Number => ours.Number == theirs.GetDouble(),
        JsonValueKind.True => ours.Kind is JsonKind.True,
        JsonValueKind.False => ours.Kind is JsonKind.False,
        _ => ours.Kind is JsonKind.Null,
    };
}
