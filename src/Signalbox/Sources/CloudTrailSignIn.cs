namespace Signalbox;

/// <summary>Sign-ins to the console and what belongs to them: second factors, switched roles, changed passwords.</summary>
internal static class CloudTrailSignIn
{
    public static Parsed.Told Read(Envelope envelope, string name)
    {
        var body = envelope.Body;
        var who = CloudTrailActor.Of(body["userIdentity"u8]);
        var more = body["additionalEventData"u8];
        var member = System.Text.Encoding.UTF8.GetBytes(name);
        var outcome = body["responseElements"u8][member].Words ?? body["serviceEventDetails"u8][member].Words;
        var failed = string.Equals(outcome, "Failure", StringComparison.OrdinalIgnoreCase) || body["errorCode"u8].Exists || body["errorMessage"u8].Exists;
        var mfa = more["MFAUsed"u8].Words;
        var isLogin = name is "ConsoleLogin";
        var withoutMfa = isLogin && !failed && string.Equals(mfa, "No", StringComparison.OrdinalIgnoreCase);
        if (who.Short is "HIDDEN_DUE_TO_SECURITY_REASONS") who = who with { Short = "unknown user", Full = "unknown user" };
        var actor = Cut.Line(who.IsRoot ? "Root" : Phrase.Capital(who.Short is "unknown user" ? "an unknown user" : null) ?? who.Short, 40);
        var isWarning = failed || (withoutMfa && who.IsUser) || name is "DeactivateMFADevice";
        return new([
            CloudTrail.Basic(envelope, who) with
            {
                Kind = "console-sign-in",
                Severity = who.IsRoot ? Severity.Error : isWarning ? Severity.Warning : Severity.Info,
                Title = Cut.Line($"{actor} {PhraseOf(name, failed)}{(withoutMfa && (who.IsRoot || who.IsUser) ? " without MFA" : "")}", 80),
                Summary = body["errorMessage"u8].Words is { } message ? Cut.Text(Cut.Readable(message), 1000) : null,
                Subject = who.IsRoot ? "root" : who.Short,
                Facts = Known.Facts(
                    ("By", who.Full == who.Short ? null : who.Full),
                    ("From", CloudTrail.FromOf(body)),
                    ("MFA", who.IsRoot || who.IsUser || !string.Equals(mfa, "No", StringComparison.OrdinalIgnoreCase) ? mfa?.ToLowerInvariant() : null),
                    ("Second factor", more["MfaType"u8].Words),
                    ("With", CloudTrail.Agent(body["userAgent"u8].Words, null)),
                    ("Switched from", Phrase.Name(more["SwitchFrom"u8].Words)),
                    ("Error", body["errorCode"u8].Words)),
            },
        ]);
    }

    private static string PhraseOf(string name, bool failed) => (name, failed) switch
    {
        ("ConsoleLogin", false) => "signed in to the console",
        ("ConsoleLogin", true) => "failed to sign in to the console",
        ("CheckMfa", false) => "passed the check of the second factor",
        ("CheckMfa", true) => "failed the check of the second factor",
        ("SwitchRole", false) => "switched the role in the console",
        ("SwitchRole", true) => "failed to switch the role in the console",
        ("ExitRole", _) => "left a role in the console",
        ("PasswordUpdated", false) => "changed the password",
        ("PasswordUpdated", true) => "failed to change the password",
        ("PasswordRecoveryRequested", _) => "asked to recover the password",
        ("PasswordRecoveryCompleted", _) => "recovered the password",
        ("EnableMFADevice", false) => "enabled a second factor",
        ("EnableMFADevice", true) => "failed to enable a second factor",
        ("DeactivateMFADevice", false) => "deactivated a second factor",
        ("EmailUpdated", _) => "changed the e-mail address",
        ("GetSigninToken", _) => "asked for a sign-in token",
        ("UserAuthentication", false) => "signed in through the access portal",
        ("UserAuthentication", true) => "failed to sign in through the access portal",
        ("CredentialVerification", true) => "gave wrong credentials at the access portal",
        ("CredentialVerification", false) => "gave the credentials at the access portal",
        ("CredentialChallenge", _) => "was asked for credentials at the access portal",
        (_, false) => $"did {Phrase.Of(name)} at sign-in",
        _ => $"failed at {Phrase.Of(name)} at sign-in",
    };
}
