using System.Buffers;
using System.Text;
using System.Text.Json;
using Signalbox.Aws.Asking;

namespace Signalbox.Aws.Cloud;

/// <summary>One operation of one service, before it is signed.</summary>
/// <param name="Place">Where the service is.</param>
/// <param name="Operation">Its name, as IAM and the documentation have it: "CreateQueue".</param>
/// <param name="Body">The body.</param>
internal sealed record CloudCall(ApiPlace Place, string Operation, ReadOnlyMemory<byte> Body)
{
    /// <summary>The method.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>The path, each of its parts escaped.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The query, escaped and sorted by name; empty for none.</summary>
    public string Query { get; init; } = "";

    /// <summary>What the body is.</summary>
    public string Type { get; init; } = "application/json";

    /// <summary>The header <c>x-amz-target</c>; null for none.</summary>
    public string? Target { get; init; }

    /// <summary>Headers besides.</summary>
    public ValueList<Fact> Headers { get; init; }

    /// <summary>Headers of the answer that are wanted.</summary>
    public ValueList<string> Wants { get; init; }

    /// <summary>How long one try may take.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>False for what may be done once only: a lost answer is then an error.</summary>
    public bool MayRepeat { get; init; } = true;

    /// <summary>An operation of a service that speaks JSON.</summary>
    /// <param name="place">Where the service is.</param>
    /// <param name="api">The prefix of its targets: "AWSEvents".</param>
    /// <param name="operation">The operation.</param>
    /// <param name="version">"1.0" or "1.1".</param>
    /// <param name="members">Writes the members of the input.</param>
    public static CloudCall Json(ApiPlace place, string api, string operation, string version, Action<Utf8JsonWriter> members) =>
        new(place, operation, Written(members)) { Type = $"application/x-amz-json-{version}", Target = $"{api}.{operation}" };

    /// <summary>An operation of a service that takes a form and answers in XML.</summary>
    public static CloudCall Form(ApiPlace place, string operation, string version, params ReadOnlySpan<Fact> fields)
    {
        var form = new StringBuilder($"Action={operation}&Version={version}");
        foreach (var (name, value) in fields) form.Append('&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        return new(place, operation, Encoding.UTF8.GetBytes(form.ToString())) { Type = "application/x-www-form-urlencoded; charset=utf-8" };
    }

    /// <summary>An operation of a service that speaks REST with JSON.</summary>
    public static CloudCall Rest(ApiPlace place, string operation, string method, string path, Action<Utf8JsonWriter>? members, params Fact[] query) =>
        new(place, operation, members is null ? default : Written(members))
        {
            Method = method,
            Path = path,
            Query = string.Join('&', from field in query
                                     orderby field.Name, field.Value
                                     select $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"),
        };

    private static byte[] Written(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}

/// <summary>What a service answered.</summary>
/// <param name="Body">The body: JSON or XML.</param>
/// <param name="Headers">The headers that were wanted.</param>
internal sealed record CloudAnswer(string Body, ValueList<Fact> Headers)
{
    /// <summary>The body as JSON; missing when it is none.</summary>
    public Json Json => Signalbox.Json.Parse(Encoding.UTF8.GetBytes(Body)).Value;

    /// <summary>The text of an element of XML; null when there is none.</summary>
    public string? Text(string element) => AwsApi.Text(Body, element);

    /// <summary>A header; null when it did not come.</summary>
    public string? Header(string name) => Headers.Where(header => header.Name == name).Select(header => (string?)header.Value).FirstOrDefault();
}
