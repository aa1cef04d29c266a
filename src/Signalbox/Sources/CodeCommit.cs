namespace Signalbox;

/// <summary>CodeCommit: branches and tags, pull requests, comments, approval rule templates, triggers.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.codecommit, whose <c>event</c> says what happened (an older detail-type is misspelt "PullRequest"),
/// and the records that a trigger sends to Lambda or SNS, read by <see cref="CodeCommitTrigger"/>.
/// Severity: info; an overridden approval rule is a warning. Status: a pull request is under way until it is closed or merged; all else is a
/// mere statement. One conversation for each pull request, to which its comments belong.
/// </remarks>
public static class CodeCommit
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("codecommit", [new Key.Event("aws.codecommit"), new Key.Event("aws:codecommit")], Read,
        "https://docs.aws.amazon.com/codecommit/latest/userguide/monitoring-events.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["codecommit"u8].IsObject) return CodeCommitTrigger.Read(envelope);
        var what = detail["event"u8].Words;
        if (what is null) return AsItCame.Told(envelope, "codecommit");

        var repository = detail["repositoryName"u8].Words ?? detail["repositoryNames"u8][0].Words ?? FirstName(detail["repositories"u8])
            ?? Phrase.Name(envelope.ArnOf());
        var pull = detail["pullRequestId"u8].Scalar;
        var who = Phrase.Name(detail["callerUserArn"u8].Words);
        var (kind, status, title) = Saying(detail, what, Cut.Line(repository ?? "a repository", 28), pull, who is null ? "Somebody" : Cut.Line(who, 24));
        return new Parsed.Told([
            new()
            {
                Source = "codecommit",
                Kind = kind,
                Severity = what is "pullRequestApprovalRuleOverridden" ? Severity.Warning : Severity.Info,
                Status = status,
                Title = Cut.Line(title, 80),
                Summary = pull is null ? null : Phrase.Sentence(detail["title"u8].Words),
                Subject = repository ?? detail["approvalRuleTemplateName"u8].Words,
                Arn = envelope.ArnOf(),
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Actor = who,
                Thread = status is Status.Stated ? null : $"codecommit/{repository}/{pull}",
                Facts = Known.Facts(
                    ("Branches", Branches(detail)),
                    ("Merged by", Phrase.Of(detail["mergeOption"u8])),
                    ("Commit", Phrase.Hash(detail["commitId"u8].Words)),
                    ("Before", Phrase.Hash(detail["oldCommitId"u8].Words)),
                    ("Approval rule", detail["approvalRuleName"u8].Words),
                    ("Reaction", detail["reactionEmojis"u8][0].Words),
                    ("Author", Phrase.Name(detail["author"u8].Words) is { } author && author != who ? author : null),
                    ("Repository", kind is "approval-rule-template" ? repository : null)),
                Links = Known.Links(PageOf(envelope.Region, repository, pull, detail)),
            },
        ]);
    }

    private static (string Kind, Status Status, string Title) Saying(Json detail, string what, string repository, string? pull, string who)
    {
        var kind = detail["referenceType"u8].TextIs("tag"u8) ? "Tag" : "Branch";
        var reference = $"{kind} {Cut.Line(detail["referenceName"u8].Words ?? "?", 28)} of {repository}";
        var request = $"Pull request {pull} in {repository}";
        var template = $"Approval rule template {Cut.Line(detail["approvalRuleTemplateName"u8].Words ?? "?", 30)}";
        return what switch
        {
            "referenceCreated" => ("reference", Status.Stated, $"{reference} was created"),
            "referenceUpdated" => ("reference", Status.Stated, $"{reference} was updated"),
            "referenceDeleted" => ("reference", Status.Stated, $"{reference} was deleted"),
            "unreferencedMergeCommitCreated" => ("merge", Status.Stated, $"A merge was tried in {repository}"),
            "pullRequestCreated" => ("pull-request", Status.Ongoing, $"{request} was opened"),
            "pullRequestSourceBranchUpdated" => ("pull-request", Status.Ongoing, $"{request} has new commits"),
            "pullRequestStatusChanged" when detail["pullRequestStatus"u8].TextIs("Closed"u8) => ("pull-request", Status.Cleared, $"{request} was closed"),
            "pullRequestStatusChanged" => ("pull-request", Status.Ongoing, $"{request} is {Phrase.Of(detail["pullRequestStatus"u8].Words ?? "changed", 16)}"),
            "pullRequestMergeStatusUpdated" when detail["isMerged"u8].Scalar is "True" or "true" => ("pull-request", Status.Cleared, $"{request} was merged"),
            "pullRequestMergeStatusUpdated" => ("pull-request", Status.Ongoing, $"{request} has a new merge status"),
            "pullRequestApprovalStateChanged" => ("pull-request", Status.Ongoing,
                $"{who} {(detail["approvalStatus"u8].TextIs("REVOKE"u8) ? "revoked the approval of" : "approved")} pull request {pull} in {repository}"),
            "pullRequestApprovalRuleCreated" => ("pull-request", Status.Ongoing, $"{request} got an approval rule"),
            "pullRequestApprovalRuleDeleted" => ("pull-request", Status.Ongoing, $"{request} lost an approval rule"),
            "pullRequestApprovalRuleUpdated" => ("pull-request", Status.Ongoing, $"{request} has a changed approval rule"),
            "pullRequestApprovalRuleOverridden" => ("pull-request", Status.Ongoing,
                $"{who} {(detail["overrideStatus"u8].TextIs("REVOKE"u8) ? "restored" : "overrode")} the approval rules of pull request {pull}"),
            "commentOnPullRequestCreated" => ("comment", Status.Ongoing, $"{who} commented on pull request {pull} in {repository}"),
            "commentOnPullRequestUpdated" => ("comment", Status.Ongoing, $"{who} changed a comment on pull request {pull} in {repository}"),
            "commentOnPullRequestDeleted" => ("comment", Status.Ongoing, $"{who} deleted a comment on pull request {pull} in {repository}"),
            "commentOnCommitCreated" => ("comment", Status.Stated, $"{who} commented on a commit in {repository}"),
            "commentOnCommitUpdated" => ("comment", Status.Stated, $"{who} changed a comment on a commit in {repository}"),
            "commentOnCommitDeleted" => ("comment", Status.Stated, $"{who} deleted a comment on a commit in {repository}"),
            "commentReactionCreated" or "commentReactionUpdated" => ("comment", Status.Stated, $"{who} reacted to a comment in {repository}"),
            "commentReactionDeleted" => ("comment", Status.Stated, $"{who} took back a reaction in {repository}"),
            "approvalRuleTemplateCreated" => ("approval-rule-template", Status.Stated, $"{template} was created"),
            "approvalRuleTemplateUpdated" => ("approval-rule-template", Status.Stated, $"{template} was changed"),
            "approvalRuleTemplateDeleted" => ("approval-rule-template", Status.Stated, $"{template} was deleted"),
            "approvalRuleTemplateAssociatedWithRepository" or "batchAssociateApprovalRuleTemplateWithRepositories" =>
                ("approval-rule-template", Status.Stated, $"{template} now applies to {repository}"),
            "approvalRuleTemplateDisassociatedFromRepository" or "batchDisassociateApprovalRuleTemplateFromRepositories" =>
                ("approval-rule-template", Status.Stated, $"{template} no longer applies to {repository}"),
            _ when pull is not null => ("pull-request", Status.Ongoing, $"{request}: {Phrase.Of(what, 40)}"),
            _ => ("repository", Status.Stated, $"{repository}: {Phrase.Of(what, 48)}"),
        };
    }

    private static string? Branches(Json detail) =>
        (Branch(detail["sourceReference"u8].Words), Branch(detail["destinationReference"u8].Words)) switch
        {
            ({ } from, { } to) => $"{from} → {to}",
            (var from, var to) => from ?? to,
        };

    internal static string? Branch(string? reference) => reference is null ? null
        : reference.StartsWith("refs/heads/", StringComparison.Ordinal) ? reference["refs/heads/".Length..]
        : reference.StartsWith("refs/tags/", StringComparison.Ordinal) ? reference["refs/tags/".Length..] : reference;

    private static string? FirstName(Json repositories)
    {
        foreach (var (name, _) in repositories.Members) return name.Text;
        return null;
    }

    private static Link? PageOf(string? region, string? repository, string? pull, Json detail)
    {
        if (repository is null) return ConsolePage.Link("Open CodeCommit", region, "codesuite/codecommit/repositories");
        var page = $"codesuite/codecommit/repositories/{ConsolePage.Escape(repository)}";
        if (pull is not null) return ConsolePage.Link("Open the pull request", region, $"{page}/pull-requests/{ConsolePage.Escape(pull)}/details");
        return detail["commitId"u8].Words is { } commit ? ConsolePage.Link("Open the commit", region, $"{page}/commit/{ConsolePage.Escape(commit)}")
            : ConsolePage.Link("Open the repository", region, $"{page}/browse");
    }
}
