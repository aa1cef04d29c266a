using System.Text;
using Signalbox.Aws.Cloud;

namespace Signalbox.Aws;

/// <summary>A secret of Secrets Manager, all of it.</summary>
/// <seealso href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html"/>
internal static class WholeSecret
{
    /// <summary>Its current version as text; bytes have to be text in UTF-8.</summary>
    /// <exception cref="CloudException">The service said no.</exception>
    public static async Task<string> Of(VaultDesk desk, VaultReference.Secret secret, CancellationToken stop)
    {
        var answer = await desk.Calls.Do(
            CloudCall.Json(
                desk.Place("secretsmanager", secret.Region), "secretsmanager", "GetSecretValue", "1.1", json => json.WriteString("SecretId", secret.Id)) with
            {
                Within = VaultDesk.Try,
            }, stop);
        var json = answer.Json;
        return json["SecretString"u8].Text ?? Base64Text.Of(json["SecretBinary"u8].Text)
            ?? throw new CloudException("NoText", "its value is neither a text nor bytes that are text");
    }
}

/// <summary>Text that services send as Base64.</summary>
internal static class Base64Text
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text; null when it is not Base64 of UTF-8.</summary>
    public static string? Of(string? base64)
    {
        try
        {
            return base64 is null ? null : Strict.GetString(Convert.FromBase64String(base64));
        }
        catch (Exception fault) when (fault is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
