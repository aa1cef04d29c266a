using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signalbox.Standins;

/// <summary>An authority made for a test, and certificates that it signs, all on the curve P-256: RSA keys take a while to find.</summary>
public sealed class Authority : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public Authority(string name)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(365));
    }

    public X509Certificate2 Root { get; }

    public string Pem => Root.ExportCertificatePem();

    public X509Certificate2 Sign(string host, DateTimeOffset? until = null)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Issue(new($"CN={host}", own, HashAlgorithmName.SHA256), host, until);
        using var whole = signed.CopyWithPrivateKey(own);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>The same for an RSA key that the test has.</summary>
    public X509Certificate2 Sign(string host, RSA own, DateTimeOffset? until = null) =>
        Issue(new($"CN={host}", own, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), host, until);

    private X509Certificate2 Issue(CertificateRequest request, string host, DateTimeOffset? until)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1")], false));
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-2), until ?? DateTimeOffset.UtcNow.AddDays(90));
        return request.Create(Root.SubjectName, X509SignatureGenerator.CreateForECDsa(key), from, to, RandomNumberGenerator.GetBytes(12));
    }

    public void Dispose()
    {
        Root.Dispose();
        key.Dispose();
    }
}
