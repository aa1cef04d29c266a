using System.Text;

namespace Signalbox.Tests;

/// <summary>Which row an event finds.</summary>
public class HowEventsAreKnown
{
    [Theory]
    [InlineData("""{"receiver":"r","status":"firing","alerts":[{"labels":{}}]}""", "alertmanager")]
    [InlineData("""{"receiver":"r","status":"firing","alerts":[{"labels":{}}],"orgId":1}""", "grafana")]
    [InlineData("""{"event":{"event_type":"incident.triggered","data":{}}}""", "pagerduty")]
    [InlineData("""{"event":"something of our own"}""", "event")]
    [InlineData("""{"events":[{"action":"push","target":{}}]}""", "registry")]
    [InlineData("""{"events":["something of our own"]}""", "event")]
    [InlineData("""{"source":"aws.s3","detail-type":"aws api CALL via cloudtrail","detail":{"eventName":"PutObject"}}""", "cloudtrail")]
    public void A_body_is_known_by_its_members_and_the_longest_key_wins(string body, string source) => Assert.Equal(source, SourceOf(body));

    [Theory]
    [InlineData("X-GitHub-Event", "github")]
    [InlineData("x-gitlab-event", "gitlab")]
    [InlineData("ce-type", "cloudevents")]
    [InlineData("Content-Type", "event")]
    public void A_request_is_known_by_its_header(string header, string source) => Assert.Equal(source, SourceOf(
        """{"rawPath":"/","headers":{"NAME":"x"},"requestContext":{"http":{"method":"POST"}},"body":"{\"a\":\"b\"}"}""".Replace("NAME", header, StringComparison.Ordinal)));

    private static string SourceOf(string body) => Pipeline.Read(Pipeline.Decode(Encoding.UTF8.GetBytes(body))[0]).Source;
}
