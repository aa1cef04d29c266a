using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Signalbox.Standins;

/// <summary>A mail server on the loopback. It says what it is told to say to each command, and takes every mail unless told otherwise.</summary>
public sealed class SmtpStandin : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly Func<string, string?> answer;
    private readonly X509Certificate2? certificate;
    private readonly List<string> commands = [];
    private readonly List<string> mails = [];

    /// <param name="answer">The reply to a command, "greeting" or "mail"; null for the usual one, empty to close the connection, "…" to say nothing.</param>
    /// <param name="certificate">For STARTTLS; without one it is not offered.</param>
    public SmtpStandin(Func<string, string?> answer, X509Certificate2? certificate = null)
    {
        this.answer = answer;
        this.certificate = certificate;
        listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public IReadOnlyList<string> Commands
    {
        get { lock (commands) return [.. commands]; }
    }

    public IReadOnlyList<string> Mails
    {
        get { lock (commands) return [.. mails]; }
    }

    public void Dispose()
    {
        over.Cancel();
        listener.Stop();
    }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Serve(await listener.AcceptTcpClientAsync(over.Token));
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var mine = client;
        Stream stream = client.GetStream();
        try
        {
            if (!await Say(stream, answer("greeting") ?? "220 standin ESMTP")) return;
            while (await Line(stream) is { } command)
            {
                lock (commands) commands.Add(command);
                var usual = command.Split(' ', ':')[0] switch
                {
                    "EHLO" => certificate is null || stream is SslStream ? "250-standin\r\n250-AUTH LOGIN PLAIN\r\n250 SIZE 1000000" : "250-standin\r\n250-STARTTLS\r\n250 SIZE 1000000",
                    "STARTTLS" => "220 go on",
                    "AUTH" => "235 2.7.0 welcome",
                    "DATA" => "354 go on",
                    "QUIT" => "221 bye",
                    _ => "250 2.0.0 ok",
                };
                var said = answer(command) ?? usual;
                if (!await Say(stream, said)) return;
                if (command is "STARTTLS" && said.StartsWith("220", StringComparison.Ordinal))
                {
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, over.Token);
                    stream = tls;
                }
                if (command is "DATA" && said.StartsWith("354", StringComparison.Ordinal))
                {
                    var mail = new StringBuilder();
                    while (await Line(stream) is { } line and not ".") mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
                    lock (commands) mails.Add(mail.ToString());
                    if (!await Say(stream, answer("mail") ?? "250 2.0.0 Ok: queued as 1")) return;
                }
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            return;
        }
    }

    private async Task<bool> Say(Stream stream, string reply)
    {
        if (reply is "…") await Task.Delay(Timeout.Infinite, over.Token);
        if (reply.Length is 0) return false;
        await stream.WriteAsync(Encoding.UTF8.GetBytes(reply + "\r\n"), over.Token);
        await stream.FlushAsync(over.Token);
        return true;
    }

    private async Task<string?> Line(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, over.Token) > 0)
        {
            if (one[0] is (byte)'\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }
        return null;
    }
}
