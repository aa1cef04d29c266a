namespace Signalbox;

/// <summary>Alerts of Prometheus: the webhook of Alertmanager (versions 3 and 4), one notice for each alert of the group; or bare alerts.</summary>
/// <remarks>
/// Severity by the label "severity" (else "level", "priority"), whose words <see cref="StateWords"/> knows; an alert without one is an error.
/// A resolved alert is info and cleared. The thread of an alert is its fingerprint, else its labels.
/// A summary that names no place gets it behind it: what runs in Kubernetes comes before the instance that was measured, and who measured comes last.
/// The labels are its tags, so that owners and routes can ask for them.
/// Errors: garbled without an alert.
/// </remarks>
public static class Alertmanager
{
    /// <summary>What names a place so well that it can stand behind a sentence. What runs in Kubernetes comes first: its "instance" is mostly the address
    /// of who measured it.</summary>
    private static readonly string[] WellKnown =
        ["pod", "pod_name", "deployment", "statefulset", "daemonset", "container", "container_name", "namespace", "instance", "service", "node", "host"];

    private static readonly string[] Places = [.. WellKnown, "cluster", "job", "env", "environment"];

    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "alertmanager",
        [
            new Key.Members("alerts", ["receiver"]),
            new Key.Members("alerts", ["groupLabels"]),
            new Key.Members("alerts", ["alerts.labels"]),
            new Key.Members("labels", ["annotations", "startsAt"]),
        ],
        Read,
        "https://prometheus.io/docs/alerting/latest/configuration/#webhook_config");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        if (body["labels"u8].IsObject) return new Parsed.Told([Of(envelope, body, body, "alertmanager")]);
        var notices = new List<Notice>();
        foreach (var alert in body["alerts"u8].Items)
        {
            if (alert.IsObject) notices.Add(Of(envelope, body, alert, "alertmanager"));
        }
        if (notices.Count == 0)
        {
            return body["alerts"u8].IsArray && body["alerts"u8].Count == 0 ? new Parsed.Quiet("a group without alerts")
                : Statement.Lacks(envelope, "alerts", "at least one alert");
        }
        if (body["truncatedAlerts"u8].Number is > 0 and var left)
        {
            var note = new Fact("Left out by Alertmanager", Quantity.Count((long)left, "more alert"));
            notices[^1] = notices[^1] with { Facts = [note, .. notices[^1].Facts.Take(7)] };
        }
        return new Parsed.Told([.. notices]);
    }

    /// <summary>One alert of a group; Grafana sends the same and more.</summary>
    internal static Notice Of(Envelope envelope, Json group, Json alert, string source)
    {
        var labels = alert["labels"u8];
        var notes = alert["annotations"u8];
        var name = labels["alertname"u8].Words ?? group["commonLabels"u8]["alertname"u8].Words ?? notes["name"u8].Words ?? "An alert";
        var start = Started(alert["startsAt"u8]);
        var end = Started(alert["endsAt"u8]);
        var resolved = (alert["status"u8].Words ?? group["status"u8].Words) is "resolved";
        var unread = Grafana.Unread(labels);
        var said = unread ?? notes["summary"u8].Words ?? notes["title"u8].Words ?? group["commonAnnotations"u8]["summary"u8].Words;
        var where = Where(labels);
        var title = said is null ? Cut.OneLine(where is null ? name : $"{name} on {Cut.Line(where, int.Max(40, 66 - name.Length))}")
            : unread ?? Placed(Cut.OneLine(said), labels, resolved ? 70 : 80);
        var text = unread is not null ? notes["Error"u8].Words
            : notes["description"u8].Words ?? notes["message"u8].Words ?? notes["details"u8].Words ?? group["commonAnnotations"u8]["description"u8].Words;
        var word = labels["severity"u8].Words ?? labels["level"u8].Words ?? labels["priority"u8].Words;
        return new()
        {
            Source = source,
            Kind = "alert",
            Severity = resolved ? Severity.Info : word is null ? Severity.Error : StateWords.SeverityOf(word) ?? Severity.Error,
            Status = resolved ? Status.Cleared : Status.Raised,
            Title = Cut.Line((resolved ? "Resolved: " : "") + title, 80),
            Summary = text is not null && text != said ? Cut.Text(Cut.Readable(text), 1500) : title.Length > 80 ? said : null,
            Subject = unread is null ? name : labels["rulename"u8].Words ?? name,
            Account = labels["account_id"u8].Words ?? labels["aws_account_id"u8].Words ?? labels["account"u8].Words ?? envelope.Account,
            Region = Regions.IsCode(labels["region"u8].Words) ? labels["region"u8].Words : envelope.Region,
            At = (resolved ? end : start) ?? envelope.At,
            Thread = $"{source}/{alert["fingerprint"u8].Words ?? ThreadOf(labels)}",
            Tags = Known.Tags(labels),
            Facts = FactsOf(labels, alert, said is null ? null : name, word, start, resolved ? end : null),
            Links = Known.Links(
                Known.Page("Open the runbook", notes["runbook_url"u8].Words ?? notes["runbook"u8].Words),
                Known.Page("Open the panel", alert["panelURL"u8].Words ?? alert["dashboardURL"u8].Words ?? notes["dashboard_url"u8].Words
                    ?? notes["dashboard"u8].Words),
                Known.Page("Open the rule", alert["generatorURL"u8].Words),
                Known.Page("Silence it", resolved ? null : alert["silenceURL"u8].Words),
                Known.Page("Open Alertmanager", source is "alertmanager" ? group["externalURL"u8].Words : null)),
        };
    }

    private static ValueList<Fact> FactsOf(Json labels, Json alert, string? name, string? severity, DateTimeOffset? start, DateTimeOffset? end)
    {
        var facts = new List<Fact>(8);
        if (name is not null) facts.Add(new("Alert", name));
        if (severity is not null) facts.Add(new("Severity", Cut.Line(severity, 40)));
        if (Values(alert) is { } values) facts.Add(new("Value", values));
        foreach (var place in Places)
        {
            if (facts.Count == 6) break;
            if (Label(labels, place) is { } value) facts.Add(new(Telling.Label(place), Cut.Line(value, 120)));
        }
        foreach (var (label, value) in labels.Members)
        {
            if (facts.Count == 6) break;
            var called = label.Text!;
            if (called is "alertname" or "severity" or "prometheus" or "monitor" || Array.IndexOf(Places, called) >= 0) continue;
            // Grafana's own marks say nothing to people, and the title names the rule.
            if (called is "datasource_uid" or "ref_id" || (called is "rulename" && Grafana.Unread(labels) is not null)) continue;
            if (value.Words is { } text) facts.Add(new(Telling.Label(called), Cut.Line(text, 120)));
        }
        if (start is { } began && end is { } ended && ended > began) facts.Add(new("Lasted", Quantity.Duration(ended - began)));
        else if (Phrase.At(start) is { } since) facts.Add(new("Since", since));
        return [.. facts];
    }

    /// <summary>The first place that the labels name, with its namespace: "prod/pay-3".</summary>
    private static string? Where(Json labels) => Where(labels, Places);

    private static string? Where(Json labels, ReadOnlySpan<string> places)
    {
        var (measurer, isOfNode) = (default(string), false);
        foreach (var place in places)
        {
            if (Label(labels, place) is not { } value) continue;
            if (IsMeasurer(value))
            {
                (measurer, isOfNode) = (measurer ?? value, isOfNode || value.Contains("node-exporter", StringComparison.Ordinal));
                continue;
            }
            // The namespace is the one of the thing, unless a machine was measured.
            if (place is "namespace" && isOfNode) continue;
            return IsInNamespace(place) && labels["namespace"u8].Words is { } space ? $"{space}/{value}" : value;
        }
        return measurer;
    }

    private static string? Label(Json labels, string name) => labels[System.Text.Encoding.UTF8.GetBytes(name)].Words;

    /// <summary>What measures others: its own pod, container and service stand among the labels of what it measured.</summary>
    private static bool IsMeasurer(string value) =>
        value.Contains("kube-state-metrics", StringComparison.Ordinal) || value.Contains("node-exporter", StringComparison.Ordinal);

    private static bool IsInNamespace(string place) => Array.IndexOf(WellKnown, place) is >= 0 and var at && at < Array.IndexOf(WellKnown, "namespace");

    /// <summary>"Pod is crash looping: prod/pay-3": a summary that is the same for all alerts of a rule, with the place that it does not name.</summary>
    private static string Placed(string summary, Json labels, int limit)
    {
        if (Where(labels, WellKnown) is not { } where || IsNamed(summary, where, labels)) return summary;
        var placed = $"{summary.TrimEnd('.', '!', ':', ' ')}: {where}";
        return placed.Length <= limit ? placed : summary;
    }

    /// <summary>True when a summary holds one of the places, an instance with its port or without; a namespace is too wide where more is known.</summary>
    private static bool IsNamed(string summary, string where, Json labels)
    {
        foreach (var place in WellKnown)
        {
            if (Label(labels, place) is not { } value) continue;
            if (place is "namespace" or "container" or "container_name" && !where.EndsWith(value, StringComparison.Ordinal)) continue;
            var host = value.IndexOf(':', StringComparison.Ordinal) is var port and > 0 ? value[..port] : value;
            if (summary.Contains(host, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    private static string? Values(Json alert)
    {
        var values = new List<string>();
        foreach (var (name, value) in alert["values"u8].Members)
        {
            if (value.Number is { } number) values.Add($"{name.Text} = {Quantity.Of(number)}");
        }
        return Phrase.List(values) ?? (alert["annotations"u8]["value"u8] is { Scalar.Length: > 0 } note ? note.Number is { } said ? Quantity.Of(said)
            : Cut.Line(note.Scalar, 80) : null);
    }

    /// <summary>The year 1 stands for "not yet".</summary>
    private static DateTimeOffset? Started(Json time) => Instants.Read(time) is { Year: > 1970 } at ? at : null;

    private static string ThreadOf(Json labels)
    {
        var parts = new List<string>();
        foreach (var (name, value) in labels.Members) parts.Add($"{name.Text}={value.Scalar}");
        parts.Sort(StringComparer.Ordinal);
        return Cut.Line(string.Join(',', parts), 400);
    }
}
