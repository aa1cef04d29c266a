using System.Globalization;
using System.Text;

namespace Signalbox.Effects;

/// <summary>One conversation with a mail server (RFC 5321, as a submission client): commands out, reply codes in.</summary>
/// <remarks>A server's words may repeat addresses and passwords: reasons name its code, its enhanced code, and what it answered to.</remarks>
internal sealed class Smtp(Stream stream) : IAsyncDisposable
{
    private const int LongestReply = 64 * 1024;
    private readonly byte[] buffer = new byte[4096];
    private Stream stream = stream;
    private int start;
    private int end;
    private string offers = "";

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    /// <summary>Reads the greeting and says hello.</summary>
    public async Task<Verdict?> Greet(string domain, CancellationToken stop)
    {
        var greeting = await Read(stop);
        return greeting.Code is 220 ? await Hello(domain, stop) : Fault(greeting, "the connection");
    }

    /// <summary>Goes on in TLS.</summary>
    public async Task<Verdict?> Secure(Func<Stream, CancellationToken, Task<Stream>> secured, string domain, CancellationToken stop)
    {
        if (!Offers("STARTTLS")) return new(new Delivery.Refused("its server offers no STARTTLS: set security to tls, or to none on a network that you trust"));
        var reply = await Say("STARTTLS", stop);
        if (reply.Code is not 220) return Fault(reply, "STARTTLS");

        // What came before TLS counts for nothing, and could have been put there by somebody else.
        (start, end, offers) = (0, 0, "");
        stream = await secured(stream, stop);
        return await Hello(domain, stop);
    }

    /// <summary>Signs in by PLAIN, or by LOGIN where the server has nothing else.</summary>
    public async Task<Verdict?> SignIn(string user, string password, CancellationToken stop)
    {
        Reply reply;
        if (Offers("AUTH") && !OffersWord("PLAIN") && OffersWord("LOGIN"))
        {
            reply = await Say("AUTH LOGIN", stop);
            if (reply.Code is 334) reply = await Say(Base64(user), stop);
            if (reply.Code is 334) reply = await Say(Base64(password), stop);
        }
        else
        {
            reply = await Say($"AUTH PLAIN {Base64($"\0{user}\0{password}")}", stop);
        }
        if (reply.Code is 235) return null;
        var fault = Fault(reply, "AUTH");
        return reply.Code is 535 or 534 or 530 ? fault with { Remedy = Remedy.NewSecret } : fault;
    }

    /// <summary>Hands in a mail.</summary>
    /// <returns>What went wrong, or null, and how many recipients the server refused while it took others.</returns>
    public async Task<(Verdict? Fault, int Others)> Send(string from, string[] to, byte[] mail, CancellationToken stop)
    {
        var reply = await Say($"MAIL FROM:<{from}>", stop);
        if (reply.Code is not 250) return (Fault(reply, "MAIL"), 0);

        var refused = new List<Reply>();
        foreach (var recipient in to)
        {
            reply = await Say($"RCPT TO:<{recipient}>", stop);
            if (reply.Code is not (250 or 251 or 252)) refused.Add(reply);
        }
        // One that may be taken later is waited for, unless others would have to wait with it.
        if (refused.Count == to.Length) return (Fault(refused.MinBy(each => each.Code), "RCPT"), 0);

        reply = await Say("DATA", stop);
        if (reply.Code is not 354) return (Fault(reply, "DATA"), 0);
        await stream.WriteAsync(Stuffed(mail), stop);
        await stream.FlushAsync(stop);
        reply = await Read(stop);
        if (reply.Code is not 250) return (Fault(reply, "the mail"), 0);
        await stream.WriteAsync("QUIT\r\n"u8.ToArray(), stop);
        return (null, refused.Count);
    }

    /// <summary>The mail with its dots doubled where a line begins with one, and its end.</summary>
    private static byte[] Stuffed(byte[] mail) =>
        Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(mail).Replace("\r\n.", "\r\n..", StringComparison.Ordinal) + ".\r\n");

    private static Verdict Fault(Reply reply, string to)
    {
        var said = $"answered {reply.Code}{(reply.Enhanced.Length > 0 ? $" {reply.Enhanced}" : "")} to {to}";
        return reply.Code switch
        {
            0 => new(new Delivery.Refused("its answer is not SMTP")),
            >= 400 and < 500 => new(new Delivery.Later(null, said)),
            _ => new(new Delivery.Refused(said) { RoomIsGone = to is "RCPT" && reply.Enhanced is "5.1.1" or "5.1.2" or "5.1.10" or "5.2.1" }),
        };
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private bool Offers(string word) => offers.Split('\n').Any(line => line == word || line.StartsWith($"{word} ", StringComparison.Ordinal));

    private bool OffersWord(string word) =>
        offers.Split('\n').Any(line => line.StartsWith("AUTH ", StringComparison.Ordinal) && line.Split(' ').Contains(word));

    private async Task<Verdict?> Hello(string domain, CancellationToken stop)
    {
        var reply = await Say($"EHLO {domain}", stop);
        offers = reply.Lines;
        return reply.Code is 250 ? null : Fault(reply, "EHLO");
    }

    private async Task<Reply> Say(string command, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), stop);
        await stream.FlushAsync(stop);
        return await Read(stop);
    }

    private async Task<Reply> Read(CancellationToken stop)
    {
        var lines = new StringBuilder();
        while (true)
        {
            var line = await Line(stop);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code)) return new(0, "", "");
            var rest = line.Length > 4 ? line[4..] : "";
            if (lines.Length < LongestReply) lines.Append(rest.ToUpperInvariant()).Append('\n');
            if (line.Length == 3 || line[3] is not '-') return new(code, Enhanced(rest), lines.ToString());
        }
    }

    /// <summary>The code of RFC 3463, as in "5.7.8"; empty when there is none.</summary>
    private static string Enhanced(string rest)
    {
        var word = rest.Split(' ')[0];
        return word.Length is >= 5 and <= 9 && word[1] is '.' && word.All(unit => char.IsAsciiDigit(unit) || unit is '.') ? word : "";
    }

    private async Task<string> Line(CancellationToken stop)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (start == end)
            {
                (start, end) = (0, await stream.ReadAsync(buffer, stop));
                if (end == 0) throw new IOException("the connection ended");
            }
            var unit = (char)buffer[start++];
            if (unit is '\n') return line.ToString().TrimEnd('\r');
            if (line.Length < 2048) line.Append(unit);
        }
    }

    /// <summary>A whole reply.</summary>
    /// <param name="Code">Its code; 0 when it is none.</param>
    /// <param name="Enhanced">Its enhanced code; empty for none.</param>
    /// <param name="Lines">Its lines without codes, in capitals.</param>
    private readonly record struct Reply(int Code, string Enhanced, string Lines);
}
