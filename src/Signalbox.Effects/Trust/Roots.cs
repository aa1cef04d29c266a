using System.Runtime.InteropServices;

namespace Signalbox.Effects;

/// <summary>Where trusted roots come from on this machine.</summary>
public static partial class Roots
{
    private const string Nowhere = "/nonexistent";

    // Amazon Linux and Fedora; Debian and Alpine; openSUSE.
    private static readonly ValueList<string> UsualBundles =
        ["/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"];

    /// <summary>The trust of a program of ours.</summary>
    /// <remarks>
    /// .NET loads every root it finds through SSL_CERT_FILE and SSL_CERT_DIR on its first connection, also when told to trust others only;
    /// this
    /// takes both from it. So it must be called before the first connection, and what the user set there is kept for the wider check.
    /// </remarks>
    /// <param name="variable">Reads an environment variable: SIGNALBOX_TLS_ROOTS (a PEM file in place of the shipped roots),
    /// SSL_CERT_FILE, SSL_CERT_DIR.</param>
    public static Trust Open(Func<string, string?> variable)
    {
        var (own, file, folder) = (variable("SIGNALBOX_TLS_ROOTS"), variable("SSL_CERT_FILE"), variable("SSL_CERT_DIR"));
        if (OperatingSystem.IsLinux()) HideMachineRoots();
        return new(() => own is { Length: > 0 } ? ReadOwn(own) ?? Shipped() : Shipped(), () => Machine(file, folder), () => Slip(own));
    }

    // The path stays out of it: the reason travels to whoever called the function.
    private static string? Slip(string? own) => own is not { Length: > 0 } ? null
        : ReadOwn(own) is not { } pem ? "the file that SIGNALBOX_TLS_ROOTS names cannot be read"
        : !pem.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal) ? "the file that SIGNALBOX_TLS_ROOTS names holds no certificate"
        : null;

    /// <summary>The roots that Slack's and Amazon's servers have or are likely to have.</summary>
    public static string Shipped()
    {
        using var stream = typeof(Roots).Assembly.GetManifestResourceStream("roots.pem")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void HideMachineRoots()
    {
        try
        {
            _ = SetVariable("SSL_CERT_FILE", Nowhere, 1);
            _ = SetVariable("SSL_CERT_DIR", Nowhere, 1);
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            // Then the first connection is slow, and nothing else.
            return;
        }
    }

    private static string? ReadOwn(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The shipped roots and the machine's are still there: an alert must not be lost to a path with a slip in it.
            return null;
        }
    }

    private static ValueList<string> Machine(string? file, string? folder)
    {
        var files = new List<string>();
        if (file is { Length: > 0 }) files.Add(file);
        foreach (var path in (folder ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Directory.Exists(path)) files.AddRange(Directory.EnumerateFiles(path));
        }
        if (files.Count == 0 && UsualBundles.FirstOrDefault(File.Exists) is { } usual) files.Add(usual);
        return [.. files];
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
