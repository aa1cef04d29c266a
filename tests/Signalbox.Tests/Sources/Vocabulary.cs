using System.Text;
using System.Text.RegularExpressions;

namespace Signalbox.Tests;

/// <summary>
/// Every word that a source knows, in the place where a sample has one of them: what its event says then. Publishers have far more codes and states than there
/// are samples; these pages hold the words, severity and status of all, and are read by eye like the samples' own.
/// </summary>
public partial class Vocabulary
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Signalbox.Tests", "Sources", "Vocabulary");
    private static readonly string Code = Path.Combine(Repository.Root, "src", "Signalbox", "Sources");

    public static TheoryData<string> Names => [.. Sources.All.Select(source => source.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_source_says_of_each_word_that_it_knows(string name) => Holds(name, PageOf(Sources.All.Single(source => source.Name == name)));

    private static void Holds(string name, string page)
    {
        var golden = Path.Combine(Folder, $"{name}.txt");
        if (Environment.GetEnvironmentVariable("ACCEPT") is "1")
        {
            Directory.CreateDirectory(Folder);
            if (page.Length > 0) File.WriteAllText(golden, page);
            else File.Delete(golden);
        }
        Assert.Equal(File.Exists(golden) ? File.ReadAllText(golden) : "", page);
    }

    [Fact]
    public void Every_listed_event_of_a_database_has_its_words() => Holds("rds event ids", string.Concat(
        from id in Enumerable.Range(1, 1_100)
        let meaning = RdsEvents.Of(id, null)
        where meaning != RdsEvents.Of(0, null)
        select $"RDS-EVENT-{id:0000}: {Words.Of(meaning.Severity)} {Words.Of(meaning.Status)} {meaning.Family}: {meaning.Phrase}\n"));

    [Fact]
    public void Every_known_event_of_a_cache_has_its_words()
    {
        var source = Sources.All.Single(source => source.Name is "elasticache");
        string Said(string word) => Told(source, $$"""{"ElastiCache:{{word}}":"cache-1"}""");
        Holds("elasticache names", string.Concat(from word in WordsOf(source)
                                                 where !word.Contains(' ') && !Bare(Said(word)).Contains("reports" + Bare(word), StringComparison.Ordinal)
                                                 select $"{word}: {Said(word)}\n"));
    }

    private static string PageOf(Source source)
    {
        var words = WordsOf(source);
        var page = new StringBuilder();
        var seen = new HashSet<string>();
        foreach (var sample in Repository.Samples.Where(sample => sample.StartsWith(source.Name + "/", StringComparison.Ordinal)))
        {
            var text = Encoding.UTF8.GetString(Repository.Read(sample));
            foreach (Match member in Member().Matches(text))
            {
                var (name, value) = (member.Groups["name"].Value, member.Groups["value"]);
                if (name is "source" or "eventSource" or "Subject" || !words.Contains(value.Value) || !seen.Add($"{name} {text.Split("detail-type")[^1].Split('"').ElementAtOrDefault(2)}")) continue;
                string Said(string word) => Told(source, $"{text[..value.Index]}{word}{text[(value.Index + value.Length)..]}");
                // What is said of a word that nobody knows is said of every word, and worth no line but one.
                var unknown = Said("Qqq");
                var echo = Bare(unknown).Split("qqq");
                var lines = (from word in words
                             where IsLike(word, value.Value)
                             let said = Said(word)
                             where said != unknown && !said.Contains("for the row ", StringComparison.Ordinal)
                             where echo.Length is 1 || !Bare(said).StartsWith(echo[0] + Bare(word)[..Math.Min(6, Bare(word).Length)], StringComparison.Ordinal)
                             select $"{word}: {said}\n").ToList();
                if (lines.Count < 2) continue;
                page.Append($"## {name} in {sample[(sample.IndexOf('/') + 1)..]}\n");
                foreach (var line in lines) page.Append(line);
                page.Append($"anything else: {unknown}\n\n");
            }
        }
        return page.ToString();
    }

    /// <summary>Codes stand where codes stand, and words where words do.</summary>
    private static bool IsLike(string word, string other) =>
        word.Contains(' ') == other.Contains(' ') && word.ToUpperInvariant().Equals(word, StringComparison.Ordinal) == other.ToUpperInvariant().Equals(other, StringComparison.Ordinal);

    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string Told(Source source, string text) =>
        Cut.OneLine(string.Join(" | ", Pipeline.Decode(Encoding.UTF8.GetBytes(text)).Select(envelope => Told(source, Pipeline.Read(envelope)))));

    private static string Told(Source source, Reading reading)
    {
        // What another row says of it stands on that row's page, if anywhere.
        if (reading.Source != source.Name) return $"for the row {reading.Source}";
        return reading.Notices.Count is 0 ? $"{reading.Outcome}"
            : string.Join(" | ", reading.Notices.Select(notice => $"{Words.Of(notice.Severity)} {Words.Of(notice.Status)}: {notice.Title}"));
    }

    /// <summary>The texts in the code of a source, without those that are sentences.</summary>
    private static SortedSet<string> WordsOf(Source source)
    {
        var type = source.Read.Method.DeclaringType!;
        while (type.DeclaringType is { } outer) type = outer;
        return new(
            from file in Directory.EnumerateFiles(Code, $"{type.Name}*.cs")
            from line in File.ReadLines(file)
            where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            from Match text in Literal().Matches(line)
            select text.Groups[1].Value,
            StringComparer.Ordinal);
    }

    [GeneratedRegex("""(?<![$\w])"([A-Za-z][\w:.\- ]{1,60})"(?!u8)""")]
    private static partial Regex Literal();

    [GeneratedRegex("""\\?"(?<name>[\w.\- ]+)\\?"\s*:\s*\\?"(?<value>[^"\\]{2,60})\\?"(?=\s*[,}\]])""")]
    private static partial Regex Member();
}
