using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Server.Admission.Oidc;

/// <summary>A public key of an issuer (RFC 7517), of the two kinds that sign in practice.</summary>
/// <param name="Id">The name by which tokens choose it; empty for none.</param>
/// <param name="Algorithm">RS256 or ES256: what it may sign with, whatever a token says.</param>
/// <param name="First">The modulus, or x.</param>
/// <param name="Second">The exponent, or y.</param>
internal sealed record JsonWebKey(string Id, string Algorithm, byte[] First, byte[] Second)
{
    private const int FewestRsaBytes = 256;
    private const int P256Bytes = 32;

    /// <summary>The keys of a set; those of other kinds, and for other uses, are left out.</summary>
    public static ValueList<JsonWebKey> Read(string set)
    {
        var keys = new List<JsonWebKey>();
        foreach (var key in Json.Parse(Encoding.UTF8.GetBytes(set)).Value["keys"u8].Items)
        {
            if (key["use"u8].Text is not (null or "sig") || Of(key) is not { } read) continue;
            if (key["alg"u8].Text is { } named && named != read.Algorithm) continue;
            keys.Add(read);
        }
        return [.. keys];
    }

    /// <summary>True when the signature is of this key. Never throws.</summary>
    public bool Signed(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        try
        {
            if (Algorithm is "RS256")
            {
                using var rsa = RSA.Create(new RSAParameters { Modulus = First, Exponent = Second });
                return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            }
            using var curve = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = First, Y = Second } });
            return curve.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The bytes of base64 as tokens write it; null for what is none.</summary>
    public static byte[]? Bytes(string? text)
    {
        if (text is null || !Base64Url.IsValid(text)) return null;
        return Base64Url.DecodeFromChars(text);
    }

    private static JsonWebKey? Of(Json key) => key["kty"u8].Text switch
    {
        "RSA" when Bytes(key["n"u8].Text) is { Length: >= FewestRsaBytes } modulus && Bytes(key["e"u8].Text) is { Length: > 0 } exponent =>
            new(key["kid"u8].Text ?? "", "RS256", modulus, exponent),
        "EC" when key["crv"u8].Text is "P-256" && Bytes(key["x"u8].Text) is { Length: P256Bytes } x && Bytes(key["y"u8].Text) is { Length: P256Bytes } y =>
            new(key["kid"u8].Text ?? "", "ES256", x, y),
        _ => null,
    };
}
