using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Signalbox.Effects.Tests;

public sealed class TrustTests : IDisposable
{
    private readonly Authority known = new("Known authority");
    private readonly Authority other = new("Another authority");
    private readonly string machine = Path.GetTempFileName();

    public void Dispose()
    {
        known.Dispose();
        other.Dispose();
        File.Delete(machine);
    }

    /// <summary>Posts to a server with that certificate, trusting these few roots and those of the machine.</summary>
    private async Task<Delivery> Post(X509Certificate2 certificate, string few, string all, bool ahead = false)
    {
        await File.WriteAllTextAsync(machine, all, TestContext.Current.CancellationToken);
        using var slack = new Standin(_ => Said.Http(200, "ok"), certificate);
        using var outside = Outside.Open(Settings.None, new Trust(() => few, () => [machine]), _ => { });
        var room = new Room { Name = "ops", Chat = "slack", Options = [new("webhook", $"{slack.Address}/services/T/B/secret")] };
        if (ahead)
        {
            await outside.Greet([room], TestContext.Current.CancellationToken);
            Assert.Equal(1, slack.Connections);
        }
        var notice = new Notice { Source = "event", Kind = "text", Severity = Severity.Info, Status = Status.Stated, Title = "news" };
        var post = new Post(new(notice, room, null, "test"), Encoding.UTF8.GetBytes("{}")) { EventId = "1" };
        var delivery = await outside.World.Deliver(post, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        if (ahead) Assert.Equal(1, slack.Connections);
        return delivery;
    }

    [Fact]
    public async Task A_chain_that_ends_in_the_shipped_roots_is_trusted_without_the_machines()
    {
        using var certificate = known.Sign("localhost");
        Assert.IsType<Delivery.Made>(await Post(certificate, known.Pem, ""));
    }

    [Fact]
    public async Task A_chain_that_only_the_machine_knows_is_trusted_all_the_same()
    {
        using var certificate = other.Sign("localhost");
        Assert.IsType<Delivery.Made>(await Post(certificate, known.Pem, other.Pem));
    }

    [Fact]
    public async Task A_chain_that_nobody_knows_is_refused()
    {
        using var stranger = new Authority("A stranger");
        using var certificate = stranger.Sign("localhost");
        Assert.Equal(new Delivery.Refused("the certificate of its server comes from an authority that nobody here trusts"),
            await Post(certificate, known.Pem, other.Pem));
    }

    [Fact]
    public async Task An_authority_with_a_trusted_name_but_another_key_is_refused()
    {
        using var impostor = new Authority("Known authority");
        using var certificate = impostor.Sign("localhost");
        Assert.IsType<Delivery.Refused>(await Post(certificate, known.Pem, other.Pem));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_for_another_host_is_refused_whoever_signed_it(bool shipped)
    {
        using var certificate = (shipped ? known : other).Sign("hooks.example");
        Assert.Equal(
            new Delivery.Refused("the certificate of its server is for another host"),
            await Post(certificate, known.Pem, other.Pem));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_expired_certificate_is_refused_whoever_signed_it(bool shipped)
    {
        using var certificate = (shipped ? known : other).Sign("localhost", DateTimeOffset.UtcNow.AddDays(-1));
        Assert.Equal(
            new Delivery.Refused("the certificate of its server has expired or is not valid yet"),
            await Post(certificate, known.Pem, other.Pem));
    }

    [Fact]
    public async Task A_connection_opened_ahead_carries_the_first_post()
    {
        using var certificate = known.Sign("localhost");
        Assert.IsType<Delivery.Made>(await Post(certificate, known.Pem, "", ahead: true));
    }

    [Theory]
    [InlineData("no certificate at all")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task A_list_of_roots_that_cannot_be_read_leaves_the_machines(string few)
    {
        using var certificate = other.Sign("localhost");
        Assert.IsType<Delivery.Made>(await Post(certificate, few, other.Pem));
    }

    [Fact]
    public async Task A_server_that_speaks_no_TLS_can_be_tried_again()
    {
        using var plain = new Standin(_ => Said.Http(200, "ok"));
        using var outside = Outside.Open(Settings.None, new Trust(() => known.Pem, () => []), _ => { });
        var room = new Room { Name = "ops", Chat = "slack", Options = [new("webhook", $"https://localhost:{plain.Port}/services/secret")] };
        var notice = new Notice { Source = "event", Kind = "text", Severity = Severity.Info, Status = Status.Stated, Title = "news" };
        var post = new Post(new(notice, room, null, "test"), Encoding.UTF8.GetBytes("{}")) { EventId = "1" };

        // A TLS hello never holds the end of an HTTP head: the server waits for more, and so does the client.
        Assert.Equal(new Delivery.Later(null, "no answer within 0.5 s"),
            await outside.World.Deliver(post, TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_shipped_roots_are_those_of_slack_and_amazon()
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(Roots.Shipped());

        Assert.Equal(16, roots.Count);
        foreach (var name in (string[])["DigiCert Global Root G2", "Amazon Root CA 1", "ISRG Root X1", "GTS Root R1", "GlobalSign Root CA"])
            Assert.Contains(roots, root => root.Subject.Contains($"CN={name}", StringComparison.Ordinal));
    }
}
