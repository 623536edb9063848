using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Protocol;
using Google.Protobuf;
using Grpc.Core;

namespace Gateway.Tunnel.Enrollment;

/// <summary>
/// A data plane's enrolment: fetches the authorities, takes those that the token names, verifies the server by them over a new connection, and only then presents
/// the token.
/// </summary>
public sealed class EnrollmentClient(EnrollmentClientOptions options, TimeProvider time)
{
    /// <summary>Makes a key, exchanges the token, and writes the files. Nothing is written where anything fails.</summary>
    /// <returns>When the certificate ends.</returns>
    /// <exception cref="EnrollmentException">It failed.</exception>
    public async Task<DateTimeOffset> EnrollAsync(CancellationToken cancellationToken)
    {
        if (CertificateInstaller.ProblemOf(options.Certificates) is { } unwritable)
        {
            // Before the token is used up.
            throw new EnrollmentException($"the certificate files cannot be written: {unwritable}");
        }

        var problems = new List<string>();
        foreach (var endpoint in options.Token.Endpoints)
        {
            try
            {
                return await EnrollAtAsync(ReadEndpoint(endpoint), cancellationToken);
            }
            catch (RpcException error) when (error.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded && !cancellationToken.IsCancellationRequested)
            {
                problems.Add($"{endpoint}: {Describe(error)}");
            }
            catch (RpcException error)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new EnrollmentException($"{endpoint}: {error.Status.Detail}");
            }
        }

        throw new EnrollmentException(string.Join("; ", problems));
    }

    private async Task<DateTimeOffset> EnrollAtAsync(DnsEndPoint endpoint, CancellationToken cancellationToken)
    {
        var authorities = await DiscoverAsync(endpoint, cancellationToken);
        using var request = new SigningRequest();
        var server = new ServerCheck(authorities, options.TrustDomain, options.ServerName ?? endpoint.Host, time);
        using var channel = TunnelHandler.Open(endpoint, options.Proxy, options.Timeout, server.Options());
        SiteCertificate issued;
        try
        {
            issued = await new Protocol.Enrollment.EnrollmentClient(channel).EnrollAsync(
                new EnrollRequest
                {
                    TokenId = ChangeSetCodec.ToBytes(options.Token.Id),
                    TokenSecret = ByteString.CopyFrom(options.Token.Secret),
                    SigningRequest = request.Encode(options.Token.Site),
                },
                deadline: Deadline(),
                cancellationToken: cancellationToken);
        }
        catch (RpcException) when (server.Refusal is { } refusal)
        {
            throw new EnrollmentException($"{endpoint.Host}:{endpoint.Port}: the server's certificate is refused: {refusal.Problem}");
        }

        return Install(new CertificateFileSet(issued.Certificate, request.ExportKey(), issued.Authorities));
    }

    /// <summary>Whoever answers can only leave something out: what is taken stands in the token.</summary>
    private async Task<X509Certificate2Collection> DiscoverAsync(DnsEndPoint endpoint, CancellationToken cancellationToken)
    {
        using var channel = TunnelHandler.Open(endpoint, options.Proxy, options.Timeout, new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,

            // Nothing is sent, and what comes is compared with the token's fingerprints.
#pragma warning disable CA5359
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
        });
        var sent = await new Protocol.Enrollment.EnrollmentClient(channel).DiscoverAsync(
            new DiscoverRequest(), deadline: Deadline(), cancellationToken: cancellationToken);
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(sent.Pem);
        }
        catch (CryptographicException error)
        {
            throw new EnrollmentException($"{endpoint.Host}:{endpoint.Port}: what it sent as its authorities is none ({error.Message})");
        }

        var taken = new X509Certificate2Collection();
        foreach (var certificate in certificates.Where(known => options.Token.Authorities.Contains(AuthorityFingerprint.Of(known), StringComparer.Ordinal)))
        {
            taken.Add(certificate);
        }

        return taken.Count > 0
            ? taken
            : throw new EnrollmentException(
                $"{endpoint.Host}:{endpoint.Port}: none of its authorities is one that the token names: it is not the control plane that made the token, or its authorities were replaced");
    }

    private DateTimeOffset Install(CertificateFileSet content)
    {
        try
        {
            var material = CertificateMaterial.Parse(options.Certificates, content, PeerRole.DataPlane, options.TrustDomain);
            if (material.Identity.Site != options.Token.Site)
            {
                throw new EnrollmentException($"the certificate names {material.Identity}, where the token is for the site {options.Token.Site}");
            }

            CertificateInstaller.Install(options.Certificates, content);
            return material.NotAfter;
        }
        catch (CertificateException error)
        {
            throw new EnrollmentException(error.Message);
        }
    }

    private DateTime Deadline() => (time.GetUtcNow() + options.Timeout).UtcDateTime;

    private static DnsEndPoint ReadEndpoint(string endpoint) =>
        Uri.TryCreate($"https://{endpoint}", UriKind.Absolute, out var uri) && uri.Port > 0 && uri.PathAndQuery == "/"
            ? new DnsEndPoint(uri.IdnHost, uri.Port)
            : throw new EnrollmentException($"the token's endpoint '{endpoint}' is none (allowed: HOST:PORT)");

    private static string Describe(RpcException error)
    {
        // The innermost says what a person needs: "Connection refused".
        var cause = error.Status.DebugException;
        while (cause?.InnerException is not null)
        {
            cause = cause.InnerException;
        }

        return cause?.Message ?? error.Status.Detail;
    }

    /// <summary>The TLS of the connection over which the token goes.</summary>
    private sealed class ServerCheck(X509Certificate2Collection authorities, string trustDomain, string serverName, TimeProvider time)
    {
        public PeerRefusal? Refusal { get; private set; }

        public SslClientAuthenticationOptions Options() => new()
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = PeerVerifier.Policy(authorities, time.GetUtcNow()),
            AllowTlsResume = false,
            RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
            {
                var verification = ControlPlaneVerifier.Verify(
                    certificate as X509Certificate2, chain?.ChainPolicy.ExtraStore, authorities, trustDomain, serverName, time.GetUtcNow());
                Refusal = verification.Refusal;
                return verification.IsAccepted;
            },
        };
    }
}
