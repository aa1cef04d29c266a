namespace Signalbox.Server.Ingest;

/// <summary>An event on its way into the store.</summary>
/// <param name="Bytes">Its body.</param>
internal sealed record Parcel(byte[] Bytes)
{
    /// <summary>The sender's own id of it, the same on every repeat; null for none.</summary>
    public string? Id { get; init; }

    /// <summary>The headers that are a part of it, names in lower case.</summary>
    public ValueList<Fact> Headers { get; init; }

    /// <summary>True to keep it in the wrapping of a request although neither id nor header need one: what it says then is not what a caller of the
    /// function itself may say.</summary>
    public bool IsWrapped { get; init; }

    /// <summary>The bytes to keep.</summary>
    public byte[] Kept(string path) => IsWrapped || Id is not null || Headers.Count > 0 ? Enveloping.Of(path, Id, Headers, Bytes) : Bytes;

    /// <summary>The headers of a request that have these names.</summary>
    public static ValueList<Fact> HeadersOf(HttpContext http, params ReadOnlySpan<string> names)
    {
        var headers = new List<Fact>();
        foreach (var name in names)
        {
            if (http.Request.Headers.TryGetValue(name, out var value)) headers.Add(new(name, value.ToString()));
        }
        return [.. headers];
    }
}
