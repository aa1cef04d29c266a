using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Signalbox.Tests;

/// <summary>Laws over every sample there is, mangled in every way that chance finds.</summary>
public class PipelineLaws
{
    private static readonly byte[][] Samples = [.. Repository.Samples.Select(Repository.Read)];

    private static readonly byte[][] Splinters =
    [
        "\""u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(), "null"u8.ToArray(), "[]"u8.ToArray(), "\\"u8.ToArray(), "<!channel>"u8.ToArray(), "<@U1>"u8.ToArray(), "`"u8.ToArray(), "*"u8.ToArray(),
        "&lt;"u8.ToArray(), [0xFF], [0], "\\ud800"u8.ToArray(), "1e999"u8.ToArray(), "\n"u8.ToArray(), "'"u8.ToArray(), "arn:aws:"u8.ToArray(), "@here"u8.ToArray(), "@**all**"u8.ToArray(), "[x](https://evil.example)"u8.ToArray(), "👩‍👩‍👧‍👦"u8.ToArray(), Encoding.UTF8.GetBytes(new string('x', 5000)),
    ];

    internal static readonly Gen<byte[]> Mangled =
        from sample in Gen.Elements(Samples)
        from cuts in Gen.Choose(0, 6)
        from places in Gen.Choose(0, int.MaxValue - 1).ArrayOf(cuts)
        from splinters in Gen.Elements(Splinters).ArrayOf(cuts)
        from lengths in Gen.Choose(0, 12).ArrayOf(cuts)
        select Mangle(sample, places, splinters, lengths);

    [Fact]
    public void No_event_however_mangled_throws_passes_a_limit_or_rings() => Prop.ForAll(Arb.From(Mangled), bytes =>
    {
        var posts = HostileInputs.Posts(bytes);
        var broken = posts.SelectMany(post => SlackLimits.Broken(post)).ToList();
        var ringing = posts.SelectMany(post => SlackLimits.Mrkdwn(post)).Where(HostileInputs.Rings).ToList();
        return (broken.Count is 0 && ringing.Count is 0).Label($"{string.Join("; ", broken)} {string.Join("; ", ringing)}: {Encoding.UTF8.GetString(bytes)}");
    }).Check(Searches.Of(3_000));

    [Fact]
    public void A_ready_message_let_through_never_rings_and_keeps_the_limits() => Prop.ForAll(Arb.From(ReadyMessages), json =>
    {
        var room = new Room { Name = "r", Chat = "slack", Options = [new("webhook", "env:X"), new("pass-through", "true")] };
        var settings = new Settings { Rooms = [room], Routes = Routes.AllTo(room) };
        var envelope = Pipeline.Decode(Encoding.UTF8.GetBytes(json))[0];
        var routed = Pipeline.Route(Pipeline.Read(envelope), settings).Routed[0];
        var payload = Encoding.UTF8.GetString(Pipeline.Render(routed, envelope, settings).Payload.Span);
        var rings = payload.Replace("<!date^", "", StringComparison.Ordinal) is var rest
            && (rest.Contains("<!", StringComparison.Ordinal) || rest.Contains("<@", StringComparison.Ordinal)
                || rest.Contains("broadcast\"", StringComparison.Ordinal) || rest.Contains("user_id", StringComparison.Ordinal) || rest.Contains("\"link_names\":true", StringComparison.Ordinal));
        return (!rings && Encoding.UTF8.GetByteCount(payload) < 14_000).Label(payload);
    }).Check(Searches.Of(100));

    [Fact]
    public void Reading_the_same_event_twice_says_the_same() => Prop.ForAll(Arb.From(Mangled), bytes =>
        HostileInputs.Posts(bytes).Select(post => Encoding.UTF8.GetString(post.Span))
            .SequenceEqual(HostileInputs.Posts([.. bytes]).Select(post => Encoding.UTF8.GetString(post.Span))))
        .Check(Searches.Of(200));

    private static Gen<string> ReadyMessages =>
        from text in Gen.Elements("plain", "hey <!channel>", "<@U123> look", "<!subteam^S1|team>", "<!date^1392734382^{date}|then>", "<!here|here>", "a < b & c")
        from block in Gen.Elements(
            """{"type":"section","text":{"type":"mrkdwn","text":"TEXT"}}""",
            """{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"broadcast","range":"channel"},{"type":"user","user_id":"U1"},{"type":"usergroup","usergroup_id":"S1"},{"type":"text","text":"TEXT"}]}]}""",
            """{"type":"context","elements":[{"type":"mrkdwn","text":"TEXT"}]}""")
        from blocks in Gen.Choose(0, 60)
        from more in Gen.Elements("", ",\"link_names\":true", ",\"channel\":\"#general\"", ",\"attachments\":[{\"color\":\"danger\",\"pretext\":\"TEXT\",\"fields\":[{\"title\":\"TEXT\",\"value\":\"TEXT\"}]}]")
        let inner = string.Join(',', Enumerable.Repeat(block, blocks))
        select $"{{\"text\":\"TEXT\",\"blocks\":[{inner}]{more}}}".Replace("TEXT", text, StringComparison.Ordinal);

    private static byte[] Mangle(byte[] sample, int[] places, byte[][] splinters, int[] lengths)
    {
        var bytes = sample.ToList();
        for (var cut = 0; cut < places.Length; cut++)
        {
            var at = bytes.Count is 0 ? 0 : places[cut] % bytes.Count;
            bytes.RemoveRange(at, Math.Min(lengths[cut], bytes.Count - at));
            bytes.InsertRange(at, splinters[cut]);
        }
        return [.. bytes];
    }
}
