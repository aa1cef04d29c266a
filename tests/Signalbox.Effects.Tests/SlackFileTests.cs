using System.Globalization;

namespace Signalbox.Effects.Tests;

/// <summary>What is longer than a message in Slack shows hangs whole below it.</summary>
public class SlackFileTests
{
    private static readonly string Trace = string.Concat(Enumerable.Range(1, 60).Select(line => $"at Payments.Api.Charge.Step{line}(Order order) in Charge.cs:line {line}\n")) + "the end";

    private static Said Fine(Heard heard, string address) => Said.Http(200, heard.Path switch
    {
        "/api/chat.postMessage" => """{"ok":true,"channel":"C1","ts":"17.1"}""",
        "/api/files.getUploadURLExternal" => $$"""{"ok":true,"upload_url":"{{address}}/upload/v1/x","file_id":"F1"}""",
        "/upload/v1/x" => "OK - 10",
        _ => """{"ok":true,"files":[{"id":"F1"}]}""",
    });

    private static async Task<(Delivery Delivery, IReadOnlyList<Heard> Heard)> Post(Notice notice, Func<Heard, Said?> says, Placing placing = Placing.Begin, string reference = "", double within = 5)
    {
        Standin? slack = null;
        slack = new Standin(heard => says(heard) ?? Fine(heard, slack!.Address));
        using var outside = Outside.Open(Settings.None, new Trust(() => "", () => []), _ => { });
        var room = new Room { Name = "ops", Chat = "slack", Options = [new("channel", "#ops"), new("api", $"{slack.Address}/api"), new("token", "env:PATH")] };
        var routed = new Routed(notice, room, null, "");
        var post = new Post(routed, Slack.Render(routed, new(_ => null))) { EventId = "e", Placing = placing, Reference = reference };
        var delivery = await outside.World.Deliver(post, TimeSpan.FromSeconds(within), TestContext.Current.CancellationToken);
        slack.Dispose();
        return (delivery, slack.AllHeard);
    }

    private static Notice Saying(string value) =>
        new() { Source = "s", Kind = "k", Severity = Severity.Error, Status = Status.Raised, Title = "It failed", Thread = "t", Facts = [new("Trace", value)] };

    private static Dictionary<string, string> Form(Heard heard) =>
        heard.Body.Split('&').Select(field => field.Split('=')).ToDictionary(field => field[0], field => Uri.UnescapeDataString(field[1]));

    [Fact]
    public async Task What_was_cut_hangs_whole_in_the_thread()
    {
        var (delivery, heard) = await Post(Saying(Trace), _ => null);
        Assert.Equal(new Delivery.Made("C1/17.1"), delivery);
        Assert.Equal(["/api/chat.postMessage", "/api/files.getUploadURLExternal", "/upload/v1/x", "/api/files.completeUploadExternal"], heard.Select(each => each.Path));

        Assert.DoesNotContain("the end", heard[0].Body, StringComparison.Ordinal);
        Assert.Contains("Charge.cs:line 60\n      the end\n", heard[2].Body, StringComparison.Ordinal);
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(heard[2].Body).ToString(CultureInfo.InvariantCulture), Form(heard[1])["length"]);
        Assert.Equal([true, true, false, true], heard.Select(each => each.Headers.ContainsKey("authorization")));
        Assert.Equal(("C1", "17.1"), (Form(heard[3])["channel_id"], Form(heard[3])["thread_ts"]));
        Assert.Contains("\"id\":\"F1\"", Form(heard[3])["files"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_the_thread_hangs_its_file_in_the_same_thread()
    {
        var (_, heard) = await Post(Saying(Trace), _ => null, Placing.Shout, "C9/16.5");
        Assert.Equal(("C9", "16.5"), (Form(heard[3])["channel_id"], Form(heard[3])["thread_ts"]));
    }

    [Fact]
    public async Task What_is_shown_whole_needs_no_file() => Assert.Single((await Post(Saying("short"), _ => null)).Heard);

    [Fact]
    public async Task A_change_hangs_nothing_more() =>
        Assert.Equal("/api/chat.update", Assert.Single((await Post(Saying(Trace), heard => heard.Path is "/api/chat.update" ? Said.Http(200, """{"ok":true,"channel":"C1","ts":"17.1"}""") : null,
            Placing.Change, "C1/17.1")).Heard).Path);

    [Theory]
    [InlineData("/api/files.getUploadURLExternal", "{\"ok\":false,\"error\":\"missing_scope\"}", 2)]
    [InlineData("/api/files.getUploadURLExternal", "<html>", 2)]
    [InlineData("/api/files.getUploadURLExternal", "{\"ok\":true,\"upload_url\":\"ftp://x\",\"file_id\":\"F1\"}", 2)]
    [InlineData("/api/files.completeUploadExternal", "{\"ok\":false,\"error\":\"channel_not_found\"}", 4)]
    public async Task A_file_that_Slack_does_not_take_leaves_the_post_made(string path, string body, int requests)
    {
        var (delivery, heard) = await Post(Saying(Trace), each => each.Path == path ? Said.Http(200, body) : null);
        Assert.Equal(new Delivery.Made("C1/17.1"), delivery);
        Assert.Equal(requests, heard.Count);
    }

    [Theory]
    [InlineData(Ending.Resets)]
    [InlineData(Ending.Stalls)]
    public async Task An_upload_that_breaks_or_hangs_leaves_the_post_made(Ending ending)
    {
        foreach (var path in (string[])["/api/files.getUploadURLExternal", "/upload/v1/x", "/api/files.completeUploadExternal"])
            Assert.Equal(new Delivery.Made("C1/17.1"), (await Post(Saying(Trace), each => each.Path == path ? Said.Raw("", ending) : null, within: 0.5)).Delivery);
    }

    [Fact]
    public void A_long_summary_and_too_many_facts_are_cut_too_and_nothing_else_is()
    {
        static bool IsCut(Notice notice) => Slack.Whole(new(notice, Room.Local, null, ""), new(_ => null)) is not null;
        Assert.True(IsCut(Saying("x") with { Summary = new string('&', 700) }));
        Assert.False(IsCut(Saying("x") with { Summary = new string('x', 2_800) }));
        Assert.True(IsCut(Saying("x") with { Facts = [.. Enumerable.Range(1, 11).Select(each => new Fact($"{each}", "v"))] }));
        Assert.False(IsCut(Saying("x") with { Facts = [.. Enumerable.Range(1, 10).Select(each => new Fact($"{each}", "v")), .. Enumerable.Range(1, 10).Select(each => new Fact($"{each}", "v\nv"))] }));
        Assert.True(IsCut(Saying("x") with { Facts = [.. Enumerable.Range(1, 10).Select(each => new Fact($"{each}", new string('名', 600)))] }));
    }
}
