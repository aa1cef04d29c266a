using System.Globalization;
using System.Text;

namespace Signalbox.Aws.Cloud;

/// <summary>A function as it is in AWS.</summary>
/// <param name="Arn">Its ARN, without a version.</param>
/// <param name="Version">The version that the alias names; null when there is no such alias.</param>
/// <param name="Runtime">Its runtime.</param>
/// <param name="Memory">MB.</param>
/// <param name="Timeout">Seconds.</param>
/// <param name="Updated">When it was changed; null when Lambda says nothing usable.</param>
/// <param name="CodeSize">Size of its zip in bytes.</param>
public sealed record DeployedFunction(string Arn, int? Version, string Runtime, int Memory, int Timeout, DateTimeOffset? Updated, long CodeSize)
{
    /// <summary>Looks for a function.</summary>
    /// <param name="cloud">Where.</param>
    /// <param name="name">Its name in AWS.</param>
    /// <param name="alias">The alias that is called.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>What the alias names, else what was sent last; null when there is no such function.</returns>
    /// <exception cref="CloudException">Lambda said no.</exception>
    public static async Task<DeployedFunction?> Find(AwsCloud cloud, string name, string alias, CancellationToken stop)
    {
        if (await Get(new Fact("Qualifier", alias)) is { } live) return Read(live, hasAlias: true);
        return await Get() is { } latest ? Read(latest, hasAlias: false) : null;

        Task<CloudAnswer?> Get(params Fact[] query) =>
            cloud.Calls.Find(LambdaCalls.Of(cloud.Places.Lambda, "GetFunctionConfiguration", "GET", name, "/configuration", null, query), stop);

        DeployedFunction Read(CloudAnswer answer, bool hasAlias)
        {
            var json = answer.Json;
            var isNumber = int.TryParse(json["Version"u8].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var version);
            var isTime = DateTimeOffset.TryParse(json["LastModified"u8].Text, CultureInfo.InvariantCulture, out var updated);
            return new(cloud.Site.Function(name), hasAlias && isNumber ? version : null, json["Runtime"u8].Text ?? "",
                (int)(json["MemorySize"u8].Number ?? 0), (int)(json["Timeout"u8].Number ?? 0), isTime ? updated : null, (long)(json["CodeSize"u8].Number ?? 0));
        }
    }

    /// <summary>The address of an alias; null when it has none.</summary>
    public static async Task<string?> Address(AwsCloud cloud, string name, string alias, CancellationToken stop) =>
        (await cloud.Calls.Find(LambdaCalls.Of(
            cloud.Places.Lambda, "GetFunctionUrlConfig", "GET", name, "/url", null, new Fact("Qualifier", alias)), stop))?.Json["FunctionUrl"u8].Text;

    /// <summary>Calls a function.</summary>
    /// <param name="cloud">Where.</param>
    /// <param name="call">Which, and with what.</param>
    /// <param name="stop">Stops waiting; the function goes on.</param>
    /// <exception cref="CloudException">Lambda did not call it.</exception>
    public static async Task<InvokeAnswer> Invoke(AwsCloud cloud, InvokeCall call, CancellationToken stop)
    {
        Fact[] query = call.Qualifier is { } qualifier ? [new("Qualifier", qualifier)] : [];
        var request = LambdaCalls.Of(cloud.Places.Lambda, "Invoke", "POST", call.Name, "/invocations", null, query) with
        {
            Body = call.Payload,
            Headers = [new("x-amz-invocation-type", call.IsAsync ? "Event" : "RequestResponse"), new("x-amz-log-type", call.WantsLog ? "Tail" : "None")],
            Wants = ["x-amz-function-error", "x-amz-log-result", "x-amz-executed-version"],
            Within = TimeSpan.FromMinutes(16),
            MayRepeat = false,
        };
        var answer = await cloud.Calls.Do(request, stop);
        var log = answer.Header("x-amz-log-result") is { } tail ? Encoding.UTF8.GetString(Convert.FromBase64String(tail)) : "";
        return new(answer.Body, answer.Header("x-amz-function-error"), log, answer.Header("x-amz-executed-version"));
    }
}

/// <summary>A call of a function.</summary>
/// <param name="Name">Its name in AWS.</param>
/// <param name="Qualifier">Alias or version; null for what was sent last.</param>
/// <param name="Payload">The event, as JSON.</param>
/// <param name="IsAsync">True to be told only that it was taken.</param>
/// <param name="WantsLog">True to have the end of its log, 4 KiB, with the answer.</param>
public sealed record InvokeCall(string Name, string? Qualifier, ReadOnlyMemory<byte> Payload, bool IsAsync, bool WantsLog);

/// <summary>What a function answered.</summary>
/// <param name="Body">Its answer, or its error, as JSON; empty when nobody waited.</param>
/// <param name="Fault">Handled or Unhandled, when it failed; null when it did not.</param>
/// <param name="Log">The end of its log; empty when it was not asked for.</param>
/// <param name="Version">The version that ran; null when Lambda does not say.</param>
public sealed record InvokeAnswer(string Body, string? Fault, string Log, string? Version);
