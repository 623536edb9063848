using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.DataPlane.Configuration;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Hosting;

/// <summary>What TLS listeners present: the configuration's certificate for the name, otherwise the one of the settings, otherwise one that this process makes for itself, as Kong does.</summary>
internal sealed class ServerCertificates(IOptions<DataPlaneOptions> options, TimeProvider time) : IDisposable
{
    private readonly Lazy<X509Certificate2> _selfSigned = new(() => Create(time.GetUtcNow()));

    /// <summary>Sets what to present to a client that asks for <paramref name="serverName"/>: each handshake sees the configuration of its moment, and running connections keep theirs.</summary>
    public void Present(SslServerAuthenticationOptions handshake, CertificateIndex configured, string? serverName)
    {
        if (configured.Find(serverName) is { } certificate)
        {
            handshake.ServerCertificateContext = certificate.Context;
        }
        else
        {
            handshake.ServerCertificate = options.Value.ServerCertificate?.Invoke(serverName) ?? _selfSigned.Value;
        }
    }

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
