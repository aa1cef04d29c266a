using System.Text;

namespace Signalbox.Tests;

/// <summary>What becomes of texts that would format, link or ring, word by word: a zero-width space stands as "|" here.</summary>
public class Escapes
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a & b < c > \"d\"", "a &amp; b &lt; c &gt; &quot;d&quot;")]
    [InlineData("&first", "&amp;first")]
    public void Html(string text, string escaped) => Assert.Equal(escaped, Escaping.Html(text));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("@here and a@b.c", "@|here and a@|b.c")]
    [InlineData("5 @ 3@", "5 @ 3@")]
    [InlineData("<!here> <@U1> <#C1> <:x:> <time:now> <at> < 5", "<|!here> <|@|U1> <|#C1> <|:x:> <|time:now> <|at> < 5")]
    [InlineData("[a](b) [c][d] ] (e)", "[a]|(b) [c]|[d] ] (e)")]
    [InlineData("#**stream** # 1", "#|**stream** # 1")]
    public void Ringing(string text, string quiet) => Assert.Equal(quiet, Escaping.Quiet(text).Replace('\u200B', '|'));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("*bold* ~no~ `code` [x] <y> #1 \\", "\\*bold\\* \\~no\\~ \\`code\\` \\[x\\] \\<|y\\> \\#1 \\\\")]
    [InlineData("snake_case_9 _x_ a_ _b", "snake_case_9 \\_x\\_ a\\_ \\_b")]
    [InlineData("_", "\\_")]
    [InlineData("- list", "\\- list")]
    [InlineData("  + list", "  \\+ list")]
    [InlineData("=head", "\\=head")]
    [InlineData("a - b\n- c\n = d", "a - b\n\\- c\n \\= d")]
    [InlineData("", "")]
    public void Markdown(string text, string escaped) => Assert.Equal(escaped, Escaping.Markdown(text).Replace('\u200B', '|'));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("2 * 3", "`2 * 3`")]
    [InlineData("*", "`*`")]
    [InlineData("a `b", "`a ˋb`")]
    [InlineData("_a_\n`b`", "```\n_a_\nˋbˋ\n```")]
    public void Code(string text, string escaped) => Assert.Equal(escaped, Escaping.Code(text));

    [Theory]
    [InlineData("run `this`", "run `this`")]
    [InlineData("a ` alone", "a ˋ alone")]
    [InlineData("`a` and ` alone", "ˋaˋ and ˋ alone")]
    public void Prose(string text, string said)
    {
        Assert.Equal(said, Escaping.Prose(text));
        Assert.Equal(said, Mrkdwn.Prose(text, 100));
    }

    [Theory]
    [InlineData("https://example.com/a?b=c", "https://example.com/a?b=c")]
    [InlineData("https://example.com/a (b)<c>[d]|\"e\"\\f`@g", "https://example.com/a%20%28b%29%3Cc%3E%5Bd%5D%7C%22e%22%5Cf%60%40g")]
    [InlineData(" ", "%20")]
    public void Addresses(string url, string safe) => Assert.Equal(safe, Escaping.Address(url));

    [Theory]
    [InlineData("a & b < c > d", 100, "a &amp; b &lt; c &gt; d")]
    [InlineData("&first", 100, "&amp;first")]
    [InlineData("&&&&&&&&&&", 25, "&amp;&amp;&amp;&amp;…")]
    [InlineData("&&&&&", 25, "&amp;&amp;&amp;&amp;&amp;")]
    public void Slack(string text, int limit, string fitted) => Assert.Equal(fitted, Mrkdwn.Fit(text, limit));

    [Theory]
    [InlineData("&&&&&&&&&&", 50, "&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;")]
    [InlineData("&&&&&&&&&&", 26, "&amp;&amp;&amp;&amp;&amp;…")]
    [InlineData("&&&&&&&&&&", 5, "…")]
    [InlineData("&", 1, "…")]
    public void A_text_fits_when_it_is_escaped(string text, int limit, string fitted) => Assert.Equal(fitted, Escaping.Fit(text, limit, Escaping.Html));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("*bold*", "`*bold*`")]
    [InlineData("_a_\n`b`", "```_a_\nˋbˋ```")]
    [InlineData("> quote", "`&gt; quote`")]
    [InlineData(":smile:", "`:smile:`")]
    [InlineData("10:20:30", "10:20:30")]
    [InlineData("::a b::", "::a b::")]
    [InlineData(":+1:", ":+1:")]
    [InlineData(":a'b-c_d+1:", "`:a'b-c_d+1:`")]
    [InlineData("a*b*c", "a*b*c")]
    [InlineData("* a *", "* a *")]
    [InlineData("~gone~ x", "`~gone~ x`")]
    public void What_Slack_would_format_goes_into_code(string text, string said) => Assert.Equal(said, Mrkdwn.Literal(text, 100));

    [Fact]
    public void What_goes_into_code_keeps_its_limit()
    {
        Assert.Equal($"`{Mrkdwn.Fit("*" + new string('x', 200) + "*", 98)}`", Mrkdwn.Literal("*" + new string('x', 200) + "*", 100));
        Assert.InRange(Mrkdwn.Literal("*a*\n" + new string('<', 200), 101).Length, 98, 101);
    }

    [Theory]
    [InlineData("no sign", "no sign")]
    [InlineData("<!here> <@U1> <!date^1^{date}|x> <https://x|y> <#C1> <", "&lt;!here> &lt;@U1> <!date^1^{date}|x> <https://x|y> <#C1> <")]
    public void A_ready_text_rings_nobody(string text, string safe) => Assert.Equal(safe, Mrkdwn.Defuse(text));

    [Fact]
    public void Every_control_character_is_escaped_as_JSON_wants_it()
    {
        var json = new JsonOut(new byte[8]);
        json.Pair("text"u8, "\"\\\n\r\t\0\u0007\u001F\u007Fü🚨");
        Assert.Equal("\"text\":\"\\\"\\\\\\n\\r\\t\\u0000\\u0007\\u001f\\u007fü🚨\"", Encoding.UTF8.GetString(json.ToArray()).TrimStart(','));
    }

    /// <summary>Sixteen characters are written at a time, into room that grows: neither may show, wherever a sign stands.</summary>
    [Fact]
    public void A_text_reads_back_the_same_wherever_its_signs_stand()
    {
        foreach (var sign in new[] { "\"", "\\", "\n", "\u007F", "ü", "Ā", "🚨", "\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"" })
        {
            for (var before = 0; before < 40; before++)
            {
                for (var room = 0; room < 80; room += 13)
                {
                    var text = new string('a', before) + sign + new string('b', 40 - before) + sign;
                    var json = new JsonOut(new byte[room]);
                    json.Text(text);
                    Assert.Equal(text, System.Text.Json.JsonSerializer.Deserialize<string>(json.ToArray()));
                }
            }
        }
    }
}
