using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2.Model;
using Signalbox.Effects;

namespace Signalbox.Aws.Dynamo;

/// <summary>Our values as DynamoDB keeps them, and back.</summary>
internal static class Values
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Any text: as it is where UTF-8 can hold it, else its UTF-16 as bytes.</summary>
    public static AttributeValue Text(string text)
    {
        try
        {
            _ = Strict.GetByteCount(text);
            return new() { S = text };
        }
        catch (EncoderFallbackException)
        {
            return new() { B = new(MemoryMarshal.AsBytes(text.AsSpan()).ToArray()) };
        }
    }

    /// <summary>Bytes, copied.</summary>
    public static AttributeValue Bytes(ReadOnlyMemory<byte> bytes) => new() { B = new(bytes.ToArray()) };

    /// <summary>A whole number.</summary>
    public static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    /// <summary>A moment, as text that sorts.</summary>
    public static AttributeValue Instant(DateTimeOffset at) => new() { S = Sorted(at) };

    /// <summary>A moment as text that sorts: its ticks in nineteen digits.</summary>
    public static string Sorted(DateTimeOffset at) => at.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The seconds since 1970 at which DynamoDB may take an item away.</summary>
    public static AttributeValue Expiry(DateTimeOffset at) => Number(Math.Max(at.ToUnixTimeSeconds(), 1));

    /// <summary>128 bits of SHA-256 over a text's UTF-16, in hexadecimal: keys have limits that texts have not.</summary>
    public static string Hash(string text)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    /// <summary>The same of a place. The length keeps "a", "bc" apart from "ab", "c".</summary>
    public static string Hash(Place place) => Hash(string.Create(CultureInfo.InvariantCulture, $"{place.Room.Length}:{place.Room}{place.Thread}"));

    /// <summary>A text; empty where there is none.</summary>
    public static string Text(this Item item, string name) => !item.TryGetValue(name, out var value) ? ""
        : value.B is { } bytes ? new(MemoryMarshal.Cast<byte, char>(bytes.ToArray()))
        : value.S ?? "";

    /// <summary>Bytes; empty where there are none.</summary>
    public static ReadOnlyMemory<byte> Bytes(this Item item, string name) =>
        item.TryGetValue(name, out var value) && value.B is { } bytes ? bytes.ToArray() : default;

    /// <summary>A whole number; 0 where there is none.</summary>
    public static long Number(this Item item, string name) =>
        item.TryGetValue(name, out var value) && long.TryParse(value.N, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    /// <summary>A moment; null where there is none.</summary>
    public static DateTimeOffset? Instant(this Item item, string name) =>
        item.TryGetValue(name, out var value) && value.S is { Length: >= 19 } text
        && long.TryParse(text.AsSpan(0, 19), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Where a conversation is.</summary>
    public static Place Place(this Item item) => new(item.Text(Column.Room), item.Text(Column.Thread));
}
