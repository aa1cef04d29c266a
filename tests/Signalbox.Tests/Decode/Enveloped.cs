using System.Text;

namespace Signalbox.Tests;

/// <summary>A request whose headers are a part of the event, as it is kept.</summary>
public class Enveloped
{
    [Theory]
    [InlineData("evt-1", "hé \"x\"", """{"requestContext":{"http":{"method":"POST"},"requestId":"evt-1"},"rawPath":"/hooks/github","headers":{"x-github-event":"push"},"body":"hé \"x\""}""")]
    [InlineData(null, "{}", """{"requestContext":{"http":{"method":"POST"}},"rawPath":"/hooks/github","headers":{"x-github-event":"push"},"body":"{}"}""")]
    public void A_request_is_kept_as_Lambda_would_get_it(string? id, string body, string kept) => Assert.Equal(kept, Kept(id, Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void A_body_that_is_no_text_is_kept_byte_by_byte() => Assert.Equal(
        """{"requestContext":{"http":{"method":"POST"}},"rawPath":"/hooks/github","headers":{"x-github-event":"push"},"isBase64Encoded":true,"body":"/wA="}""",
        Kept(null, [0xFF, 0]));

    private static string Kept(string? id, byte[] body) => Encoding.UTF8.GetString(Enveloping.Of("/hooks/github", id, [new("x-github-event", "push")], body));
}
