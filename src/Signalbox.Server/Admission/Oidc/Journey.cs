using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Server.Admission.Oidc;

/// <summary>A sign-in at an issuer, from leaving to coming back: one secret in a cookie of this browser, from which everything else follows, so that any
/// server can finish what another began.</summary>
/// <param name="Secret">Something that nobody can guess.</param>
/// <param name="Back">The page to which it leads in the end.</param>
internal sealed record Journey(string Secret, string Back)
{
    /// <summary>How long somebody may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Begins one.</summary>
    public static Journey To(string back) => new(Sessions.Random(), Paths.Back(back));

    /// <summary>The one of a cookie; null for none.</summary>
    public static Journey? Read(string? cookie) =>
        cookie?.Split('.') is [{ Length: > 40 } secret, var back] && JsonWebKey.Bytes(back) is { } path
            ? new(secret, Paths.Back(Encoding.UTF8.GetString(path))) : null;

    /// <summary>For the cookie.</summary>
    public string Cookie => $"{Secret}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Back))}";

    /// <summary>What the issuer sends back with the code: nobody else's sign-in can be finished in this browser.</summary>
    public string State => Of("state");

    /// <summary>What the token must hold: it belongs to this sign-in.</summary>
    public string Nonce => Of("nonce");

    /// <summary>What only whoever began it can show with the code (PKCE).</summary>
    public string Verifier => Of("verifier");

    /// <summary>What the issuer is told of it before.</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    private string Of(string word) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(word)));
}
