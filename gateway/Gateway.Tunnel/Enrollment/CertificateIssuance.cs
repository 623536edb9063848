using System.Net;
using System.Security.Cryptography.X509Certificates;
using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Protocol;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Enrollment;

/// <summary>Enrols and renews: checks, signs, records, answers. What cannot be recorded is not handed out.</summary>
internal sealed class CertificateIssuance(
    CertificateIssuer issuer, ICertificateLedger ledger, IssuanceLimits limits, TunnelMetrics metrics, ILogger<CertificateIssuance> logger)
{
    /// <exception cref="RpcException">As enrollment.proto says.</exception>
    public async Task<SiteCertificate> EnrollAsync(
        Guid token, ReadOnlyMemory<byte> secret, ReadOnlyMemory<byte> signingRequest, IPAddress source, CancellationToken cancellationToken)
    {
        var address = source.ToString();
        if (!limits.MayEnroll(source))
        {
            throw Refuse(RefusalReasons.IssuanceLimit, StatusCode.ResourceExhausted, "too many enrolments: try again", address, "");
        }

        var key = ReadKey(signingRequest, address);
        var redemption = await RunAsync(
            address, () => ledger.RedeemAsync(token, secret, address, site => issuer.Sign(site, key, IssuanceCause.Enrollment), cancellationToken), cancellationToken);
        return redemption.Certificate is { } certificate
            ? Issued(certificate, address)

            // Who guesses learns nothing; who administers reads the log.
            : throw Refuse(
                RefusalReasons.EnrollmentToken,
                StatusCode.PermissionDenied,
                "the token is not good: it was used or has expired, or its site may not join; ask for another",
                address,
                redemption.Problem);
    }

    /// <param name="site">Admitted, by the certificate of the connection.</param>
    /// <exception cref="RpcException">As enrollment.proto says.</exception>
    public async Task<SiteCertificate> RenewAsync(string site, ReadOnlyMemory<byte> signingRequest, string address, CancellationToken cancellationToken)
    {
        if (!limits.MayRenew(site))
        {
            throw Refuse(RefusalReasons.IssuanceLimit, StatusCode.ResourceExhausted, $"too many renewals of the site {site}: try again", address, "");
        }

        var key = ReadKey(signingRequest, address);
        var certificate = await RunAsync(
            address,
            async () =>
            {
                var signed = issuer.Sign(site, key, IssuanceCause.Renewal);
                await ledger.RecordAsync(signed, address, cancellationToken);
                return signed;
            },
            cancellationToken);
        return Issued(certificate, address);
    }

    private PublicKey ReadKey(ReadOnlyMemory<byte> signingRequest, string address)
    {
        if (!issuer.IsEnabled)
        {
            throw new RpcException(new Status(
                StatusCode.FailedPrecondition, "this control plane signs no certificates: it has no GATEWAY_CLUSTER_CA_KEY"));
        }

        var (key, problem) = CertificateIssuer.Read(signingRequest.Span);
        return key ?? throw Refuse(RefusalReasons.CertificateRequest, StatusCode.InvalidArgument, problem, address, "");
    }

    private async Task<T> RunAsync<T>(string address, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (CertificateException error)
        {
            // The message names a path of ours, which is not for the peer.
            EnrollmentLog.NotSigned(logger, address, error);
            throw new RpcException(new Status(StatusCode.FailedPrecondition, "this control plane cannot sign now: its CA key cannot be used"));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            EnrollmentLog.NotSigned(logger, address, error);
            throw new RpcException(new Status(StatusCode.Unavailable, "the certificate cannot be recorded now: try again"));
        }
    }

    private SiteCertificate Issued(SignedCertificate certificate, string address)
    {
        metrics.CertificateIssued(certificate.Cause);
        EnrollmentLog.Signed(logger, certificate.SerialNumber, certificate.Site, certificate.Cause, address, certificate.NotAfter);
        return new SiteCertificate { Certificate = certificate.Pem, Authorities = issuer.AuthoritiesPem };
    }

    private RpcException Refuse(string reason, StatusCode code, string problem, string address, string detail)
    {
        metrics.Refused(reason);
        EnrollmentLog.Refused(logger, address, detail.Length > 0 ? detail : problem);
        return new RpcException(new Status(code, problem));
    }
}
