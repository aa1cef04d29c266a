using System.Text.Json;

namespace Signalbox;

/// <summary>Shapes for what a chat's row says a room can set. A text that may be a secret is never shown.</summary>
internal static class SecretShapes
{
    /// <summary>The row's key as a row of the table of keys.</summary>
    public static Setting Of(RoomKey key) => new(key.Name, Of(key.Kind), key.About, key.Default);

    private static Shape Of(RoomKeyKind kind) => kind switch
    {
        RoomKeyKind.Text => Shapes.Text("a text", "A text that begins with # goes in quotes."),
        RoomKeyKind.Flag => Shapes.Flag,
        RoomKeyKind.Port => Shapes.Port,
        RoomKeyKind.Addresses => Shapes.OneOrMany(Shapes.Scalar("a mail address", IsMailAddress, json => Address(json, "^[^@\\s]+@[^@\\s]+$"))),
        RoomKeyKind.Url => Shapes.Scalar("an http or https address", Secrets.IsAddress, json => Address(json, "^https?://")),
        RoomKeyKind.SecretUrl =>
            new($"{Secrets.Forms}, or an http or https address", CheckAddress, json => Address(json, $"^({Secrets.Beginnings}|https?://)")),
        _ => Secret,
    };

    /// <summary>A reference to a secret.</summary>
    public static readonly Shape Secret = new(Secrets.Forms, CheckSecret, json => Address(json, $"^({Secrets.Beginnings})"));

    private const string Stores = $"dynamodb://TABLE, sqlite:FILE, postgres://…, memory:, or {Secrets.Forms}";

    /// <summary>Where a store is. An address with a password in it is a secret.</summary>
    public static readonly Shape Store = new(
        Stores, CheckStore, json => Address(json, $"^(dynamodb://.|sqlite:.|postgres(ql)?://.|memory:$|{Secrets.Beginnings})"));

    private static void CheckStore(Tree found, Findings findings)
    {
        if (found.Word is not { } text)
        {
            findings.Expected(Stores, found, null);
        }
        else if (text.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) && HasPassword(text))
        {
            findings.Secrets.Add(text);
            findings.Expected(Stores, found, "Its password must not stand here: put the whole address into the environment, and write env:NAME.",
                "an address with a password");
        }
        else if (VaultReference.Fault(text) is { } fault)
        {
            findings.Expected(Stores, found, fault, Shortened(text, findings));
        }
        else if (!Secrets.IsReference(text) && !IsStore(text))
        {
            findings.Secrets.Add(text);
            findings.Expected(Stores, found, null, "something else, not shown because it may be a secret");
        }
    }

    private static bool HasPassword(string address) =>
        address.Contains("password", StringComparison.OrdinalIgnoreCase)
        || (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Contains(':', StringComparison.Ordinal));

    private static bool IsStore(string text) => text is "memory:" || ((string[])["dynamodb://", "sqlite:", "postgres://", "postgresql://"])
        .Any(prefix => text.Length > prefix.Length && text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>An address of ASCII that can stand in a header and in a command: nothing in it could end either.</summary>
    private static bool IsMailAddress(string text) =>
        text.Length <= 254 && text.Count('@') is 1 && text.IndexOf('@') is > 0 and var at && at < text.Length - 1
        && text.All(unit => unit is > ' ' and <= '~' && !"<>()[],;:\\\"".Contains(unit));

    private static void Address(Utf8JsonWriter json, string pattern)
    {
        Shapes.Typed(json, "string");
        json.WriteString("pattern", pattern);
    }

    private static void CheckSecret(Tree found, Findings findings)
    {
        if (found.Word is { } text && Secrets.IsReference(text)) return;
        Refuse(found, findings, Secrets.Forms, "Secrets are references, so that this file can be shared.");
    }

    private static void CheckAddress(Tree found, Findings findings)
    {
        if (found.Word is not { } text || !(Secrets.IsReference(text) || Secrets.IsAddress(text)))
        {
            Refuse(found, findings, $"{Secrets.Forms}, or an http or https address", null);
            return;
        }
        if (!Secrets.IsSecretAddress(text)) return;
        findings.Secrets.Add(text);
        findings.Says(found,
            "this address is a secret: whoever reads this file can post to the room. Put it in the environment or in a file, "
            + $"and write {Secrets.Forms} here.", isWarning: true);
    }

    /// <summary>A name is shown; what should have been a ciphertext may be a secret that was put there by mistake.</summary>
    private static string? Shortened(string text, Findings findings)
    {
        if (text.Length <= 4 || !text.StartsWith("kms:", StringComparison.OrdinalIgnoreCase)) return null;
        findings.Secrets.Add(text);
        return "kms: with something else, not shown because it may be a secret";
    }

    private static void Refuse(Tree found, Findings findings, string expected, string? help)
    {
        if (found.Word is not { } text)
        {
            findings.Expected(expected, found, help);
        }
        else if (VaultReference.Fault(text) is { } fault)
        {
            findings.Expected(expected, found, fault, Shortened(text, findings));
        }
        else if (text is "env:" or "file:")
        {
            findings.Expected(expected, found, text is "env:" ? "The name of the variable is missing." : "The path is missing.");
        }
        else
        {
            findings.Secrets.Add(text);
            findings.Expected(expected, found, help ?? "A secret must not stand here; an address begins with https://.",
                "something else, not shown because it may be a secret");
        }
    }
}
