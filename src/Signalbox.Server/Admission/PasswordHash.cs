using System.Globalization;
using System.Security.Cryptography;

namespace Signalbox.Server.Admission;

/// <summary>Hashes of passwords, as <c>signalbox password</c> prints them: <c>pbkdf2-sha256$600000$SALT$HASH</c>, both in base64.</summary>
/// <remarks>PBKDF2 because it is in the platform; the iterations are those that OWASP asks for with HMAC-SHA-256, and stand in the hash so that they can
/// rise.</remarks>
public static class PasswordHash
{
    private const string Scheme = "pbkdf2-sha256";

    /// <summary>Fewer are refused: a hash that is quickly guessed is none.</summary>
    private const int FewestIterations = 600_000;

    /// <summary>More would let whoever can write the settings' files stop the server.</summary>
    private const int MostIterations = 20_000_000;

    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>What takes as long as the hash of somebody.</summary>
    public const string Nobody = "pbkdf2-sha256$600000$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    /// <summary>The hash of a password, each time another.</summary>
    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, FewestIterations, HashAlgorithmName.SHA256, HashBytes);
        return FormattableString.Invariant($"{Scheme}${FewestIterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <summary>True when the text is a hash that can be checked.</summary>
    public static bool IsOne(string text) => Parts(text) is not null;

    /// <summary>True when the password is the one of the hash. False for what is no hash.</summary>
    public static bool Fits(string password, string hash) => Parts(hash) is var (iterations, salt, expected)
        && CryptographicOperations.FixedTimeEquals(
            Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, expected.Length), expected);

    private static (int Iterations, byte[] Salt, byte[] Hash)? Parts(string text)
    {
        if (text.Split('$') is not [Scheme, var count, var salt, var hash]) return null;
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)) return null;
        if (iterations is < FewestIterations or > MostIterations) return null;
        return Bytes(salt) is { Length: >= SaltBytes } salted && Bytes(hash) is { Length: HashBytes } hashed ? (iterations, salted, hashed) : null;
    }

    private static byte[]? Bytes(string base64)
    {
        var room = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, room, out var length) ? room[..length] : null;
    }
}
