namespace Signalbox;

/// <summary>What a notice about the whole of a thing means for its conversation.</summary>
internal static class WholeSteps
{
    /// <summary>The sources and kinds whose things end by themselves: that such a thing is over is news also where nobody heard it begin.</summary>
    private static readonly HashSet<string> Operations = new(StringComparer.Ordinal)
    {
        "cloudformation", "codepipeline", "codedeploy", "codebuild", "step-functions", "backup", "batch", "ssm", "glue", "emr", "sagemaker", "amplify",
            "apprunner",
        "datasync", "mediaconvert", "transcribe", "translate", "athena", "redshift", "github", "gitlab", "dms", "appconfig", "server-migration", "dlm",
        "imagebuilder", "fis", "appflow", "bedrock", "disaster-recovery", "glacier", "media-analysis",
    };

    /// <summary>Those of whose things it is known that they do not end by themselves. Of what no row knows, or somebody's own program says, that it is over is
    /// told rather than kept.</summary>
    private static readonly HashSet<string> Rows =
        [.. Sources.All.Select(source => source.Name).Where(name => name is not ("custom" or "cloudevents" or "standard-webhooks")), "signalbox"];

    /// <summary>The step.</summary>
    public static Step Of(Conversation? before, Notice notice, DateTimeOffset at, Conduct conduct) => notice.Status switch
    {
        Status.Raised => Raise(before, notice, at, conduct),
        Status.Ongoing => GoOn(before, notice, at),
        Status.Cleared => Clear(before, notice, at),
        _ => new(before is null ? Fresh(null, notice, at, Phase.Over) : before with { Latest = at }, Occasion.Stated, "said beside it: a statement"),
    };

    /// <summary>True when the notice is about an operation.</summary>
    public static bool IsOperation(Conversation? before, Notice notice) =>
        notice.Status is Status.Ongoing || before is { Phase: Phase.Ongoing } or { Phase: Phase.Raised, IsOperation: true }
        || (Operations.Contains(notice.Source) && notice.Kind is not "drift") || notice.Kind.EndsWith("snapshot", StringComparison.Ordinal);

    /// <summary>A conversation at the beginning of an episode.</summary>
    public static Conversation Fresh(Conversation? before, Notice notice, DateTimeOffset at, Phase phase) => new()
    {
        Notice = notice,
        Phase = phase,
        Began = at,
        Latest = at,
        Ended = phase is Phase.Over ? at : null,
        IsOperation = IsOperation(null, notice),
        Times = before is not null && before.Began.UtcDateTime.Date == at.UtcDateTime.Date ? before.Times + 1 : 1,
        Raises = before?.Raises ?? [],
        Flapping = before?.Flapping,
        Flaps = before?.Flaps ?? 0,
        Recent = before?.Recent ?? [],
    };

    private static Step Raise(Conversation? before, Notice notice, DateTimeOffset at, Conduct conduct)
    {
        if (before is null or { Phase: Phase.Over })
        {
            var fresh = Fresh(before, notice, at, Phase.Raised);
            if (fresh.IsOperation)
            {
                var over = notice.Continues ? fresh : fresh with { Phase = Phase.Over, Ended = at };
                return new(over, Occasion.Failed, "it failed") { Afresh = true };
            }
            return Flap(before, fresh, at, conduct);
        }
        var after = before with { Notice = Kept(before, notice), Latest = at };
        if (before.Phase is Phase.Ongoing)
        {
            after = after with { Phase = Phase.Raised, IsOperation = true };
            return notice.Continues ? new(after, Occasion.Failed, "it failed and goes on") : new(Over(after, at), Occasion.Failed, "it failed");
        }
        if (before.IsOperation)
        {
            return notice.Continues ? new(after, Occasion.Progress, "it had failed before and goes on")
                : new(Over(after, at), Occasion.Finished, "it ended as a failure");
        }
        return notice.Severity.CompareTo(before.Notice.Severity) switch
        {
            > 0 => new(after with { Acknowledged = null }, Occasion.Worse,
                $"it got worse: {Words.Of(before.Notice.Severity)} became {Words.Of(notice.Severity)}"),
            < 0 => new(after, Occasion.Better, $"it got better: {Words.Of(before.Notice.Severity)} became {Words.Of(notice.Severity)}"),
            _ => new(after, Occasion.Progress, "it is still raised, as bad as before"),
        };
    }

    /// <summary>A raise that begins an episode, unless so many came lately that this is the news.</summary>
    private static Step Flap(Conversation? before, Conversation fresh, DateTimeOffset at, Conduct conduct)
    {
        if (conduct.Flapping is not { } limit) return new(fresh, Occasion.Raised, "it was raised") { Afresh = true };
        ValueList<DateTimeOffset> raises = [.. fresh.Raises.Where(raise => at - raise <= limit.Within), at];
        fresh = fresh with { Raises = raises };
        if (before?.Flapping is not null)
        {
            var same = Again(before, fresh) with { Flaps = before.Flaps + 1 };
            return new(same, Occasion.Progress, "it flaps: raised again");
        }
        if (raises.Count <= limit.Times || before is null)
        {
            return new(fresh, Occasion.Raised, fresh.Times > 1 ? "it was raised again" : "it was raised")
            { Afresh = true };
        }

        return new(Again(before, fresh) with { Flapping = at, Flaps = raises.Count },
            Occasion.Flaps, $"it flaps: raised {raises.Count} times in {Quantity.Duration(at - raises[0])}");
    }

    /// <summary>The next episode of a thing that flaps stays in the message that is there.</summary>
    private static Conversation Again(Conversation before, Conversation fresh) =>
        fresh with { Said = before.Said, SaidAs = before.SaidAs, Spoke = before.Spoke, Mention = before.Mention, Acknowledged = before.Acknowledged };

    private static Step GoOn(Conversation? before, Notice notice, DateTimeOffset at)
    {
        if (before is null or { Phase: Phase.Over })
            return new(Fresh(before, notice, at, Phase.Ongoing) with { IsOperation = true }, Occasion.Began, "it began") { Afresh = true };
        if (before.Phase is Phase.Raised && !before.IsOperation) return new(before with { Latest = at }, Occasion.Stated, "something is done about it");
        return new(before with { Notice = notice, Phase = Phase.Ongoing, Latest = at }, Occasion.Progress, before.Phase is Phase.Raised
            ? "it goes on after it failed" : "it goes on");
    }

    private static Step Clear(Conversation? before, Notice notice, DateTimeOffset at)
    {
        if (before is { Phase: not Phase.Over })
        {
            var over = Over(before with { Notice = notice, Latest = at }, at);
            if (before.IsOperation) return new(over, Occasion.Finished, $"it is done after {Lasted(over)}");
            return before.Flapping is not null
                ? new(over, Occasion.Progress, "it flaps: cleared again")
                : new(over, Occasion.Cleared, $"it is over after {Lasted(over)}");
        }
        if (before is null && (IsOperation(before, notice) || !Rows.Contains(notice.Source)))
            return new(Fresh(null, notice, at, Phase.Over), Occasion.Finished, "it is done") { Afresh = true };
        var quiet = before is null ? Fresh(null, notice, at, Phase.Over) with { Times = 0 } : before with { Latest = at };
        return new(quiet, Occasion.Nothing, before is null ? "cleared without ever having been raised here" : "it was over already");
    }

    /// <summary>"12 min": how long an episode took.</summary>
    public static string Lasted(Conversation conversation) => Quantity.Duration((conversation.Ended ?? conversation.Latest) - conversation.Began);

    /// <summary>The same, ended.</summary>
    public static Conversation Over(Conversation conversation, DateTimeOffset at) => conversation with { Phase = Phase.Over, Ended = at };

    /// <summary>The new words, but with the reason of the first failure where the operation itself gives none that says more.</summary>
    private static Notice Kept(Conversation before, Notice notice) =>
        before.Failure is null && before.Notice.Status is Status.Raised && before.IsOperation && notice.Summary is null
            ? notice with { Summary = before.Notice.Summary }
            : notice;
}
