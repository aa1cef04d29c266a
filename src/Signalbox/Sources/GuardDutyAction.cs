namespace Signalbox;

/// <summary>What a GuardDuty finding saw happen, in one line.</summary>
internal static class GuardDutyAction
{
    public static string? PhraseOf(Json service)
    {
        var action = service.Cased("action"u8);
        return action.Cased("actionType"u8).Words switch
        {
            "NETWORK_CONNECTION" => Connection(action.Cased("networkConnectionAction"u8)),
            "PORT_PROBE" => Probe(action.Cased("portProbeAction"u8)),
            "DNS_REQUEST" => Dns(action.Cased("dnsRequestAction"u8)),
            "AWS_API_CALL" => Call(action.Cased("awsApiCallAction"u8)),
            "KUBERNETES_API_CALL" => Kubernetes(action.Cased("kubernetesApiCallAction"u8)),
            "RDS_LOGIN_ATTEMPT" => From("login to the database", action.Cased("rdsLoginAttemptAction"u8).Cased("remoteIpDetails"u8)),
            { } other => Process(service) ?? Phrase.Of(other),
            _ => Process(service) ?? Malware(service) ?? Sequence(service),
        };
    }

    private static string? Connection(Json action)
    {
        var port = action.Cased("localPortDetails"u8);
        var inbound = action.Cased("connectionDirection"u8).TextIs("INBOUND"u8);
        var direction = Phrase.Of(action.Cased("connectionDirection"u8).Words);
        var number = (inbound ? port : action.Cased("remotePortDetails"u8)).Cased("port"u8).Scalar;
        var name = (inbound ? port : action.Cased("remotePortDetails"u8)).Cased("portName"u8).Words;
        var to = number is null or "0" ? "" : $" {(inbound ? "to" : "on")} port {number}{(name is null or "Unknown" ? "" : $" ({name})")}";
        var blocked = action.Cased("blocked"u8).Kind is JsonKind.True ? ", blocked" : "";
        return From($"{(direction is null or "unknown" ? "" : direction + " ")}{action.Cased("protocol"u8).Words ?? "traffic"}{to}",
            action.Cased("remoteIpDetails"u8), inbound ? "from" : "with") + blocked;
    }

    private static string? Probe(Json action)
    {
        var probe = action.Cased("portProbeDetails"u8)[0];
        var port = probe.Cased("localPortDetails"u8).Cased("port"u8).Scalar;
        var blocked = action.Cased("blocked"u8).Kind is JsonKind.True ? ", blocked" : "";
        return From(port is null ? "port probe" : $"probe of port {port}", probe.Cased("remoteIpDetails"u8)) + blocked;
    }

    private static string? Dns(Json action)
    {
        var blocked = action.Cased("blocked"u8).Kind is JsonKind.True ? ", blocked" : "";
        return action.Cased("domain"u8).Words is { } domain ? $"DNS request for {Cut.Line(domain, 120)}{blocked}" : "DNS request";
    }

    private static string? Call(Json action)
    {
        var api = action.Cased("api"u8).Words ?? "API call";
        var service = action.Cased("serviceName"u8).Words is { } name ? $" on {CloudTrail.ServiceOf(name)}" : "";
        var error = action.Cased("errorCode"u8).Words is { } code ? $" ({code})" : "";
        var domain = action.Cased("domainDetails"u8).Cased("domain"u8).Words;
        return domain is null ? From(api + service + error, action.Cased("remoteIpDetails"u8)) : $"{api}{service}{error} from {domain}";
    }

    private static string? Kubernetes(Json action)
    {
        var verb = action.Cased("verb"u8).Words ?? "call";
        return From($"Kubernetes {verb} {Cut.Line(action.Cased("requestUri"u8).Words ?? "", 100)}".TrimEnd(), action.Cased("remoteIpDetails"u8));
    }

    private static string? Process(Json service)
    {
        var process = service.Cased("runtimeDetails"u8).Cased("process"u8);
        var name = process.Cased("executablePath"u8).Words ?? process.Cased("name"u8).Words;
        return name is null ? null : $"process {Cut.Line(name, 120)}";
    }

    private static string? Malware(Json service)
    {
        var threats = service.Cased("ebsVolumeScanDetails"u8).Cased("scanDetections"u8).Cased("threatDetectedByName"u8).Cased("threatNames"u8);
        if (!threats.IsArray) threats = service.Cased("malwareScanDetails"u8).Cased("threats"u8);
        var names = new List<string>();
        foreach (var threat in threats.Items)
        {
            if (threat.Cased("name"u8).Words is { } name) names.Add(Cut.Line(name, 60));
        }
        return Phrase.List(names, 3) is { } list ? $"malware {list}" : null;
    }

    private static string? Sequence(Json service)
    {
        var sequence = service.Cased("detection"u8).Cased("sequence"u8);
        return sequence.Cased("signals"u8).Count is var count and > 0 ? $"attack in {Quantity.Count(count, "step")}" : null;
    }

    private static string From(string what, Json remote, string word = "from")
    {
        var ip = remote.Cased("ipAddressV4"u8).Words ?? remote.Cased("ipAddressV6"u8).Words;
        if (ip is null) return what;
        var country = remote.Cased("country"u8).Cased("countryName"u8).Words;
        var owner = remote.Cased("organization"u8).Cased("isp"u8).Words ?? remote.Cased("organization"u8).Cased("org"u8).Words;
        var where = country is null ? owner : owner is null ? country : $"{country}, {owner}";
        return $"{what} {word} {ip}{(where is null ? "" : $" ({Cut.Line(where, 80)})")}";
    }
}
