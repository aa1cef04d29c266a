using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>Who comes in: signatures, and what policies allow.</summary>
public sealed partial class AwsStandin
{
    private static readonly HttpClient Http = new();

    private AwsIdentity Authenticated(AwsRequest request, SignedAs? signed, string service, string operation)
    {
        if (signed is null)
        {
            if (operation is "AssumeRoleWithWebIdentity") return new("", "", Account, "anonymous");
            throw new AwsFault(403, IsForm(service) ? "MissingAuthenticationToken" : "MissingAuthenticationTokenException", "Missing Authentication Token");
        }
        Identities.TryGetValue(signed.Key, out var identity);
        var (fault, words) = AwsSignature.Judge(request, signed, identity, Clock());
        var status = IsForm(service) || service is "s3" or "lambda" ? 403 : 400;
        const string token = "The security token included in the request is invalid.";
        const string mismatch = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. "
            + "Consult the service documentation for details.";
        return fault switch
        {
            SignatureFault.None => identity!,
            SignatureFault.UnknownKey or SignatureFault.UnknownToken => throw new AwsFault(status,
                service is "s3" ? "InvalidAccessKeyId" : IsForm(service) ? "InvalidClientTokenId" : "UnrecognizedClientException",
                service is "s3" ? "The AWS Access Key Id you provided does not exist in our records." : token),
            SignatureFault.ExpiredToken => throw new AwsFault(status, IsForm(service) || service is "s3" ? "ExpiredToken" : "ExpiredTokenException",
                "The security token included in the request is expired"),
            SignatureFault.OutOfTime => throw new AwsFault(status, service is "s3" ? "RequestTimeTooSkewed" : IsForm(service) ? "SignatureDoesNotMatch" : "InvalidSignatureException", words),
            _ => throw new AwsFault(status, IsForm(service) || service is "s3" ? "SignatureDoesNotMatch" : "InvalidSignatureException", words.Length > 0 ? words : mismatch),
        };
    }

    private void Authorize(AwsCall call, string resource)
    {
        var action = Action(call);
        var allowed = !Trouble.IsDenied(action) && (call.Caller.Role is not { } role || call.Service is "sts" || Iam.Allows(role, action, resource));
        if (allowed) return;
        var code = call.IsQuery ? "AccessDenied" : call.Service is "s3" ? "AccessDenied" : "AccessDeniedException";
        throw new AwsFault(call.Service is "lambda" or "s3" || call.IsQuery ? 403 : 400, code,
            $"User: {call.Caller.Arn} is not authorized to perform: {action} on resource: {resource} because no identity-based policy allows the {action} action")
        {
            QueryCode = code,
        };
    }

    /// <summary>The action as IAM names it, which is not always the operation.</summary>
    private static string Action(AwsCall call) => (call.Service, call.Operation) switch
    {
        ("lambda", "Invoke") => "lambda:InvokeFunction",
        ("sqs", "DeleteMessageBatch") => "sqs:DeleteMessage",
        ("sqs", "SendMessageBatch") => "sqs:SendMessage",
        ("sqs", "ChangeMessageVisibilityBatch") => "sqs:ChangeMessageVisibility",
        ("s3", "HeadObject") => "s3:GetObject",
        ("s3", _) when call.Input["VersionId"] is not null => $"s3:{call.Operation}Version",
        ("monitoring", _) => $"cloudwatch:{call.Operation}",
        ("tagging", _) => $"tag:{call.Operation}",
        _ => $"{call.Service}:{call.Operation}",
    };

    private static bool IsForm(string service) => service is "iam" or "sts" or "sns" or "monitoring";

    /// <summary>Expiry of tables, which dynalite does not know: the attribute by the table's name.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, string> Expiry { get; } = new();

    /// <summary>Tags that tables were made with, which dynalite does not keep: as JSON by the table's name.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, string> TableTags { get; } = new();

    /// <summary>What dynalite lacks: expiry, and tags that a table is made with; null for everything else.</summary>
    private AwsReply? Expiring(AwsRequest request)
    {
        var (operation, input) = (request.Header("x-amz-target")?.Split('.')[^1], JsonNode.Parse(request.Body)!);
        var table = (input["TableName"] ?? input["ResourceArn"])?.GetValue<string>().Split('/')[^1] ?? "";
        if (operation is "CreateTable" && input["Tags"] is { } tags) TableTags[table] = tags.ToJsonString();
        if (operation is "DeleteTable" && TableTags.TryRemove(table, out _)) Expiry.TryRemove(table, out _);
        if (operation is "ListTagsOfResource" && TableTags.TryGetValue(table, out var known))
            return new(200, "application/x-amz-json-1.0", AwsProtocol.Bytes($$"""{"Tags":{{known}}}"""));
        if (operation is not ("DescribeTimeToLive" or "UpdateTimeToLive")) return null;
        if (operation is "UpdateTimeToLive") Expiry[table] = input["TimeToLiveSpecification"]!["AttributeName"]!.GetValue<string>();
        calls.Enqueue(new("dynamodb", operation, input.AsObject(), "", "", "ok"));
        return new(200, "application/x-amz-json-1.0", AwsProtocol.Bytes(operation is "UpdateTimeToLive"
            ? $$$"""{"TimeToLiveSpecification":{"AttributeName":"{{{Expiry[table]}}}","Enabled":true}}"""
            : Expiry.TryGetValue(table, out var attribute)
                ? $$$"""{"TimeToLiveDescription":{"TimeToLiveStatus":"ENABLED","AttributeName":"{{{attribute}}}"}}"""
                : """{"TimeToLiveDescription":{"TimeToLiveStatus":"DISABLED"}}"""));
    }

    private async Task<AwsReply?> Forward(AwsRequest request)
    {
        if (Expiring(request) is { } expiring) return expiring;
        using var onward = new HttpRequestMessage(new(request.Method), $"{Dynamo!.TrimEnd('/')}{request.Target}") { Content = new ByteArrayContent(request.Body) };
        foreach (var (name, value) in request.Headers.Where(header => header.Name is not ("host" or "content-length" or "connection" or "expect")))
        {
            if (!onward.Headers.TryAddWithoutValidation(name, value)) onward.Content.Headers.TryAddWithoutValidation(name, value);
        }
        using var answer = await Http.SendAsync(onward);
        calls.Enqueue(new("dynamodb", request.Header("x-amz-target")?.Split('.')[^1] ?? "", JsonNode.Parse(request.Body)!.AsObject(), "", "", $"{(int)answer.StatusCode}"));
        return new((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), await answer.Content.ReadAsByteArrayAsync());
    }
}
