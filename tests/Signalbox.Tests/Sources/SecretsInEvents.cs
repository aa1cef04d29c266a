namespace Signalbox.Tests;

/// <summary>Events carry secrets; messages never do.</summary>
public class SecretsInEvents
{
    private static readonly Room Local = new() { Name = "local", Chat = "local" };
    private static readonly Settings Settings = new() { Rooms = [Local], Routes = Routes.AllTo(Local) };

    [Theory]
    [InlineData("cloudtrail/own-password-in-parameters.json", "hunter2")]
    [InlineData("config/own-environment-changed.json", "hunter")]
    [InlineData("github/own-secret-leaked.json", "AKIAHUNTER2EXAMPLE")]
    [InlineData("gitlab/own-pipeline-failed.json", "hunter2")]
    [InlineData("gitlab/go-playground-webhooks--system-key-added.json", "ssh-rsa")]
    [InlineData("gitlab/go-playground-webhooks--confidential-comment-event.json", "Hello world")]
    [InlineData("registry/own-docker-hub.json", "/hook/")]
    [InlineData("sentry/own-plugin.json", "hunter2")]
    [InlineData("datadog/own-triggered.json", "0123456789abcdef")]
    [InlineData("standard-webhooks/own-invoice-failed.json", "hunter2")]
    [InlineData("cloudevents/own-build-failed.json", "hunter2")]
    public void A_secret_in_an_event_is_never_told(string sample, string secret)
    {
        var bytes = Repository.Read(sample);
        Assert.Contains(secret, System.Text.Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        foreach (var envelope in Pipeline.Decode(bytes))
        {
            var notices = Pipeline.Read(envelope).Notices;
            Assert.NotEmpty(notices);
            Assert.All(notices, notice => Assert.DoesNotContain(secret, notice.ToString(), StringComparison.Ordinal));
            Assert.All(Pipeline.Route(Pipeline.Read(envelope), Settings).Routed,
                routed => Assert.DoesNotContain(secret, PlainText.Of(Card.Of(routed.Notice, Settings.Rendering)), StringComparison.Ordinal));
        }
    }
}
