namespace Signalbox;

/// <summary>Images that arrive in a registry beyond AWS: Docker Hub, Docker Distribution, Harbor, Quay.</summary>
/// <remarks>
/// Severity: info; a scan of Harbor that failed and a quota that was exceeded error. Pulls are quiet: they happen all day.
/// Docker Hub's callback address is a capability and never shown.
/// </remarks>
public static class Registry
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "registry",
        [
            new Key.Members("push_data", ["repository"]),
            new Key.Members("callback_url", ["push_data"]),
            new Key.Members("repository", ["push_data"]),
            new Key.Members("events", ["events.target", "events.action"]),
            new Key.Members("event_data", ["type", "occur_at"]),
            new Key.Members("type", ["occur_at", "event_data"]),
            new Key.Members("updated_tags", ["docker_url"]),
            new Key.Members("repository", ["updated_tags", "docker_url"]),
        ],
        Read,
        "https://distribution.github.io/distribution/about/notifications/");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        if (body["push_data"u8].IsObject)
        {
            var push = body["push_data"u8];
            var hub = body["repository"u8];
            return new Parsed.Told([
                Of(envelope, "pushed", hub["repo_name"u8].Words, push["tag"u8].Words, push["pusher"u8].Words, Instants.Read(push["pushed_at"u8]),
                    hub["repo_url"u8].Words)]);
        }
        if (body["updated_tags"u8].Exists)
        {
            return new Parsed.Told([Of(envelope, "pushed", body["repository"u8].Words, Phrase.List(body["updated_tags"u8]), null, null,
                body["homepage"u8].Words)]);
        }
        if (body["event_data"u8].IsObject) return ReadHarbor(envelope, body);

        var notices = new List<Notice>();
        foreach (var one in body["events"u8].Items)
        {
            var target = one["target"u8];
            var action = one["action"u8].Words;
            if (action is "pull" or "mount") continue;
            notices.Add(Of(envelope, action is "push" ? "pushed" : action is "delete" ? "deleted" : Phrase.Of(action) ?? "changed",
                target["repository"u8].Words, target["tag"u8].Words ?? Digest(target),
                one["actor"u8]["name"u8].Words, Instants.Read(one["timestamp"u8]), null));
        }
        return notices.Count > 0 ? new Parsed.Told([.. notices]) : new Parsed.Quiet("images were pulled, which happens all day");
    }

    private static Parsed ReadHarbor(Envelope envelope, Json body)
    {
        var type = body["type"u8].Words ?? "";
        if (type is "PULL_ARTIFACT") return new Parsed.Quiet("an image was pulled, which happens all day");
        var data = body["event_data"u8];
        var failed = type.Contains("FAIL", StringComparison.Ordinal) || type is "QUOTA_EXCEED" or "QUOTA_EXCEEDED";
        var phrase = type switch
        {
            "PUSH_ARTIFACT" => "pushed",
            "DELETE_ARTIFACT" => "deleted",
            _ => Phrase.Of(type),
        };
        var notice = Of(envelope, phrase, data["repository"u8]["repo_full_name"u8].Words ?? data["repository"u8]["name"u8].Words,
            data["resources"u8][0]["tag"u8].Words,
            body["operator"u8].Words, Instants.Read(body["occur_at"u8]), null);
        return new Parsed.Told([notice with { Severity = failed ? Severity.Error : Severity.Info }]);
    }

    private static Notice Of(Envelope envelope, string phrase, string? repository, string? tag, string? who, DateTimeOffset? at, string? page)
    {
        var image = tag is null ? repository ?? "an image" : $"{repository}:{tag}";
        return new()
        {
            Source = "registry",
            Kind = "image",
            Severity = Severity.Info,
            Status = Status.Stated,
            Title = Cut.Line($"Image {Cut.Line(image, 56)} {(phrase is "pushed" or "deleted" ? "was " : "– ")}{phrase}", 80),
            Subject = repository,
            Account = envelope.Account,
            Region = envelope.Region,
            At = at ?? envelope.At,
            Actor = who,
            Facts = Known.Facts(("Repository", repository), ("Tag", tag)),
            Links = Known.Links(Known.Page("Open the repository", page)),
        };
    }

    private static string? Digest(Json target) => target["digest"u8].Words is { Length: > 19 } digest ? digest[..19] : null;
}
