using System.Reflection;
using System.Security.Cryptography;

namespace Signalbox.Server.Pages;

/// <summary>A file that pages refer to. It is part of the binary, and its address changes with its content, so that browsers may keep it for ever.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Body">Its content.</param>
internal sealed record Asset(string Path, string Type, ReadOnlyMemory<byte> Body)
{
    /// <summary>The address by which pages refer to it.</summary>
    public string Href { get; } = $"{Path}?{Convert.ToHexStringLower(SHA256.HashData(Body.Span).AsSpan(0, 6))}";

    /// <summary>One of the files in this assembly.</summary>
    public static Asset Of(string name, string type)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var body = new byte[stream.Length];
        stream.ReadExactly(body);
        return new($"/{name}", type, body);
    }
}

/// <summary>Every file that pages refer to.</summary>
internal static class Assets
{
    /// <summary>How everything looks.</summary>
    public static readonly Asset Style = Asset.Of("style.css", "text/css; charset=utf-8");

    /// <summary>What pages do by themselves.</summary>
    public static readonly Asset Script = Asset.Of("script.js", "text/javascript; charset=utf-8");

    /// <summary>The sign.</summary>
    public static readonly Asset Sign = Asset.Of("signal.svg", "image/svg+xml");
}
