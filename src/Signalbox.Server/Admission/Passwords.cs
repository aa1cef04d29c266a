using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Server.Admission;

/// <summary>What became of a sign-in with a password.</summary>
internal enum PasswordOutcome
{
    Right, Wrong, TooMany,
}

/// <summary>People with a password in the settings.</summary>
internal static class Passwords
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>Checks a password. It takes as long, and says the same, whether or not somebody has that name.</summary>
    public static async Task<PasswordOutcome> Check(HttpContext http, string name, string password, Station station)
    {
        var (reception, from, stop) = (station.Reception, Callers.Of(http, station), http.RequestAborted);
        if (!reception.Tries.Begin(name, from, station.Now.World.Now())) return PasswordOutcome.TooMany;
        var hash = station.Now.Settings.Serving.SignIn?.Users.FirstOrDefault(user => user.Name == name) is { } user ? await HashOf(user, station, stop) : null;
        if (!await reception.Turns.WaitAsync(LongestWait, stop)) return PasswordOutcome.TooMany;
        try
        {
            var fits = await Task.Run(() => PasswordHash.Fits(password, hash ?? PasswordHash.Nobody), stop);
            if (!fits || hash is null) return PasswordOutcome.Wrong;
        }
        finally
        {
            reception.Turns.Release();
        }
        reception.Tries.Succeed(name, from);
        return PasswordOutcome.Right;
    }

    /// <summary>What a session by password holds on to: it changes when the password does, and tells nothing of it.</summary>
    public static async Task<string?> Proof(LocalUser user, Station station, CancellationToken stop) =>
        await HashOf(user, station, stop) is { } hash ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hash)).AsSpan(0, 8)) : null;

    private static async Task<string?> HashOf(LocalUser user, Station station, CancellationToken stop)
    {
        var revealed = await station.Now.World.Reveal(user.Password, false, stop);
        if (revealed.Value is { } hash && PasswordHash.IsOne(hash)) return hash;
        station.Journal.Complains("sign-in", ("user", user.Name),
            ("reason", revealed.Why ?? $"{user.Password} holds no hash of a password as signalbox password prints it"));
        return null;
    }
}
