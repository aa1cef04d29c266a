namespace Signalbox;

/// <summary>The result of an asynchronous invocation that Lambda sends to a destination or to EventBridge.</summary>
/// <remarks>Severity: a failure is an error, a success info. The payloads of the invocation are not shown: they may hold secrets.</remarks>
public static class LambdaResult
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("lambda", [new Key.Event("lambda")], Read,
        "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html");

    private static Parsed Read(Envelope envelope)
    {
        var context = envelope.Body["requestContext"u8];
        var arn = context["functionArn"u8].Words;
        if (arn is null) return new Parsed.Garbled(new("requestContext.functionArn", "the ARN of the function", Cut.Line(envelope.Body.ToString(), 60)));

        var condition = context["condition"u8].Words;
        var response = envelope.Body["responsePayload"u8];
        var failed = condition is not "Success";
        var name = NameOf(arn);
        var region = Arn.RegionOf(arn) ?? envelope.Region;
        return new Parsed.Told([
            new()
            {
                Source = "lambda",
                Kind = "invocation-result",
                Severity = failed ? Severity.Error : Severity.Info,
                Status = Status.Stated,
                Title = failed ? $"Function {name} failed" : $"Function {name} succeeded",
                Summary = failed ? response["errorMessage"u8].Words : null,
                Subject = name,
                Arn = arn,
                Account = Arn.AccountOf(arn) ?? envelope.Account,
                Region = region,
                At = envelope.At,
                Facts = Known.Facts(
                    ("Outcome", condition switch
                    {
                        "RetriesExhausted" => "given up after all retries",
                        "EventAgeExceeded" => "the event grew too old",
                        _ => condition,
                    }),
                    ("Attempts", context["approximateInvokeCount"u8].Scalar),
                    ("Error", failed ? response["errorType"u8].Words : null),
                    ("Request", context["requestId"u8].Words)),
                Links = Known.Links(
                    ConsolePage.Logs(name, region),
                    ConsolePage.Link("Open the function", region, "lambda/home", "/functions/", name)),
            },
        ]);
    }

    /// <summary>Name in <c>…:function:NAME</c>, with or without a version after it.</summary>
    private static string NameOf(string arn)
    {
        var resource = Arn.Read(arn)?.Resource ?? arn;
        var name = resource.StartsWith("function:", StringComparison.Ordinal) ? resource["function:".Length..] : resource;
        return name.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? name[..colon] : name;
    }
}
