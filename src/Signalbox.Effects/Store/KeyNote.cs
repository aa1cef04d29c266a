using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Effects;

/// <summary>A key of a program as it is kept in a store: its hash, never the key.</summary>
/// <param name="Sha256">SHA-256 of the key, in hexadecimal digits.</param>
/// <param name="Made">When it was made.</param>
public sealed record KeyNote(string Sha256, DateTimeOffset Made)
{
    /// <summary>The kind of document that it is.</summary>
    public const string Kind = "key";

    /// <summary>The topic of events that come with it and name none; null for none.</summary>
    public string? Source { get; init; }

    /// <summary>How many events a second it may bring; null for any number.</summary>
    public double? PerSecond { get; init; }

    /// <summary>True when it may also silence.</summary>
    public bool MaySilence { get; init; }

    /// <summary>A new key, which is known only now, and its note.</summary>
    public static (string Key, KeyNote Note) Make(DateTimeOffset now)
    {
        var key = $"sbx_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}";
        return (key, new(HashOf(key), now));
    }

    /// <summary>The hash of a key. Keys have as much chance in them as the hash, so that no slow hash is needed.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Every key of a store that can be read.</summary>
    public static async Task<ValueList<(string Name, KeyNote Note)>> All(Store store, CancellationToken stop) =>
        [.. from document in await store.Documents(Kind, stop)
            let note = Read(document.Body)
            where note is not null
            select (document.Name, note)];

    /// <summary>The bytes of it.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, KeyContext.Default.KeyNote);

    /// <summary>What a server makes of it.</summary>
    public KeyGrant Grant(string name) => new(name) { Sha256 = Sha256, Source = Source, PerSecond = PerSecond, MaySilence = MaySilence };

    private static KeyNote? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes.Span, KeyContext.Default.KeyNote) is { Sha256.Length: 64 } note ? note : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(KeyNote))]
internal sealed partial class KeyContext : JsonSerializerContext;
