using System.Collections.Concurrent;

namespace Signalbox.Effects;

/// <summary>Secrets behind references, looked up when first needed and remembered from then on.</summary>
/// <remarks>
/// <c>env:NAME</c> is an environment variable, <c>file:PATH</c> the first line of a file; white space around the value is taken off. An
/// http or
/// https address stands for itself.
/// </remarks>
public sealed class Secrets
{
    private readonly ConcurrentDictionary<string, Revealed> known = new();

    /// <summary>The value behind a reference, or why there is none. A failed look-up is not remembered.</summary>
    /// <param name="reference">The reference as it stands in the settings.</param>
    /// <param name="afresh">True to look again although a value is known.</param>
    /// <param name="stop">Not used yet: files and variables answer at once.</param>
    public ValueTask<Revealed> Reveal(string reference, bool afresh, CancellationToken stop)
    {
        if (!afresh && known.TryGetValue(reference, out var revealed)) return new(revealed);
        revealed = Look(reference);
        if (revealed.Value is not null) known[reference] = revealed;
        return new(revealed);
    }

    private static Revealed Look(string reference)
    {
        if (reference.StartsWith("env:", StringComparison.Ordinal)) return Variable(reference["env:".Length..]);
        if (reference.StartsWith("file:", StringComparison.Ordinal)) return FirstLine(reference["file:".Length..]);
        return Uri.TryCreate(reference, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new(reference, null)
            : new(null, "its secret is neither env:NAME nor file:PATH nor an http or https address");
    }

    private static Revealed Variable(string name) => Environment.GetEnvironmentVariable(name)?.Trim() switch
    {
        null => new(null, $"environment variable {name} is not set"),
        "" => new(null, $"environment variable {name} is empty"),
        var value => new(value, null),
    };

    private static Revealed FirstLine(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            return reader.ReadLine()?.Trim() is { Length: > 0 } value
                ? new(value, null)
                : new(null, $"the first line of file {path} is empty");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new(null, fault is FileNotFoundException or DirectoryNotFoundException
                ? $"file {path} does not exist"
                : $"file {path} cannot be read");
        }
    }
}
