namespace Signalbox;

/// <summary>Parts what one request brought into the bytes of each event, so that a store keeps each once and none as a part of all.</summary>
public static class Parting
{
    private static readonly byte[] Before = "{\"Records\":["u8.ToArray();
    private static readonly byte[] After = "]}"u8.ToArray();

    /// <summary>The objects of an array, the objects of JSON lines, and the records of AWS; the bytes themselves for anything else. Decoding the parts
    /// gives the events that decoding the whole would give.</summary>
    public static ValueList<byte[]> Of(byte[] bytes)
    {
        var clean = Decode.Clean(bytes);
        if (clean.AsSpan().TrimStart(" \t\r\n"u8) is not [(byte)'{' or (byte)'[', ..]) return [bytes];
        if (Json.Parse(clean) is { Expected: null, Value: var value })
        {
            if (value.IsArray) return Objects(value) ?? [bytes];
            return value["Records"u8] is { IsArray: true } records && Objects(records) is { Count: > 1 } each && IsAlone(value)
                ? [.. each.Select(record => (byte[])[.. Before, .. record, .. After])]
                : [bytes];
        }
        var lines = Json.ParseMany(clean);
        return lines.Count > 1 && lines.All(line => line.IsObject) ? [.. lines.Select(line => line.Raw.ToArray())] : [bytes];
    }

    /// <summary>Every line that is not empty, whatever it holds.</summary>
    public static ValueList<byte[]> Lines(byte[] bytes)
    {
        var lines = new List<byte[]>();
        foreach (var range in bytes.AsSpan().Split((byte)'\n'))
        {
            var line = bytes.AsSpan(range).Trim(" \t\r"u8);
            if (!line.IsEmpty) lines.Add(line.ToArray());
        }
        return [.. lines];
    }

    private static ValueList<byte[]>? Objects(Json array)
    {
        var objects = new List<byte[]>();
        foreach (var item in array.Items)
        {
            if (!item.IsObject) return null;
            objects.Add(item.Raw.ToArray());
        }
        return objects.Count > 0 ? [.. objects] : null;
    }

    private static bool IsAlone(Json records) => records.Count is 1;
}
