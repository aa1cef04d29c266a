using System.Text;

namespace Signalbox.Effects.Tests;

/// <summary>Mail, against a server that says what it is told to: each reply, each fault, what arrives, and no secret.</summary>
public sealed class EmailTests : IDisposable
{
    private readonly Authority authority = new("mail authority");
    private readonly Outside outside;
    private readonly string password = Path.GetTempFileName();

    public EmailTests()
    {
        outside = Outside.Open(Settings.None, new Trust(() => authority.Pem, () => []), _ => { });
        File.WriteAllText(password, "SECRETpassword");
    }

    public void Dispose()
    {
        outside.Dispose();
        authority.Dispose();
        File.Delete(password);
    }

    public static TheoryData<int, string, Fate> Answers
    {
        get
        {
            var rows = new TheoryData<int, string, Fate>();
            foreach (var answer in Deliverers.All.Single(row => row.Chat == "email").Answers()) rows.Add(answer.Status, answer.Body, answer.Fate);
            return rows;
        }
    }

    private async Task<Delivery> Post(SmtpStandin server, string security = "none", bool signsIn = false, double within = 5, Notice? notice = null, string host = "localhost")
    {
        notice ??= new() { Source = "rds", Kind = "db", Severity = Severity.Error, Status = Status.Raised, Title = "payments-db failed over", Thread = "rds/payments-db" };
        ValueList<Fact> options =
        [
            new("host", host), new("port", server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)), new("security", security),
            new("from", "signalbox@example.com"), new("to", "ada@example.com, ops@example.com"), new("password", $"file:{password}"),
        ];
        var room = new Room { Name = "mail", Chat = "email", Options = signsIn ? [.. options, new("user", "bot")] : options };
        var routed = new Routed(notice, room, null, "test");
        var post = new Post(routed, Email.Render(routed, new(_ => null))) { EventId = "e1" };
        var delivery = await outside.World.Deliver(post, TimeSpan.FromSeconds(within), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("SECRET", delivery.ToString(), StringComparison.OrdinalIgnoreCase);
        return delivery;
    }

    private static Fate Of(Delivery delivery) => delivery.Match(_ => Fate.Made, _ => Fate.Later, _ => Fate.Refused);

    [Theory, MemberData(nameof(Answers))]
    public async Task An_answer_means_what_the_docs_say(int code, string words, Fate fate)
    {
        using var server = new SmtpStandin(said => said is "mail" ? $"{code} {words} SECRETpassword" : null);
        Assert.Equal(fate, Of(await Post(server)));
    }

    [Theory]
    [InlineData("greeting", "554 5.7.1 no", "Refused { Why = answered 554 5.7.1 to the connection }")]
    [InlineData("greeting", "421 busy", "Later { After = , Why = answered 421 to the connection }")]
    [InlineData("EHLO example.com", "502 no", "Refused { Why = answered 502 to EHLO }")]
    [InlineData("MAIL FROM:<signalbox@example.com>", "550 5.1.8 bad sender", "Refused { Why = answered 550 5.1.8 to MAIL }")]
    [InlineData("MAIL FROM:<signalbox@example.com>", "452 4.3.1 full", "Later { After = , Why = answered 452 4.3.1 to MAIL }")]
    [InlineData("DATA", "451 4.3.0 later", "Later { After = , Why = answered 451 4.3.0 to DATA }")]
    [InlineData("mail", "552 5.3.4 too big", "Refused { Why = answered 552 5.3.4 to the mail }")]
    [InlineData("greeting", "HTTP/1.1 400 Bad Request", "Refused { Why = its answer is not SMTP }")]
    [InlineData("mail", "", "Later { After = , Why = the connection ended before the answer was whole }")]
    [InlineData("DATA", "…", "Later { After = , Why = no answer within 0.5 s }")]
    public async Task What_goes_wrong_is_said_with_where(string command, string reply, string delivery)
    {
        using var server = new SmtpStandin(said => said == command ? reply : null);
        Assert.Equal(delivery, (await Post(server, within: 0.5)).ToString());
    }

    [Fact]
    public async Task Who_is_refused_alone_does_not_keep_the_mail_from_the_others()
    {
        using var server = new SmtpStandin(said => said.StartsWith("RCPT TO:<ada", StringComparison.Ordinal) ? "550 5.1.1 nobody" : null);
        Assert.EndsWith(", refused for 1 of its recipients", Assert.IsType<Delivery.Made>(await Post(server)).Reference, StringComparison.Ordinal);
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task A_mail_that_nobody_may_have_is_refused()
    {
        using var server = new SmtpStandin(said => said.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.7.1 Relaying denied" : null);
        Assert.Equal(new Delivery.Refused("answered 550 5.7.1 to RCPT"), await Post(server));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_mail_has_two_parts_a_conversation_and_one_identity()
    {
        using var server = new SmtpStandin(_ => null);
        var made = Assert.IsType<Delivery.Made>(await Post(server));
        await Post(server);

        var mail = server.Mails[0];
        Assert.Contains("From: Signalbox <signalbox@example.com>\r\nTo: ada@example.com,\r\n ops@example.com\r\nSubject: =?utf-8?B?", mail, StringComparison.Ordinal);
        Assert.Contains($"Message-ID: <{made.Reference}@example.com>\r\n", mail, StringComparison.Ordinal);
        Assert.Contains("References: <thread-", mail, StringComparison.Ordinal);
        Assert.Contains("Importance: high\r\n", mail, StringComparison.Ordinal);
        Assert.Contains($"Message-ID: <{made.Reference}@example.com>\r\n", server.Mails[1], StringComparison.Ordinal);
        var parts = mail.Split($"--{made.Reference}");
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(parts[1].Split("\r\n\r\n")[1].Replace("\r\n", "", StringComparison.Ordinal)));
        Assert.StartsWith("🔴 payments-db failed over\r\n", text, StringComparison.Ordinal);
        Assert.Contains("text/html", parts[2], StringComparison.Ordinal);
        Assert.Equal(4, parts.Length);
    }

    [Fact]
    public async Task No_word_of_an_event_becomes_a_header_or_a_command()
    {
        using var server = new SmtpStandin(_ => null);
        var notice = new Notice
        {
            Source = "s",
            Kind = "k",
            Severity = Severity.Info,
            Status = Status.Stated,
            Title = "x\r\nBcc: all@evil.example\r\n\r\n.\r\nMAIL FROM:<evil@evil.example>",
            Summary = ".\r\n.\r\nRCPT TO:<evil@evil.example>\r\n..",
        };
        await Post(server, notice: notice);
        Assert.DoesNotContain(server.Commands, command => command.Contains("evil", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Mails[0].Split("\r\n"), line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task It_signs_in_over_TLS_and_not_before()
    {
        using var certificate = authority.Sign("localhost");
        using var server = new SmtpStandin(_ => null, certificate);
        Assert.IsType<Delivery.Made>(await Post(server, "starttls", signsIn: true));
        Assert.Equal(["EHLO example.com", "STARTTLS", "EHLO example.com", $"AUTH PLAIN {Convert.ToBase64String("\0bot\0SECRETpassword"u8)}"], server.Commands.Take(4));
    }

    [Fact]
    public async Task Without_STARTTLS_nothing_is_said_in_the_clear()
    {
        using var server = new SmtpStandin(_ => null);
        Assert.StartsWith("its server offers no STARTTLS", Assert.IsType<Delivery.Refused>(await Post(server, "starttls", signsIn: true)).Why, StringComparison.Ordinal);
        Assert.Equal(["EHLO example.com"], server.Commands);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_refused()
    {
        using var other = new Authority("another");
        using var certificate = other.Sign("localhost");
        using var server = new SmtpStandin(_ => null, certificate);
        Assert.IsType<Delivery.Refused>(await Post(server, "starttls"));
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_password_that_was_changed_meanwhile_is_read_again()
    {
        using var server = new SmtpStandin(said => said.StartsWith("AUTH", StringComparison.Ordinal) && !said.EndsWith(Convert.ToBase64String("\0bot\0new"u8), StringComparison.Ordinal)
            ? "535 5.7.8 no" : null);
        Assert.Equal(new Delivery.Refused("answered 535 5.7.8 to AUTH"), await Post(server, signsIn: true));
        await File.WriteAllTextAsync(password, "new", TestContext.Current.CancellationToken);
        Assert.IsType<Delivery.Made>(await Post(server, signsIn: true));
    }
}
