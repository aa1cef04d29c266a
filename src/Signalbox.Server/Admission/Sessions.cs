using System.Collections.Frozen;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Server.Admission;

/// <summary>Somebody who has signed in, as a store keeps it.</summary>
/// <param name="Name">Who.</param>
/// <param name="Role">What they might do when they signed in.</param>
/// <param name="Via">How they signed in: "password" or "oidc".</param>
/// <param name="Proof">What they signed in by: when it changes, the session is over.</param>
/// <param name="Begun">When they signed in.</param>
/// <param name="Until">When the session ends in any case.</param>
internal sealed record Session(string Name, Role Role, string Via, string Proof, DateTimeOffset Begun, DateTimeOffset Until);

/// <summary>When a session was last used.</summary>
internal sealed record Use(DateTimeOffset At);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(Use))]
internal sealed partial class SessionContext : JsonSerializerContext;

/// <summary>Who has signed in: kept in the store, so that several servers share it and a restart keeps people signed in.</summary>
/// <remarks>
/// A store knows the hash of a session's id and not the id: whoever reads it cannot become somebody. What is known is a few seconds old at most; a sign-out
/// at another server holds here by then. When a session was used is kept apart from it: noting that can never bring back one that has ended.
/// </remarks>
internal sealed class Sessions(Store store)
{
    private const string Kind = "session";
    private const string UseKind = "session-use";
    private const int MostPruned = 100;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestUnnoted = TimeSpan.FromMinutes(5);

    private SemaphoreSlim Reading { get; } = new(1, 1);
    private volatile Known known = new(0, FrozenDictionary<string, (Session, DateTimeOffset)>.Empty);

    private sealed record Known(long Read, FrozenDictionary<string, (Session Session, DateTimeOffset Used)> Sessions);

    /// <summary>Begins a session.</summary>
    /// <returns>Its id, for the cookie; nobody else knows it.</returns>
    public async Task<string> Begin(Session session, CancellationToken stop)
    {
        var id = Random();
        await store.Keep(Kind, Hash(id), JsonSerializer.SerializeToUtf8Bytes(session, SessionContext.Default.Session), stop);
        return id;
    }

    /// <summary>The session of an id; null when there is none, or it is over.</summary>
    /// <param name="id">As it stood in a cookie: anything.</param>
    /// <param name="idle">After so long without a use it is over.</param>
    /// <param name="now">The time.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<Session?> Of(string id, TimeSpan idle, DateTimeOffset now, CancellationToken stop)
    {
        if (id.Length > 100) return null;
        var (asked, name) = (Stopwatch.GetTimestamp(), Hash(id));
        var all = known;
        // One that is not known may have begun at another server a moment ago.
        if (Stopwatch.GetElapsedTime(all.Read) > Fresh || all.Read is 0 || !all.Sessions.ContainsKey(name)) all = await Read(asked, idle, now, stop);
        if (!all.Sessions.TryGetValue(name, out var found) || now >= found.Session.Until || now - found.Used > idle) return null;
        if (now - found.Used > (idle / 20 < LongestUnnoted ? idle / 20 : LongestUnnoted))
            await store.Keep(UseKind, name, JsonSerializer.SerializeToUtf8Bytes(new Use(now), SessionContext.Default.Use), stop);
        return found.Session;
    }

    /// <summary>Ends a session.</summary>
    public async Task End(string id, CancellationToken stop)
    {
        await store.Keep(Kind, Hash(id), default, stop);
        await store.Keep(UseKind, Hash(id), default, stop);
        known = new(0, known.Sessions);
    }

    /// <summary>Something that nobody can guess, for a cookie.</summary>
    public static string Random() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static string Hash(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    /// <summary>Reads every session, unless somebody else did since it was asked for: however many ask, one reads.</summary>
    private async Task<Known> Read(long asked, TimeSpan idle, DateTimeOffset now, CancellationToken stop)
    {
        await Reading.WaitAsync(stop);
        try
        {
            if (known.Read > asked) return known;
            var begun = Stopwatch.GetTimestamp();
            var uses = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
            foreach (var use in await store.Documents(UseKind, stop))
            {
                if (Read(use.Body, SessionContext.Default.Use) is { } read) uses[use.Name] = read.At;
            }
            var sessions = new Dictionary<string, (Session, DateTimeOffset)>(StringComparer.Ordinal);
            var over = new List<(string Kind, string Name)>();
            foreach (var document in await store.Documents(Kind, stop))
            {
                var session = Read(document.Body, SessionContext.Default.Session);
                var used = uses.GetValueOrDefault(document.Name, session?.Begun ?? default);
                uses.Remove(document.Name);
                if (session is not null && now < session.Until && now - used <= idle) sessions[document.Name] = (session, used);
                else over.AddRange([(Kind, document.Name), (UseKind, document.Name)]);
            }
            over.AddRange(uses.Keys.Select(name => (UseKind, name)));
            foreach (var (kind, name) in over.Take(MostPruned)) await store.Keep(kind, name, default, stop);
            return known = new(begun, sessions.ToFrozenDictionary(StringComparer.Ordinal));
        }
        finally
        {
            Reading.Release();
        }
    }

    private static T? Read<T>(ReadOnlyMemory<byte> bytes, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(bytes.Span, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
