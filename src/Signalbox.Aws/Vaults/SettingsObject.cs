using Signalbox.Aws.Cloud;

namespace Signalbox.Aws;

/// <summary>Settings in an object of S3. A look at what has not changed is answered with a status alone.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html"/>
internal static class SettingsObject
{
    /// <summary>The most bytes that are read as settings.</summary>
    public const int Longest = 1024 * 1024;

    private const string HashOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>The text; null when its ETag is the known one.</summary>
    /// <exception cref="CloudException">It cannot be had.</exception>
    public static async Task<SettingsText?> Look(VaultDesk desk, SettingsPlace.Object place, string? known, CancellationToken stop)
    {
        var path = string.Join('/', place.Key.Split('/').Select(Uri.EscapeDataString));
        var call = new CloudCall(desk.Place("s3", place.Region), "GetObject", default)
        {
            Method = "GET",
            Path = $"/{place.Bucket}/{path}",
            Query = place.Version is { } asked ? $"versionId={Uri.EscapeDataString(asked)}" : "",
            Headers = [new("x-amz-content-sha256", HashOfNothing), .. known is null ? [] : (Fact[])[new("If-None-Match", known)]],
            Wants = ["etag", "x-amz-version-id"],
            Within = VaultDesk.Try,
        };
        try
        {
            var answer = await desk.Calls.Do(call, stop);
            if (answer.Body.Length >= Longest) throw new CloudException("TooLong", $"they are longer than {Longest} characters");
            if (answer.Body.Contains('\uFFFD', StringComparison.Ordinal)) throw new CloudException("NoText", "expected text in UTF-8, found other bytes");
            var tag = answer.Header("etag") ?? "";
            var version = answer.Header("x-amz-version-id") is { Length: > 0 } id and not "null" ? $"version {id}" : $"ETag {tag}";
            return new(answer.Body, tag, version);
        }
        catch (CloudException fault) when (fault.Fault?.Status is 304)
        {
            return null;
        }
        catch (CloudException fault) when (fault.Fault is not null)
        {
            throw new CloudException(fault.Code, Words(place, fault, call.Place.Region));
        }
    }

    private static string Words(SettingsPlace.Object place, CloudException fault, string region) => fault switch
    {
        { Fault.IsDenied: true } => $"allow {(place.Version is null ? "s3:GetObject" : "s3:GetObjectVersion")} on arn:aws:s3:::{place.Bucket}/{place.Key}, "
            + "and kms:Decrypt where the object is encrypted with a key of yours. Without s3:ListBucket a key that is missing looks the same",
        { Code: "NoSuchKey" or "NoSuchVersion" } => "there is no such object",
        { Code: "NoSuchBucket" } => "there is no such bucket",
        { Code: "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" } or { Fault.Status: 301 } =>
            $"the bucket is not in {region}: say where it is with ?region=REGION",
        _ => fault.Message,
    };
}
