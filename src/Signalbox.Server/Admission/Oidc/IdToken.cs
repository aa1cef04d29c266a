using System.Text;

namespace Signalbox.Server.Admission.Oidc;

/// <summary>A token by which an issuer says who somebody is (OpenID Connect Core, 3.1.3.7).</summary>
/// <param name="KeyId">The key that it says it is signed with; empty for none.</param>
/// <param name="Algorithm">How it says it is signed.</param>
/// <param name="Signed">What the signature is of.</param>
/// <param name="Signature">The signature.</param>
/// <param name="Claims">What it says.</param>
internal sealed record IdToken(string KeyId, string Algorithm, byte[] Signed, byte[] Signature, Json Claims)
{
    /// <summary>How far clocks may be apart.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    private const int Longest = 64 * 1024;

    /// <summary>Takes a token apart, without believing it; null for what is none.</summary>
    public static IdToken? Read(string? text)
    {
        if (text is null || text.Length > Longest || text.Split('.') is not [var head, var body, var signature]) return null;
        if (JsonWebKey.Bytes(head) is not { } headed || JsonWebKey.Bytes(body) is not { } said || JsonWebKey.Bytes(signature) is not { } signed) return null;
        var header = Json.Parse(headed).Value;
        var claims = Json.Parse(said).Value;
        if (header["alg"u8].Text is not { } algorithm || header["crit"u8].Exists || !claims.IsObject) return null;
        return new(header["kid"u8].Text ?? "", algorithm, Encoding.ASCII.GetBytes($"{head}.{body}"), signed, claims);
    }

    /// <summary>Why it cannot be believed; null when it can.</summary>
    /// <param name="keys">The issuer's keys.</param>
    /// <param name="oidc">What the settings say of the issuer.</param>
    /// <param name="nonce">What the sign-in was begun with.</param>
    /// <param name="now">The time.</param>
    public string? Doubt(ValueList<JsonWebKey> keys, OidcSignIn oidc, string nonce, DateTimeOffset now)
    {
        var able = keys.Where(key => key.Algorithm == Algorithm && (KeyId.Length is 0 || key.Id == KeyId)).ToValueList();
        if (able.Count is 0) return $"no key of the issuer is for its signature ({Cut.Line(Algorithm, 20)})";
        if (!able.Any(key => key.Signed(Signed, Signature))) return "its signature is not the issuer's";
        if (Claims["iss"u8].Text != oidc.Issuer) return "it is from another issuer";
        if (!Audience.Contains(oidc.ClientId)) return "it is for another client";
        var party = Claims["azp"u8].Text;
        if (party is null ? Audience.Count > 1 : party != oidc.ClientId) return "it was made for another client";
        if (Instants.Read(Claims["exp"u8]) is not { } end || now > end + Skew) return "it has expired";
        if (Instants.Read(Claims["nbf"u8]) is { } begin && now < begin - Skew) return "it does not hold yet";
        return Claims["nonce"u8].Text == nonce ? null : "it belongs to another sign-in";
    }

    /// <summary>Who it is.</summary>
    public string Name(OidcSignIn oidc)
    {
        ValueList<string> claims = oidc.NameClaim is { } claim ? [claim] : ["preferred_username", "email"];
        var name = claims.Append("sub").Select(each => At(each).Text).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? "";
        return Cut.Line(name, 100);
    }

    /// <summary>What they may do; null when the settings give them no role.</summary>
    public Role? Role(OidcSignIn oidc)
    {
        var claim = At(oidc.RoleClaim);
        ValueList<string> values = claim.Text is { } one ? [one] : Texts(claim);
        // The roles stand in their order, the highest first.
        foreach (var (role, wanted) in oidc.Roles)
        {
            if (wanted.Any(value => value is "*" || values.Contains(value))) return role;
        }
        return null;
    }

    private ValueList<string> Audience => Claims["aud"u8].Text is { } one ? [one] : Texts(Claims["aud"u8]);

    /// <summary>A claim by its name, or else by a path with dots.</summary>
    private Json At(string name)
    {
        var whole = Claims[Encoding.UTF8.GetBytes(name)];
        if (whole.Exists) return whole;
        var at = Claims;
        foreach (var part in name.Split('.')) at = at[Encoding.UTF8.GetBytes(part)];
        return at;
    }

    private static ValueList<string> Texts(Json list)
    {
        var texts = new List<string>();
        foreach (var item in list.Items)
        {
            if (item.Text is { } text) texts.Add(text);
        }
        return [.. texts];
    }
}
