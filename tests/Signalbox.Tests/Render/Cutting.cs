namespace Signalbox.Tests;

/// <summary>How text is made to fit, and what of it nobody may see.</summary>
public class Cutting
{
    private const string Family = "👩‍👩‍👧‍👦";

    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("longer", 5, "long…")]
    [InlineData("one two three four", 16, "one two three…")]
    [InlineData("one twothreefourfive", 16, "one twothreefou…")]
    [InlineData("  much \t\n space\r\n", 40, "much space")]
    [InlineData(" led", 40, "led")]
    [InlineData("trailed ", 40, "trailed")]
    [InlineData("two  blanks", 40, "two blanks")]
    [InlineData("a\u00A0b\u0085c", 40, "a b c")]
    [InlineData("naïve ~tilde~", 40, "naïve ~tilde~")]
    [InlineData("über  alles", 40, "über alles")]
    [InlineData("été ", 40, "été")]
    [InlineData("", 40, "")]
    [InlineData(" ", 40, "")]
    [InlineData("\u007Fdel", 40, "del")]
    [InlineData("rtl\u202Agone\u202B\u202E", 40, "rtlgone")]
    [InlineData("\u2066iso\u2069late\u200Ed\u200F\u061C\uFEFF", 40, "isolated")]
    public void A_line_fits(string text, int limit, string line) => Assert.Equal(line, Cut.Line(text, limit));

    [Theory]
    [InlineData(10, "0123456789", "0123456789")]
    [InlineData(9, "0123456789", "01234567…")]
    [InlineData(1, "0123456789", "…")]
    [InlineData(0, "0123456789", "…")]
    [InlineData(40, "0123456789 123456789 123456789 123456789 123456789", "0123456789 123456789 123456789…")]
    public void A_text_without_room_for_a_count_ends_all_the_same(int limit, string text, string cut) => Assert.Equal(cut, Cut.Text(text, limit));

    [Fact]
    public void A_text_says_how_much_of_it_is_left_out() =>
        Assert.Equal($"{new string('x', 60)}… (1,940 more characters)", Cut.Text(new string('x', 2_000), 100));

    [Theory]
    [InlineData("lines\nand\ttabs stay", "lines\nand\ttabs stay")]
    [InlineData("über\nund\t\u202Eunter\u0007", "über\nund\tunter")]
    [InlineData("ring\u0007\n", "ring\n")]
    [InlineData("\u061C", "")]
    public void What_is_readable_keeps_its_lines(string text, string readable) => Assert.Equal(readable, Cut.Readable(text));

    [Theory]
    [InlineData("abc", 2, 2)]
    [InlineData("a" + Family, 1, 1)]
    [InlineData("a" + Family, 5, 1)]
    [InlineData(Family + "b", 11, 11)]
    [InlineData("🚨", 1, 0)]
    [InlineData("e\u0301x", 2, 2)]
    public void A_cut_falls_between_characters(string text, int place, int between) => Assert.Equal(between, Cut.BetweenCharacters(text, place));

    [Fact]
    public void A_cut_far_inside_falls_between_characters()
    {
        // The place it begins to look from is inside of a pair, and what it looks at has no end in sight.
        Assert.Equal(80, Cut.BetweenCharacters(string.Concat(Enumerable.Repeat("🚨", 60)), 81));
        Assert.Equal(81, Cut.BetweenCharacters("a" + string.Concat(Enumerable.Repeat("🚨", 60)), 81));
        Assert.Equal(100, Cut.BetweenCharacters("a" + new string('\u0301', 200), 100));
    }
}
