using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Signalbox.Tests;

/// <summary>The buttons under a message in Slack.</summary>
public class WhatIsUnderAMessage
{
    private static readonly Room Channel = new() { Name = "ops", Chat = "slack", Options = [new("channel", "#ops")] };
    private static readonly Rendering Heard = new(_ => null) { SlackButtons = true };
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (string What, Notice Notice)[] Shown =
    [
        ("an alarm that nobody takes care of", Notices.Alarm with { Offers = Offers.Acknowledge | Offers.Silence }),
        ("an alarm that somebody takes care of", Notices.Alarm with { Offers = Offers.Silence }),
        ("a group", Notices.Alarm with { Offers = Offers.Acknowledge }),
        ("an alarm with a long key", Notices.Alarm with { Offers = Offers.Silence, Thread = new('k', 2_500) }),
    ];

    [Fact]
    public void They_look_as_they_are_meant_to()
    {
        var shown = new StringBuilder();
        foreach (var (what, notice) in Shown)
        {
            using var payload = JsonDocument.Parse(Render(notice));
            shown.Append("// ").Append(what).Append('\n').Append(JsonSerializer.Serialize(payload.RootElement, Readable).ReplaceLineEndings("\n")).Append("\n\n");
        }
        var golden = Path.Combine(Repository.Root, "tests", "Signalbox.Tests", "Render", "Golden", "slack-buttons.jsonc");
        if (Environment.GetEnvironmentVariable("ACCEPT") is "1") File.WriteAllText(golden, shown.ToString());
        Assert.Equal(File.ReadAllText(golden), shown.ToString());
    }

    [Fact]
    public void There_are_none_where_nothing_can_be_done_or_nobody_hears_them()
    {
        Assert.DoesNotContain("signalbox-", Render(Notices.Over), StringComparison.Ordinal);
        Assert.DoesNotContain("signalbox-", Render(Shown[0].Notice with { Thread = null }), StringComparison.Ordinal);
        Assert.DoesNotContain("signalbox-", Render(Shown[0].Notice, new(_ => null)), StringComparison.Ordinal);
        Assert.DoesNotContain("signalbox-", Render(Shown[0].Notice, Heard, Channel with { Options = [new("webhook", "https://example.com")] }), StringComparison.Ordinal);
    }

    [Fact]
    public void No_notice_however_large_passes_a_limit_with_them() => Prop.ForAll(Arb.From(Notices.Any), notice =>
    {
        var faults = SlackLimits.Broken(Encoding.UTF8.GetBytes(Render(notice with { Offers = Offers.Acknowledge | Offers.Silence })));
        return (faults.Count is 0).Label(string.Join("; ", faults));
    }).Check(Searches.Of(300));

    [Theory]
    [InlineData("cloudwatch/x", "cloudwatch/x", true)]
    [InlineData("cloudwatch/x", "cloudwatch/y", false)]
    [InlineData("hash:0123456789abcdef", "cloudwatch/x", false)]
    public void What_a_button_carries_is_known_again(string value, string thread, bool same) => Assert.Equal(same, SlackButtons.IsOf(value, thread));

    [Fact]
    public void A_long_key_is_carried_as_its_hash_and_known_again()
    {
        var thread = new string('k', 2_500);
        Assert.InRange(SlackButtons.Value(thread).Length, 1, 50);
        Assert.True(SlackButtons.IsOf(SlackButtons.Value(thread), thread));
        Assert.False(SlackButtons.IsOf(SlackButtons.Value(thread), thread + "k"));
    }

    [Fact]
    public void What_can_be_done_goes_with_what_has_been_done()
    {
        var situation = new Situation { Moment = new(Notices.Noon, (_, _) => null), Conduct = Conduct.Usual, Abilities = new(Updates: true, Threads: true) };
        var raised = Converse.Hear(null, new(Notices.Alarm, Channel, null, "test"), "1", situation);
        Assert.Equal(Offers.Acknowledge | Offers.Silence, raised.Sayings[0].Notice.Offers);
        Assert.Null(raised.After!.Notice.Offers);
        var taken = Converse.Acknowledge(raised.After, "ada", situation);
        Assert.Equal((Placing.Change, Offers.Silence), (taken.Sayings[0].Placing, taken.Sayings[0].Notice.Offers));
        Assert.Null(taken.Sayings[1].Notice.Offers);
        var over = Converse.Hear(taken.After, new(Notices.Over with { At = Notices.Noon.AddMinutes(5) }, Channel, null, "test"), "2", situation);
        Assert.All(over.Sayings, saying => Assert.Null(saying.Notice.Offers));
    }

    private static string Render(Notice notice, Rendering? rendering = null, Room? room = null) =>
        Encoding.UTF8.GetString(Slack.Render(new(notice, room ?? Channel, null, "test"), rendering ?? Heard));
}
