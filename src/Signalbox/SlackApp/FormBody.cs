using System.Text;

namespace Signalbox;

/// <summary>An HTML form as browsers and Slack send it: <c>name=value&amp;name=value</c>, percent-encoded, with + for a blank.</summary>
/// <param name="Text">The form as it came.</param>
internal sealed record FormBody(string Text)
{
    private const int MostFields = 200;
    private readonly Dictionary<string, string> fields = Fields(Text);

    /// <summary>Reads one. Total.</summary>
    public static FormBody Read(ReadOnlySpan<byte> utf8) => new(Encoding.UTF8.GetString(utf8));

    /// <summary>The first value of that name, or null.</summary>
    public string? this[string name] => fields.GetValueOrDefault(name);

    private static Dictionary<string, string> Fields(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split('&', MostFields))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) fields.TryAdd(Decoded(pair[..equals]), Decoded(pair[(equals + 1)..]));
        }
        return fields;
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
