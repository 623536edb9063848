using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.DataPlane.Forwarding;

/// <summary>How the gateway, as a client, shakes hands with upstreams.</summary>
internal static class UpstreamHandshake
{
    // The upstream's certificate and the authority's stand at the ends of a chain.
    private const int Ends = 2;

    public static SslClientAuthenticationOptions Options(TlsProfile tls, bool verifyByDefault)
    {
        var options = new SslClientAuthenticationOptions { ClientCertificateContext = tls.Presented?.Context };
        if (!(tls.Verify ?? verifyByDefault))
        {
            options.RemoteCertificateValidationCallback = AcceptAny;
            return options;
        }

        if (tls.Trusted is { } trusted)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(trusted.Certificates);
            options.CertificateChainPolicy = policy;
        }

        if (tls.Depth is { } depth)
        {
            options.RemoteCertificateValidationCallback = (_, _, chain, errors) => errors == SslPolicyErrors.None && chain is not null && chain.ChainElements.Count - Ends <= depth;
        }

        return options;
    }

    // Reached only by services with tls_verify off, or where the data plane's default says so.
#pragma warning disable CA5359
    private static bool AcceptAny(object sender, object? certificate, object? chain, SslPolicyErrors errors) => true;
#pragma warning restore CA5359
}
