using System.Globalization;
using System.Text;

namespace Signalbox.Server.Pages;

/// <summary>Ids and names as one part of a path. They may hold any characters, and browsers, proxies and servers disagree about escaped slashes and
/// dots: everything but letters, digits, hyphens and underscores is written as ~HEX of its UTF-8 bytes.</summary>
internal static class PathPart
{
    /// <summary>As it stands in a path.</summary>
    public static string Of(string text)
    {
        var part = new StringBuilder(text.Length);
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'-' or (byte)'_') part.Append((char)unit);
            else part.Append(CultureInfo.InvariantCulture, $"~{unit:X2}");
        }
        return part.ToString();
    }

    /// <summary>What it stood for. What is not written that way stands for itself.</summary>
    public static string Read(string? part)
    {
        var bytes = new List<byte>();
        var given = Encoding.UTF8.GetBytes(part ?? "");
        for (var at = 0; at < given.Length; at++)
        {
            if (given[at] is (byte)'~' && at + 2 < given.Length
                && byte.TryParse(given.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                bytes.Add(unit);
                at += 2;
            }
            else
            {
                bytes.Add(given[at]);
            }
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>Where a room's page is.</summary>
    public static string Room(string name) => $"/rooms/{Of(name)}";

    /// <summary>Where an event's page is.</summary>
    public static string Event(string id) => $"/events/{Of(id)}";
}
