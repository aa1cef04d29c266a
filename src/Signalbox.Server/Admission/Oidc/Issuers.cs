using System.Collections.Concurrent;
using System.Text;

namespace Signalbox.Server.Admission.Oidc;

/// <summary>What an issuer says of itself (OpenID Connect Discovery).</summary>
/// <param name="Authorize">Where people sign in.</param>
/// <param name="Token">Where a code becomes a token.</param>
/// <param name="Keys">Where its keys are.</param>
/// <param name="ByBody">True when it takes a client's secret in the body and not in a header.</param>
internal sealed record Issuer(Uri Authorize, Uri Token, Uri Keys, bool ByBody);

/// <summary>What became of asking an issuer: what it says, or why there is nothing.</summary>
internal readonly record struct Said<T>(T? Value, string Why) where T : class;

/// <summary>Asks issuers what they say of themselves, and remembers it for a while.</summary>
internal sealed class Issuers
{
    private const int LongestAnswer = 512 * 1024;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>A key that we do not know makes us ask again, but not more often than this.</summary>
    private static readonly TimeSpan AskedAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Issuer Issuer)> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, ValueList<JsonWebKey> Keys)> keys = new(StringComparer.Ordinal);

    /// <summary>What an issuer says of itself.</summary>
    public async Task<Said<Issuer>> Of(string issuer, World world, CancellationToken stop)
    {
        if (known.TryGetValue(issuer, out var kept) && world.Now() - kept.At < Kept) return new(kept.Issuer, "");
        if (!Uri.TryCreate($"{issuer.TrimEnd('/')}/.well-known/openid-configuration", UriKind.Absolute, out var address) || !IsSafe(address))
            return new(null, "the issuer's address has to begin with https://");
        var (text, why) = await Fetch(new(address, default) { Method = "GET", LongestAnswer = LongestAnswer }, world, stop);
        if (text is null) return new(null, $"the issuer's description: {why}");
        var said = Json.Parse(Encoding.UTF8.GetBytes(text)).Value;
        if (said["issuer"u8].Text != issuer)
            return new(null, "the issuer's description is of another issuer: server.sign-in.oidc.issuer has to be exactly its own");
        if (Address(said["authorization_endpoint"u8]) is not { } authorize || Address(said["token_endpoint"u8]) is not { } token
            || Address(said["jwks_uri"u8]) is not { } set)
        {
            return new(null, "the issuer's description lacks an https address of authorization_endpoint, token_endpoint or jwks_uri");
        }
        var methods = said["token_endpoint_auth_methods_supported"u8];
        var read = new Issuer(authorize, token, set, methods.IsArray && !Has(methods, "client_secret_basic") && Has(methods, "client_secret_post"));
        known[issuer] = (world.Now(), read);
        return new(read, "");
    }

    /// <summary>The keys of an issuer, asked for again when a token names one that is not among them.</summary>
    public async Task<ValueList<JsonWebKey>> Keys(Issuer issuer, string wanted, World world, CancellationToken stop)
    {
        var (address, now) = (issuer.Keys.AbsoluteUri, world.Now());
        var isKept = keys.TryGetValue(address, out var kept);
        var isEnough = kept.Keys.Any(key => wanted.Length is 0 || key.Id == wanted) && now - kept.At < Kept;
        if (isKept && (isEnough || now - kept.At < AskedAgain)) return kept.Keys;
        var (text, _) = await Fetch(new(issuer.Keys, default) { Method = "GET", LongestAnswer = LongestAnswer }, world, stop);
        if (text is null) return kept.Keys;
        var read = JsonWebKey.Read(text);
        keys[address] = (now, read);
        return read;
    }

    /// <summary>The body of an answer that is fine, or why there is none.</summary>
    public static async Task<(string? Text, string Why)> Fetch(Letter letter, World world, CancellationToken stop) =>
        (await world.Send(letter, Within, stop)).Match<(string?, string)>(
            came => came.Status is 200 ? (came.Body, "") : (null, $"it answered {came.Status}"),
            missing => (null, missing.Why));

    /// <summary>Secrets and codes go by TLS, or do not leave this machine.</summary>
    private static bool IsSafe(Uri address) => address.Scheme is "https" || (address.Scheme is "http" && Callers.IsLoopback(address.Host));

    private static Uri? Address(Json value) => Uri.TryCreate(value.Text, UriKind.Absolute, out var address) && IsSafe(address) ? address : null;

    private static bool Has(Json list, string word)
    {
        foreach (var item in list.Items)
        {
            if (item.Text == word) return true;
        }
        return false;
    }
}
