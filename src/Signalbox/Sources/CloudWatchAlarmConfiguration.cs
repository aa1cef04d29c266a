namespace Signalbox;

/// <summary>Somebody created, changed or deleted an alarm.</summary>
internal static class CloudWatchAlarmConfiguration
{
    public static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["alarmName"u8].Words is not { } name)
            return new Parsed.Garbled(new("detail.alarmName", "the alarm's name", Cut.Line(detail.ToString(), 60)));

        var operation = detail["operation"u8].Words;
        var arn = envelope.Resources.Count > 0 ? envelope.Resources[0] : null;
        var configuration = detail["configuration"u8];
        return new Parsed.Told([
            new()
            {
                Source = "cloudwatch",
                Kind = "alarm-configuration",
                Severity = operation is "delete" ? Severity.Warning : Severity.Info,
                Status = Status.Stated,
                Title = operation switch
                {
                    "create" => $"Alarm {name} was created",
                    "update" => $"Alarm {name} was changed",
                    "delete" => $"Alarm {name} was deleted",
                    _ => $"Alarm {name} has a new configuration",
                },
                Summary = configuration["description"u8].Words,
                Subject = name,
                Arn = arn,
                Account = Arn.AccountOf(arn) ?? envelope.Account,
                Region = Arn.RegionOf(arn) ?? envelope.Region,
                At = envelope.At,
                Facts = Known.Facts(
                    ("State", detail["state"u8]["value"u8].Words),
                    ("Actions", configuration["actionsEnabled"u8].Kind is JsonKind.False ? "disabled" : null),
                    ("Threshold", configuration["threshold"u8].Number is { } threshold ? Quantity.Of(threshold) : null),
                    ("Threshold before", detail["previousConfiguration"u8]["threshold"u8].Number is { } before ? Quantity.Of(before) : null),
                    ("Rule", configuration["alarmRule"u8].Words)),
                Links = Known.Links(operation is "delete" ? null : ConsolePage.Link("Open the alarm", Arn.RegionOf(arn) ?? envelope.Region, "cloudwatch/home",
                    "alarmsV2:alarm/", name)),
            },
        ]);
    }
}
