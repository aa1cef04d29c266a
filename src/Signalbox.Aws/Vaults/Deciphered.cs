using Signalbox.Aws.Cloud;

namespace Signalbox.Aws;

/// <summary>A text that KMS has encrypted.</summary>
/// <seealso href="https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html"/>
internal static class Deciphered
{
    /// <summary>The text.</summary>
    /// <exception cref="CloudException">The service said no.</exception>
    public static async Task<string> Of(VaultDesk desk, VaultReference.Ciphertext ciphertext, CancellationToken stop)
    {
        var answer = await desk.Calls.Do(
            CloudCall.Json(desk.Place("kms", null), "TrentService", "Decrypt", "1.1", json => json.WriteString("CiphertextBlob", ciphertext.Base64)) with
            {
                Within = VaultDesk.Try,
            }, stop);
        return Base64Text.Of(answer.Json["Plaintext"u8].Text) ?? throw new CloudException("NoText", "what it decrypts to is no text in UTF-8");
    }
}
