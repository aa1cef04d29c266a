using System.Text;
using System.Text.Unicode;

namespace Signalbox;

/// <summary>Takes an event out of whatever it is wrapped in, any nesting, any number of records. Total: there is always an answer.</summary>
public static class Decode
{
    /// <summary>Wrappings deeper than this are told as they are: nobody wraps an event so often by mistake.</summary>
    internal const int MaxDepth = 16;

    /// <summary>A wrapping: takes it off and hands on what is inside, or answers false when the value is not wrapped in it.</summary>
    private delegate bool Unwrap(Json value, in Wrapping outer, List<Envelope> into);

    private static readonly Unwrap[] Unwraps =
    [
        Records.Unwrap,
        EventBridge.Unwrap,
        Sns.Unwrap,
        HttpRequest.Unwrap,
        LambdaDestination.Unwrap,
        Direct.Unwrap,
        Brokers.Unwrap,
    ];

    /// <summary>Every event in the bytes, at least one. Bytes that are not UTF-8 are shown with U+FFFD in their place.</summary>
    public static ValueList<Envelope> Bytes(byte[] bytes)
    {
        var into = new List<Envelope>(1);
        Inner(Clean(bytes), default, into);
        return into.ToValueList();
    }

    /// <summary>What is inside a wrapping: JSON, JSON inside a JSON text or a form, JSON lines, or text.</summary>
    internal static void Inner(byte[] utf8, in Wrapping outer, List<Envelope> into)
    {
        if (!LooksLikeJson(utf8))
        {
            var text = Encoding.UTF8.GetString(utf8);
            if (outer.Depth < MaxDepth && FormText.Event(text) is { } inside) Inner(inside, outer with { Depth = outer.Depth + 1 }, into);
            else into.Add(outer.Seal(default, text));
        }
        else if (Json.Parse(utf8) is { Expected: null, Value: var value })
        {
            Inner(value, outer, into);
        }
        else if (Json.ParseMany(utf8) is { Count: > 1 } lines && AreObjects(lines))
        {
            foreach (var line in lines) Inner(line, outer, into);
        }
        else
        {
            into.Add(outer.Seal(default, Encoding.UTF8.GetString(utf8)));
        }
    }

    /// <summary>What is inside a wrapping, already read as JSON.</summary>
    internal static void Inner(Json value, in Wrapping outer, List<Envelope> into)
    {
        if (outer.Depth >= MaxDepth)
        {
            into.Add(outer.Seal(value, null));
            return;
        }
        switch (value.Kind)
        {
            case JsonKind.Text:
                Inner(value.TextBytes(), outer with { Depth = outer.Depth + 1 }, into);
                break;
            case JsonKind.Object:
                if (!Unwrapped(value, outer, into)) into.Add(outer.Seal(value, null));
                break;
            case JsonKind.Array when value.Count > 0 && AreObjects(value):
                foreach (var item in value.Items) Inner(item, outer with { Depth = outer.Depth + 1 }, into);
                break;
            case JsonKind.Array:
                into.Add(outer.Seal(value, null));
                break;
            default:
                into.Add(outer.Seal(default, value.AsWritten));
                break;
        }
    }

    /// <summary>Takes a wrapping off an object; false when it is in none.</summary>
    internal static bool Unwrapped(Json value, in Wrapping outer, List<Envelope> into)
    {
        foreach (var unwrap in Unwraps)
        {
            if (unwrap(value, outer, into)) return true;
        }
        return false;
    }

    /// <summary>Valid UTF-8 without a byte order mark.</summary>
    internal static byte[] Clean(byte[] bytes)
    {
        ReadOnlySpan<byte> body = bytes;
        if (body.StartsWith(Encoding.UTF8.Preamble)) body = body[3..];
        else if (body is [0xFF, 0xFE, ..]) return Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(body[2..]));
        if (!Utf8.IsValid(body)) return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body));
        return body.Length == bytes.Length ? bytes : body.ToArray();
    }

    private static bool LooksLikeJson(ReadOnlySpan<byte> utf8) =>
        utf8.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[' or (byte)'"', ..];

    private static bool AreObjects(Json array)
    {
        foreach (var item in array.Items)
        {
            if (!item.IsObject) return false;
        }
        return true;
    }

    private static bool AreObjects(ValueList<Json> values)
    {
        foreach (var value in values)
        {
            if (!value.IsObject) return false;
        }
        return true;
    }
}
