using System.Globalization;
using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>Somebody with keys.</summary>
/// <param name="Key">The access key's id.</param>
/// <param name="Secret">The secret key.</param>
/// <param name="Account">The account.</param>
/// <param name="Arn">Who it is, as GetCallerIdentity says it.</param>
public sealed record AwsIdentity(string Key, string Secret, string Account, string Arn)
{
    /// <summary>The session's token, for keys that end.</summary>
    public string? Token { get; init; }

    /// <summary>When they end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The ARN of the role whose policies hold for it; null for somebody who may do everything.</summary>
    public string? Role { get; init; }
}

/// <summary>An error of AWS.</summary>
public sealed class AwsFault(int status, string code, string message) : Exception(message)
{
    /// <summary>The status of HTTP.</summary>
    public int Status => status;

    /// <summary>Its code, as the service's newest protocol names it.</summary>
    public string Code => code;

    /// <summary>Its code in the query protocol, where that is another.</summary>
    public string? QueryCode { get; init; }

    /// <summary>Headers beside it.</summary>
    public (string Name, string Value)[] Headers { get; init; } = [];
}

/// <summary>A call of an operation.</summary>
public sealed record AwsCall(AwsStandin Aws, AwsRequest Request, string Service, string Operation, JsonObject Input, AwsIdentity Caller, string Region)
{
    /// <summary>The caller's account.</summary>
    public string Account => Caller.Account;

    /// <summary>The time.</summary>
    public DateTimeOffset Now => Aws.Now();

    /// <summary>The id of this request.</summary>
    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>True when it came as a form.</summary>
    public bool IsQuery { get; init; }

    /// <summary>A text; null without it.</summary>
    public string? Text(string name) => Input[name] switch { null => null, JsonValue value when value.TryGetValue<string>(out var text) => text, var other => other.ToJsonString() };

    /// <summary>A text that has to be there.</summary>
    public string Need(string name) => Text(name) is { Length: > 0 } text ? text : throw Missing(name);

    /// <summary>A whole number; null without it.</summary>
    public int? Number(string name) => Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Invalid($"Value '{text}' at '{name}' is not a number");

    /// <summary>True or false; null without it.</summary>
    public bool? Flag(string name) => Text(name) is { } text ? text is "true" : null;

    /// <summary>The members of a list; none without it.</summary>
    public IReadOnlyList<JsonNode?> List(string name) => Input[name] is JsonArray list ? [.. list] : [];

    /// <summary>The texts of a list.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. List(name).Select(item => item?.GetValue<string>() ?? "")];

    /// <summary>A map of texts; empty without it.</summary>
    public Dictionary<string, string> Map(string name) => Input[name] is JsonObject map ? map.ToDictionary(pair => pair.Key, pair => pair.Value?.GetValue<string>() ?? "") : [];

    /// <summary>Tags, written as a list of Key and Value.</summary>
    public Dictionary<string, string> Tags(string name = "Tags", string key = "Key", string value = "Value") =>
        List(name).ToDictionary(tag => tag![key]!.GetValue<string>(), tag => tag![value]?.GetValue<string>() ?? "");

    /// <summary>The ARN of something of the caller's account, in the region of the call.</summary>
    public string Arn(string service, string rest) => $"arn:aws:{service}:{Region}:{Account}:{rest}";

    /// <summary>The fault for a member that is not there.</summary>
    public AwsFault Missing(string name) => Invalid($"1 validation error detected: Value null at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy constraint: Member must not be null");

    /// <summary>The fault for a request that is not as the service describes it.</summary>
    public AwsFault Invalid(string message) => new(400, Service switch
    {
        "iam" or "sts" => "ValidationError",
        "sns" or "logs" => Service is "sns" ? "InvalidParameter" : "InvalidParameterException",
        "sqs" => IsQuery ? "InvalidParameterValue" : "InvalidParameterValueException",
        "monitoring" => "ValidationError",
        _ => "ValidationException",
    }, message);
}

/// <summary>A call that was made, as tests read it.</summary>
/// <param name="Service">The service, as a signature names it.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Input">Its input, as JSON.</param>
/// <param name="Region">The region.</param>
/// <param name="Caller">Who made it.</param>
/// <param name="Outcome">"ok", an error's code, or "dropped" where the connection was cut; before or after it was done.</param>
public sealed record AwsDone(string Service, string Operation, JsonObject Input, string Region, string Caller, string Outcome);
