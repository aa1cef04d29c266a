using System.Text;

namespace Signalbox.Tests;

/// <summary>How a request of Slack's is known among what comes in, and what is said to the one person who pressed.</summary>
public class CallsOfSlack
{
    private const string Signed = "\"headers\":{\"X-Slack-Request-Timestamp\":\"1\",\"x-slack-signature\":\"v0=a\"}";

    [Theory]
    [InlineData("""{"requestContext":{},"rawPath":"/hooks/slack/actions",""" + Signed + ""","body":"payload=x"}""", "1 v0=a payload=x")]
    [InlineData("""{"requestContext":{},"path":"/prod/hooks/slack/commands",""" + Signed + ""","body":"text=é"}""", "1 v0=a text=é")]
    [InlineData("""{"requestContext":{},"rawPath":"/hooks/slack/events",""" + Signed + ""","isBase64Encoded":true,"body":"cGF5bG9hZD14"}""", "1 v0=a payload=x")]
    [InlineData("""{"requestContext":{},"rawPath":"/hooks/slack/events",""" + Signed + ""","isBase64Encoded":true,"body":"no base64!"}""", "1 v0=a ")]
    [InlineData("""{"requestContext":{},"rawPath":"/hooks/slack/events",""" + Signed + ""","isBase64Encoded":true}""", "1 v0=a ")]
    [InlineData("""{"requestContext":{},"rawPath":"/hooks/slack/events",""" + Signed + ""","body":7}""", "1 v0=a ")]
    [InlineData("""{"requestContext":{},"rawPath":"/hooks/slack/events","multiValueHeaders":{"other":["x"],"X-SLACK-SIGNATURE":["v0=b","c"]},"body":"x"}""", " v0=b x")]
    [InlineData("""{"requestContext":{},"rawPath":"/hooks/slack/others",""" + Signed + ""","body":"payload=x"}""", null)]
    [InlineData("""{"requestContext":{},"body":"/hooks/slack/actions"}""", null)]
    [InlineData("""{"rawPath":"/hooks/slack/actions","body":"payload=x"}""", null)]
    [InlineData("""{"requestContext":{},"rawPath":"/hooks/slack/actions","body":"payload=x" """, null)]
    [InlineData("""["/hooks/slack/actions"]""", null)]
    [InlineData("""{"requestContext":{},"rawPath":"/hooks/github","body":"payload=x"}""", null)]
    public void A_request_of_Slack_is_known_by_its_path(string request, string? found)
    {
        var call = SlackCall.Of(Encoding.UTF8.GetBytes(request));
        Assert.Equal(found, call is null ? null : $"{call.Timestamp} {call.Signature} {Encoding.UTF8.GetString(call.Body)}");
    }

    [Fact]
    public void What_is_no_text_is_no_request_of_Slack() =>
        Assert.Null(SlackCall.Of([.. Encoding.UTF8.GetBytes("""{"requestContext":{},"rawPath":"/hooks/slack/actions","body":"x"""), 0xFF, .. "\"}"u8]));
}
