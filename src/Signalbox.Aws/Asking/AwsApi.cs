using System.Net;
using System.Text;
using Signalbox.Aws.Cloud;
using Signalbox.Effects;

namespace Signalbox.Aws.Asking;

/// <summary>What an API of AWS said.</summary>
/// <param name="Body">The answer; null when there is none.</param>
/// <param name="Why">Why there is none, in words; empty when there is one.</param>
/// <param name="MayPass">True when the same question may be answered soon.</param>
internal sealed record ApiAnswer(string? Body, string Why, bool MayPass);

/// <summary>Signed calls to the APIs of AWS, over our own connections.</summary>
/// <param name="send">Sends a request.</param>
/// <param name="keys">Finds access keys; throws <see cref="CloudException"/> where there are none.</param>
/// <param name="now">The time, which a signature holds.</param>
/// <param name="endpoint">Where everything is sent instead of to AWS; null for AWS.</param>
internal sealed class AwsApi(Send send, Func<CancellationToken, Task<AwsKeys>> keys, Now now, string? endpoint)
{
    private const int LongestAnswer = 512 * 1024;

    /// <summary>Ten messages of 1 MiB, some of whose characters are escaped.</summary>
    private const int LongestOfSqs = 24 * 1024 * 1024;

    /// <summary>An operation of an API that speaks JSON.</summary>
    public Task<ApiAnswer> Json(ApiPlace place, string target, string body, TimeSpan within, CancellationToken stop) => Call(
        place, new(null, Encoding.UTF8.GetBytes(body)) { Type = "application/x-amz-json-1.1", Headers = [new("x-amz-target", target)] }, within, stop);

    /// <summary>An operation of SQS, which speaks an older JSON and answers with more.</summary>
    public Task<ApiAnswer> Sqs(ApiPlace place, string target, string body, TimeSpan within, CancellationToken stop) => Call(
        place, new(null, Encoding.UTF8.GetBytes(body))
        {
            Type = "application/x-amz-json-1.0",
            Headers = [new("x-amz-target", $"AmazonSQS.{target}")],
            LongestAnswer = LongestOfSqs,
        },
        within, stop);

    /// <summary>An operation of an API that takes a form and answers in XML.</summary>
    public Task<ApiAnswer> Form(ApiPlace place, string form, TimeSpan within, CancellationToken stop) =>
        Call(place, new(null, Encoding.UTF8.GetBytes(form)) { Type = "application/x-www-form-urlencoded; charset=utf-8" }, within, stop);

    /// <summary>The text of the first such element; null when there is none.</summary>
    public static string? Text(string xml, string name) => Elements(xml, name).FirstOrDefault() is { } inside ? WebUtility.HtmlDecode(inside) : null;

    /// <summary>What is inside of every such element, in order and as it is written. No text can look like an element: its brackets are escaped.</summary>
    public static IEnumerable<string> Elements(string xml, string name)
    {
        var (open, close) = ($"<{name}>", $"</{name}>");
        for (var at = xml.IndexOf(open, StringComparison.Ordinal); at >= 0; at = xml.IndexOf(open, at, StringComparison.Ordinal))
        {
            at += open.Length;
            var end = xml.IndexOf(close, at, StringComparison.Ordinal);
            if (end < 0) yield break;
            yield return xml[at..end];
        }
    }

    private async Task<ApiAnswer> Call(ApiPlace place, Letter letter, TimeSpan within, CancellationToken stop)
    {
        AwsKeys found;
        try
        {
            found = await keys(stop);
        }
        catch (CloudException fault)
        {
            return new(null, fault.Message.TrimEnd('.'), MayPass: true);
        }
        var address = endpoint is null ? $"https://{place.Host}/" : $"{endpoint.TrimEnd('/')}/";
        letter = letter with
        {
            Address = Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : null,
            LongestAnswer = Math.Max(letter.LongestAnswer, LongestAnswer),
        };
        if (letter.Address is null) return new(null, "the endpoint is no address", MayPass: false);
        var answer = await send(SigV4.Sign(letter, found, place.Region, place.Service, now()), within, stop);
        return answer.Match(Came, missing => new ApiAnswer(null, missing.Why, missing.MayPass));
    }

    private static ApiAnswer Came(Answer.Came came)
    {
        if (came.Status is 200) return new(came.Body, "", MayPass: false);
        var json = Signalbox.Json.Parse(Encoding.UTF8.GetBytes(came.Body)).Value;
        var type = json["__type"u8].Text is { } full ? full[(full.LastIndexOf('#') + 1)..] : Text(came.Body, "Code");
        var mayPass = came.Status is >= 500 or 429 || type?.Contains("Throttl", StringComparison.Ordinal) is true;
        return new(null, $"answered {came.Status}{(type is null ? "" : $" {type}")}", mayPass);
    }
}

/// <summary>Where an API is.</summary>
/// <param name="Service">The service as a signature names it.</param>
/// <param name="Region">The region as a signature names it.</param>
/// <param name="Host">The host.</param>
internal sealed record ApiPlace(string Service, string Region, string Host)
{
    /// <summary>An API that every region has.</summary>
    public static ApiPlace Of(string service, string partition, string region) =>
        new(service, region, $"{service}.{region}.{(partition is "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com")}");

    /// <summary>Organizations, which a partition has once.</summary>
    public static ApiPlace Organizations(string partition) => Of("organizations", partition, Home(partition, "cn-northwest-1"));

    /// <summary>IAM, which a partition has once.</summary>
    public static ApiPlace Iam(string partition) => partition switch
    {
        "aws-cn" => new("iam", "cn-north-1", "iam.cn-north-1.amazonaws.com.cn"),
        "aws-us-gov" => new("iam", "us-gov-west-1", "iam.us-gov.amazonaws.com"),
        _ => new("iam", "us-east-1", "iam.amazonaws.com"),
    };

    /// <summary>The partition of a region.</summary>
    public static string Partition(string region) =>
        region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn" : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : "aws";

    /// <summary>The region where what belongs to no region is.</summary>
    public static string Home(string partition, string china) =>
        partition switch { "aws-cn" => china, "aws-us-gov" => "us-gov-west-1", _ => "us-east-1" };
}
