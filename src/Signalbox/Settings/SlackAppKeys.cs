namespace Signalbox;

/// <summary>The keys under <c>slack-app</c>, and what is made of them.</summary>
internal static class SlackAppKeys
{
    /// <summary>The section.</summary>
    public static readonly Section App = new("a slack app", "slack-app",
    [
        SecretShapes.Of(new("signing-secret", RoomKeyKind.Secret, "What Slack signs its requests with: buttons, slash commands and events over HTTP.")),
        SecretShapes.Of(new("app-token", RoomKeyKind.Secret,
            "An app-level token (xapp-…) with connections:write: signalbox serve takes the same through Socket Mode, without a public address.")),
        new("people", Shapes.Named("a map from Slack ids of people to names", CheckId, Shapes.Text("a name")),
            "What people are called in messages.", "their display names in Slack"),
    ])
    {
        Together = (found, findings) =>
        {
            if (found["signing-secret"] is null && found["app-token"] is null)
                findings.Says(found, "expected signing-secret or app-token in a slack app, found neither. Without one of them nothing can come in.");
        },
        Example = "As in: slack-app: { signing-secret: env:SLACK_SIGNING_SECRET }.",
    };

    /// <summary>What stands there; null for nothing.</summary>
    public static SlackApp? Of(Tree? tree) => tree is null ? null : new(
        tree["signing-secret"]?.Word,
        tree["app-token"]?.Word,
        [.. from member in tree["people"]?.Members ?? [] where member.Value.Word is not null select new Fact(member.Name.Text, member.Value.Word!)]);

    private static void CheckId(Tree.Scalar id, Findings findings)
    {
        if (id.Text is not ['U' or 'W', _, _, ..] || !id.Text.All(unit => char.IsAsciiLetterUpper(unit) || char.IsAsciiDigit(unit)))
            findings.Expected("the Slack id of a person (U…)", id, "Copy it from the person's profile in Slack: ⋮, Copy member ID.");
    }
}
