using System.Text;

namespace Signalbox.Tests;

/// <summary>docs/sources.md is written from the rows and from what is told of their samples. ACCEPT=1 writes it anew.</summary>
public class SourcesPage
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "sources.md");

    [Fact]
    public void The_page_about_sources_says_what_the_rows_say()
    {
        var now = Write();
        if (Environment.GetEnvironmentVariable("ACCEPT") is "1") File.WriteAllText(Page, now);
        Assert.Equal(File.ReadAllText(Page), now);
    }

    [Fact]
    public void Every_source_has_one_sample_that_the_tool_shows()
    {
        var shown = Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples", "sources")).ToDictionary(file => Path.GetFileNameWithoutExtension(file)!, File.ReadAllBytes);
        Assert.Equal(Sources.All.Select(source => source.Name).Order(), shown.Keys.Order());
        Assert.All(shown, sample => Assert.All(Pipeline.Decode(sample.Value), envelope => Assert.Equal(sample.Key, Pipeline.Read(envelope).Source)));
    }

    [Theory]
    [InlineData("README.md", "**{0} sources**")]
    [InlineData("CHANGELOG.md", "- {0} sources")]
    public void Every_source_is_counted(string file, string words) => Assert.Contains(
        string.Format(System.Globalization.CultureInfo.InvariantCulture, words, Sources.All.Count), File.ReadAllText(Path.Combine(Repository.Root, file)), StringComparison.Ordinal);

    private static string Write()
    {
        var told = (from sample in Repository.Samples
                    from envelope in Pipeline.Decode(Repository.Read(sample))
                    let reading = Pipeline.Read(envelope)
                    where reading.Outcome is Outcome.Told or Outcome.Quiet
                    group reading by reading.Source).ToDictionary(group => group.Key, group => group.ToList());

        var page = new StringBuilder("""
            # Sources

            <!-- Written from the rows and their samples by the tests (ACCEPT=1): do not edit. -->

            Every event that Signalbox reads fully. Whatever no row knows is told by its most telling fields. `signalbox sources NAME` shows the same in the
            terminal. Severities and statuses are those of the samples in `tests/Corpus`; the tables that decide them stand in each source's file.


            """);
        page.Append(string.Join(" · ", Sources.All.Select(source => source.Name).Order(StringComparer.Ordinal).Select(name => $"[{name}](#{name})"))).Append('\n');
        foreach (var source in Sources.All.OrderBy(source => source.Name, StringComparer.Ordinal)) Write(page, source, told.GetValueOrDefault(source.Name) ?? []);
        return page.ToString();
    }

    private static void Write(StringBuilder page, Source source, List<Reading> readings)
    {
        page.Append($"\n## {source.Name}\n\n");
        page.Append($"Known by {string.Join("; ", source.Keys.Select(key => key.Described))}. [Described by its publisher]({source.Docs}).\n\n");
        if (source.Note is { } note) page.Append($"{note}\n\n");
        if (File.Exists(Path.Combine(Repository.Root, "docs", "gallery", $"{source.Name}.png"))) page.Append($"![A message of {source.Name}](gallery/{source.Name}.png)\n\n");

        page.Append("| Kind | Severity | Status | As in |\n| --- | --- | --- | --- |\n");
        var notices = from reading in readings from notice in reading.Notices select notice;
        foreach (var row in from notice in notices
                            group notice by (notice.Kind, notice.Severity, notice.Status) into same
                            orderby same.Key.Kind, same.Key.Severity descending, same.Key.Status
                            select same)
        {
            var title = row.Select(notice => notice.Title).Order(StringComparer.Ordinal).First();
            page.Append($"| {row.Key.Kind} | {Words.Of(row.Key.Severity)} | {Words.Of(row.Key.Status)} | {Cell(title)} |\n");
        }

        foreach (var why in readings.Where(reading => reading.Outcome is Outcome.Quiet).Select(reading => reading.Why).Distinct().Order(StringComparer.Ordinal))
            page.Append($"\nQuiet: {why}.\n");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
