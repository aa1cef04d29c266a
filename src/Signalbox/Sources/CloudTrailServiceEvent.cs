namespace Signalbox;

/// <summary>What services do by themselves, as CloudTrail tells it: Control Tower, Organizations, S3 batch jobs, key rotation; and unusual activity.</summary>
internal static class CloudTrailServiceEvent
{
    private static readonly string[] Names =
    [
        "accountname", "organizationalunitname", "guardrailid", "accountid", "jobid", "keyid", "provisionedproductname", "name", "resourcename", "domainname",
    ];

    public static Parsed.Told Read(Envelope envelope, string name)
    {
        var body = envelope.Body;
        var details = body["serviceEventDetails"u8];
        var service = CloudTrail.ServiceOf(body["eventSource"u8].Words ?? envelope.Publisher);
        var inner = Inner(details);
        var state = inner["state"u8].Words ?? inner["status"u8].Words ?? OutcomeOf(details, name);
        var standing = state is null ? null : StateWords.StandingOf(state);
        var scalars = Telling.Of(details);
        var subject = Telling.First(scalars, Names) is { } found ? Guid.TryParse(found, out _) ? found[..8] : found : null;
        var life = Telling.First(scalars, ["jobarn", "jobid"]);
        var error = body["errorCode"u8].Words;
        subject ??= service is "sso" ? body["userIdentity"u8]["userName"u8].Words ?? body["additionalEventData"u8]["UserName"u8].Words : null;
        subject ??= KeyOf(body["resources"u8][0]["ARN"u8].Words) ?? SecretOf(body["additionalEventData"u8]["SecretId"u8].Words);
        var failed = error is not null || name is "RotationFailed" or "TestRotationFailed" or "RotationAbandoned" or "ReplicationFailed";
        // A sign-in that failed is mostly a wrong password; a key that is gone takes what it encrypted with it.
        var isSignIn = service is "sso" or "signin" && standing is { Severity: Severity.Error };
        var severity = failed || name is "DeleteKey" ? Severity.Error : isSignIn ? Severity.Warning : standing?.Severity ?? Severity.Info;
        return new([
            CloudTrail.Basic(envelope, CloudTrailActor.Of(body["userIdentity"u8])) with
            {
                Kind = "service-event",
                Severity = severity,
                Status = life is null ? Status.Stated : standing?.Status ?? Status.Ongoing,
                Title = Cut.Line(Title(name, Called(service), Phrase.With(" ", subject, 36), state, failed || standing is { Severity: Severity.Error }), 80),
                Summary = inner["message"u8].Words ?? Phrase.Of(inner["failureReason"u8].Words) ?? body["errorMessage"u8].Words,
                Subject = subject ?? Called(service),
                Thread = life is null ? null : $"cloudtrail/{life}",
                Actor = Called(service),
                Facts = FactsOf(name, state, error, scalars, subject),
            },
        ]);
    }

    public static Parsed.Told ReadInsight(Envelope envelope, Json insight)
    {
        var call = insight["eventName"u8].Words ?? "a call";
        var service = CloudTrail.ServiceOf(insight["eventSource"u8].Words ?? envelope.Publisher);
        var kind = insight["insightType"u8].Words;
        var ended = insight["state"u8].TextIs("End"u8);
        var statistics = insight["insightContext"u8]["statistics"u8];
        var error = insight["errorCode"u8].Words;
        var what = kind is "ApiErrorRateInsight" ? "error rate" : "rate";
        return new([
            CloudTrail.Basic(envelope, CloudTrailActor.Of(envelope.Body["userIdentity"u8])) with
            {
                Kind = "insight",
                Severity = ended ? Severity.Info : Severity.Warning,
                Status = ended ? Status.Cleared : Status.Raised,
                Title = Cut.Line($"{(ended ? "Back to the usual" : "Unusual")} {what} of {call} calls to {Called(service)}", 80),
                Subject = call,
                Thread = envelope.Body["sharedEventID"u8].Words is { } shared ? $"cloudtrail/{shared}" : null,
                Actor = null,
                Facts = Known.Facts(
                    ("Usual calls a minute", statistics["baseline"u8]["average"u8].Number is { } usual ? Quantity.Of(usual) : null),
                    ("Calls a minute now", statistics["insight"u8]["average"u8].Number is { } now ? Quantity.Of(now) : null),
                    ("Error", error),
                    ("Lasted", statistics["insightDuration"u8].Number is > 0 and < 1e6 and var minutes
                        ? Quantity.Duration(TimeSpan.FromMinutes(minutes))
                        : null)),
            },
        ]);
    }

    /// <summary>The object that says how it went: the details themselves, or the one member that wraps them.</summary>
    private static Json Inner(Json details)
    {
        if (details["state"u8].Exists || details["status"u8].Exists) return details;
        foreach (var (_, value) in details.Members)
        {
            if (value.IsObject && (value["state"u8].Exists || value["status"u8].Exists)) return value;
        }
        return details;
    }

    private static string Title(string name, string service, string subject, string? state, bool failed)
    {
        var (past, verb, thing) = name switch
        {
            "CreateManagedAccount" or "CreateAccountResult" or "CreateGovCloudAccountResult" => ("created", "create", "account"),
            "UpdateManagedAccount" => ("updated", "update", "account"),
            "EnableGuardrail" => ("enabled", "enable", "a guardrail on"),
            "DisableGuardrail" => ("disabled", "disable", "a guardrail on"),
            "RegisterOrganizationalUnit" => ("registered", "register", "unit"),
            "DeregisterOrganizationalUnit" => ("deregistered", "deregister", "unit"),
            "SetupLandingZone" => ("set up", "set up", "its landing zone"),
            "UpdateLandingZone" => ("updated", "update", "its landing zone"),
            "PrecheckOrganizationalUnit" => ("checked", "check", "unit"),
            "JobCreated" => ("made", "make", "job"),
            "JobStatusChanged" => ("ran", "run", "job"),
            "RotateKey" => ("rotated", "rotate", "key"),
            "RotationSucceeded" or "RotationFailed" or "RotationAbandoned" => ("rotated", "rotate", "secret"),
            "TestRotationSucceeded" or "TestRotationFailed" => ("tested", "test", "the rotation of secret"),
            "ReplicationSucceeded" or "ReplicationFailed" => ("copied", "copy", "secret"),
            "DeleteKey" => ("deleted", "delete", "key"),
            "CredentialVerification" => ("knew the password or device of", "verify the password or device of", "user"),
            "UserAuthentication" or "Authenticate" => ("signed in", "sign in", "user"),
            _ => ("", "", ""),
        };
        if (past.Length == 0) return $"{service}: {Phrase.Of(name)}{subject}{(state is null ? "" : $": {Phrase.Of(state)}")}";
        if (failed) return $"{service} could not {verb} {thing}{subject}";
        var done = state is null || StateWords.StandingOf(state) is { Status: Status.Cleared };
        return done ? $"{service} {past} {thing}{subject}" : $"{service}: {thing}{subject} is {Phrase.Of(state)}";
    }

    internal static string Called(string service) => service switch
    {
        "controltower" => "Control Tower",
        "organizations" => "Organizations",
        "servicecatalog" => "Service Catalog",
        "s3" => "S3",
        "kms" => "KMS",
        "secretsmanager" => "Secrets Manager",
        "sso" or "identitystore" => "IAM Identity Center",
        "s3control" => "S3",
        "kafka" or "kafka-cluster" => "MSK",
        "kafkaconnect" => "MSK Connect",
        "directconnect" => "Direct Connect",
        "servicequotas" => "Service Quotas",
        "ssm-incidents" or "ssm-contacts" => "Incident Manager",
        "license-manager" or "license-manager-linux-subscriptions" or "license-manager-user-subscriptions" => "License Manager",
        "route53" => "Route 53",
        "route53domains" => "Route 53 domains",
        "route53resolver" => "Route 53 Resolver",
        "route53profiles" => "Route 53 Profiles",
        "vpc-lattice" => "VPC Lattice",
        _ when service.Length <= 3 => service.ToUpperInvariant(),
        _ => service,
    };

    private static ValueList<Fact> FactsOf(string name, string? state, string? error, List<Scalar> scalars, string? subject)
    {
        var facts = new List<Fact>(8) { new("Event", name) };
        if (state is not null) facts.Add(new("State", Phrase.Of(state)));
        if (error is not null) facts.Add(new("Error", Cut.Line(error, 80)));
        foreach (var scalar in scalars)
        {
            if (facts.Count >= 6) break;
            var isName = Array.IndexOf(Names, scalar.Plain) >= 0 && !Telling.IsSecret(scalar);
            if (isName && scalar.Value != subject) facts.Add(new(Telling.Label(scalar.Name), Cut.Line(scalar.Value, 120)));
        }
        return [.. facts];
    }

    /// <summary>Identity Center says how it went under the event's own name: <c>{"CredentialVerification": "Failure"}</c>.</summary>
    private static string? OutcomeOf(Json details, string name)
    {
        foreach (var (member, value) in details.Members)
        {
            if (member.Text == name && value.Words is { } outcome) return outcome;
        }
        return null;
    }

    /// <summary>The id of a key that a service event lists as its resource.</summary>
    private static string? KeyOf(string? arn) =>
        Arn.Read(arn) is { Resource: var resource } && resource.StartsWith("key/", StringComparison.Ordinal) ? resource["key/".Length..] : null;

    /// <summary>The name in <c>…:secret:NAME-a1b2c3</c>, which may hold slashes.</summary>
    private static string? SecretOf(string? id) =>
        Arn.Read(id) is { Resource: var resource } && resource.StartsWith("secret:", StringComparison.Ordinal) ? resource["secret:".Length..] : id;
}
