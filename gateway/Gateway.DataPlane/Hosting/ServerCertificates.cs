using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Hosting;

/// <summary>What TLS listeners present: the configured certificate, otherwise one that this process makes for itself, as Kong does.</summary>
internal sealed class ServerCertificates(IOptions<DataPlaneOptions> options, TimeProvider time) : IDisposable
{
    private readonly Lazy<X509Certificate2> _selfSigned = new(() => Create(time.GetUtcNow()));

    public X509Certificate2 For(string? serverName) => options.Value.ServerCertificate?.Invoke(serverName) ?? _selfSigned.Value;

    public void Dispose()
    {
        if (_selfSigned.IsValueCreated)
        {
            _selfSigned.Value.Dispose();
        }
    }

    private static X509Certificate2 Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
    }
}
