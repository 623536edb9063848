using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Model;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Model;

/// <summary>A certificate with its key, ready for handshakes.</summary>
internal sealed class CertificateModel
{
    private readonly Lazy<SslStreamCertificateContext> _context;

    private CertificateModel(Certificate entity, X509Certificate2 leaf, X509Certificate2Collection issuers)
    {
        Entity = entity;

        // Building the chain costs more than reading it, and most certificates of many are not asked for. Offline: what is presented is what was configured.
        _context = new(() => SslStreamCertificateContext.Create(leaf, issuers, offline: true));
    }

    public Certificate Entity { get; }

    public SslStreamCertificateContext Context => _context.Value;

    /// <param name="known">That of the entity before this one, which is kept where certificate and key are the same.</param>
    public static CertificateModel? Create(Certificate entity, CertificateModel? known, ICollection<ModelError> errors)
    {
        if (known is not null && known.Entity.Cert == entity.Cert && known.Entity.Key == entity.Key)
        {
            return known;
        }

        try
        {
            var issuers = new X509Certificate2Collection();
            issuers.ImportFromPem(entity.Cert);
            issuers[0].Dispose();
            issuers.RemoveAt(0);
            return new CertificateModel(entity, X509Certificate2.CreateFromPem(entity.Cert, entity.Key), issuers);
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            errors.Add(new ModelError($"{EntityKinds.Certificates}[{entity.Id}].cert", "cannot be used with its key", "a certificate in PEM and its private key"));
            return null;
        }
    }
}
