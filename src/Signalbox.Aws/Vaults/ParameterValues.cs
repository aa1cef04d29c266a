using Signalbox.Aws.Cloud;

namespace Signalbox.Aws;

/// <summary>A parameter as it is now.</summary>
/// <param name="Text">Its value, decrypted.</param>
/// <param name="Version">Its version: "7".</param>
internal sealed record ParameterValue(string Text, string Version);

/// <summary>Parameters of the Systems Manager Parameter Store, up to ten in a call.</summary>
/// <seealso href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html"/>
internal static class ParameterValues
{
    /// <summary>Those that are there.</summary>
    /// <param name="desk">Where they are asked for.</param>
    /// <param name="parameters">One to ten, all of one region.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="CloudException">The service said no to all of them.</exception>
    public static async Task<IReadOnlyDictionary<VaultReference.Parameter, ParameterValue>> Of(
        VaultDesk desk, ValueList<VaultReference.Parameter> parameters, CancellationToken stop)
    {
        var answer = await desk.Calls.Do(
            CloudCall.Json(desk.Place("ssm", parameters[0].Region), "AmazonSSM", "GetParameters", "1.1", json =>
            {
                json.WriteStartArray("Names");
                foreach (var parameter in parameters) json.WriteStringValue(parameter.Name);
                json.WriteEndArray();
                json.WriteBoolean("WithDecryption", true);
            }) with
            {
                Within = VaultDesk.Try,
            }, stop);
        var found = new Dictionary<VaultReference.Parameter, ParameterValue>();
        foreach (var one in answer.Json["Parameters"u8].Items)
        {
            var (name, arn) = (one["Name"u8].Text ?? "", one["ARN"u8].Text ?? "");
            // What was asked for with :VERSION or :LABEL is told apart by that alone.
            var selector = one["Selector"u8].Text is { Length: > 0 } chosen ? $":{chosen.TrimStart(':')}" : "";
            foreach (var asked in parameters.Where(asked => asked.Name == name + selector || asked.Name == arn + selector))
                found[asked] = new(one["Value"u8].Text ?? "", one["Version"u8].Scalar ?? "");
        }
        return found;
    }
}
