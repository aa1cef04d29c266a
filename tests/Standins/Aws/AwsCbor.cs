using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>What newer clients speak with CloudWatch: CBOR. https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html</summary>
internal static class AwsCbor
{
    public static AwsProtocol Protocol(string service) => new(
        request => request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["service", var name, "operation", var operation] && name == service
            ? (operation, request.Body.Length is 0 ? [] : (JsonObject)new Reader(request.Body).Next()!) : null,
        (call, output) => new(200, "application/cbor", Written(output ?? new JsonObject()), ("smithy-protocol", "rpc-v2-cbor"), ("x-amzn-RequestId", call.Id)),
        (id, fault) => new(fault.Status, "application/cbor", Written(new JsonObject { ["__type"] = $"com.amazonaws.cloudwatch#{fault.Code}", ["message"] = fault.Message }),
            ("smithy-protocol", "rpc-v2-cbor"), ("x-amzn-RequestId", id), ("x-amzn-query-error", $"{fault.Code};Sender")));

    private static byte[] Written(JsonNode node)
    {
        using var bytes = new MemoryStream();
        Write(bytes, node, isTime: false);
        return bytes.ToArray();
    }

    private static void Write(MemoryStream bytes, JsonNode? node, bool isTime)
    {
        switch (node)
        {
            case JsonObject map:
                Head(bytes, 5, map.Count);
                foreach (var (name, value) in map)
                {
                    Write(bytes, name, isTime: false);
                    Write(bytes, value, name.EndsWith("Timestamp", StringComparison.Ordinal) || name is "Timestamps");
                }
                break;
            case JsonArray list:
                Head(bytes, 4, list.Count);
                foreach (var item in list) Write(bytes, item, isTime);
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String:
                var text = Encoding.UTF8.GetBytes(value.GetValue<string>());
                Head(bytes, 3, text.Length);
                bytes.Write(text);
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.Number:
                if (isTime) bytes.WriteByte(0xC1);
                bytes.WriteByte(0xFB);
                Span<byte> number = stackalloc byte[8];
                BinaryPrimitives.WriteDoubleBigEndian(number, double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture));
                bytes.Write(number);
                break;
            case JsonValue value: bytes.WriteByte(value.GetValueKind() is JsonValueKind.True ? (byte)0xF5 : (byte)0xF4); break;
            default: bytes.WriteByte(0xF6); break;
        }
    }

    private static void Head(MemoryStream bytes, int major, int length)
    {
        Span<byte> head = [(byte)((major << 5) | 26), 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(head[1..], length);
        bytes.Write(head);
    }

    private sealed class Reader(byte[] bytes)
    {
        private int at;

        public JsonNode? Next()
        {
            var first = bytes[at++];
            var (major, small) = (first >> 5, first & 31);
            if (major is 7) return Simple(small);
            var isOpen = small is 31;
            var length = isOpen ? long.MaxValue : Length(small);
            switch (major)
            {
                case 0: return length;
                case 1: return -1 - length;
                case 2: return Convert.ToBase64String(Take((int)length));
                case 3: return isOpen ? Joined() : Encoding.UTF8.GetString(Take((int)length));
                case 4:
                    var list = new JsonArray();
                    for (var item = 0L; item < length && !Broken(isOpen); item++) list.Add(Next());
                    return list;
                case 5:
                    var map = new JsonObject();
                    for (var item = 0L; item < length && !Broken(isOpen); item++)
                    {
                        var name = Next()!.GetValue<string>();
                        map[name] = Next();
                    }
                    return map;
                default: return Next();
            }
        }

        private string Joined()
        {
            var whole = new StringBuilder();
            while (!Broken(isOpen: true)) whole.Append(Next()!.GetValue<string>());
            return whole.ToString();
        }

        private bool Broken(bool isOpen)
        {
            if (!isOpen || bytes[at] is not 0xFF) return false;
            at++;
            return true;
        }

        private JsonNode? Simple(int small) => small switch
        {
            20 => false,
            21 => true,
            25 => (double)BinaryPrimitives.ReadHalfBigEndian(Take(2)),
            26 => (double)BinaryPrimitives.ReadSingleBigEndian(Take(4)),
            27 => BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
            _ => null,
        };

        private long Length(int small) => small switch
        {
            < 24 => small,
            24 => Take(1)[0],
            25 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            26 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            _ => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
        };

        private ReadOnlySpan<byte> Take(int count) => bytes.AsSpan((at += count) - count, count);
    }
}
