using System.Collections.Concurrent;
using System.Security.Cryptography;
using Gateway.Tunnel.Enrollment;
using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Tests.Support;

/// <summary>Tokens in memory; the real ones are tested with the control plane's store.</summary>
internal sealed class FakeCertificateLedger : ICertificateLedger
{
    private readonly ConcurrentDictionary<Guid, EnrollmentToken> _unused = new();

    public ConcurrentQueue<SignedCertificate> Signed { get; } = new();

    public int Redemptions { get; private set; }

    public bool IsAway { get; set; }

    public EnrollmentToken NewToken(string site, string endpoint, params CertificateAuthority[] authorities)
    {
        var token = new EnrollmentToken(
            Guid.NewGuid(),
            RandomNumberGenerator.GetBytes(32),
            site,
            [endpoint],
            [.. authorities.Select(authority => AuthorityFingerprint.Of(System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(authority.CertificatePem)))]);
        _unused[token.Id] = token;
        return token;
    }

    public Task<TokenRedemption> RedeemAsync(
        Guid token, ReadOnlyMemory<byte> secret, string address, Func<string, SignedCertificate> sign, CancellationToken cancellationToken)
    {
        Redemptions++;
        if (IsAway)
        {
            throw new IOException("the database is away");
        }

        if (!_unused.TryGetValue(token, out var known) || !secret.Span.SequenceEqual(known.Secret) || !_unused.TryRemove(token, out _))
        {
            return Task.FromResult(TokenRedemption.Refused("unknown or used"));
        }

        var certificate = sign(known.Site);
        Signed.Enqueue(certificate);
        return Task.FromResult(TokenRedemption.Redeemed(certificate));
    }

    public Task RecordAsync(SignedCertificate certificate, string address, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            throw new IOException("the database is away");
        }

        Signed.Enqueue(certificate);
        return Task.CompletedTask;
    }
}
