namespace Signalbox;

/// <summary>What GitHub says of repositories, their protection, keys, webhooks, people, apps and talk.</summary>
internal static class GitHubMore
{
    public static Parsed.Told Read(Envelope envelope, string kind)
    {
        var body = envelope.Body;
        var action = body["action"u8].Words;
        var where = GitHub.Brief(body);
        var (severity, title) = kind switch
        {
            "repository" or "public" => OfRepository(body, kind is "public" ? "publicized" : action),
            "branch_protection_rule" or "branch_protection_configuration" or "repository_ruleset" => OfProtection(body, kind, action),
            "deploy_key" => (Severity.Info, OfKey(body["key"u8], action, where)),
            "meta" => (Severity.Warning, $"The webhook of {where} was {Phrase.Of(action) ?? "changed"}"),
            "organization" or "membership" or "member" => OfPeople(body, kind, action),
            "installation" or "installation_repositories" => OfApp(body, kind, action),
            "fork" => (Severity.Info, $"{where} was forked to {body["forkee"u8]["full_name"u8].Words}"),
            "merge_group" => (Severity.Info, action is "checks_requested" ? $"{where}: the merge queue{Base(body)} asks for checks"
                : $"{where}: a group of the merge queue{Base(body)} was {Phrase.Of(body["reason"u8].Words ?? action) ?? "changed"}"),
            "gollum" => (Severity.Info, $"{GitHub.Who(body)} {(body["pages"u8][0]["action"u8].TextIs("created"u8) ? "wrote" : "changed")} wiki page "
                + $"{Cut.Line(body["pages"u8][0]["title"u8].Words ?? "of unknown name", 24)} of {where}"),
            "event" => (Severity.Info, $"{where}: an event of unknown kind{(action is null ? "" : $" ({Cut.Line(Phrase.Of(action), 24)})")}"),
            _ => (Severity.Info, $"{where}: {Phrase.Of(kind)}{(action is null ? "" : $" {Phrase.Of(action)}")}"),
        };
        var account = body["installation"u8]["account"u8]["login"u8].Words;
        var ruleset = body["repository_ruleset"u8];
        var isGone = kind is "repository" && action is "deleted";
        return new([
            GitHub.Basic(envelope, kind) with
            {
                Severity = severity,
                Title = Cut.Line(title, 80),
                Subject = GitHub.Repository(body) ?? account,
                At = Instants.Read(body["rule"u8]["updated_at"u8]) ?? Instants.Read(body["forkee"u8]["created_at"u8]) ?? envelope.At,
                Facts = Known.Facts(
                    ("Reviews needed", body["rule"u8]["required_approving_review_count"u8].Scalar),
                    ("Enforcement", ruleset["enforcement"u8].Words),
                    ("Fork", body["forkee"u8]["full_name"u8].Words),
                    ("Member", body["member"u8]["login"u8].Words ?? body["membership"u8]["user"u8]["login"u8].Words),
                    ("Role", body["membership"u8]["role"u8].Words),
                    ("Key", body["key"u8]["title"u8].Words),
                    ("Repositories", Phrase.List(Repositories(body), 4, repository => repository["full_name"u8].Words)),
                    ("May", Phrase.List(Rights(body["installation"u8]["permissions"u8]))),
                    ("Package", body["package"u8]["name"u8].Words ?? body["registry_package"u8]["name"u8].Words)),
                Links = Known.Links(
                    Known.Page("Open the page", body["pages"u8][0]["html_url"u8].Words),
                    isGone ? null : Known.Page("Open the repository", body["repository"u8]["html_url"u8].Words),
                    Known.Page("Open the app", body["installation"u8]["account"u8].IsObject ? body["installation"u8]["html_url"u8].Words : null)),
            },
        ]);
    }

    public static Parsed.Told Discussion(Envelope envelope, string kind)
    {
        var body = envelope.Body;
        var discussion = body["discussion"u8];
        var number = discussion["number"u8].Scalar;
        var action = body["action"u8].Words;
        var isComment = kind is "discussion_comment";
        var verb = Phrase.Of(action) ?? "changed";
        var phrase = isComment ? action is "created" ? "commented on" : $"{verb} a comment on" : action is "created" ? "opened" : verb;
        return new([
            GitHub.Basic(envelope, kind) with
            {
                Status = !isComment && action is "closed" or "deleted" ? Status.Cleared : Status.Ongoing,
                Title = Cut.Line($"{GitHub.Who(body)} {phrase} discussion #{number} of {GitHub.Brief(body)}: {discussion["title"u8].Words}", 80),
                Summary = GitHubCode.Text(isComment ? body["comment"u8]["body"u8].Words : action is "created" ? discussion["body"u8].Words : null),
                At = Instants.Read(body["comment"u8]["updated_at"u8]) ?? Instants.Read(discussion["updated_at"u8]) ?? envelope.At,
                Thread = $"github/{GitHub.Repository(body)}/discussion/{number}",
                Facts = Known.Facts(("Author", discussion["user"u8]["login"u8].Words), ("Category", discussion["category"u8]["name"u8].Words)),
                Links = Known.Links(Known.Page(isComment ? "Open the comment" : "Open the discussion", body["comment"u8]["html_url"u8].Words
                    ?? discussion["html_url"u8].Words)),
            },
        ]);
    }

    public static Parsed.Told CommitComment(Envelope envelope)
    {
        var body = envelope.Body;
        var comment = body["comment"u8];
        var commit = comment["commit_id"u8].Words is { } sha ? $"commit {(sha.Length > 7 ? sha[..7] : sha)}" : "a commit";
        return new([
            GitHub.Basic(envelope, "commit_comment") with
            {
                Title = Cut.Line($"{GitHub.Who(body)} commented on {commit} of {GitHub.Brief(body)}", 80),
                Summary = GitHubCode.Text(comment["body"u8].Words),
                At = Instants.Read(comment["updated_at"u8]) ?? envelope.At,
                Facts = Known.Facts(
                    ("File", comment["path"u8].Words is { } path ? $"{path}{(comment["line"u8].Scalar is { } line ? $", line {line}" : "")}" : null)),
                Links = Known.Links(Known.Page("Open the comment", comment["html_url"u8].Words)),
            },
        ]);
    }

    public static Parsed.Told Pages(Envelope envelope)
    {
        var body = envelope.Body;
        var build = body["build"u8];
        var (severity, status, phrase) = build["status"u8].Words switch
        {
            "built" => (Severity.Info, Status.Cleared, "was built"),
            "errored" => (Severity.Error, Status.Raised, "failed to build"),
            _ => (Severity.Info, Status.Ongoing, "is being built"),
        };
        return new([
            GitHub.Basic(envelope, "page_build") with
            {
                Severity = severity,
                Status = status,
                Title = Cut.Line($"The website of {GitHub.Brief(body)} {phrase}", 80),
                Summary = GitHubCode.Text(build["error"u8]["message"u8].Words),
                At = Instants.Read(build["updated_at"u8]) ?? envelope.At,
                Thread = $"github/{GitHub.Repository(body)}/page_build",
                Facts = Known.Facts(("Commit", build["commit"u8].Words is { Length: >= 7 } sha ? sha[..7] : null)),
                Links = Known.Links(Known.Page("Open the repository", body["repository"u8]["html_url"u8].Words)),
            },
        ]);
    }

    private static (Severity, string) OfRepository(Json body, string? action)
    {
        var where = GitHub.Brief(body);
        var changes = body["changes"u8];
        var owner = changes["owner"u8]["from"u8];
        return action switch
        {
            "deleted" => (Severity.Warning, $"{where} was deleted"),
            "publicized" => (Severity.Warning, $"{where} was made public"),
            "privatized" => (Severity.Info, $"{where} was made private"),
            "renamed" when changes["repository"u8]["name"u8]["from"u8].Words is { } old =>
                (Severity.Info, $"Repository {Cut.Line(old, 32)} is now {where}"),
            "transferred" when (owner["organization"u8]["login"u8].Words ?? owner["user"u8]["login"u8].Words) is { } from =>
                (Severity.Info, $"Repository {where} moved from {Cut.Line(from, 28)}"),
            _ => (Severity.Info, $"{where} was {Phrase.Of(action) ?? "changed"}"),
        };
    }

    private static (Severity, string) OfProtection(Json body, string kind, string? action)
    {
        var where = GitHub.Brief(body);
        var verb = Phrase.Of(action) ?? "changed";
        if (kind is "branch_protection_configuration")
            return (action is "enabled" ? Severity.Info : Severity.Warning, $"{where}: all branch protection was {verb}");
        var (what, name) = kind is "repository_ruleset" ? ("ruleset ", body["repository_ruleset"u8]["name"u8].Words ?? "of unknown name")
            : ("protection rule for ", body["rule"u8]["name"u8].Words ?? "an unknown branch");
        return action is "created" ? (Severity.Info, Phrase.Around($"{where} has a new {what}", name, ""))
            : (Severity.Warning, Phrase.Around($"{where}: the {what}", name, $" was {verb}"));
    }

    private static string OfKey(Json key, string? action, string where)
    {
        var name = key["title"u8].Words ?? "without a name";
        var right = key["read_only"u8].Kind switch { JsonKind.False => " that may write", JsonKind.True => " that may only read", _ => "" };
        return action is "created" ? Phrase.Around($"{where} has a new deploy key ", name, right)
            : Phrase.Around($"{where}: deploy key ", name, $" was {Phrase.Of(action) ?? "changed"}");
    }

    private static (Severity, string) OfPeople(Json body, string kind, string? action)
    {
        var where = GitHub.Brief(body);
        var membership = body["membership"u8];
        var who = Cut.Line(membership["user"u8]["login"u8].Words ?? body["user"u8]["login"u8].Words ?? body["member"u8]["login"u8].Words
            ?? body["invitation"u8]["login"u8].Words ?? "somebody", 30);
        var role = Phrase.With(" as ", membership["role"u8].Words ?? Phrase.Of(body["invitation"u8]["role"u8].Words), 20);
        var team = Phrase.With(" team ", body["team"u8]["name"u8].Words, 24);
        return (kind, action) switch
        {
            ("member", _) => (Severity.Info, $"{where} has a member {Phrase.Of(action) ?? "changed"}: {body["member"u8]["login"u8].Words}"),
            ("membership", _) => (Severity.Info, $"{where}: {who} {(action is "removed" ? "left" : "joined")}{team}"),
            (_, "member_added") => (Severity.Info, $"{where}: {who} joined{role}"),
            (_, "member_removed") => (Severity.Info, $"{where}: {who} is no longer a member"),
            (_, "member_invited") => (Severity.Info, $"{where}: {who} was invited{role}"),
            (_, "deleted") => (Severity.Warning, $"Organization {where} was deleted"),
            (_, "renamed") when body["changes"u8]["login"u8]["from"u8].Words is { } old => (Severity.Info, $"Organization {Cut.Line(old, 26)} is now {where}"),
            _ => (Severity.Info, $"{where}: {Phrase.Of(kind)} {Phrase.Of(action) ?? "changed"}"),
        };
    }

    private static (Severity, string) OfApp(Json body, string kind, string? action)
    {
        var app = $"App {Cut.Line(body["installation"u8]["app_slug"u8].Words ?? "of unknown name", 26)}";
        var account = Cut.Line(body["installation"u8]["account"u8]["login"u8].Words ?? GitHub.Repository(body) ?? "an account", 28);
        if (kind is "installation_repositories")
        {
            var isAdded = body["repositories_removed"u8].Count == 0;
            var number = body[isAdded ? "repositories_added"u8 : "repositories_removed"u8].Count;
            var count = number == 0 ? "repositories" : Quantity.Count(number, "repository", "repositories");
            return (Severity.Info, $"{app} {(isAdded ? "may use" : "may no longer use")} {count} of {account}");
        }
        return action switch
        {
            "created" => (Severity.Info, $"{app} was installed in {account}"),
            "deleted" => (Severity.Info, $"{app} was removed from {account}"),
            "suspend" => (Severity.Warning, $"{app} was suspended in {account}"),
            "unsuspend" => (Severity.Info, $"{app} works again in {account}"),
            "new_permissions_accepted" => (Severity.Info, $"{app} was given new permissions in {account}"),
            _ => (Severity.Info, $"{app} was changed in {account}"),
        };
    }

    private static string Base(Json body) =>
        Phrase.With(" of ", body["merge_group"u8]["base_ref"u8].Words is { } reference ? GitHubCode.Short(reference) : null, 20);

    private static Json Repositories(Json body) => body["repositories_added"u8].Count > 0 ? body["repositories_added"u8]
        : body["repositories_removed"u8].Count > 0 ? body["repositories_removed"u8] : body["repositories"u8];

    /// <summary>What an app may do: "contents (write)".</summary>
    private static List<string> Rights(Json permissions)
    {
        var rights = new List<string>();
        foreach (var (name, right) in permissions.Members)
        {
            if (right.Words is { } word) rights.Add($"{Phrase.Of(name.Text!, 40)} ({word})");
        }
        return rights;
    }
}
