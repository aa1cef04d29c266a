using System.Text;

namespace Signalbox.Tests;

/// <summary>Slack's requests are known by their signature, as Slack's own text shows it.</summary>
public class SignaturesOfSlack
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Timestamp = "1531420618";
    private const string Signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    private const string Command = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA"
        + "&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F"
        + "96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private static readonly DateTimeOffset Sent = DateTimeOffset.FromUnixTimeSeconds(1531420618);

    private static string? Fault(
        string? timestamp = Timestamp, string? signature = Signature, string body = Command, string secret = Secret, int seconds = 0) =>
        SlackSignature.Fault(secret, timestamp, signature, Encoding.UTF8.GetBytes(body), Sent.AddSeconds(seconds));

    [Fact]
    public void Slacks_own_example_fits() => Assert.Null(Fault());

    [Theory]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void A_request_is_good_for_five_minutes(int seconds, bool good) => Assert.Equal(good, Fault(seconds: seconds) is null);

    [Fact]
    public void Nothing_else_fits()
    {
        const string wrong = "its signature does not fit";
        Assert.Equal(wrong, Fault(body: Command + "&text=ack"));
        Assert.Equal(wrong, Fault(body: Command.Replace("text=", "text=ack", StringComparison.Ordinal)));
        Assert.Equal(wrong, Fault(secret: Secret + "0"));
        Assert.Equal(wrong, Fault(timestamp: "1531420619"));
        Assert.Equal(wrong, Fault(signature: Signature.ToUpperInvariant()));
        Assert.Equal(wrong, Fault(signature: Signature[..^1]));
        Assert.Equal(wrong, Fault(signature: ""));
        Assert.Equal("it has no signature", Fault(signature: null));
        Assert.Equal("it has no signature", Fault(timestamp: null));
        Assert.Equal("its timestamp is no number of seconds", Fault(timestamp: "1531420618.0"));
        Assert.Equal("its timestamp is no number of seconds", Fault(timestamp: "-1531420618"));
        Assert.NotNull(Fault(timestamp: "9223372036854775807"));
    }
}
