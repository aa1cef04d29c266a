using System.Text;
using System.Text.RegularExpressions;
using Signalbox.Aws.Asking;
using Signalbox.Effects;

namespace Signalbox.Aws.Cloud;

/// <summary>What to do about an error.</summary>
internal enum Remedy
{
    /// <summary>Nothing helps.</summary>
    None,

    /// <summary>The service is busy: wait longer each time.</summary>
    SlowDown,

    /// <summary>Something is not ready that was just made or changed: look again soon.</summary>
    Wait,
}

/// <summary>An error of a service.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Its code, in the short form of all protocols.</param>
/// <param name="Message">Its message.</param>
internal sealed partial record CloudFault(int Status, string Code, string Message)
{
    /// <summary>Reads the error out of an answer that is none of success.</summary>
    public static CloudFault Read(Answer.Came came)
    {
        var json = Signalbox.Json.Parse(Encoding.UTF8.GetBytes(came.Body)).Value;
        var header = came.Headers.Where(one => one.Name is "x-amzn-errortype").Select(one => (string?)one.Value).FirstOrDefault();
        var code = json["__type"u8].Text ?? header ?? json["code"u8].Text ?? AwsApi.Text(came.Body, "Code") ?? "";
        code = code[(code.LastIndexOf('#') + 1)..].Split(':')[0];
        var message = json["message"u8].Text ?? json["Message"u8].Text ?? AwsApi.Text(came.Body, "Message") ?? "";
        return new(came.Status, code, Cut.Line(message, 600));
    }

    /// <summary>What helps.</summary>
    /// <remarks>The codes are those that the services' own documentation names as throttling, and those that a thing has which is not ready yet.</remarks>
    /// <seealso href="https://docs.aws.amazon.com/general/latest/gr/api-retries.html"/>
    public Remedy Remedy => this switch
    {
        { Code: "ResourceConflictException" } when Has("in progress") || Has("Pending") || Has("cannot be performed at this time") => Remedy.Wait,
        { Code: "ResourceInUseException" } when Has("in progress") || Has("cannot be") || Has("in use") => Remedy.Wait,
        { Code: "InvalidParameterValueException" } when Has("cannot be assumed by Lambda") || Has("does not have permissions to call") => Remedy.Wait,
        { Code: "InvalidParameterValueException" } when Has("KMS Exception") => Remedy.Wait,
        { Code: "QueueDeletedRecently" or "AWS.SimpleQueueService.QueueDeletedRecently" or "OperationAborted" or "OperationAbortedException" } => Remedy.Wait,
        { Code: "ConcurrentModification" or "ConcurrentModificationException" } => Remedy.Wait,
        {
            Code: "Throttling" or "ThrottlingException" or "ThrottledException" or "RequestThrottled" or "RequestThrottledException"
            or "TooManyRequestsException"
            or "RequestLimitExceeded" or "PriorRequestNotComplete" or "SlowDown"
        } => Remedy.SlowDown,
        { Status: 429 or >= 500 } => Remedy.SlowDown,
        _ => Remedy.None,
    };

    /// <summary>What is wrong and how to mend it, in a sentence or two.</summary>
    /// <param name="call">What was asked.</param>
    public string Words(CloudCall call)
    {
        var said = $"{Named(call)}: {(Code.Length > 0 ? Code : $"status {Status}")}{(Message.Length > 0 ? $": {Message.TrimEnd('.')}" : "")}.";
        return this switch
        {
            { Code: "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" or "AuthorizationError" or "AuthorizationErrorException" } =>
                $"{said} Allow {Action(call)} to whoever deploys.",
            { Code: "ExpiredToken" or "ExpiredTokenException" } => $"{said} The keys have ended: sign in again (aws sso login), or take new ones.",
            { Code: "InvalidClientTokenId" or "UnrecognizedClientException" } =>
                $"{said} AWS does not know these access keys: see aws sts get-caller-identity.",
            { Code: "SignatureDoesNotMatch" or "InvalidSignatureException" } when Has("expired") || Has("not yet current") || Has("Signature not") =>
                $"{said} The clock of this machine is wrong: set it.",
            { Code: "SignatureDoesNotMatch" or "InvalidSignatureException" } => $"{said} The secret access key does not belong to its id.",
            { Remedy: Remedy.SlowDown } when Status is not >= 500 => $"{said} AWS asks to slow down and went on asking: try again in some minutes.",
            { Remedy: Remedy.Wait } => $"{said} It did not pass in time: try again.",
            _ => said,
        };
    }

    /// <summary>The operation with its service: "sqs CreateQueue".</summary>
    public static string Named(CloudCall call) => $"{call.Place.Service} {call.Operation}";

    /// <summary>The action that was refused, as AWS says it, else as it usually follows from the operation.</summary>
    private string Action(CloudCall call) => Performed().Match(Message) is { Success: true } match
        ? match.Groups["resource"] is { Success: true, Value: var resource } ? $"{match.Groups["action"].Value} on {resource}" : match.Groups["action"].Value
        : $"{call.Place.Service}:{call.Operation}";

    private bool Has(string words) => Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"to perform:? (?<action>[\w-]+:\w+)(?: on resource:? (?<resource>\S*[^\s.,]))?", RegexOptions.CultureInvariant)]
    private static partial Regex Performed();
}
