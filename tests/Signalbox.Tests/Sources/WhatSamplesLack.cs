using System.Text;

namespace Signalbox.Tests;

/// <summary>Account, region, subject and time are on every notice that a row makes, but for those listed in LACKING.tsv: there the sample has none.</summary>
public class WhatSamplesLack
{
    private static readonly string List = Path.Combine(Repository.Corpus, "LACKING.tsv");

    [Fact]
    public void Only_listed_samples_lack_account_region_subject_or_time()
    {
        var lines = new StringBuilder("file\tlacks\n");
        foreach (var sample in Repository.Samples)
        {
            var lacks = (from envelope in Pipeline.Decode(Repository.Read(sample))
                         let reading = Pipeline.Read(envelope)
                         where reading.Outcome is Outcome.Told
                         from notice in reading.Notices
                         from lack in Lacks(notice)
                         select lack).Distinct().ToList();
            if (lacks.Count > 0) lines.Append($"{sample}\t{string.Join(' ', lacks)}\n");
        }
        if (Environment.GetEnvironmentVariable("ACCEPT") is "1") File.WriteAllText(List, lines.ToString());
        Assert.Equal(File.ReadAllText(List), lines.ToString());
    }

    [Fact]
    public void Every_title_is_one_line_that_a_phone_shows() => Assert.All(
        from sample in Repository.Samples
        from envelope in Pipeline.Decode(Repository.Read(sample))
        from notice in Pipeline.Read(envelope).Notices
        select (sample, notice.Title, notice.Facts),
        said =>
        {
            Assert.True(said.Title.Length is > 0 and <= 160 && !said.Title.Contains('\n') && !said.Title.Contains("arn:aws", StringComparison.Ordinal), $"{said.sample}: {said.Title}");
            Assert.True(said.Facts.Count <= 8, $"{said.sample}: {said.Facts.Count} facts");
        });

    private static IEnumerable<string> Lacks(Notice notice)
    {
        if (notice.Account is null) yield return "account";
        if (notice.Region is null) yield return "region";
        if (notice.Subject is null) yield return "subject";
        if (notice.At is null) yield return "time";
    }
}
