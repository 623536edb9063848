using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Tunnel.Enrollment;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Identity;

/// <summary>
/// A control plane's side of enrolment and renewal: signs for data planes, where it was given an authority's key. The key is read for each signature, so that a
/// rotated one is used at once, and is not kept in memory.
/// </summary>
public sealed class CertificateIssuer : IDisposable
{
    /// <summary>Bytes; one for a P-256 key has about 200.</summary>
    private const int MaximumRequest = 8 * 1024;

    private readonly CertificateFiles _certificates;
    private readonly TunnelServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<CertificateIssuer> _logger;
    private readonly ITimer? _poll;
    private volatile string _signer = "";
    private volatile string? _reportedProblem;

    /// <exception cref="CertificateException">There is a key, but it cannot be used.</exception>
    public CertificateIssuer(CertificateFiles certificates, TunnelServerOptions options, TimeProvider time, ILogger<CertificateIssuer> logger)
    {
        (_certificates, _options, _time, _logger) = (certificates, options, time, logger);
        if (options.AuthorityKey is { } path)
        {
            _signer = ReadSigner(path);
            certificates.Changed += OnChanged;
            _poll = time.CreateTimer(_ => Refresh(), null, options.CertificatePollInterval, options.CertificatePollInterval);
        }
    }

    /// <summary>Whether there is a key to sign with (CLUSTER_CA_KEY). Without one, certificates come from elsewhere.</summary>
    public bool IsEnabled => _options.AuthorityKey is not null;

    /// <summary>The <see cref="AuthorityFingerprint"/> of the authority that signs, as of the last look at the key file; empty where none does.</summary>
    public string Signer => _signer;

    /// <summary>The <see cref="AuthorityFingerprint"/>s of all authorities in the bundle.</summary>
    public IReadOnlyList<string> Authorities => [.. _certificates.Current.Authorities.Select(AuthorityFingerprint.Of).Distinct(StringComparer.Ordinal)];

    /// <summary>The bundle, as PEM.</summary>
    public string AuthoritiesPem => _certificates.Current.AuthoritiesPem;

    /// <summary>Raised after <see cref="Signer"/> became another, on a thread of the pool.</summary>
    public event EventHandler? Changed;

    public void Dispose()
    {
        _certificates.Changed -= OnChanged;
        _poll?.Dispose();
    }

    /// <summary>Null with the problem where the request cannot be signed. Its signature proves that the key is the requester's; the names in it do not matter.</summary>
    internal static (PublicKey? Key, string Problem) Read(ReadOnlySpan<byte> signingRequest)
    {
        if (signingRequest.Length is 0 or > MaximumRequest)
        {
            return (null, $"the certificate signing request is missing or too long (allowed: {MaximumRequest} bytes)");
        }

        try
        {
            // Extensions are not loaded: what a leaf says is decided here.
            var request = CertificateRequest.LoadSigningRequest(
                signingRequest.ToArray(), HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default, RSASignaturePadding.Pkcs1);
            return KeyPolicy.ProblemOf(request.PublicKey) is { } problem ? (null, problem) : (request.PublicKey, "");
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or NotSupportedException)
        {
            return (null, "the certificate signing request is malformed or not signed by its key (allowed: PKCS #10, DER)");
        }
    }

    /// <exception cref="CertificateException">The authority's key cannot be used.</exception>
    internal SignedCertificate Sign(string site, PublicKey key, IssuanceCause cause)
    {
        var material = _certificates.Current;
        using var authority = AuthorityKey.Load(
            _options.AuthorityKey ?? throw new InvalidOperationException("there is no key to sign with"), material.Authorities);
        var now = _time.GetUtcNow();
        var lifetime = _options.CertificateLifetime;
        using var certificate = LeafCertificate.Sign(
            authority,
            key,
            new LeafRequest
            {
                CommonName = site,
                Uris = [PeerIdentity.DataPlane(material.Identity.TrustDomain, site).ToString()],
                ClientAuthentication = true,
                NotBefore = now - LeafCertificate.ClockSkew(lifetime),
                NotAfter = now + lifetime,
            });
        return new SignedCertificate(
            site,
            certificate.SerialNumber.ToLowerInvariant(),
            certificate.ExportCertificatePem() + "\n",
            AuthorityFingerprint.Of(authority.Certificate),
            cause,
            new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
    }

    private void OnChanged(object? sender, EventArgs changed) => Refresh();

    private void Refresh()
    {
        try
        {
            var signer = ReadSigner(_options.AuthorityKey!);
            _reportedProblem = null;
            if (signer == _signer)
            {
                return;
            }

            _signer = signer;
            CertificateLog.SignerChanged(_logger, signer);
        }
        catch (CertificateException error)
        {
            // Said once: polls would repeat it. While a generation is switched, key and bundle may not match for a moment.
            if (_reportedProblem != error.Message)
            {
                _reportedProblem = error.Message;
                CertificateLog.SignerNotUsable(_logger, error.Message);
            }

            return;
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    private string ReadSigner(string path)
    {
        using var authority = AuthorityKey.Load(path, _certificates.Current.Authorities);
        return AuthorityFingerprint.Of(authority.Certificate);
    }
}
