using System.CommandLine;
using Signalbox.Server.Admission;

namespace Signalbox.Cli.Verbs;

/// <summary>Hashes of passwords, for <c>server.sign-in.users</c>.</summary>
internal static class Password
{
    private const int Shortest = 8;

    public static readonly Verb Row = new("password", "Make the hash of a password, for server.sign-in.users in the settings.", """
        Examples:
          signalbox password > /etc/signalbox/anna     asks twice, shows nothing of what is typed
          pwgen 20 1 | tee /dev/tty | signalbox password > /etc/signalbox/anna

        In the settings:
          server: { sign-in: { users: { anna: { password: "file:/etc/signalbox/anna", role: responder } } } }

        The hash is PBKDF2 with HMAC-SHA-256 and 600,000 iterations; nobody gets the password back from it.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell) => async _ =>
    {
        var (password, fault) = shell.AsksPerson ? Asked(shell) : await Piped(shell);
        if (fault is null && password.Length < Shortest) fault = $"expected a password of at least {Shortest} characters, found {password.Length}";
        if (fault is not null)
        {
            shell.Error.WriteLine($"signalbox: {fault}");
            return Exit.Usage;
        }
        shell.Out.WriteLine(PasswordHash.Of(password));
        return Exit.Fine;
    };

    private static (string Password, string? Fault) Asked(Shell shell)
    {
        var first = shell.AskHidden("Password: ");
        return shell.AskHidden("Again: ") == first ? (first, null) : ("", "expected the same password twice, found two");
    }

    private static async Task<(string Password, string? Fault)> Piped(Shell shell)
    {
        using var reader = new StreamReader(shell.In());
        return (await reader.ReadLineAsync() ?? "", null);
    }
}
