namespace Signalbox;

/// <summary>What the state and severity words mean that events of all kinds carry in fields of that name.</summary>
/// <remarks>Only whole values count, never a word inside a sentence: "failover has completed" says nothing here.</remarks>
internal static class StateWords
{
    private const int Longest = 24;

    /// <summary>More words than this are a sentence.</summary>
    private const int MostWords = 5;

    /// <summary>The severity that a value of a severity field means; null when it is no such word.</summary>
    public static Severity? SeverityOf(string word) => Plain(word, stackalloc char[Longest]) switch
    {
        "critical" or "fatal" or "emergency" or "emerg" or "panic" or "alert" or "sev1" or "p1" or "blocker" => Severity.Critical,
        "error" or "err" or "high" or "severe" or "major" or "failure" or "failed" or "sev2" or "p2" or "page" => Severity.Error,
        "warning" or "warn" or "medium" or "moderate" or "minor" or "sev3" or "p3" => Severity.Warning,
        "info" or "information" or "informational" or "notice" or "low" or "debug" or "trace" or "none" or "ok" or "normal" => Severity.Info,
        _ => null,
    };

    /// <summary>What a value of a state field means; null when it is no such word.</summary>
    public static (Severity Severity, Status Status)? StandingOf(string word) => Plain(word, stackalloc char[Longest]) switch
    {
        "failed" or "failure" or "fail" or "error" or "errored" or "fault" or "faulted" or "timedout" or "timeout" or "aborted" or "alarm"
            or "alerting" or "firing" or "fired" or "triggered"
            or "down" or "critical" or "unhealthy" or "impaired" or "rejected" or "expired" or "broken" or "crashed"
            or "disconnected" or "unreachable" or "stalled" or "lost"
            => (Severity.Error, Status.Raised),
        "degraded" or "warning" or "warn" or "insufficientdata" or "noncompliant" or "throttled" or "unavailable" or "offline" or "delayed"
            or "lagging" or "blocked" or "denied" => (Severity.Warning, Status.Raised),
        "inprogress" or "running" or "started" or "starting" or "pending" or "queued" or "submitted" or "creating" or "updating" or "deleting"
            or "provisioning" or "stopping" or "initiated" or "processing" or "executing" or "scheduled" or "waiting" or "resumed"
            or "building" or "testing" or "deploying" or "distributing" or "initializing" or "initiating" or "launching" or "modifying" or "restoring"
            or "rebooting" or "draining" or "cancelling" or "canceling" or "terminating" or "activating" or "validating" or "preparing" or "progressing"
            or "migrating" or "syncing" or "registering" or "installing" or "upgrading"
            => (Severity.Info, Status.Ongoing),
        "succeeded" or "succeed" or "success" or "successful" or "ok" or "completed" or "complete" or "healthy" or "resolved" or "recovered"
            or "passed" or "up" or "finished" or "compliant" or "closed" or "fixed"
            or "available" or "inservice" or "connected" or "reachable" or "stopped" or "deleted" or "terminated" => (Severity.Info, Status.Cleared),
        "cancelled" or "canceled" => (Severity.Warning, Status.Cleared),
        _ => null,
    };

    /// <summary>What a state of several words means: "EXECUTION_FAILED", "completed with errors", "Recovery launch failed".</summary>
    /// <remarks>A bad word counts wherever it stands, unless the last word says that it is over; a rollback is never a success.</remarks>
    public static (Severity Severity, Status Status)? StandingOfPhrase(string state)
    {
        if (StandingOf(state) is { } whole) return whole;
        var words = Phrase.Of(state).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > MostWords || words.Any(word => word is "no" or "not" or "without" or "if" or "failover" or "over")) return null;
        (Severity Severity, Status Status)? last = null, worst = null;
        foreach (var word in words)
        {
            last = word is "errors" or "failures" or "rollback" or "rolled" ? (Severity.Error, Status.Raised) : StandingOf(word);
            if (last?.Severity > (worst?.Severity ?? Severity.Info)) worst = last;
        }
        var isRolledBack = words.Any(word => word is "rollback" or "rolled");
        return last is { Status: Status.Cleared } && !isRolledBack ? last : worst ?? last;
    }

    /// <summary>A word as the tables have it: small letters and digits only; empty for what is in none.</summary>
    private static ReadOnlySpan<char> Plain(string word, Span<char> room)
    {
        var length = 0;
        foreach (var unit in word)
        {
            if (!char.IsAsciiLetterOrDigit(unit))
            {
                if (unit is ' ' or '_' or '-') continue;
                return [];
            }
            if (length == room.Length) return [];
            // A digit has the bit already that makes a capital small.
            room[length++] = (char)(unit | 0x20);
        }
        return room[..length];
    }
}
