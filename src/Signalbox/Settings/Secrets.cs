using System.Buffers;

namespace Signalbox;

/// <summary>References to secrets, and what must never be shown.</summary>
internal static class Secrets
{
    /// <summary>The references that there are.</summary>
    public const string Forms = $"env:NAME, file:PATH, {VaultReference.Forms}";

    /// <summary>How a text begins that is a reference, for the schema.</summary>
    public const string Beginnings = "env:.|file:.|ssm:.|secretsmanager:.|kms:.";

    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n\"',;)]}>");

    /// <summary>How texts begin that give themselves away as secrets of a chat.</summary>
    private static readonly ValueList<string> Telltales =
    [
        "xoxb-", "xoxp-", "xoxa-", "xoxe-", "xoxs-", "xapp-",
        "hooks.slack.com/services/", "hooks.slack.com/workflows/", "hooks.slack.com/triggers/",
        "discord.com/api/webhooks/", "discordapp.com/api/webhooks/", "chat.googleapis.com/v1/spaces/", "api.telegram.org/bot",
        "/hooks/", "whsec_", "syt_", "&sig=", "?sig=",
    ];

    /// <summary>What stands in addresses that whoever reads them can post to.</summary>
    private static readonly ValueList<string> SecretAddresses =
    [
        "hooks.slack.com", "discord.com/api/webhooks", "discordapp.com/api/webhooks", "chat.googleapis.com", "logic.azure.com",
        "powerplatform.com", "webhook.office.com", "/hooks/",
    ];

    /// <summary>True for a reference that can be followed.</summary>
    public static bool IsReference(string text) =>
        text.StartsWith("env:", StringComparison.Ordinal) && text.Length > 4
        || text.StartsWith("file:", StringComparison.Ordinal) && text.Length > 5
        || VaultReference.Read(text) is not null;

    /// <summary>True for an http or https address with a host.</summary>
    public static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    /// <summary>True for an address that whoever reads it can post to.</summary>
    public static bool IsSecretAddress(string text) =>
        SecretAddresses.Any(part => text.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>The text with stars for every secret in it, as many as it has characters, so that columns stay.</summary>
    public static string Mask(string text, IEnumerable<string> secrets)
    {
        foreach (var secret in secrets)
        {
            if (secret.Length > 0) text = text.Replace(secret, new('*', secret.Length), StringComparison.Ordinal);
        }
        foreach (var telltale in Telltales)
        {
            for (var at = 0; (at = text.IndexOf(telltale, at, StringComparison.OrdinalIgnoreCase)) >= 0;)
            {
                at += telltale.Length;
                var length = text.AsSpan(at).IndexOfAny(Ends);
                if (length < 0) length = text.Length - at;
                text = string.Concat(text.AsSpan(0, at), new string('*', length), text.AsSpan(at + length));
            }
        }
        return text;
    }
}
