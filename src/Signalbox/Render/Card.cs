using System.Globalization;

namespace Signalbox;

/// <summary>What every chat shows of a notice, worked out once: a chat only decides how it looks.</summary>
public readonly record struct Card
{
    /// <summary>The notice.</summary>
    public required Notice Notice { get; init; }

    /// <summary>One sign for how it stands: 🚨 critical, 🔴 error, 🟠 warning, 🔵 under way, ✅ over and well, ⚪ good to know.</summary>
    public required string Mark { get; init; }

    /// <summary>A colour for the same, as "#RRGGBB", for chats that have a bar.</summary>
    public required string Color { get; init; }

    /// <summary>Account (with its name), region and source, as far as they are known: "payments-prod (123456789012) · eu-west-1 · rds".</summary>
    public required string Where { get; init; }

    /// <summary>The time in UTC for chats that cannot show the reader's own; empty when unknown.</summary>
    public string When => Notice.At is { } at ? Utc(at) : "";

    /// <summary>The series as a line of bars with its last value and threshold; empty when there is none.</summary>
    public required string Spark { get; init; }

    /// <summary>The card of a notice.</summary>
    public static Card Of(Notice notice, Rendering rendering) => new()
    {
        Notice = notice,
        Mark = MarkOf(notice),
        Color = ColorOf(notice),
        Where = WhereOf(notice, rendering),
        Spark = notice.Series is { } series ? Sparkline.Of(series) : "",
    };

    /// <summary>The sign for how a notice stands.</summary>
    public static string MarkOf(Notice notice) => (notice.Status, notice.Severity) switch
    {
        (Status.Cleared, _) => "✅",
        (_, Severity.Critical) => "🚨",
        (_, Severity.Error) => "🔴",
        (_, Severity.Warning) => "🟠",
        (Status.Ongoing, _) => "🔵",
        _ => "⚪",
    };

    private static string ColorOf(Notice notice) => (notice.Status, notice.Severity) switch
    {
        (Status.Cleared, _) => "#2EB67D",
        (_, Severity.Critical) => "#8B0A1A",
        (_, Severity.Error) => "#E01E5A",
        (_, Severity.Warning) => "#ECB22E",
        (Status.Ongoing, _) => "#1D9BD1",
        _ => "#9A9A9A",
    };

    private static string WhereOf(Notice notice, Rendering rendering)
    {
        var account = notice.Account is not { } id ? null : (rendering.AccountName(id) ?? notice.AccountName) is { } name ? $"{name} ({id})" : id;
        return (account, notice.Region) switch
        {
            ({ } known, { } region) => $"{known} · {region} · {notice.Source}",
            (null, { } region) => $"{region} · {notice.Source}",
            ({ } known, null) => $"{known} · {notice.Source}",
            _ => notice.Source,
        };
    }

    private static string Utc(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, stackalloc char[32], $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
}
