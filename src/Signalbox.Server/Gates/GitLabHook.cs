using Signalbox.Server.Ingest;

namespace Signalbox.Server.Gates;

/// <summary>Webhooks of GitLab, which carry their secret as <c>X-Gitlab-Token</c>.</summary>
internal static class GitLabHook
{
    /// <summary>Answers 200 when the event is in the store.</summary>
    public static readonly Gate Row = new("POST", "/hooks/gitlab", Door.Open, async (http, station) =>
    {
        var (secrets, refusal) = await Hook.Secrets(station.Now.Settings.Serving.Intake.GitLab, "gitlab", station, http.RequestAborted);
        if (refusal is null && !Hook.IsOne(http.Request.Headers["X-Gitlab-Token"].ToString(), secrets))
            refusal = new(401, "the X-Gitlab-Token is not the secret token of this server");
        if (refusal is not null)
        {
            await refusal.Tell(http, station);
            return;
        }
        var id = http.Request.Headers["Idempotency-Key"] is [{ Length: > 0 } key] ? key : http.Request.Headers["X-Gitlab-Event-UUID"].ToString();
        await Taking.Answer(http, station, [new(await Body.Raw(http))
        {
            Id = id.Length > 0 ? $"gitlab/{id}" : null,
            Headers = Parcel.HeadersOf(http, "x-gitlab-event", "x-gitlab-instance"),
            IsWrapped = true,
        }]);
    });
}
