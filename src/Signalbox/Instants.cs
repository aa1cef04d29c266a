using System.Globalization;

namespace Signalbox;

/// <summary>Reads every way in which AWS and its neighbours write a time. The answer is in UTC, or null.</summary>
public static class Instants
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-ddTHH:mm:ss zzz", "yyyy-MM-dd HH:mm:ss zzz",
        "r", "ddd, d MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss 'UTC' yyyy", "ddd MMM dd HH:mm:ss 'UTC' yyyy",
        "MMM d, yyyy h:mm:ss tt", "MMM d, yyyy, h:mm:ss tt", "MMM d, yyyy h:mm tt", "dd/MMM/yyyy:HH:mm:ss zzz", "yyyy-MM-dd", "yyyy/MM/dd HH:mm:ss",
    ];

    /// <summary>Reads a member that holds a time as text or as a number of seconds or milliseconds since 1970.</summary>
    public static DateTimeOffset? Read(Json value) => value.Kind switch
    {
        JsonKind.Text => Read(value.Text),
        JsonKind.Number => value.Number is { } number ? FromEpoch(number) : null,
        _ => null,
    };

    /// <summary>Reads a text: ISO 8601 with "Z", "+0000", "+00:00" or no zone (then UTC), RFC 1123, or epoch seconds or milliseconds.</summary>
    public static DateTimeOffset? Read(string? text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty) return null;
        if (ReadIso(trimmed) is { } iso) return iso;
        if (trimmed is [_, _, _, _, '-', _, _, '-', _, _, 'T', _, _, ':', _, _, ':', ..]) return null;
        if (double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return FromEpoch(number);
        return DateTimeOffset.TryParseExact(trimmed, Forms, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var instant) ? instant.ToUniversalTime() : null;
    }

    /// <summary>Milliseconds when the number is too large for seconds of this age of the world, seconds otherwise.</summary>
    public static DateTimeOffset? FromEpoch(double number) => number switch
    {
        < 100_000_000 => null,
        < 100_000_000_000 => DateTimeOffset.FromUnixTimeMilliseconds((long)(number * 1000)),
        < 100_000_000_000_000 => DateTimeOffset.FromUnixTimeMilliseconds((long)number),
        _ => null,
    };

    /// <summary>"2024-06-01T12:00:00.123Z" and its kin, read in place because nearly every event has one.</summary>
    private static DateTimeOffset? ReadIso(ReadOnlySpan<char> text)
    {
        if (text.Length < 19 || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or ' ') || text[13] != ':' || text[16] != ':') return null;
        if (Digits(text[..4]) is not ({ } year and >= 1 and <= 9998)) return null;
        if (Digits(text[5..7]) is not ({ } month and >= 1 and <= 12)) return null;
        if (Digits(text[8..10]) is not ({ } day and >= 1) || day > DateTime.DaysInMonth(year, month)) return null;
        if (Digits(text[11..13]) is not ({ } hour and <= 23)) return null;
        if (Digits(text[14..16]) is not ({ } minute and <= 59)) return null;
        if (Digits(text[17..19]) is not ({ } second and <= 60)) return null;

        var rest = text[19..];
        long ticks = 0;
        if (rest is ['.' or ',', ..])
        {
            rest = rest[1..];
            for (var unit = TimeSpan.TicksPerSecond / 10; rest is [>= '0' and <= '9', ..]; unit /= 10, rest = rest[1..]) ticks += (rest[0] - '0') * unit;
        }
        if (Zone(rest.TrimStart()) is not { } offset) return null;
        return new DateTimeOffset(year, month, day, hour, minute, int.Min(second, 59), TimeSpan.Zero).AddTicks(ticks) - offset;
    }

    private static TimeSpan? Zone(ReadOnlySpan<char> zone) => zone switch
    {
        [] or ['Z' or 'z'] or "UTC" or "GMT" => TimeSpan.Zero,
        ['+' or '-', _, _] => Offset(zone[0], zone[1..3], "00"),
        ['+' or '-', _, _, ':', _, _] => Offset(zone[0], zone[1..3], zone[4..6]),
        ['+' or '-', _, _, _, _] => Offset(zone[0], zone[1..3], zone[3..5]),
        _ => null,
    };

    private static TimeSpan? Offset(char sign, ReadOnlySpan<char> hours, ReadOnlySpan<char> minutes) =>
        Digits(hours) is { } h and <= 14 && Digits(minutes) is { } m and <= 59 ? new TimeSpan(h, m, 0) * (sign is '-' ? -1 : 1) : null;

    private static int? Digits(ReadOnlySpan<char> text)
    {
        var value = 0;
        foreach (var digit in text)
        {
            if (digit is < '0' or > '9') return null;
            value = value * 10 + (digit - '0');
        }
        return value;
    }
}
