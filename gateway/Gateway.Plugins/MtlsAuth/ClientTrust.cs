using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.MtlsAuth;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.MtlsAuth;

/// <summary>Verifies clients' certificates by authorities that stay the same, and remembers what came of it.</summary>
internal sealed class ClientTrust
{
    private const int RememberedCertificates = 10_000;
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly MtlsAuthConfig _config;
    private readonly ILogger _logger;
    private readonly CaCertificate[] _entities;
    private readonly X509Certificate2[] _authorities;
    private readonly BoundedCache<Fingerprint, CertificateVerdict> _verdicts = new(RememberedCertificates);

    public ClientTrust(MtlsAuthConfig config, CaCertificate[] entities, ILogger logger)
    {
        _config = config;
        _logger = logger;
        _entities = entities;
        _authorities = [.. entities.Select(entity => X509Certificate2.CreateFromPem(entity.Cert))];
    }

    /// <summary>Whether these are the authorities, in their order.</summary>
    public bool IsOf(IConfigurationView configuration)
    {
        for (var i = 0; i < _entities.Length; i++)
        {
            if (!ReferenceEquals(configuration.FindCaCertificate(_config.CaCertificates[i]), _entities[i]))
            {
                return false;
            }
        }

        return true;
    }

    public CertificateVerdict Verify(PresentedCertificate presented, DateTimeOffset now)
    {
        var key = KeyOf(presented);
        if (_verdicts.TryGet(key, out var known) && now < known.Until)
        {
            return known;
        }

        var verdict = Judge(presented, now);
        if (verdict.Problem is not null)
        {
            MtlsAuthLog.Refused(_logger, verdict.Names?.DistinguishedName ?? "an unreadable certificate", verdict.Problem);
        }

        _verdicts.Set(key, verdict);
        return verdict;
    }

    // What was sent along decides as well whether the certificate can be verified.
    private static Fingerprint KeyOf(PresentedCertificate presented)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(presented.Certificate);
        foreach (var intermediate in presented.Intermediates)
        {
            hash.AppendData(intermediate);
        }

        return Fingerprint.Of(hash.GetHashAndReset());
    }

    private CertificateVerdict Judge(PresentedCertificate presented, DateTimeOffset now)
    {
        var until = now.AddMilliseconds(_config.CertCacheTtl);
        var intermediates = new X509Certificate2Collection();
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(presented.Certificate);
            foreach (var intermediate in presented.Intermediates)
            {
                intermediates.Add(X509CertificateLoader.LoadCertificate(intermediate));
            }

            var names = CertificateNames.Of(certificate);
            var authorities = new List<Guid>();
            var problem = ChainProblem(certificate, intermediates, now, authorities) ?? RevocationProblem(certificate, names, intermediates, now);
            var end = new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);
            return new CertificateVerdict(problem, names, authorities, problem is null && end < until ? end : until);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or AsnContentException)
        {
            return new CertificateVerdict(unreadable.Message, Names: null, [], until);
        }
        finally
        {
            foreach (var intermediate in intermediates)
            {
                intermediate.Dispose();
            }
        }
    }

    private string? ChainProblem(X509Certificate2 certificate, X509Certificate2Collection intermediates, DateTimeOffset now, List<Guid> authorities)
    {
        using var chain = new X509Chain { ChainPolicy = Policy(intermediates, now) };
        try
        {
            var isTrusted = chain.Build(certificate);
            for (var i = 0; i < chain.ChainElements.Count; i++)
            {
                var at = Array.FindIndex(_authorities, authority => authority.RawDataMemory.Span.SequenceEqual(chain.ChainElements[i].Certificate.RawDataMemory.Span));
                if (at >= 0)
                {
                    authorities.Add(_entities[at].Id);
                }
            }

            return !isTrusted ? Problems(chain) : authorities.Count == 0 ? "no trusted authority issued it" : null;
        }
        finally
        {
            DisposeElements(chain);
        }
    }

    // Only of what is trusted otherwise: where to ask stands in the certificate.
    private string? RevocationProblem(X509Certificate2 certificate, CertificateNames names, X509Certificate2Collection intermediates, DateTimeOffset now)
    {
        if (_config.RevocationCheckMode is "SKIP")
        {
            return null;
        }

        using var chain = new X509Chain { ChainPolicy = Policy(intermediates, now) };
        chain.ChainPolicy.RevocationMode = X509RevocationMode.Online;
        chain.ChainPolicy.RevocationFlag = X509RevocationFlag.ExcludeRoot;
        chain.ChainPolicy.UrlRetrievalTimeout = TimeSpan.FromMilliseconds(_config.HttpTimeout);
        try
        {
            if (chain.Build(certificate))
            {
                return null;
            }

            var problems = Problems(chain);
            var isUnknown = chain.ChainStatus.All(status =>
                (status.Status & ~(X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation | Tolerated)) == X509ChainStatusFlags.NoError);
            if (!isUnknown || _config.RevocationCheckMode is "STRICT")
            {
                return problems;
            }

            MtlsAuthLog.RevocationUnknown(_logger, names.DistinguishedName, problems);
            return null;
        }
        finally
        {
            DisposeElements(chain);
        }
    }

    private X509ChainStatusFlags Tolerated => _config.AllowPartialChain ? X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot : X509ChainStatusFlags.NoError;

    private X509ChainPolicy Policy(X509Certificate2Collection intermediates, DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = now.UtcDateTime,
            VerificationTimeIgnored = false,

            // Whose chain ends before a root is then looked at here: one of its members must be an authority of the config.
            VerificationFlags = _config.AllowPartialChain ? X509VerificationFlags.AllowUnknownCertificateAuthority : X509VerificationFlags.NoFlag,
        };
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        policy.CustomTrustStore.AddRange(_authorities);
        policy.ExtraStore.AddRange(intermediates);
        return policy;
    }

    private static string Problems(X509Chain chain) => string.Join(", ", chain.ChainStatus.Select(status => status.Status));

    private static void DisposeElements(X509Chain chain)
    {
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }
    }
}
