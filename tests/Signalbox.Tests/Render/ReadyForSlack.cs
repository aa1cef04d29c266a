using System.Text;

namespace Signalbox.Tests;

/// <summary>A message that came ready for Slack goes through as it is, but for what the room decides, what would ring and what Slack would refuse.</summary>
public class ReadyForSlack
{
    [Theory]
    // Where it goes and how it looks there is the room's; nothing rings.
    [InlineData("""{"text":"hi","channel":"#general","username":"root","icon_emoji":":x:","icon_url":"http://x","link_names":true,"parse":"full","reply_broadcast":true,"thread_ts":"1.2","mrkdwn":true,"n":[1,2.5,null]}""",
        """{"text":"hi","mrkdwn":true,"n":[1,2.5,null],"link_names":false}""")]
    [InlineData("""{"text":"<!here> <@U1> look"}""", """{"text":"&lt;!here> &lt;@U1> look","link_names":false}""")]
    // Without a text, phones would show nothing: the title stands in.
    [InlineData("""{"attachments":[{"color":"danger","text":"disk full"}]}""",
        """{"attachments":[{"color":"danger","text":"disk full"}],"text":"A title","link_names":false}""")]
    [InlineData("""{"text":"t","blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"user","user_id":"U1"},{"type":"usergroup","usergroup_id":"S1"},{"type":"broadcast","range":"channel"},{"type":"user"},{"type":"usergroup"},{"type":"broadcast"},{"type":"text","text":"!"}]}]}]}""",
        """{"text":"t","blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"@U1"},{"type":"text","text":"@S1"},{"type":"text","text":"@channel"},{"type":"text","text":"@user"},{"type":"text","text":"@group"},{"type":"text","text":"@everyone"},{"type":"text","text":"!"}]}]}],"link_names":false}""")]
    public void It_goes_through(string ready, string payload) => Assert.Equal(payload, Rendered(ready));

    [Fact]
    public void What_Slack_still_takes_goes_through_and_what_it_would_refuse_is_told_in_our_own_form()
    {
        static string Blocks(int count) => $$"""{"text":"t","blocks":[{{string.Join(',', Enumerable.Repeat("""{"type":"divider"}""", count))}}]}""";
        static string Attachments(int count) => $$"""{"text":"t","attachments":[{{string.Join(',', Enumerable.Repeat("""{"text":"a"}""", count))}}]}""";
        static string Text(int length) => $$"""{"text":"t","attachments":[{"text":"{{new string('x', length)}}"}]}""";
        static string Deep(int levels) => $$"""{"text":"t","a":{{new string('[', levels)}}{{new string(']', levels)}}}""";
        static string Large(int bytes) => $$"""{"text":"t","a":["{{new string('x', bytes - 21)}}"]}""";
        Assert.Equal(12_000, Large(12_000).Length);
        foreach (var (last, first) in ((string, string)[])[(Blocks(50), Blocks(51)), (Attachments(20), Attachments(21)), (Text(3000), Text(3001)), (Text(1), Text(0)),
            (Deep(24), Deep(25)), (Large(12_000), Large(12_001))])
        {
            Assert.StartsWith("{\"text\":\"t\"", Rendered(last), StringComparison.Ordinal);
            Assert.Contains("A title", Rendered(first), StringComparison.Ordinal);
        }
        Assert.Contains("A title", Rendered("[1]"), StringComparison.Ordinal);
        Assert.Contains("A title", Rendered("no JSON"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bot_posts_it_in_the_channel_of_the_room() =>
        Assert.Equal("""{"channel":"#ops","text":"hi","link_names":false}""", Rendered("""{"channel":"#general","text":"hi"}""", new Fact("channel", "#ops")));

    private static string Rendered(string ready, Fact? where = null)
    {
        var room = new Room { Name = "ops", Chat = "slack", Options = [where ?? new("webhook", "env:X"), new("pass-through", "true")] };
        var notice = new Notice { Source = "event", Kind = "json", Severity = Severity.Info, Status = Status.Stated, Title = "A title", Ready = new("slack", ready) };
        return Encoding.UTF8.GetString(Chats.Named("slack")!.Render(new(notice, room, null, "because"), new(_ => null)));
    }
}
