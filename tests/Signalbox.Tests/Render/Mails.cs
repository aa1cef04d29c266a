using System.Text;

namespace Signalbox.Tests;

/// <summary>A mail as it goes over the wire.</summary>
public class Mails
{
    private static string Of(string payload, string before = "") =>
        Encoding.ASCII.GetString(EmailMessage.Of(Encoding.UTF8.GetBytes(payload), "id1", "Sun, 22 Nov 2026 12:00:00 +0000", before));

    private const string Fixed = "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"id1\"\r\n\r\n";

    [Fact]
    public void It_has_all_headers_and_both_texts() => Assert.Equal(
        "Date: Sun, 22 Nov 2026 12:00:00 +0000\r\nFrom: Signalbox <box@example.com>\r\nTo: ada@example.com,\r\n ops@example.com\r\nSubject: a plain subject\r\n"
        + "Message-ID: <id1@example.com>\r\nIn-Reply-To: <thread-t1@example.com>\r\nReferences: <thread-t1@example.com>\r\nImportance: high\r\n" + Fixed
        + "--id1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Lines("line\r\nütext" + new string('x', 60))
        + "--id1\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Lines("<p>html</p>") + "--id1--\r\n",
        Of($$"""{"from":"box@example.com","to":"ada@example.com, ,ops@example.com","subject":"a plain subject","thread":"t1","important":true,"text":"line\nütext{{new string('x', 60)}}","html":"<p>html</p>"}"""));

    [Fact]
    public void An_answer_names_the_mail_before_it_and_the_thread()
    {
        var mail = Of("""{"from":"box@example.com","to":"a@b.c","subject":"s","thread":"t1","important":false,"text":"","html":""}""", "id0");
        Assert.Contains("\r\nIn-Reply-To: <id0@example.com>\r\nReferences: <thread-t1@example.com>\r\n <id0@example.com>\r\nAuto-Submitted:", mail, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_anything_it_is_a_mail_all_the_same() => Assert.StartsWith(
        "Date: Sun, 22 Nov 2026 12:00:00 +0000\r\nFrom: Signalbox <>\r\nTo: \r\nSubject: \r\nMessage-ID: <id1@>\r\n" + Fixed
        + "--id1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n--id1\r\n",
        Of("{}"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("[ERROR] ~60 signs, all of them plain, need no coding at all!", false)]
    [InlineData("[ERROR] ~61 signs, all of them plain, are coded all the same.", true)]
    [InlineData("größer", true)]
    [InlineData("=?utf-8?B?eA==?=", true)]
    [InlineData("two\r\nBcc: everyone@example.com", true)]
    [InlineData("🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨", true)]
    [InlineData("xx🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨", true)]
    public void A_subject_is_one_header_of_short_words_that_reads_as_it_is(string subject, bool encoded)
    {
        var mail = Of($$"""{"from":"box@example.com","to":"a@b.c","subject":{{System.Text.Json.JsonSerializer.Serialize(subject)}},"text":"","html":""}""");
        var header = mail.Split("\r\nSubject: ")[1].Split("\r\nMessage-ID")[0];
        if (!encoded)
        {
            Assert.Equal(subject, header);
            return;
        }
        var words = header.Split("\r\n ");
        Assert.All(words, word => Assert.Matches(@"^=\?utf-8\?B\?[A-Za-z0-9+/]{2,56}={0,2}\?=$", word));
        Assert.Equal(subject, string.Concat(words.Select(word => new UTF8Encoding(false, true).GetString(Convert.FromBase64String(word[10..^2])))));
        // Up to 42 bytes go into a word, and no character is cut in two.
        Assert.All(words.SkipLast(1), word => Assert.InRange(Convert.FromBase64String(word[10..^2]).Length, 39, 42));
    }

    private static string Lines(string text) =>
        string.Concat(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).Chunk(76).Select(line => new string(line) + "\r\n"));
}
