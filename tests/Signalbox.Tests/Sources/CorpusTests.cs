using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Signalbox.Tests;

/// <summary>Every sample is read and compared with what stands beside it; drop a file in, and it is a test.</summary>
public class CorpusTests
{
    private static readonly Room Slacked = new() { Name = "slack", Chat = "slack", Options = [new("webhook", "env:HOOK"), new("pass-through", "true")] };
    private static readonly Settings Settings = new()
    {
        Rooms = [Slacked],
        Routes = Routes.AllTo(Slacked),
        Accounts = [new("123456789012", "payments-prod")],
    };
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Samples => [.. Repository.Samples];

    [Theory, MemberData(nameof(Samples))]
    public void A_sample_is_told_as_the_text_beside_it_says(string sample)
    {
        var told = Tell(Repository.Read(sample));
        var expected = Path.Combine(Repository.Corpus, sample + ".told");
        if (Environment.GetEnvironmentVariable("ACCEPT") is "1") File.WriteAllText(expected, told);
        Assert.True(File.Exists(expected), $"{sample} has no {Path.GetFileName(expected)}: run with ACCEPT=1, read it, commit it");
        Assert.Equal(File.ReadAllText(expected), told);
    }

    [Theory, MemberData(nameof(Samples))]
    public void A_sample_in_the_folder_of_a_source_is_read_by_its_row(string sample)
    {
        var folder = sample[..sample.IndexOf('/')];
        if (folder is "event") return;
        Assert.All(Pipeline.Decode(Repository.Read(sample)), envelope => Assert.Equal(folder, Pipeline.Read(envelope).Source));
    }

    [Fact]
    public void Every_source_has_a_sample() =>
        Assert.Empty(Sources.All.Select(source => source.Name).Except(Repository.Samples.Select(sample => sample[..sample.IndexOf('/')])));

    [Fact]
    public void Every_sample_that_is_not_ours_has_its_origin_and_licence()
    {
        var named = File.ReadLines(Path.Combine(Repository.Corpus, "INDEX.tsv")).Skip(1).Select(line => line.Split('\t')).ToList();
        Assert.All(named, row => Assert.True(row.Length == 7 && row.All(cell => cell.Length > 0), string.Join('|', row)));
        Assert.Equal(named.Select(row => row[0]).Order(), Repository.Samples.Where(sample => !sample.Contains("/own-", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void A_password_among_the_properties_of_a_resource_is_never_told() =>
        Assert.DoesNotContain("hunter2", Tell(Repository.Read("cloudformation/own-resource-failed.json")), StringComparison.Ordinal);

    /// <summary>The serializer escapes what lies outside the basic plane; people who read golden files want the sign itself.</summary>
    private static string Legible(string json) => Regex.Replace(json, @"\\uD[89AB][0-9A-F]{2}\\uD[C-F][0-9A-F]{2}", pair => Regex.Unescape(pair.Value));

    /// <summary>What the golden files hold: how it was read, the card, and the payload as Slack gets it.</summary>
    private static string Tell(byte[] bytes)
    {
        var told = new StringBuilder();
        foreach (var envelope in Pipeline.Decode(bytes))
        {
            var reading = Pipeline.Read(envelope);
            told.Append($"# {envelope.Transport}, id {envelope.Id}: {reading.Source}, {reading.Outcome} ({reading.Why})\n");
            foreach (var routed in Pipeline.Route(reading, Settings).Routed)
            {
                var notice = routed.Notice;
                told.Append($"\n{notice.Kind} {Words.Of(notice.Severity)} {Words.Of(notice.Status)}, subject: {notice.Subject}, thread: {notice.Thread}\n");
                if (notice.Tags.Count > 0) told.Append($"tags: {string.Join(", ", notice.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}\n");
                told.Append('\n').Append(PlainText.Of(Card.Of(notice, Settings.Rendering))).Append("\n\n");
                var payload = Pipeline.Render(routed with { Room = Slacked }, envelope, Settings).Payload;
                using var json = JsonDocument.Parse(payload);
                told.Append(Legible(JsonSerializer.Serialize(json.RootElement, Indented))).Append('\n');
            }
            told.Append('\n');
        }
        return told.ToString().TrimEnd('\n') + "\n";
    }
}
