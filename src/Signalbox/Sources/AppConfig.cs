namespace Signalbox;

/// <summary>AppConfig: deployments of configuration, as extensions and EventBridge report them.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.appconfig ("On Deployment Complete" and its kin). Severity: a roll-back is an error, the rest info.
/// Status: a roll-back raises, completion clears, start, step and baking are under way; one conversation for each deployment.
/// Parameters of the extension are not shown. Errors: garbled without an application.
/// </remarks>
public static class AppConfig
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("appconfig", [new Key.Event("aws.appconfig")], Read,
        "https://docs.aws.amazon.com/appconfig/latest/userguide/working-with-appconfig-extensions-about-predefined-notification-eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var application = Named(detail["Application"u8]);
        if (application is null && detail["Type"u8].Exists) return Statement.Lacks(envelope, "detail.Application", "the application");
        if (application is null) return AsItCame.Told(envelope, "appconfig");
        var place = Named(detail["Environment"u8]);
        var profile = Named(detail["ConfigurationProfile"u8]);
        var (severity, status, phrase) = (detail["Type"u8].Words ?? envelope.DetailType?.Replace(" ", "", StringComparison.Ordinal)) switch
        {
            "OnDeploymentStart" => (Severity.Info, Status.Ongoing, "is being deployed"),
            "OnDeploymentStep" => (Severity.Info, Status.Ongoing, "is deployed a step further"),
            "OnDeploymentBaking" => (Severity.Info, Status.Ongoing, "is baking"),
            "OnDeploymentComplete" => (Severity.Info, Status.Cleared, "was deployed"),
            "OnDeploymentRolledBack" => (Severity.Error, Status.Raised, "was rolled back"),
            var other => (Severity.Info, Status.Ongoing, $"reports: {Phrase.Of(other ?? "a change", 20)}"),
        };
        return new Parsed.Told([
            new()
            {
                Source = "appconfig",
                Kind = "deployment",
                Severity = severity,
                Status = status,
                Title = Cut.Line($"Configuration of {Cut.Line(application, 24)}{Phrase.With(" in ", place, 18)} {phrase}", 80),
                Summary = Phrase.Sentence(detail["Description"u8].Words),
                Subject = application,
                Arn = envelope.ArnOf(),
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = $"appconfig/{application}/{place}/{profile}/{detail["DeploymentNumber"u8].Scalar}",
                Facts = Known.Facts(
                    ("Profile", profile),
                    ("Version", detail["ConfigurationVersion"u8].Scalar),
                    ("Deployment", detail["DeploymentNumber"u8].Scalar)),
                Links = Known.Links(
                    (detail["Application"u8]["Id"u8].Words, detail["Environment"u8]["Id"u8].Words) is ({ } app, { } environment)
                        ? ConsolePage.Link("Open the environment", envelope.Region,
                            $"systems-manager/appconfig/applications/{ConsolePage.Escape(app)}/environments/{ConsolePage.Escape(environment)}")
                        : ConsolePage.Link("Open AppConfig", envelope.Region, "systems-manager/appconfig")),
            },
        ]);
    }

    private static string? Named(Json thing) => thing["Name"u8].Words ?? thing["Id"u8].Words ?? thing.Words;
}
