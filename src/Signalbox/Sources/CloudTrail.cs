namespace Signalbox;

/// <summary>What somebody did in an account, as CloudTrail saw it: sign-ins to the console, calls, and what services do by themselves.</summary>
/// <remarks>
/// Input: EventBridge events of any service with one of CloudTrail's three detail-types, or a bare CloudTrail record.
/// Request parameters are shown only by the names in <see cref="CloudTrailTarget"/>: all others may hold secrets.
/// Severity of a sign-in: root error, whether it succeeds or fails; a failure of anybody else, and an IAM user without MFA, warning; else info.
/// Severity of a call: by root error; one that takes down watch or keys (<see cref="CloudTrailCalls.IsTampering"/>) error; one that was
/// refused or failed, one that destroys, opens or grants warning; else info. A refused call is a warning even where it would have been an error.
/// Severity of a service event: by its own state (failed error, else info).
/// Errors: garbled without <c>eventName</c>.
/// </remarks>
public static class CloudTrail
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "cloudtrail",
        [
            new Key.Detail("AWS API Call via CloudTrail"),
            new Key.Detail("AWS Console Sign In via CloudTrail"),
            new Key.Detail("AWS Console Signin via CloudTrail"),
            new Key.Detail("AWS Service Event via CloudTrail"),
            new Key.Detail("AWS Console Action via CloudTrail"),
            new Key.Detail("AWS Insight via CloudTrail"),
            new Key.Members("userIdentity", ["eventSource", "eventName", "eventID"]),
            new Key.Members("s3Bucket", ["s3ObjectKey"]),
        ],
        Read,
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html",
        "Some services publish nothing to EventBridge but their API calls, which this row tells: Direct Connect, MSK and MSK Connect, Route 53 (zones, domains "
        + "and Profiles), VPC with IPAM and Reachability Analyzer, VPC Lattice, and License Manager's Linux subscriptions. What breaks there by itself comes "
        + "from CloudWatch alarms, Health and Network Manager.");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        if (body["s3ObjectKey"u8].IsArray && !body["eventName"u8].Exists)
            return new Parsed.Quiet("CloudTrail says that it wrote a log file, which it does every few minutes");
        if (body["insightDetails"u8].IsObject) return CloudTrailServiceEvent.ReadInsight(envelope, body["insightDetails"u8]);
        if (body["eventName"u8].Words is not { } name) return Statement.Lacks(envelope, "eventName", "the name of the call");

        var isSignIn = body["eventType"u8].TextIs("AwsConsoleSignIn"u8) || body["eventSource"u8].TextIs("signin.amazonaws.com"u8)
            || (envelope.DetailType is { } type && type.StartsWith("AWS Console Sign", StringComparison.OrdinalIgnoreCase));
        if (isSignIn) return CloudTrailSignIn.Read(envelope, name);
        if (body["eventType"u8].TextIs("AwsServiceEvent"u8) || body["serviceEventDetails"u8].IsObject) return CloudTrailServiceEvent.Read(envelope, name);
        return ReadCall(envelope, name);
    }

    private static Parsed.Told ReadCall(Envelope envelope, string name)
    {
        var body = envelope.Body;
        var who = CloudTrailActor.Of(body["userIdentity"u8]);
        var error = body["errorCode"u8].Words;
        var isDenied = error is not null && CloudTrailCalls.IsDenial(error);
        var service = ServiceOf(body["eventSource"u8].Words ?? envelope.Publisher);
        var target = CloudTrailTarget.Of(body);
        var done = CloudTrailCalls.PhraseOf(name);
        var what = Cut.Line(target ?? CloudTrailServiceEvent.Called(service), 40);
        var actor = Cut.Line(who.Short, 36);
        return new([
            Basic(envelope, who) with
            {
                Kind = "api-call",
                Severity = SeverityOf(who, name, error is not null),
                Title = Cut.Line(
                    isDenied ? $"{actor} was denied {name} on {what}"
                    : error is not null ? $"{name} by {actor} failed on {what}"
                    : CloudTrailChange.PhraseOf(name, body) is { } phrase ? $"{Cut.Line(actor, 18)} {phrase}"
                    : done is null ? $"{actor} called {name} on {what}"
                    : target is null ? $"{actor} {done} in {CloudTrailServiceEvent.Called(service)}"
                    : $"{actor} {done} {what}", 80),
                Summary = body["errorMessage"u8].Words is { } message ? Cut.Text(Cut.Readable(message), 1000) : null,
                Subject = target ?? CloudTrailServiceEvent.Called(service),
                Facts = Known.Facts(
                [
                    ("Call", $"{name} ({CloudTrailServiceEvent.Called(service)})"),
                    ("Error", error),
                    .. CloudTrailChange.Of(name, body, target),
                    ("By", who.Full == who.Short ? null : who.Full),
                    ("From", FromOf(body)),
                    ("With", Agent(body["userAgent"u8].Words, body["sourceIPAddress"u8].Words)),
                    ("MFA", who.WithoutMfa ? "no" : null),
                ]),
            },
        ]);
    }

    /// <summary>What every notice of CloudTrail has.</summary>
    internal static Notice Basic(Envelope envelope, CloudTrailActor who)
    {
        var body = envelope.Body;
        var region = body["awsRegion"u8].Words ?? envelope.Region;
        return new()
        {
            Source = "cloudtrail",
            Kind = "api-call",
            Severity = Severity.Info,
            Status = Status.Stated,
            Title = "",
            Account = body["recipientAccountId"u8].Words ?? envelope.Account ?? who.Account,
            Region = region,
            At = Instants.Read(body["eventTime"u8]) ?? envelope.At,
            Actor = who.Short,
            Links = Known.Links(body["eventID"u8].Words is { } id
                ? ConsolePage.Link("Open the event", region, "cloudtrailv2/home", "/events/", id) : null),
        };
    }

    private static Severity SeverityOf(CloudTrailActor who, string name, bool failed)
    {
        if (who.IsRoot) return Severity.Error;
        if (failed) return Severity.Warning;
        if (CloudTrailCalls.IsTampering(name)) return Severity.Error;
        return CloudTrailCalls.IsDestructive(name) || CloudTrailCalls.IsOpening(name) ? Severity.Warning : Severity.Info;
    }

    /// <summary>The address, unless a service called for somebody.</summary>
    internal static string? FromOf(Json body) =>
        body["sourceIPAddress"u8].Words is { } from && !from.EndsWith(".amazonaws.com", StringComparison.Ordinal) ? Cut.Line(from, 80) : null;

    /// <summary>What the call was made with, by the first product that the user agent names; nothing when that is the calling service itself.</summary>
    internal static string? Agent(string? agent, string? from) => agent switch
    {
        null => null,
        _ when agent == from || agent.EndsWith(".amazonaws.com", StringComparison.Ordinal) && !agent.StartsWith("console.", StringComparison.Ordinal) => null,
        _ when agent.Contains("console.amazonaws.com", StringComparison.Ordinal) || agent.Contains("S3Console", StringComparison.Ordinal) => "AWS console",
        _ when agent.StartsWith("aws-cli/", StringComparison.Ordinal) => "AWS CLI",
        _ when agent.Contains("Terraform", StringComparison.OrdinalIgnoreCase) => "Terraform",
        _ when agent.StartsWith("Mozilla/", StringComparison.Ordinal) => "a browser",
        _ => Cut.Line(agent.Split(' ')[0].Trim('[', ']'), 60),
    };

    /// <summary>"s3" of "s3.amazonaws.com" and of "aws.s3".</summary>
    internal static string ServiceOf(string? eventSource) => eventSource switch
    {
        null => "AWS",
        _ when eventSource.StartsWith("aws.", StringComparison.Ordinal) => Cut.Line(eventSource[4..], 40),
        _ when eventSource.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 => Cut.Line(eventSource[..dot], 40),
        _ => Cut.Line(eventSource, 40),
    };
}
