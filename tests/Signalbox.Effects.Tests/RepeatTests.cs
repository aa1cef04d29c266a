namespace Signalbox.Effects.Tests;

/// <summary>Chats that tell a repeat by an id get the same one with every try of a post, also from another process and in other words.</summary>
public sealed class RepeatTests : IDisposable
{
    private static readonly string[] Posts = ["post-1", "post-1", "post-2"];
    private readonly Outside outside = Outside.Open(Settings.None, new Trust(() => "", () => []), _ => { });
    private readonly string secret = Path.GetTempFileName();

    public RepeatTests() => File.WriteAllText(secret, "SECRET");

    public void Dispose()
    {
        outside.Dispose();
        File.Delete(secret);
    }

    /// <summary>What a server hears of one post twice and another once, each in other words, as a post that had to wait says so.</summary>
    private async Task<IReadOnlyList<Heard>> Thrice(string chat, string answer, Placing placing = Placing.Begin, params Fact[] options)
    {
        using var server = new Standin(_ => Said.Http(200, answer));
        Fact[] places = [.. options.Select(option => option.Value is "(server)" ? option with { Value = server.Address } : option.Value is "(secret)" ? option with { Value = $"file:{secret}" } : option)];
        var notice = new Notice { Source = "s", Kind = "k", Severity = Severity.Info, Status = Status.Stated, Title = "t" };
        var room = new Room { Name = "r", Chat = chat, Options = [.. places] };
        foreach (var (id, waited) in Posts.Zip(Enumerable.Range(1, 3)))
        {
            var routed = new Routed(notice with { Facts = [new("Waited for the chat", $"{waited} min")] }, room, null, "");
            var payload = Chats.Of(room).Render(routed, new(_ => null));
            var post = new Post(routed, payload) { EventId = "e", Id = id, Placing = placing, Reference = placing is Placing.Begin ? "" : "m1" };
            Assert.IsType<Delivery.Made>(await outside.World.Deliver(post, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
        }
        return server.AllHeard;
    }

    private static void AreOneAndAnother(IEnumerable<string?> ids)
    {
        var all = ids.ToList();
        Assert.False(string.IsNullOrEmpty(all[0]));
        Assert.Equal(all[0], all[1]);
        Assert.NotEqual(all[0], all[2]);
    }

    [Fact]
    public async Task Matrix_gets_its_transaction() => AreOneAndAnother(
        (await Thrice("matrix", """{"event_id":"$1"}""", Placing.Begin, new("homeserver", "(server)"), new("room", "!r"), new("token", "(secret)")))
            .Select(heard => heard.Path));

    [Fact]
    public async Task A_webhook_gets_its_id() =>
        AreOneAndAnother((await Thrice("webhook", "", Placing.Begin, new Fact("url", "(server)"))).Select(heard => heard.Headers["webhook-id"]));

    [Theory]
    [InlineData(Placing.Begin)]
    [InlineData(Placing.Reply)]
    public async Task Mattermost_gets_its_pending_post(Placing placing) => AreOneAndAnother(
        (await Thrice("mattermost", """{"id":"m1"}""", placing, new("server", "(server)"), new("channel", "c"), new("token", "(secret)")))
            .Select(heard => heard.Json().At("pending_post_id")));

    [Fact]
    public async Task A_change_in_mattermost_needs_none() => Assert.All(
        await Thrice("mattermost", """{"id":"m1"}""", Placing.Change, new("server", "(server)"), new("channel", "c"), new("token", "(secret)")),
        heard => Assert.Null(heard.Json().At("pending_post_id")));
}
