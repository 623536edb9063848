using System.Net;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Protocol;
using Grpc.Core;

namespace Gateway.Tunnel.Enrollment;

/// <summary>The service of the enrolment listener. Its callers are anybody.</summary>
internal sealed class EnrollmentService(CertificateIssuer issuer, CertificateIssuance issuance) : Protocol.Enrollment.EnrollmentBase
{
    public override Task<Authorities> Discover(DiscoverRequest request, ServerCallContext context) =>
        Task.FromResult(new Authorities { Pem = issuer.AuthoritiesPem, Signer = issuer.Signer });

    public override Task<SiteCertificate> Enroll(EnrollRequest request, ServerCallContext context) => issuance.EnrollAsync(
        ChangeSetCodec.ToGuid(request.TokenId) ?? Guid.Empty,
        request.TokenSecret.Memory,
        request.SigningRequest.Memory,
        context.GetHttpContext().Connection.RemoteIpAddress ?? IPAddress.None,
        context.CancellationToken);
}
